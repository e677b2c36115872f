# ruff: noqa: E501
"""Further families of training phrasings on limits, next steps, kind and origin; written without sight of the families kept for evaluation."""

_P = "photo|picture|image|pic|shot|file|clip|portrait|video"
_RES = "result|finding|answer|verdict|report|analysis|assessment|conclusion"

_LIMITS: dict[str, tuple[str, ...]] = {
    "m_court": (
        f"(would|will|could|can|does) (this|the|your) ({_RES}) (stand up|hold up|count|be accepted|be admissible) (in court|before a judge|in a trial|in front of a jury)?",
        f"(can|could|may|should) I (take|bring|show|present|submit) (this|your|the) ({_RES}) (to court|to a judge|to the police as proof|as evidence|to my lawyer as evidence)?",
        f"is (this|your) ({_RES}) (evidence|proof|legal proof|admissible|good enough for a judge)?",
    ),
    "m_publish": (
        f"(can|may|should|could) (I|we) (publish|print|quote|post|write about|broadcast) (this|your|the) ({_RES})( in our newspaper| in a blog| in an article| online| tomorrow|)?",
        "(I'm a journalist|we are a newsroom|I write for a paper|I run a fact-checking site), (can I quote you|may we publish your finding|is it ok to print this as fact|can we rely on you)?",
    ),
    "m_rely": (
        f"(can|could|should|may) (I|we|one|people) (rely|depend|count|build|bet) on (this|that|the|your) ({_RES})?",
        f"how (reliable|dependable|trustworthy|solid) is (this|your|the) ({_RES}|method|tool)?",
        "(are you|is this tool|is the detector|is this program) (reliable|trustworthy|dependable|accurate enough|infallible|always right)?",
    ),
    "m_wrong_often": (
        "how (often|frequently|regularly) (are you|is the detector|is this tool|is the program) (wrong|mistaken|incorrect|off|fooled)?",
        "(what is|what's|give me) (your|the) (error rate|rate of mistakes|failure rate|false alarm rate|hit rate|track record)?",
        "(do|can|could|might) you (make mistakes|err|be fooled|be wrong|get it wrong|be tricked|fail)( sometimes| too| at times| here|)?",
    ),
    "m_cannot": (
        "(what|which things) (can you not do|can't you do|are you unable to do|is beyond you|can you not tell me|can't you detect)?",
        "(what are|tell me|list|name|explain) (your|the|the detector's) (limits|limitations|weaknesses|weak points|blind spots|shortcomings)",
        "where are (your|the) (limits|blind spots|weaknesses)?",
    ),
    "m_fragment": (
        "(limits|limitations|reliability|error rate|false alarms|caveats|admissible in court|usable as evidence|valid as proof|court-proof|legally valid|safe to publish|fit for publication|any caveats|any limitations)?",
        "(a |the |any |)(margin of error|risk of error|chance of a false alarm|guarantee|disclaimer|warranty|small print)?",
        "(good|valid|usable|strong|sound) enough for (court|the judge|the newspaper|a lawsuit|the police|publication|a complaint)?",
    ),
    "m_fire": (
        "(can|should|may) (I|we|my company|the school) (fire|suspend|accuse|sue|report|expel|punish|charge) (someone|him|her|the sender|a student|an employee) (based on|on the basis of|because of) (this|your result|what you say)?",
    ),
    "m_insurance": (
        f"(will|would) (the police|my insurance|an insurer|the bank|the university|an authority|a prosecutor|my employer) (accept|believe|recognise|take) (this|your) ({_RES}|word)?",
        "(does|would) (that|this|it) (count|qualify|serve|pass) as (proof|hard evidence|a certificate|an expert opinion|a legal document)?",
    ),
    "m_polite": (
        f"(may I ask|I would like to ask|could you please tell me) (whether|if) (this|your|the) ({_RES}) (can be used as evidence|may be relied on|is fit for use in court|is good enough to publish|can serve as proof)",
        f"(to what extent|how far) (can|should|may) (one|I|we) (trust|rely on|depend on) (the|this|your) ({_RES})?",
    ),
    "m_slang": (
        "(can|could) I (take that to the bank|bet money on that|bet my house on it|swear to that in court)?",
        "(you|u|this thing) ever (screw up|mess up|get it wrong|blow it|goof)?",
        "is (this|your answer) (bulletproof|watertight|rock solid|gospel|set in stone|a hundred percent proof)?",
    ),
    "m_nonnative": (
        "(I can|can I|is possible to) use (this|it|this result) (for|in) (the court|tribunal|process with lawyer|police)?",
        "(you can|can you) (make error|do mistakes|be mistake)( sometimes|)?",
        "how much I can (trust|believe) (to this|this|to your) (result|answer|system)?",
    ),
    "m_statement": (
        f"I (want|need|plan|intend|would like) to (use|submit|show) (this|your ({_RES})) (as evidence|as proof|in court|in a lawsuit|in a legal case|in a complaint)",
        "my (lawyer|attorney|solicitor|boss|editor|professor) (doubts|says) (that |)(this|the result|an AI answer) (would hold up in court|counts as proof|can be used as evidence)",
    ),
    "m_not_detect": (
        "(are there|which are the|can you list) (fakes|manipulations|forgeries|edits) (that |)you (miss|can't detect|cannot see|overlook|don't find)?",
        "(could|can|might) (a good|a clever|a new|an expert) (forger|fake|deepfake|method) (slip past|fool|get past|escape|outsmart|beat) you?",
        "what (might|could|do) you (overlook|miss|fail to see|not notice)?",
    ),
    "m_alone": (
        f"is (this|the|one) ({_RES}) (alone |on its own |by itself |)(enough|sufficient|conclusive|final|definitive)?",
        f"(should|can|may) I (treat|regard|take|see) (this|your) ({_RES}) as (final|the last word|the truth|fact|proof|gospel)?",
    ),
    "m_context_before": (
        "(the hearing is tomorrow|I am in a custody case|we have a trial next week|my lawyer needs something solid), (can I use this|is this usable as evidence|would this be accepted as proof)?",
        "(someone's career depends on this|a lot is at stake|it is a serious matter|people could go to jail), (can I rely on this|is this reliable enough|should I depend on your answer)?",
    ),
}

