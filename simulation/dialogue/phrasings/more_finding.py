# ruff: noqa: E501
"""Further families of training phrasings on the verdict and the place, joined with those on grounds, certainty and score; written without sight of the families kept for evaluation."""

from simulation.dialogue.phrasings.more_score import MORE_SCORE
from simulation.dialogue.phrasings.more_why import MORE_WHY

_P = "photo|picture|image|pic|shot|snapshot|portrait|selfie|clip"
_ED = "edited|altered|manipulated|modified|faked|tampered with|doctored|retouched|photoshopped|changed"
_ADJ = "fake|manipulated|edited|doctored|altered|artificial|a fake|a deepfake|a forgery|computer generated|AI generated|faked"
_REAL = "real|genuine|authentic|original|unedited|untouched|natural"
_NOUN = "part|area|region|zone|spot|place|section|bit|feature|detail|corner|portion|element|piece"
_NOUNS = "parts|areas|regions|zones|spots|places|sections|bits|features|details|corners|portions|elements"
_ODD = "suspicious|odd|strange|weird|fake|unnatural|fishy|off|wrong|artificial|manipulated|edited|unusual|dodgy|questionable"
_ODDA = "suspicious|odd|strange|weird|fake|unnatural|fishy|artificial|manipulated|edited|unusual|dodgy|questionable|altered|dubious"
_SIGNS = "signs|traces|marks|hints|indications|clues|artefacts|artifacts|telltale signs|irregularities"

