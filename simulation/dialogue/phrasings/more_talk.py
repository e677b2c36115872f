# ruff: noqa: E501
"""Further families of training phrasings on simple, technical, short and repeated answers, joined with those on regions and of doubt; written without sight of the families kept for evaluation."""

from simulation.dialogue.phrasings.more_doubt import MORE_DOUBT
from simulation.dialogue.phrasings.more_region import MORE_REGION

_EX = "explain it|explain that|explain this|say it|say that|tell it|put it|describe it|phrase it"
_ANS = "answer|result|finding|verdict|conclusion|judgment|statement"
_KID = "a child|a kid|a little kid|a small child|my kid|my son|my daughter|my little brother|my niece|my nephew|a toddler|a schoolchild|a first grader|a pupil|kids|children"
_OLD = "my grandmother|my grandma|my granny|my grandpa|my grandfather|my mum|my mother|my dad|my old aunt|my uncle|an old man|my neighbour|elderly people"
_PRO = "an expert|a specialist|a professional|a scientist|an engineer|a computer scientist|a forensic expert|an analyst|a researcher|a data scientist|experts|professionals|someone from the field"

_SIMPLE: dict[str, tuple[str, ...]] = {
    "m_age": (
        f"<please>({_EX}|make it clear) (as if I were|as though I were|like I am|like I'm|for someone who is|to somebody who is|as if I was) (five|six|seven|eight|ten|5|6|7|8|9|10|four)( years old|)",
        f"<please>({_EX}) (to|for|so that it suits) (a five|a six|a seven|an eight|a nine|a ten|a 5|a 6|a 7|a 10)(-year-old| year old)( child| kid|)",
        "(eli5|ELI5|like I'm five|like I am 5|explain like I'm five|for a five year old)( please| pls| this result|)?",
    ),
    "m_for_child": (
        f"<can> you <please>(explain|describe|tell|say|phrase) (it|that|this|the ({_ANS})|your ({_ANS})) (to|for) ({_KID})?",
        f"how would you (explain|describe|tell|say|put) (it|that|this|the ({_ANS})) to ({_KID})?",
        f"(make it|make that|I need it to be|I want it) (suitable|easy enough|clear enough) for ({_KID})",
        f"<please>(explain|say|describe) (it|this|that) so (that |)({_KID}) (can|could|will|would) (understand|follow|get) it",
    ),
    "m_for_old": (
        f"<please>(explain|describe|tell|say) (it|that|this|the ({_ANS})) to ({_OLD})",
        f"how (can|should|could|do|shall) I (explain|tell|describe|say) (it|this|that|the ({_ANS})) to ({_OLD})?",
        "(my grandmother|my grandma|my grandpa|my mum|my dad|my old aunt|my neighbour) (wants to know|wants to understand it|asked me what it means|doesn't understand it|would like to know)(, how would you say it simply|, please explain simply|; keep it easy|, so keep it simple)",
    ),
    "m_words": (
        f"<please>({_EX}) (in|with|using) (easy|simple|plain|everyday|ordinary|normal|common|short|small|basic|non-technical) (words|language|terms)( only|, please| so that I get it|)",
        "(in|using|with) (easy|simple|plain|everyday|ordinary|normal|short|non-technical) (words|language|terms)( please|, please| this time| for me|)?",
    ),
    "m_plain_english": (
        "(in plain English|in simple English|in human language|in layman's terms|in lay terms|for dummies|for beginners|for non-experts|for ordinary people|for laypeople)( please|, please|, would you| now|)?",
        "<please>(explain it|say that|put this|tell me that|give me that) (in plain English|in layman's terms|in lay terms|for beginners|for a layman|for ordinary people|in human language)",
    ),
    "m_no_expert": (
        "(I'm no expert|I am not a technician|I'm not good at technical things|I know nothing about computers|I'm a total beginner|I'm not a computer person|I have no technical background|I'm a complete layman)(,|:|;|.) (please explain it simply|explain it in easy words|keep it simple|make it easy for me|can you say it more simply|go easy on me)",
        "(keep it|make it|make that|keep that|I'd like it|I need it) (simple|easy|basic|simpler|easier|more basic|really simple|very easy|dead simple|easy to understand)( please|, please| for me|)",
    ),
    "m_too_hard": (
        "(that's|this is|it's|your answer is|that was|your words are) (over my head|too technical|hard to follow|(too complicated|too hard|too difficult|too complex|far too complicated)( for me|))(,|;|.) (say it more simply|simpler please|make it easier|easier please|could you make it simpler|please simplify|in easy words please)",
        "(that's|this is|that was|it's) (over my head|too technical|(too complicated|too hard|too difficult|too complex|much too hard)( for me|))",
    ),
    "m_simplify": (
        f"<please>(simplify (it|that|your ({_ANS}))|dumb (it|that) down|break (it|that) down|make (it|that) easier)( for me| please|)",
        f"<can> you <please>(simplify (it|that|your ({_ANS}))|dumb (it|that) down|break (it|that) down|make (it|that) easier|be a little less complicated)( for me|)?",
        "(simpler|easier|more simply|simply|in a simple way|in an easy way|less complicated|the easy version|the simple version|the kid's version)( please|, please| for me|)?",
    ),
    "m_no_terms": (
        f"<please>({_EX}) without (technical terms|technical words|technical language|big words|difficult words|foreign words|long words|complicated words|numbers and terms)",
        "(no|without|skip the|leave out the|drop the|avoid) (technical terms|technical words|big words|difficult words|long words|tech talk|complicated terms)( please|, please|)",
    ),
    "m_language": (
        "(my English is not good|my English is weak|English is not my first language|I'm still learning English|I do not speak English well|I read slowly)(,|:|;|.) (please explain simply|use easy words|please use simple words|can you say it with easy words|simple sentences please)",
        "(you can|can you|please) (say|explain|speak|tell) (me |)(it |)(more |)(easy|simple|with easy words|with simple words)( please|)?",
    ),
    "m_bedtime": (
        f"how would a (teacher|kindergarten teacher|parent|father|mother|grandfather) (explain|tell|describe) (it|this|that) to ({_KID})?",
        "(tell it like|make it like|explain it like|turn it into) a (fairy tale|bedtime tale|tale for children|children's book|comparison from everyday life|children's programme)",
        "(is there|do you have|give me|I'd like|I want|can I have) ((an easy|a simple|a child-friendly|a very simple) (explanation|version) of (it|that|this|your answer)|(an easy|a simple|a kid-friendly|a very simple) (explanation|answer|comparison))",
    ),
    "m_so_i_get": (
        f"<please>({_EX}) so (that |)(I|anyone|anybody|everyone|even I|normal people|a layman|my mum|people without training) (can|could|will) (understand|follow|get|grasp) it",
        "(I want|I'd like|I need) (an answer that anyone understands|something easy to understand|something anyone can follow|it in baby steps|an explanation for beginners)( please|)",
    ),
    "m_slang": (
        "(talk to me like|speak to me like|treat me like|pretend) (I'm stupid|I'm an idiot|I'm a kid|I'm five|I'm a child|I'm a potato|I know nothing)",
        "(huh, in human words|uh, simple version|ok but simple|easy mode|baby version|kiddie version|noob version|for noobs)( please| pls| plz|)?",
    ),
    "m_what_simply": (
        "what does (it|that|this|your answer|all this) mean (in easy words|in simple words|in plain English|simply put|for a layman|for a child|for someone like me|in everyday language)?",
        "(put simply|simply put|to put it simply|broken down simply|simply speaking)(:|,) (what did you find|what does it come down to|what is it|what is wrong with the <pic>)?",
    ),
}