_NEXT: dict[str, tuple[str, ...]] = {
    "m_what_now": (
        "(so |and |ok, |)what (now|next|then|happens next|comes next|are my options|are the next steps)?",
        "what (should|shall|can|must|could) (I|we) (do|try|undertake) (now|next|with this|about it|from here|with this result)?",
        "what (would|do) you (recommend|suggest|advise|propose)( now| next| me to do| as a next step|)?",
    ),
    "m_whom": (
        "(where|to whom) (can|should|do) I (report|send|submit|forward) (this|it|the picture|the photo|a case like this)?",
        "(is there|do you know|can you recommend) (an expert|a specialist|an authority|someone|an office) (I can|I could|we could) (ask|contact|turn to|consult)?",
    ),
    "m_verify": (
        f"how (can|could|do|would) (I|we|one) (verify|double-check|confirm|cross-check|corroborate|check) (this|it|that|the ({_RES})) (further|independently|another way|myself|elsewhere|with other means)?",
        "(is there|what is) (another|a better|a second|an independent) way to (verify|check|confirm) (this|it)?",
        "what (else|more) can (I|we) (do|check|try) to (be sure|make sure|find out|settle this|get certainty)?",
    ),
    "m_fragment": (
        "(next step|next steps|now what|and now|then what|what now|your advice|any advice|advice|recommendation|recommendations|suggestions|how to proceed|further steps|way forward|to do)?",
        "(advice|instructions|recommendations|next steps)(, please| please| needed)",
    ),
    "m_share": (
        f"(should|shall|may|can) I (share|forward|repost|send on|pass on|retweet|spread|like) (the|this|that) ({_P})( or not| now| anyway|)?",
        f"(should|must) I (delete|keep|report|flag|block|ignore|take down) (the|this|that) ({_P})?",
        f"is it (ok|okay|safe|wise|a good idea) to (share|forward|post|pass on) (the|this) ({_P})( now|)?",
    ),
    "m_police": (
        "(should|must|shall) I (go to|call|inform|involve|tell) (the police|a lawyer|the platform|the school|my bank|the authorities|the person concerned)( now| about this|)?",
        "(do I need|would I need|should I get) (a lawyer|an expert|a forensic lab|a second opinion|another test|the original file)( now| next|)?",
    ),
    "m_victim": (
        "(someone is blackmailing me with it|I'm being extorted|it is going around at school|it was posted without my consent|they use it to scam my mother), what (do I do|should I do|can I do now)?",
        "(help|please help), (what do I do|what should we do|where do I go) (now|with this)?",
    ),
    "m_proceed": (
        "how (do|should|shall|can) (I|we) (proceed|continue|go on|move forward|go from here|handle this|deal with this)( now| best|)?",
        "(where|how) do (I|we) go from here?",
        "(advise|guide) me (on what to do|on how to proceed|with the next step|on the next steps)",
    ),
    "m_better_copy": (
        "(should|shall|could|can) I (try|upload|send|get|load|look for) (another|a better|a larger|a sharper|a different|the original) (picture|photo|copy|version|file)?",
        "(would|will) (a better|another|a larger|a sharper) (photo|picture|copy|shot) (help|be useful|make it easier|give a clearer answer)?",
    ),
    "m_polite": (
        "(could|would|can) you (please |kindly |)(tell me|advise me|suggest) (what to do next|what I should do now|how to proceed|what the next step is|which step to take next)?",
        "(I would be grateful|I'd appreciate it) if you (told me|could tell me|could advise me) (what to do next|whom to contact|how I should proceed|what to do with this)",
    ),
    "m_unsure": (
        "I (don't|do not) know (what to do now|what to do with this|how to continue|how to go on|where to turn|whom to ask)",
        "(I'm|I am) (unsure|not certain|undecided|clueless) (what to do next|how to proceed|about the next step|whom to contact)",
    ),
    "m_slang": (
        "(alright|cool|fine|right|gotcha), (what's next|now what|what do I do with that|what's the move|what now)?",
        "(whats|what's) (the|my) (plan|next move|game plan|best bet)( now|)?",
        "what am I (supposed|meant) to do (now|with that|with this|about it)?",
    ),
    "m_nonnative": (
        "what I (must|should|have to|can) (do|make) (now|after|next)?",
        "(to who|to whom|who) I (can|must|should) (ask|write|go) (for this|now|for help)?",
        "(say|tell) me (the |)next (step|action|thing to do)",
    ),
    "m_colleague": (
        "my (boss|editor|client|teacher|mother|team) (wants|needs|expects) (to know what we do next|a recommendation|a next step|advice on how to proceed)",
        "(I need to|we must|I have to) (decide|find out|know) (what to do|how to proceed|how to go on|what comes next)( now| today| soon|)",
    ),
    "m_original": (
        f"how (do|can|could) I (find|get|locate|track down|look for) (the original|an earlier copy|the uncut version|a better version|the source file)( of the ({_P})| of it|)?",
        "(should|could|can) I (do|try) (a reverse image search|another check|a search for older copies|a second test)( now| next|)?",
    ),
}