_VERDICT: dict[str, tuple[str, ...]] = {
    "m_fragment": (
        "<so>(fake|a deepfake|deepfake|edited|manipulated|doctored|photoshopped|AI generated|faked)( then| or what| maybe| after all| by any chance|, yes or no)?",
        "<so>(a|any) (fake|deepfake|forgery|manipulation|hoax|face swap)( then| maybe| or not| here)?",
    ),
    "m_someone": (
        f"did (someone|somebody|anyone|anybody|they|a person) (edit|alter|manipulate|fake|doctor|retouch|tamper with|mess with|play with|fiddle with|touch up) (this|the|my) ({_P})?",
        f"has (someone|somebody|anyone|anybody) (edited|altered|manipulated|faked|doctored|tampered with|messed with|played around with|fiddled with|worked on) (this|the|my|that) ({_P})?",
        f"did (someone|somebody) (really |)use (photoshop|AI|a face app|an editor|a deepfake tool|a face swap app) (on|for) (this|the|my) ({_P})?",
    ),
    "m_indirect": (
        f"I (wonder|was wondering|would like to know|want to know|need to find out|am trying to find out|am not sure|have been asking myself) (if|whether) (this|the|my|that) ({_P}) (is|might be|could be) ({_ADJ})",
        f"(I'm curious|the question is|what I want to know is|my question is) (if|whether) (this|the) ({_P}) (was|has been|is) ({_ED})",
    ),
    "m_polite": (
        f"(would|could) you be so (kind|good|nice) (as to|and) (tell me|check|find out|say) (if|whether) (this|my|the) ({_P}) (is|has been|was) ({_ED})?",
        f"(would you mind (telling me|checking|finding out)|I'd be grateful if you could (tell me|check|find out)|I would appreciate it if you could (tell me|check|find out)) (if|whether) (this|my|the) ({_P}) (is|might be) ({_ADJ})",
        f"<can> you <please>(check|verify|find out|see|determine|judge) (if|whether) <this> (is|has been|was) ({_ED})?",
    ),
    "m_command": (
        f"<please>(check|examine|inspect|scan|analyse|analyze|screen|look through) (this|my|the) ({_P}) for (<fakery>|({_SIGNS}) of <fakery>)",
        f"<please>(find out|determine|decide|judge|<tell>) (if|whether) <this> is ({_ADJ})( or not|)",
        "(deepfake|fake|forgery|manipulation) (check|test|scan) (on this|for this one|of this <pic>|on this <pic>|here)( please| pls|)",
    ),
    "m_signs_any": (
        f"(are|were) there (any |)({_SIGNS}) of <fakery>( in (this|the|my) ({_P})| here| in it|)?",
        f"(do|did) you (see|find|detect|spot|come across|discover|notice) (any |any kind of |some )(manipulation|editing|tampering|({_SIGNS}) of <fakery>|trickery|AI)( in (this|the|my) ({_P})| here|)?",
        f"does (this|the|my) ({_P}) (show|have|contain|carry|bear) (any |)({_SIGNS}) of <fakery>?",
    ),
    "m_anything_wrong": (
        f"(something|anything) (wrong|off|fishy|strange|suspicious|dodgy) (with|about) (this|my) ({_P})?",
    ),
    "m_tag": (
        f"(this|the|that) ({_P}) (is ({_ADJ})|must be ({_ADJ})|looks (fake|edited|artificial|photoshopped|manipulated)|seems (fake|edited|artificial|doctored)), (right|am I right|correct|or not|or am I wrong|don't you think|or is it|what do you think)?",
        "(that's|it's|this is) (a fake|a deepfake|fake|photoshopped|edited|AI|manipulated), (isn't it|right|no|or is it|am I right|or not)?",
    ),
    "m_machine": (
        f"(was|is) (this|the|that) ({_P}|face) (generated|created|produced|made|rendered|invented|cooked up|built) (by|with) (AI|a computer|a machine|an algorithm|some app|artificial intelligence|a neural network|a bot)?",
        f"(is|was) (AI|a computer|an algorithm|artificial intelligence|software|a deepfake tool) (behind|involved in|used for|at work in) (this|the) ({_P})?",
    ),
    "m_swapped": (
        f"(has (the|this) face been|was (the|this) face|did (the|this) face get) (swapped|replaced|exchanged|switched)( in this ({_P})| here|)?",
        f"did (someone|somebody|they) ((swap|replace|exchange|switch) (the face|faces)|(paste in|stick on|put in) (another face|a different face|someone else's face))( in this ({_P})| here|)?",
    ),
    "m_beware": (
        f"(should I|must I|do I need to|do I have to|ought I to) (be suspicious of|be wary of|distrust|mistrust|be careful with|doubt|be sceptical about|worry about) (this|the) ({_P})?",
        f"is (this|that) (the kind of|the sort of) ({_P}) (I should be suspicious of|one should not trust|that one should doubt|that was made to fool people)?",
    ),
    "m_fooled": (
        f"(am I|are we|is someone|are people) (being |)(fooled|tricked|deceived|catfished|taken in|misled|duped|conned) (by|with) (this|that) ({_P})?",
        f"is (someone|somebody) (fooling|tricking|deceiving|catfishing|scamming|lying to) (me|us) with (this|that) ({_P})?",
        f"is (this|that) ({_P}) a (trick|hoax|scam|con|prank|lie)?",
    ),
    "m_gone_through": (
        f"has (this|the|my) ({_P}) (been|gone) through (photoshop|facetune|an editor|a face app|an AI tool|a filter app|some editing program)?",
        f"has (photoshop|an editing program|a face swap app|AI|an image generator) (touched|been used on|been at|had its hands on) (this|the|that) ({_P})?",
    ),
    "m_do_we_have": (
        "(do we have|have we got|is what we have here|am I looking at|are we looking at|are we dealing with|is what I see) (a fake|a deepfake|a forgery|a manipulated <pic>|an edited <pic>|a doctored <pic>)( here|)?",
        "would (that|this) be (a fake|a deepfake|a forgery|a manipulated <pic>|a case of <fakery>)?",
    ),
    "m_call": (
        f"(would|do) you (call|consider|label|declare|deem) (this|the|my|that) ({_P}) (fake|a fake|manipulated|doctored|a deepfake|edited|a forgery)?",
        f"(would|do) you (flag|classify|treat|report|tag|mark) (this|the|my|that) ({_P}) as (fake|a fake|manipulated|doctored|a deepfake|edited|a forgery)?",
    ),
    "m_outcome": (
        f"<so>(what's|what is|what was) (the|your) (verdict|conclusion|outcome|result|judgment|decision|finding|ruling|final answer)( on (this|the|my) ({_P})| for this one|)?",
        f"<so>what (did|do) you (conclude|make of it|make of this ({_P})|decide|think of this ({_P}))?",
        f"<so>what did (the|your) (check|analysis|examination|detector) (say|find|show|conclude|come up with)( about (this|my) ({_P})|)?",
    ),
    "m_foul": (
        f"is there (any |some |)(trickery|foul play|photoshopping|cheating|AI|fakery|digital magic|digital surgery|image editing) (involved|going on|behind it|in this ({_P})|at play)?",
        "(any|some) (trickery|foul play|photoshopping|cheating|AI|fakery) (involved|in here|going on|behind it)?",
    ),
    "m_yes_no": (
        f"(yes or no|just yes or no|a simple yes or no|tell me yes or no)(:|,) is <this> ({_ADJ})?",
        f"is <this> ({_ADJ})( -|,) (yes or no|just a yes or a no|no long talk|a simple yes or no will do)",
    ),
    "m_slang": (
        "(bro|dude|yo|mate|man|hey), is (this|that) (pic|photo|one|selfie) (fake|legit fake|sus|phony|bogus|sketchy|shady|photoshopped|AI|a deepfake)( or what|)?",
        "(is this|this) (pic|photo|selfie|one) (kinda |pretty |)(sus|phony|sketchy|shady|bogus|fake), (or am I (tripping|crazy|imagining things|paranoid)|no|amirite)?",
    ),
    "m_foreign": (
        f"(this|the) ({_P}) (it is|is) (fake|edited|false|manipulated|deepfake) or (no|not)?",
        f"(it is|is it|is) (fake|false|edited|manipulated|deepfake) (this|the) ({_P})?",
        f"(they|someone) (have changed|have edited|make fake|made fake|has manipulate) (this|the) ({_P})?",
    ),
    "m_sent_to_me": (
        f"(my friend|a colleague|my aunt|a stranger|my daughter|a customer|someone online|somebody on whatsapp) (sent|forwarded|showed|gave|mailed) me this ({_P})(,|.) is it ({_ADJ})?",
        f"(I found|I came across|I got|we received|I saw) this ({_P}) (on facebook|on instagram|in a chat|on a dating site|in the news|in my mailbox|online|on a website)(,|.) (is it|could it be|has it been) ({_ED})?",
    ),
    "m_suspicion": (
        f"I (fear|suspect|am afraid|have a feeling|have a hunch|have the impression) (that |)(this|the) ({_P}) (is|might be|could be) ({_ADJ})(,|.) (am I right|is that so|is there something to it|can you confirm this|is that true)?",
        f"(my husband|my wife|my brother|a friend|someone|a commenter|my boss) (says|claims|thinks|believes|told me) (that |)(this|the) ({_P}) (is|has been|was) ({_ED})(,|.) (is that so|is that true|is that right|do you agree|what do you say)?",
    ),
    "m_after_check": (
        f"(you have looked at|you've seen|you've analysed|you have examined|now that you have) (my|the|this) ({_P})(,|:) (is it|was it|has it been) ({_ED})?",
        f"(judging by|going by|based on|according to) (your analysis|what you see|your findings|your examination|all you found), is (this <pic>|the <pic>|it) ({_ADJ})?",
    ),
    "m_how_possible": (
        f"(could|can|might|may) (this|the|that|my) ({_P}) (possibly |perhaps |really |)be ({_ADJ})?",
        f"(is it possible|is it likely|could it be|is there reason to think|is there a case for saying|do you believe|do you think) that (this|the|my) ({_P}) (is|was|has been) ({_ED})?",
    ),
}