_TECHNICAL: dict[str, tuple[str, ...]] = {
    "m_for_expert": (
        f"<please>({_EX}) (to|for|as if to|as you would to) ({_PRO})",
        f"how would you (explain|describe|present|report|tell) (it|that|this|the ({_ANS})) to ({_PRO})?",
        f"<can> you <please>(explain|describe|present) (it|that|this|the ({_ANS})) (for|to) ({_PRO})?",
    ),
    "m_terms": (
        f"<please>({_EX}) (in|with|using) (technical|scientific|professional|expert|forensic|specialist|precise) (terms|language|words|vocabulary|terminology)",
    ),
    "m_i_am": (
        "(I'm|I am) (an engineer|a computer scientist|an expert|a forensic analyst|a researcher|a programmer|a developer|a data scientist|a physicist|a photo editor|from the field|a professional|a technician)(,|:|;|.) (you can be technical|give me the details|don't hold back|explain it technically|use technical terms|go into detail|be as technical as you like)",
        "(I know|I understand|I'm familiar with|I work with) (neural networks|machine learning|image forensics|computer vision|image processing|these methods|the technology)(,|:|;|.) (so be technical|you can go into detail|give me the technical version|so explain it in detail|don't simplify)",
    ),
    "m_details": (
        "<please>(give|tell|show|send) me (the technical details|all the details|more details|full details|the fine details|the specifics|the technicalities|the technical background|more technical detail)",
        "(technical details|details|more details|more detail|specifics|full details|the technical side|technical background|detailed version|in-depth version|expert version|long version)( please|, please| now|)?",
        "<can> you <please>(go into|give|provide|add|share|offer) (more|further|technical|the technical) details?",
    ),
    "m_deeper": (
        "<please>(go|dig|dive) (deeper|much deeper|into the technical details|into more depth|into detail|into the matter more deeply)",
        "(I'd like|I want|I need|I would love|give me) (a deeper|a more detailed|a technical|an in-depth|a thorough|a precise|a rigorous|an expert-level|a full|a detailed) (explanation|answer|account|analysis|description|version|report)( please|)",
        "(deeper|in depth|more in depth|in more depth|in greater detail|in full detail|thoroughly|at length|more detailed|more technical|more precise|more scientific)( please|, please|)?",
    ),
    "m_in_detail": (
        f"<please>({_EX}|report it|lay it out) (in detail|in full detail|in depth|at length|thoroughly|more precisely|more technically|scientifically|step by step in technical terms|with all technical details)",
        "<can> you <please>(be more technical|be more specific|be more detailed|be more precise|explain it in detail|elaborate on the technical side|explain it more technically|explain it scientifically|get technical)?",
    ),
    "m_dont_simplify": (
        "(don't|do not|no need to|you don't have to|please don't) (simplify|dumb it down|keep it simple|spare me the details|water it down|leave out the details|hold back on the details|talk to me like to a child)",
        "(no baby talk|not the simple version|not so simple|that was too simple|that's too superficial|that was too vague|too shallow|this is too basic)(,|:|;|.) (technical please|I want details|the technical version please|give me the real details|be more technical|more detail please)",
    ),
    "m_report": (
        "<please>(write|phrase|word|formulate|put|state) (it|that|this|your answer) (like|as|in the style of) (a forensic report|a technical report|an expert opinion|a lab report|a scientific paper|an expert's report|a technical note)",
        "(a|give me a|I need a|write a|make a) (forensic|technical|scientific|specialist|detailed technical) (report|statement|summary|explanation|description|write-up)( of (it|this|that)| please|)",
    ),
    "m_technically": (
        "(technically|technically speaking|from a technical point of view|from a forensic point of view|on a technical level|scientifically|forensically|from an engineer's view|viewed technically)(, please|, what did you find|, what is it|, what's the finding|)?",
        "what(('s| is) the) (technical|forensic|scientific) (explanation|side of it|finding|background|description|view|account|version)?",
    ),
    "m_for_colleague": (
        "(my colleague|my professor|my supervisor|my boss|my partner) (is an expert|is a specialist|wants the technical details|knows the field|wants it in detail|needs the technical version)(, how would you put it|, so be technical|, please explain it accordingly|)",
        f"how (can|should|do|would) I (explain|present|report) (it|this|that) to ({_PRO})?",
        "(what would|what do) (you tell|you write to|you report to) (a colleague from image forensics|the forensic lab|a machine learning engineer|a fellow expert|an image analyst)?",
    ),
    "m_nerdy": (
        "(give me|hit me with|I want|bring on|let's have|show me) the (nerdy|geeky|hardcore|full nerd|expert|pro|technical|unabridged|uncut) (version|details|explanation|stuff)",
        "(nerd mode|expert mode|pro mode|geek mode|technical mode|get nerdy|get geeky|talk nerdy to me|talk tech|tech talk)( please| now| on| pls|)?",
    ),
    "m_elaborate": (
        "<please>(elaborate|expand on it|expand on that|be more elaborate|be more exact|be more specific|be more rigorous|be thorough)( on the technical side| in technical terms| with all details|, as an expert would be)",
        "<please>(elaborate|expand) (in technical language|technically|with technical details|with more technical depth|from the expert's point of view)",
    ),
    "m_foreign": (
        "(explain|tell|say|describe) (me |)(it |this |)(technical|more technical|with technic details|with technical words|for expert|for engineer|for specialist)( please|)",
        "I (want|need|like) (the |)(technical explanation|more technical explanation|explanation for expert|detail explanation|professional explanation)( please|)",
    ),
    "m_understand_tech": (
        "(I'd like|I want|I would like|I'm eager|I am keen) to (understand|know|learn|hear) (it|that|this|the finding) (on a technical level|in technical detail|as an expert would|at expert level|the way specialists do|in all its technical detail)",
        "what would (a forensic expert|an engineer|a specialist|an image analyst|a scientist|a professional examiner) (say|write)( about it| here| in a report|)?",
    ),
}