_KIND: dict[str, tuple[str, ...]] = {
    "m_what_kind": (
        "(what|which) (kind|type|sort|form|class|category) of (manipulation|deepfake|fake|forgery|editing|tampering|edit|alteration|fakery) (is this|is that|is it|was it|would this be|could it be)?",
        "(what|which) (kind|type|sort|form) of (manipulation|deepfake|forgery|editing|tampering|fakery) (was used|are we dealing with|do you see|did you find|was done here)?",
    ),
    "m_tool": (
        "(which|what) (tool|app|program|software|generator|AI|model|network|filter|product|website) (was used|made it|did they use|produced this|created this|made this|was this made with|did this)?",
        f"(with|by) (which|what) (tool|app|program|software|AI|generator|technique|method) was (this|the|that) ({_P}) (made|created|produced|altered|edited|generated)?",
    ),
    "m_choice": (
        "(is it|is this|was it|would you say it's) (a face swap|a swapped face|a reenactment|lip sync|face morphing) or (AI|photoshop|just a filter|something generated|a retouch|a whole new face)?",
        "(face swap|faceswap|morph|lip sync|AI|GAN|filter) or (photoshop|AI generation|retouching|diffusion|manual editing|reenactment)?",
        "(photoshop|gimp|an app|a phone filter) or (AI|deep learning|a neural network|midjourney|a generator)?",
    ),
    "m_brand": (
        "(was|is) (this|it) (made|done|created|generated) (with|by|using|in) (photoshop|midjourney|dall-e|stable diffusion|faceapp|deepfacelab|faceswap|reface|gimp|snapchat|stylegan|a GAN|a diffusion model|sora|firefly|flux|lightroom|runway)?",
        "did (they|somebody|someone) use (photoshop|midjourney|faceapp|stable diffusion|deepfacelab|snapchat|an app|a GAN|a filter|canva)( for this| here|)?",
        "(photoshop|midjourney|faceapp|stable diffusion|deepfacelab|snapchat filter|GAN|diffusion model|stylegan|dall-e|neural textures|face2face) (work|job|output|product)?",
    ),
    "m_method": (
        "(which|what) (method|technique|process|procedure|approach|algorithm|trick) (did they|did the forger|did the maker|did somebody) (use|apply|employ)( here| for this|)?",
        "(name|identify|determine|tell me|specify) the (method|technique|tool|software|algorithm|type) (that was used|of manipulation|of forgery|behind the fake|used to make it)",
    ),
    "m_fragment": (
        "(manipulation type|type of fake|kind of deepfake|tool used|software used|method used|which app|which software|which generator|what technique|which technique|type of forgery|face swap or what|made with what|made using what|which AI)?",
        "(and |)(the |)(tool|technique|method|software|app|generator|type|kind)(?|, which one?| used?| behind it?)",
    ),
    "m_how_done": (
        f"how was (this|it|the ({_P})) (faked|made|put together|doctored)?",
        "how (did|would|could) (they|someone|the forger|a faker) (do|make|manage|fake|create) (this|that|it)( technically|)?",
    ),
    "m_polite": (
        "(could|can|would) you (please |kindly |)(tell me|specify|say|determine) (which kind of manipulation this is|what technique was used|which tool produced it|what type of fake this is|whether it is a face swap or something generated)?",
        "(I would|I'd) (like|love) to (know|learn|find out) (which method was used|what type of manipulation it is|which program was used|how it was technically made)",
    ),
    "m_slang": (
        "(what'd|what did) (they|he|she|some troll) (use|fake it with|cook this up with|whip this up with)?",
        "what (sort of|kinda|kind of) (fakery|trickery|wizardry|magic|editing job|hack job) is (this|that)?",
    ),
    "m_nonnative": (
        "with (what|which) (program|programme|tool|app) (it is|is it|it was) made?",
        "what (type|kind) is the (manipulation|fake|deepfake)?",
        "(she|he|somebody) has used (which|what) (software|app|program|method)?",
    ),
    "m_generated_or_edited": (
        "(was|is) (it|this|the face) (fully|completely|entirely|wholly) (generated|synthetic|invented) or (only|just|merely) (edited|altered|retouched|swapped)?",
        "(is it|is this) a (real person with a different face|new face from scratch|swapped face|lip-synced video) or (just a filter|simple retouching|something else|a morph of two people)?",
    ),
    "m_statement": (
        "(I want|I need|I'd like|it would help) to know (the type of manipulation|which app was used|the technique behind it|which generator it came from|what method they used)",
        "(my friend|my colleague|someone|the internet) (says|thinks|claims|guesses) (it was done with|it comes from|they used) (photoshop|midjourney|faceapp|a face swap app|stable diffusion|some AI), (which was it|can you name the tool|what method was it)?",
    ),
    "m_fingerprint": (
        "do (the traces|the artefacts|the signs|they) (point|hint) (to|at) a (particular|certain|known|specific) (tool|method|generator|app|technique)?",
        "(can|could) you (recognise|recognize|identify|name|pin down|guess) the (tool|generator|software|method|technique|app)( that made it| used here| behind it|)?",
    ),
    "m_classify": (
        "(classify|categorise|label) (the|this) (manipulation|fake|forgery|deepfake)( for me| by type|)",
        "into (which|what) (category|class|family|type) (of fakes |of deepfakes |)does (it|this) fall?",
    ),
}