_REAL_OR_FAKE: dict[str, tuple[str, ...]] = {
    "m_either": (
        "<so>(real|genuine|authentic|original|true|legit|natural) or (fake|manipulated|edited|a deepfake|forged|doctored|artificial|AI)?",
        "(which is it|what is it|what's it gonna be|what shall it be|and|your pick)(:|,) (real|genuine|authentic) or (fake|manipulated|edited|a deepfake)?",
        f"is (this|the|my|that) ({_P}) (real|genuine|authentic|original|rather real|more real) or (fake|rather fake|more of a fake|manipulated|doctored|edited)?",
    ),
    "m_say_whether": (
        f"<please><tell> whether (this|the|my|that) ({_P}) is ({_REAL}) or (fake|manipulated|edited|doctored|a deepfake)",
        "(decide|choose|make up your mind|take your pick|commit yourself)(:|,) (real|genuine|authentic) or (fake|not|manipulated|edited)?",
        f"(I can't tell|I cannot decide|we are arguing|we can't agree|hard to say for me) (whether|if) (it|this ({_P})|the ({_P})) is (real|genuine|authentic) or (fake|edited|manipulated)",
    ),
    "m_legit": ("(legit|the real deal|genuine|authentic|for real)(, yes| or no|, would you say)?",),
    "m_trust": (
        f"(can|may|should|could) (I|we|one|people) (trust|believe|rely on|believe in|have faith in) (this|the|that) ({_P})?",
        f"is (this|the|that) ({_P}) (trustworthy|credible|believable|reliable|to be trusted)?",
    ),
    "m_straight": (
        f"did (this|the|that) ({_P}) come (straight|directly|right) (from|out of|off) (a|the|someone's) (camera|phone|lens)?",
        "is (this|it|that) (an actual|an ordinary|an honest|an original|an unedited|a plain|a normal) (photo|photograph|snapshot|picture|shot) of (a|some) (person|human|real person|living person)?",
    ),
    "m_untouched": (
        f"(was|is) (this|the|my) ({_P}) (untouched|unedited|unaltered|unmodified|free of editing|in its natural state)?",
        "(is|would you call) (the face|this face|this person's face) (natural|genuine|real|authentic|unaltered|original)?",
    ),
    "m_assume": (
        f"(is it safe|is it fair|is it right|is it reasonable) to (assume|say|think|believe|conclude) (that |)(this|the|my) ({_P}) is ({_REAL})?",
        f"(can|may|should) I (assume|conclude|take it|take for granted|be confident) (that |)(this|the|my) ({_P}) is ({_REAL})?",
    ),
    "m_hope": (
        f"(this|it|that) is (a real|a genuine|an authentic|a normal) ({_P}), (right|isn't it|correct|or not|yes|don't you think)?",
        f"(please tell me|I hope|I do hope|hopefully) (this|the|that) ({_P}) is ({_REAL})(, is it|, right|, yes|, or not)?",
    ),
    "m_confirm": (
        f"(can|could|would) you (confirm|verify|certify|establish|guarantee) (the authenticity|the genuineness|that it is genuine|that this is real|that this ({_P}) is authentic)?",
        f"<please>(confirm|verify|check) (the authenticity of (this|the|my) ({_P})|that (this|the|my) ({_P}) is ({_REAL}))",
        f"(how about|what about|what can you say on|what do you say to) (its (authenticity|genuineness)|the (authenticity|genuineness) of (this|the|my) ({_P}))?",
    ),
    "m_passed": (
        f"(did|does) (this|the|my) ({_P}) pass( (the|your) (check|test|authenticity check)|)( as (real|genuine|authentic)|)?",
        f"is (this|the|my) ({_P}) (clean|in order|all right|fine|okay|in the clear|above suspicion)?",
    ),
    "m_just_normal": (
        f"(isn't|is) (this|it|that) (just|simply|merely|only) (a normal|an ordinary|a perfectly normal|a regular|an everyday|a plain) ({_P})?",
        f"isn't (this|the|that) ({_P}) ({_REAL})?",
    ),
    "m_exists": (
        "is (she|he|this person|this woman|this man|the face|that) (real|a real person|a real human|an actual human being|for real|genuine)( or (made up|invented|computer made|fake|AI)|)?",
        "(a real|an actual|a genuine) (person|human|face|human being)( or (a made-up one|an invented one|a computer one|AI|something artificial)|)?",
    ),
    "m_foreign": (
        f"(this|the) ({_P}) (is|it is) (true|real|original|authentic) or (false|fake|not|no real)?",
        f"(it is|is it|is) (true|real|original|authentic) (this|the) ({_P})?",
    ),
    "m_side": (
        "(which side are you on|where do you come down|which way do you lean|which camp are you in|how do you vote)(:|,) (real|genuine|authentic) or (fake|manipulated|edited)?",
        "if you had to (choose|decide|bet|pick|say), (real|genuine|authentic) or (fake|manipulated|edited|a deepfake)?",
    ),
    "m_profile": (
        f"(I'm chatting with her|I met him online|we want to print it|I want to post this|it is for a passport|I got it from a stranger|it came in a job application)(,|.) is (this|the) ({_P}) ({_REAL})?",
        f"before I (post|print|share|publish|forward|answer|reply), is (this|the) ({_P}) ({_REAL})?",
    ),
}