_ONE_SENTENCE: dict[str, tuple[str, ...]] = {
    "m_sum_up": (
        "<please>((sum up|summarise|summarize) (that|everything|your answer|the result|the finding|all that)( in one sentence| in a single sentence| in one line| briefly| for me|)|(condense|compress|boil down|shorten|reduce) (everything|your answer|the result|all that) to (one sentence|a single sentence|one line))",
        "<can> you <please>(sum it up|sum that up|summarise it|summarize it|summarise this|put it|say it|wrap it up) (in one sentence|in a single sentence|in one line|briefly|shortly|in a few words|concisely|in a nutshell)?",
    ),
    "m_in_one": (
        "(in|with|just|only) (one sentence|a single sentence|one short sentence|one line|a single line|one phrase)(, please| please|, if you can|, what is it|)?",
        "(one sentence|a single sentence|one short sentence|one line|one-liner|a one-liner|one phrase)( please|, please| only| is enough| will do|)",
    ),
    "m_short_version": (
        "(the |)(short version|brief version|short answer|quick version|condensed version|abridged version|quick summary|short summary|summary|gist|executive summary|nutshell version)( please|, please| only| of it| of that|)?",
    ),
    "m_brief": (
        "<please>(be brief|make it short|keep it short|cut it short|be concise|make it brief|keep it brief|be succinct|make it snappy|short and sweet|keep it to one sentence|get to the point|come to the point)( this time| now|)",
        "(briefly|shortly|concisely|succinctly|in short|in brief|in a nutshell|in a word|in few words|in a few words|long story short|to cut it short|in sum|all in all)( please|, please|, what is it|, what did you find|)?",
    ),
    "m_too_long": (
        "(that's|this is|that was|your answer is|it's) (too long|too much text|too wordy|much too long|a lot of text|long-winded|too many words)(,|:|;|.) (make it shorter|shorter please|one sentence please|in one sentence|the short version please|please sum it up|can you cut it down)",
        "(shorter|more briefly|much shorter|a lot shorter|more concise|less text|fewer words|not so long|cut the long talk)( please|, please|)?",
    ),
    "m_no_time": (
        "(I have no time|I'm in a hurry|I'm in a rush|I've only got ten seconds|time is short|I must go|I have to run|I don't have all day)(,|:|;|.) (just one sentence|in one sentence please|give me the gist|the short version please|sum it up|make it quick|keep it short)",
        "(quickly|real quick|quick one|in ten seconds|in five seconds|just quickly)(,|:) (sum it up|what's the gist|what's the upshot|the summary|the short version)( please|)?",
    ),
    "m_tldr": (
        "(tldr|TLDR|tl;dr|TL;DR|tl dr|too long, didn't read)( please| pls| version|)?",
        "(gimme|lemme have|drop|hit me with) the (tldr|gist|short version|quick version|one-liner|recap)",
        "(recap|a recap|quick recap|short recap|wrap-up|sum up|summary time)( please| pls|)?",
    ),
    "m_if_one": (
        "if you (had|were allowed|could use|could say) (only |just |)one sentence(,|:) (what would it be|what would you say|how would you put it|what would you tell me)?",
        "what would (be your answer|you say|the answer be|your summary be|the summary be) in (one sentence|a single sentence|one line|a few words|ten words)?",
    ),
    "m_tweet": (
        "<please>(put|write|pack|squeeze|fit) (it|that|everything|your answer|all this) (into|in) (a tweet|one sentence|a headline|one line|a text message|a single phrase|ten words)",
        "(I need|give me|write|make) (a headline|a one-line summary|a one-sentence summary|a single-sentence answer|a summary in one line|one sentence for my notes|one sentence for my friend|a short note)( please|, please|)",
    ),
    "m_polite": (
        "(would|could) you be so (kind|good) (as to|and) (sum it up|summarise it|put it|say it) (in one sentence|briefly|in a single sentence|in one line)?",
        "(I'd like|I would like|I'd prefer|I'd appreciate|may I have|could I get) (a short answer|one sentence|a brief summary|a summary in one sentence|a single sentence|the short form)( please|)",
        "(would it be possible|is it possible|is there a way) to (sum it up|say it|put it) in (one sentence|a single sentence|one line|a few words)?",
    ),
    "m_what_one": (
        "what (is|was) (it all about|the result|your answer|the finding|the outcome) (in one sentence|in a nutshell|in short|in brief|in a few words|in one line)?",
        "what (can|should|shall|do) I (remember|take away|keep in mind|tell others|pass on) in (one sentence|a single sentence|one line|a nutshell)?",
        "what does it (come down to|boil down to|amount to|all add up to)( in the end| in short|)?",
    ),
    "m_only_main": (
        "(only|just) the (essentials|main thing|main point|most important thing|essence|core|key message|conclusion in one line|result in one sentence)( please|, please|)?",
        "(skip|leave out|drop|spare me|forget|no need for) the (details|long explanation|rest|background|whole lecture|lecture)(,|:|;) (one sentence|just the gist|only the essentials|just one sentence please|sum it up)",
    ),
    "m_foreign": (
        "(say|tell|make|explain) (me |)(it |)(short|in short|in one sentence|only one sentence|shortly|in small)( please|)",
        "(make|do|give) (me |)(a |)(resume|short|summary|short text|little summary) (in one sentence|in one phrase|please|of this)",
    ),
    "m_words_limit": (
        "(in|with|using) (no more than|at most|fewer than|less than|under|max) (ten|twelve|fifteen|twenty|10|15|20) words( please|, please|)?",
        "(say it|put it|tell me|sum it up) in (no more than |at most |fewer than |)(ten|twelve|fifteen|twenty|10|15|20) words( please|)",
    ),
}