_ORIGIN: dict[str, tuple[str, ...]] = {
    "m_who_made": (
        f"who (made|created|produced|faked|edited|doctored|manipulated|generated|is behind|is responsible for|published|posted) (this|the|that) ({_P})?",
        "who (is|might be|could be) (behind this|responsible for it|the author of this|the maker of it|the creator of that)?",
        "whose (work|doing|handiwork|creation|idea) is (this|that|it)?",
    ),
    "m_where_from": (
        f"where (does|did) (this|the|that) ({_P}) (come from|originate|first appear|stem from|start)?",
        f"where was (this|the|that) ({_P}) (taken|shot|found|published|first posted|made|recorded)?",
        "where is (it|this) from( originally|)?",
    ),
    "m_why_made": (
        "(why|for what reason|to what end|with what intention) (would|did) (someone|somebody|anyone|people|they) (make|create|fake|produce|post|do) (this|that|it|such a thing)?",
        f"what (is|was) the (motive|intention|purpose|aim|reason) (behind|for) (making|faking|posting|creating) (this|the) ({_P})?",
    ),
    "m_when": (
        f"when was (this|the|that) ({_P}) (taken|made|created|edited|shot|recorded|published|altered)?",
        "how old is (this|the|that) (photo|picture|image|pic|shot|file|clip|video)?",
        "(what|which) (year|decade|month) (is|was) (it|this|the photo|the picture|the video) from?",
    ),
    "m_fragment": (
        "(source|origin|author|creator|maker|provenance|the source|its origin|place of origin|date taken|photographer|copyright holder|first publication|made by whom|taken when|taken where|from where|made why)?",
        "(and |)(the |its |)(source|origin|author|creator|provenance|date of creation|motive)(?|, known?|, do you know it?)",
    ),
    "m_source": (
        f"what('s| is) the (source|origin|provenance|history|backstory) of (this|the|that) ({_P})?",
        f"(find|trace|track down|identify|locate|name) the (source|origin|author|creator|photographer|uploader|original poster) of (this|the) ({_P})",
    ),
    "m_photographer": (
        f"who (took|shot|filmed|recorded|captured|owns the rights to|holds the copyright of|uploaded|sent) (this|the|that) ({_P})?",
        "(name of the|who is the|who was the) (photographer|camera man|author|editor|uploader|rights holder)?",
    ),
    "m_polite": (
        f"(could|can|would) you (please |kindly |)(tell me|find out|say) (where this ({_P}) comes from|who created this ({_P})|when the ({_P}) was taken|who is behind it|why it was made)?",
        f"(I would|I'd) (like|love) to (know|learn|find out) (who made this ({_P})|where the ({_P}) was taken|when it was made|the origin of the ({_P})|why someone made this)",
    ),
    "m_country_group": (
        "(is|was) (this|it) (made|created|spread|faked) by (the russians|the chinese|a troll farm|a foreign government|hackers|scammers|a political party|an intelligence service|a competitor|teenagers|bots|my ex)?",
        "does (this|it) come from (russia|china|america|iran|india|north korea|a troll farm|tiktok|facebook|reddit|telegram|4chan|instagram|a news agency)?",
    ),
    "m_website": (
        f"on (which|what) (website|site|platform|channel|account|newspaper|forum|page) was (this|the) ({_P}) (posted|shared|published|first seen)?",
        "(was|is) (it|this) (first |)(posted|published|shared|seen) on (twitter|instagram|facebook|tiktok|youtube|reddit|a blog|the news|whatsapp)?",
    ),
    "m_slang": (
        "who (the hell|on earth|in the world|the heck) (made|did|posted|came up with|put out) (this|that)?",
        "where (the hell|on earth|in the world|the heck) (is this|does this come|did they get this) from?",
        "(why the heck|why on earth|why in the world) (would|did) (anyone|someone|they) (do|make|post) (this|that)?",
    ),
    "m_nonnative": (
        "(who|which person) has (made|done|created|published) this (photo|picture|foto|video)?",
        "from where (is|comes|come) (this|the) (photo|picture|foto|video)?",
        "(for what|why) (they|somebody|the people) (have made|made|make) this (photo|picture|foto|fake)?",
    ),
    "m_context": (
        f"(I got|I received|I was sent|I found|someone sent me) this ({_P}) (on whatsapp|by mail|in a chat|on the street|in a newspaper|on a dating app|in my inbox), (where does it come from|who is behind it|who made it|what is its source)?",
        "(this is all over the internet|this went viral|it is being shared everywhere), (who started it|where did it begin|who put it out|who posted it first|what is the source)?",
    ),
    "m_statement": (
        f"I (need to|want to|must|have to) (know|find out|learn) (who created the ({_P})|the author of the ({_P})|the origin of this ({_P})|where it was taken|when it was taken)",
        "(tell me|I demand to know|I want to hear) who (did|made|faked|is behind|posted) (this|it)",
    ),
    "m_blame": (
        "(was|is) it (my|her|his) (ex|brother|classmate|rival|colleague|neighbour|husband) who (made|faked|posted|sent|created) (this|it)?",
        "(who benefits from|who gains from|who would want to make|who has an interest in) (this|such a fake|this picture|faking that)?",
    ),
}

MORE_USE: dict[str, dict[str, tuple[str, ...]]] = {
    "limits": _LIMITS,
    "next": _NEXT,
    "kind": _KIND,
    "origin": _ORIGIN,
}