_WHERE: dict[str, tuple[str, ...]] = {
    "m_which": (
        f"(which|what) ({_NOUN}) (of the face |of the <pic> |)(looks|seems|appears|is|strikes you as) (the most |most |especially |particularly |)(suspicious|strange|unnatural|odd|unusual|dubious|artificial|questionable)?",
        f"(which|what) ({_NOUNS}) (of the face |of the <pic> |)(look|seem|appear|are|strike you as) ({_ODD})( to you|)?",
        f"(which|what) facial (feature|part|area|region|detail) (is|looks|seems|appears) ({_ODD}|most suspicious|strangest|least natural)( to you| here|)?",
        f"(which|what) ({_NOUNS}) are (affected|concerned|involved|to blame|in question|the problem)?",
    ),
    "m_should_i": (
        "where (should|do|must) I (focus|zoom in|pay attention|direct my eyes|take a closer look|turn my eyes|search|check)( on the face| to see it| to spot it|)?",
        f"(which|what) ({_NOUN}) (should|must|do) I (focus on|zoom in on|pay attention to|look at|check|watch|inspect)( first| more closely|)?",
    ),
    "m_point_out": (
        f"<please>(point out|highlight|mark|indicate|circle|single out|name|pick out|identify|list|label) the ({_NOUNS}) (that|which) (look|seem|appear|are|could be|might be) ({_ODD})",
        f"<can> you <please>(point out|highlight|mark|indicate|circle|single out|name|pick out|identify|locate|point to) the ({_ODDA}) ({_NOUN})(| for me|, please)?",
    ),
    "m_stands_out": (
        "what (stands out|sticks out|catches the eye|jumps out|attracts attention|draws the eye|strikes you|leaps to the eye|does not fit in|looks out of place)( in the face| in this <pic>| here| to you| most|)?",
        f"(which|what) ({_NOUN}) (stands out|sticks out|catches the eye|jumps out|attracts attention|strikes you|does not fit in|looks out of place|is out of line with the rest)( most| the most|)?",
    ),
    "m_whereabouts": (
        "<so>(whereabouts|at what place|at which place|in which place|in what spot|in which area|in which region|in what part|on which spot|at which point|in which corner|in which section)( (exactly|precisely|then|roughly|approximately)|)( of the face|)?",
        "<so>where (about|more precisely|roughly|specifically|in particular|on the face|in the face|in the <pic>|then|approximately)?",
    ),
    "m_located": (
        f"where (exactly |precisely |roughly |)(are|were) the ({_SIGNS}) (located|found|situated|to be found|to be seen|visible|hiding|sitting)?",
        "where (exactly |precisely |)(is|was) the (manipulation|editing|tampering|forgery|problem|trouble|weak point|flaw|trick) (located|situated|to be found|to be seen|visible|hidden|hiding)?",
        f"where (do you|did you|can one|could one|can I|do we) (see|find|detect|spot|locate|discover|notice) (the ({_SIGNS})|them|it|the manipulation|something odd)?",
    ),
    "m_pinpoint": (
        "<please>(pinpoint|localise|localize|locate|single out) (the (manipulation|editing|tampering|problem|anomaly|suspicious part)|it)( in the face| on the face| for me|)",
        "<can> you <please>(pinpoint|localise|localize|locate|narrow down|be specific about) (the (place|area|spot|location)|where it is|where the problem is)?",
        f"(give|tell|name) me the (location|position|whereabouts|exact place|exact spot) of the ({_SIGNS}|editing|manipulation)",
    ),
    "m_strongest": (
        "where (is|was|do you see|did you find|lies) the (strongest|clearest|biggest|most obvious|plainest|heaviest|main) (sign|trace|hint|clue|indication|anomaly|irregularity)?",
        "(at (which|what) (spot|place|point|location)|in (which|what) (area|region|part|zone|section)) (is|was) (it|the suspicion|the manipulation|the trace|the effect) (strongest|the strongest|clearest|most visible|most obvious|worst)?",
    ),
    "m_changed": (
        f"(which|what) ({_NOUNS}) (were|have been|got) ({_ED})?",
        f"(which|what) ({_NOUNS}) (of the face |)(did|would) (they|someone|the forger|somebody|the editor) (change|edit|alter|manipulate|touch|replace|work on|mess with)?",
        "what (exactly |)(have they|has someone|have the forgers) (changed|edited|altered|replaced) (in|on) the face?",
    ),
    "m_show": (
        f"<please>(show|teach|tell) me (where|at which spot|in which area|in which part of the face|in what place) (it is|the problem is|you see it|the ({_SIGNS}) are|you found something|something is wrong)",
        f"(show me|let me see|point me to|direct me to|lead me to|guide me to|take me to) the ({_ODDA}) ({_NOUN}|{_NOUNS})",
    ),
    "m_you_said": (
        "you (said|claim|mentioned|told me|wrote|say) (that |)(it is|it was|the <pic> is|this is) (manipulated|suspicious|edited|not real|fake)(.|,|;) (where|where exactly|in which part|which part|whereabouts|at what place)?",
        f"you (found|saw|spoke of|mentioned|detected|talked about) (some |)({_SIGNS})(.|,|;|:) (where|where exactly|in which part|at which place|where are they|on which spot)?",
    ),
    "m_cannot_see": (
        "I (can't|cannot|don't|do not) see (it|anything|anything unusual|any problem|a thing|what you mean)(,|.) (where is it|where must I look|which part do you mean|which spot is it|what part are you talking about|what area is it)?",
        f"(everything looks normal to me|looks fine to me|I've searched the whole face|I stared at it for minutes|my eyes find nothing)(,|.) (where is it|which part do you mean|which spot is it|where are the ({_SIGNS}))?",
    ),
    "m_want_place": (
        f"(I would like to|I want to|I need to|I'd love to|I have to) know (where|at which place|in which part of the face|in what area) (it is|the ({_SIGNS}) are|the <pic> was ({_ED})|it was done|the problem lies|the trick is)",
        "(I'm interested in|tell me about|what matters to me is|I only need) the (place|location|exact spot|affected area|affected region|affected part|suspicious area)( in the face|)",
    ),
    "m_foreign": (
        "in (what|which) place of (face|the face|<pic>|the <pic>) (is|there is|it is) (the problem|the fake|the change|manipulation|the bad)?",
        "(what|which) (part|place|zone|piece) (is not good|is bad|is not real|is not normal|they changed|have problem|is modified)?",
        "where (it is|is it|they have|is) (changed|edited|manipulated|modified|retouched)?",
    ),
    "m_worst": (
        f"(what's|what is|name|tell me|which is) the (most suspicious|weakest|fishiest|weirdest|strangest|least natural|most unnatural|dodgiest|oddest) ({_NOUN})( of the face| of the <pic>| here|)?",
        f"the (most suspicious|weakest|weirdest|strangest|least natural|oddest|worst) ({_NOUN})( of the face|)( is|, which is it| would be|)?",
    ),
    "m_help_find": (
        f"help me (to |)(spot|find|see|locate|discover|recognise) the ({_ODDA}) ({_NOUN}|{_NOUNS})",
        "(guide my eyes|give me a hint where to look|steer me to the right place|I need a pointer to the right spot|put your finger on the spot|put your finger on it)( please|)",
        "where would you (put your finger|place a cross|draw a circle|stick a marker|put a pin|zoom in)?",
    ),
    "m_if_then": (
        "(if it is fake|if it was edited|if it's manipulated|assuming it is fake|suppose it's a fake|in case it was altered|if there is something), (where|in which part|at what place|which part is it|which area would that be|where would that be)?",
        f"(if|assuming|supposing) (someone|somebody) (edited|changed|altered|manipulated) (it|this), (which|what) ({_NOUN}) (did they touch|would it be|was it|is it)?",
    ),
    "m_extent": (
        "(the whole face|the entire face|the complete face|all of the face|the face as a whole|everything) or (just|only) (one|a single|a certain) (part|section|area|bit|region|spot)( of it|, and which|)?",
        "(how much|which share|what portion|how large a part) of the face (is|was|has been|looks) (affected|edited|changed|manipulated|involved)?",
    ),
    "m_where_else": (
        f"(and |)(where else|at what other place|in which other part|which other ({_NOUN}|{_NOUNS})|what other ({_NOUN}|{_NOUNS})|which further ({_NOUNS}))( in the face| besides that| apart from that|)?",
        f"(besides|apart from|except for|in addition to|other than) that(,|) (which ({_NOUNS})|what else) (do you find suspicious|would you mention|should I look at|do you consider odd)?",
    ),
    "m_side": (
        "(on|at) (which|what) side( of the face|)( exactly| is it| then|)?",
        "(the upper or the lower part|the top or the bottom|the left side or the right side|the middle or the outer parts|the upper half or the lower half)( of the face|)(, where is it|, which of them|)?",
    ),
    "m_list": (
        f"(give|make|write|show) me (a list|a short list|the list|an overview) of (all |)(the |)({_ODDA}) ({_NOUNS})",
        f"<please>(list|name|enumerate|go through|count) (all |)(the |)(places|spots|areas|regions|parts|features) (where|in which|at which) (you|the detector|the system) (found|saw|sees|suspects|noticed) (something|anything|{_SIGNS})",
    ),
    "m_detector_points": (
        f"(which|what) ({_NOUN}) (does|did) (the detector|the system|your analysis|the tool|the analysis|the result) (point to|point at|refer to|single out|indicate|hint at|mark|complain about|react to)( most|)?",
        "what (does|did) (the detector|the system|your analysis|the analysis|the tool) (point to|single out|react to|respond to)( in the face| most|)?",
        "what (place|area|region|part|spot) do you (mean|have in mind|refer to|speak of|talk about)( exactly|)?",
    ),
}

MORE_FINDING: dict[str, dict[str, tuple[str, ...]]] = (
    {"verdict": _VERDICT, "real_or_fake": _REAL_OR_FAKE, "where": _WHERE} | MORE_WHY | MORE_SCORE
)
"""intent -> family -> templates."""