_RETELL: dict[str, tuple[str, ...]] = {
    "m_other_words": (
        "<please>(say|put|tell|explain|express|phrase|describe|write) (it|that|this) (in other words|in different words|in another way|differently|another way|some other way|in a different way|using other words|with other words)",
        "(in|with|using) (other|different|new|fresh) words( please|, please| once more| this time|)?",
    ),
    "m_again": (
        "<please>(say|tell|explain|put|state) (that|it|this) (again|once more|one more time|a second time|anew|over again)( please| in other words| differently|)",
        "(again|once more|one more time|once again|another time|a second time|encore)(, please| please|, but differently|, in other words|)?",
        "(come again|say again|say that again|how was that again|what was that again)?",
    ),
    "m_rephrase": (
        "<please>(rephrase|reword|reformulate|paraphrase|restate|recast|rewrite|re-explain) (it|that|this|your answer|the last answer|your last reply|what you said|the statement)( for me| once more|)",
        "<can> you <please>(rephrase|reword|reformulate|paraphrase|restate|rewrite|re-explain) (it|that|this|your answer|the last answer|your last reply|what you said)( for me| once more|)?",
        "(rephrase|reword|reformulate|paraphrase|restate|repeat)( please| that| this| it|, please| your answer|)?",
    ),
    "m_repeat": (
        "<please>(repeat|restate|go over) (it|that|this|your answer|your last answer|what you said|what you just said|the last part)( again| in other words| once more| differently|)",
        "<can> you <please>(repeat|restate|go over) (that|your answer|your last answer|what you said|what you just said)( again| in other words| once more|)?",
        "(would you mind|do you mind|how about) (repeating|rephrasing|rewording|restating) (that|it|your answer)( once more| differently| in other words| for me|)?",
    ),
    "m_not_got": (
        "(I didn't get that|I did not understand you|I didn't quite follow|I lost you there|you lost me|I don't follow|that went past me|I did not catch that|I'm not following|I missed that)(,|:|;|.) (say it again|once more please|please rephrase|can you rephrase|put it another way|try again|tell me again)",
        "(I didn't get that|I didn't quite follow|you lost me|I don't follow|I did not catch that|I'm not following|I didn't quite catch what you said|I couldn't follow you)(, sorry|)",
    ),
    "m_another_way": (
        "(is there|do you know|can you think of|do you have) (another|a different|some other|an alternative) way (to say|of saying|to put|of putting|to explain|to express) (it|that|this)?",
        "(another|a different|an alternative|some other|a new) (phrasing|formulation|version|way of saying it|way to put it)( please|, please|)?",
    ),
    "m_try": (
        "(try (again|once more|one more time|a second time)|give it (another go|another try|another shot)|have another go)( in other words| with different words| please|)",
        "(can we|could we|shall we|may we) (try that again|hear that again|have that again|go over that again)( in other words| differently|)?",
    ),
    "m_what_do_you_mean": (
        "what (did|do) you (mean|mean by that|mean to say|want to say|want to tell me)( exactly|)?",
        "(meaning what|what's that supposed to mean|how do you mean|how do you mean that|what are you saying|what are you trying to say|what are you getting at)?",
    ),
    "m_unclear": (
        "(that was|this was|your answer was|that's|it's) (unclear|not clear|confusing|vague|not quite clear to me|hard to make out|muddled)(,|:|;|.) (say it differently|again please|please rephrase it|put it another way|can you put it differently|once more in other words)",
        "<please>(make yourself clearer|express yourself differently|put (that|it|your answer) more clearly|say (it|that) in a clearer way)",
    ),
    "m_variation": (
        "(give|tell|offer|show|write) me (the same|the same thing|that|the answer|your answer|the result) (in other words|in different words|once more|again|in another form|phrased differently|put differently)",
        "the same( thing| answer|) (again|once more|in other words|but differently|differently|in different words|with other words)( please|, please|)?",
    ),
    "m_want": (
        "(I'd like|I want|I need|I would like|I'd love) (to hear (it|that) (again|once more|in other words|differently)|you to (rephrase|repeat|reword) (it|that|your answer)|(it|that) in other words|another formulation)",
        "(may|could|can) I (hear|have|get|read) (it|that|your answer) (again|once more|in other words|phrased differently|one more time)?",
    ),
    "m_polite": (
        "(would|could) you be so (kind|good|nice) (as to|and) (repeat that|rephrase that|say it again|put it differently|say it in other words|reword your answer)?",
        "(excuse me|sorry|pardon me|apologies|I beg your pardon)(,|:) (could you repeat that|can you say that again|what did you say|once more please|could you rephrase it|please say it another way)?",
    ),
    "m_foreign": (
        "(say|tell|repeat|explain) (me |)(it |)(again|one time more|other time|with other words|different)( please|)",
        "(you can|can you|please) (repeat|say other way|say in other form|make the phrase different|say again|explain again)( please|)?",
    ),
    "m_twist": (
        "(to say it differently|to put it another way|put differently|put another way|phrased differently|expressed differently|or in other words|which is to say|that is to say)?",
        "how would (you|someone else|a friend|another person) (put|phrase|say|express) (it|that|this) (instead|differently|in other words|otherwise)?",
        "(shake up|mix up|vary|change|switch up) (the words|your words|the phrasing|your phrasing)(, please|, same message| and say it again| but keep the message|)",
    ),
}

MORE_TALK: dict[str, dict[str, tuple[str, ...]]] = {
    **MORE_REGION,
    "simple": _SIMPLE,
    "technical": _TECHNICAL,
    "one_sentence": _ONE_SENTENCE,
    "retell": _RETELL,
    **MORE_DOUBT,
}
"""intent -> family -> templates."""
