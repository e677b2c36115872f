# ruff: noqa: E501
"""How people ask about the finding: families of phrasings by intent; a family belongs wholly to one split.

Families named in `EVAL_FAMILIES` (questions.py) are never used for training.
"""

FINDING: dict[str, dict[str, tuple[str, ...]]] = {
    "verdict": {
        "plain": ("<so>is <this> <really><fake>?", "<so>are (these|those) <pic>s <fake>?"),
        "paper": (
            "Is this a deepfake (image|picture|photo|video)?",
            "Is (this|it|that) a (deepfake|deep fake|fake) (image|photo|face)?",
        ),
        "short": (
            "(fake|deepfake|deep fake|faked|manipulated|edited|photoshopped|ai|AI generated|forged|doctored|fake pic|tampered)?",
            "(deepfake|fake|manipulated|edited|doctored) or (not|no)?",
            "is (it|this|that) <fake>?",
            "verdict (please|)?",
            "(your|the) verdict?",
            "(yes or no|just yes or no|answer yes or no|yes/no)(: is <this> <fake>| please|)?",
        ),
        "been": (
            "<so>(has|was) <this> (been |)<been>?",
            "did (someone|anyone|somebody|they) (change|edit|manipulate|alter|photoshop|fake|swap|touch up) (this|the|his|her|that) (face|<pic>)?",
            "has (someone|anyone) (messed|tampered|played|fiddled) with <this>?",
        ),
        "polite": (
            "<can> you <please><tell> (if|whether) <this> is <fake>?",
            "<can> you <please>(check|examine|analyse|analyze|look at|inspect|verify|test) <this>( for me|)?",
            "would you mind checking (if|whether) <this> is <fake>?",
            "i('d| would) like to know (if|whether) <this> is <fake>",
            "could <this> be <fake>?",
        ),
        "command": (
            "(check|analyse|analyze|examine|inspect|test|scan|evaluate|judge) <this>( please| for me| for fakes| for <fakery>|)",
            "<tell> (if|whether) <this> (is|was) <fake>",
            "look at <this> and <tell> (if|whether) (it is|it's|its) <fake>",
        ),
        "opinion": (
            "do you (think|believe|reckon) (that |)<this> is <fake>?",
            "what do you think (of|about) <this>( -|,|:|) <fake>?",
            "would you say (this|it) is <fake>?",
            "(in your opinion|honestly), is <this> <fake>?",
            "am i looking at (a deepfake|a fake|a manipulated <pic>|an edited face|something <fake>)?",
        ),
        "look": (
            "does <this> look <fake>( to you|)?",
            "<this> looks <fake>, (right|no|doesn't it|what do you say|or)?",
            "(something|sth) (looks|seems|feels) (off|odd|wrong|strange|weird) (here|about <this>|with <this>)( - is it <fake>|, fake|)?",
        ),
        "result": (
            "what (is|was|'s) (the|your) (result|verdict|conclusion|finding|outcome|diagnosis|assessment)( for <this>|)?",
            "(result|conclusion|outcome|summary|finding)s?( please|)?",
            "what did (you|the detector|the check) (find|conclude|detect)?",
            "so what (is it|do you say|now)?",
        ),
        "signs": (
            "(are there|do you see|can you see|did you find|is there) any (sign|signs|trace|traces|hint|hints|indication) of <fakery>( here| in <this>|)?",
            "any <fakery> (here|in <this>|detected)?",
        ),
        "story": (
            "(a friend|my mother|my boss|a colleague|someone|my uncle) sent me <this>( on whatsapp| by mail|), is it <fake>?",
            "i (found|saw|got) <this> (on facebook|online|on twitter|on the internet|in a chat|in the news). (Is it <fake>|Has it been <been>|Fake)?",
        ),
        "noticed": (
            "(could|can) it be that <this> (is|was) <been>?",
            "(how about|what about) <this>, <been> or not?",
            "is there (anything|something) (fishy|suspicious|off|dodgy) (about|with|in) <this>?",
        ),
    },
    "real_or_fake": {
        "plain": (
            "<so>is <this> (real|genuine|authentic|original|legit|true|untouched|unedited|trustworthy|a real <pic>)?",
            "is (he|she|it|that|this) <really>(real|legit|genuine)?",
        ),
        "or": (
            "<so>(is <this> |)(real or fake|fake or real|genuine or fake|authentic or manipulated|real or AI|original or edited|true or false)?",
            "<tell> (if|whether) <this> is (real or fake|genuine or manipulated|real or not|authentic or not|original or edited)",
            "which is it, (real or fake|fake or real)?",
        ),
        "short": (
            "(real|legit|genuine|authentic|original|unedited|real photo|real pic)?",
            "(real|legit|genuine) or (not|nah|no)?",
        ),
        "trust": (
            "can (i|we) (trust|believe|rely on) <this>?",
            "is <this> (safe|ok|fine) to (share|post|publish|trust|believe)?",
            "should (i|we) (trust|believe) <this>?",
        ),
        "confirm": (
            "<can> you <please>(confirm|verify|check) (that |if |whether |)<this> is (real|genuine|authentic|original|unedited)?",
            "do you (think|believe) <this> is (real|genuine|authentic|original|legit)?",
        ),
        "happened": (
            "did (this|that) (really|actually) happen( like this|)?",
            "is (that|this) (really|actually) (how|what) (he|she|the person) (looks|looked)( like|)?",
            "does <this> show a (real|genuine) (face|person|moment)?",
        ),
        "thing": (
            "is <this> the real (thing|deal)?",
            "is <this> (as it was taken|straight from the camera|how it came out of the camera)?",
        ),
    },
    "where": {
        "short": (
            "<so>where( exactly| then| is it| to be exact| precisely| about|)?",
            "whereabouts?",
            "(in |at |on |)which (part|place|area|spot|region)s?( exactly|)?",
        ),
        "plain": (
            "where (is|was|'s) (<this>|the face) <been>?",
            "where (exactly |)(is|are|do you see) (the (manipulation|fake part|edit|edits|change|changes|forgery|fake area|problem|artifact|artifacts|artefacts))?",
            "where (did|do) (you|u) (see|find|notice|detect|spot) (it|that|this|the manipulation|something|the fake)?",
        ),
        "which": (
            "(which|what) (part|parts|region|regions|area|areas|place|places|bit|bits|section) (of (the face|it|<this>) |)(is|are|was|were|has been|looks|look) (<been>|<fake>|suspicious|affected|off)?",
            "(which|what) (part|region|area|place)s? (did|have) (they|someone) (change|changed|edit|edited|fake|faked)?",
        ),
        "show": (
            "(show|tell) me (where|the place|the spot|the area|which part|the manipulated part|the fake part)( please| it is| you mean|)",
            "<can> you <please>(point (to|out)|show|mark|name|locate|pinpoint|highlight|tell me) (it|the place|the spot|where it is|the manipulated (area|part|region)|the manipulation|the fake part)?",
            "point (to|at) (it|the spot|the manipulated part|the fake bit)",
        ),
        "location": (
            "(location|place|position|region|area|spot)s?( of the (manipulation|edit|fake)| please|)?",
            "what is the location of the (forgery|manipulation|artifact|edit)?",
            "where is the artifact of the image?",
        ),
        "changed": (
            "what (has been|was|did they|is|have they) (changed|changed here|edited|altered|manipulated|replaced)( in the face| on the face| about the face|)?",
            "what('s| is) (wrong|off|fake|odd|suspicious) (here|with <this>|with the face|about <this>|in <this>)?",
        ),
        "whole": (
            "is (it|that) the (whole|entire|full) face( or only a part| or just some parts|)?",
            "(only a part|one part|the whole face|everything) or (all of it|the whole face|just a bit|some parts)?",
            "(how much|what portion) of the face is (affected|<been>|fake)?",
        ),
        "looking": (
            "where (should|do|must) (i|we) look( at| to see it|)?",
            "what should i (look at|pay attention to|watch|zoom in on)( in the face| here|)?",
            "where does it (show|appear|become visible|stand out)( most|)?",
        ),
        "concentrated": (
            "where is it (concentrated|strongest|worst|most visible|clearest)?",
            "(which|what) (spot|corner|feature) (of the face |)(gives it away|betrays it|should worry me)( most|)?",
        ),
    },
    "why": {
        "short": (
            "<so>why( so| that| not| is that| then| exactly|)?",
            "how so?",
            "how come?",
            "(reason|reasons|the reason|explanation|explain|grounds|because)( please|)?",
            "why though?",
        ),
        "plain": (
            "why do (you|u) (think|say|believe|claim|conclude) (so|that|this|it)?",
            "why (is that|is it so|do you (come to|reach) (that|this) (conclusion|result|verdict)|this (result|verdict|score))?",
            "why do you think (this|it) is a deepfake image?",
        ),
        "what_makes": (
            "what (makes|made|leads|led|brings) you (think|say|believe|to) (so|that|this|that conclusion)?",
            "what (speaks|counts|points) (for|against|to) (it|that|manipulation)?",
            "what (is|was|are|'s) (your|the) (reason|reasons|reasoning|evidence|basis|argument|explanation|rationale)( for (that|this|it)|)?",
        ),
        "how": (
            "how (do|did|can) (you|u) (know|tell|see|find out|conclude|decide|figure|work out)( that| it| this|)?",
            "how can you be (able to tell|so certain of that)?",
            "how did you (arrive at|come to|reach|get to) (that|this|your) (result|conclusion|verdict|answer)?",
        ),
        "explain": (
            "<can> you <please>(explain|justify|elaborate|expand on|give reasons for|back up|motivate) (that|this|it|your answer|your verdict|the result)?",
            "(explain|justify) (yourself|that|this|your (answer|verdict|finding|decision)|the result)( please|)",
            "give me (a|the|some|your) (reason|reasons|explanation|details|arguments)( please|)",
        ),
        "based": (
            "(based on|on the basis of) what?",
            "what (is|was) (that|this|it) based on?",
            "on what (grounds|basis|evidence)( do you say that|)?",
        ),
        "signs": (
            "what (signs|traces|clues|hints|indications|cues|artifacts|artefacts|features) (did you (see|find|notice)|are there|do you see|give it away|point to it)?",
            "what (gave|gives) it away?",
            "what did (you|it) (notice|see|spot)?",
        ),
        "details": (
            "(more|some more|any|further) (detail|details|info|information|explanation)( please|)?",
            "tell me more( about (it|that|this|the reasons)|)",
            "go on",
            "(elaborate|details|more)( please|)",
        ),
        "back": (
            "what (backs|supports|underpins) (that|this|your (verdict|view|answer))?",
            "(walk|talk|take) me through (it|that|your reasoning|the reasons|your thinking)( please|)",
            "what stands behind (that|this) (answer|verdict|judgement)?",
        ),
    },
    "certainty": {
        "plain": (
            "how (sure|certain|confident|positive) (are|r) (you|u)( about (that|this|it)| of (that|this)| here|)?",
            "how (reliable|trustworthy|accurate|solid|safe|firm|good) is (that|this|the|your) (result|verdict|finding|answer|statement|assessment)?",
        ),
        "confidence": (
            "(what is|what's|whats|give me|tell me) (your|the) (confidence|certainty|level of confidence|confidence level|degree of certainty)( please|)?",
            "(confidence|certainty|sure|confidence level)?",
            "(how (high|strong|big) is|with what|at what) (your |the |)(confidence|certainty)( here|)?",
        ),
        "error": (
            "(can|could|might) (you|this|that|it|the detector|the result) be (wrong|mistaken|an error|a mistake|incorrect)( here|)?",
            "how (likely|often|probable) (is|are|do) (it |)(that you are wrong|an error|a mistake|you wrong|you make mistakes|you err)?",
            "do you (ever |)make (mistakes|errors)( with this|)?",
            "is a (false alarm|false positive|mistake|false result) possible?",
        ),
        "doubtless": (
            "is (that|this|it) (certain|for sure|definite|definitive|final|beyond doubt|a fact|conclusive|100% sure)?",
            "(without any|any|is there any|no) doubt(s|)( about (it|that)|)?",
        ),
        "bet": (
            "would you (bet|put money) on (it|that|this)?",
            "how much would you bet( on it| on that|)?",
            "on a scale( of 1 to 10| from one to ten|), how (sure|certain) are you?",
        ),
        "strength": (
            "how (strong|weak|firm|robust) is (the|your) (evidence|support|case|finding)( really|)?",
            "how much (weight|trust) (does it|does that|can i|should i) (carry|put in it|give it)?",
        ),
    },
    "score": {
        "plain": (
            "(what is|what's|whats|what was|tell me|give me|show me) the (forgery |fake |deepfake |manipulation |)(score|percentage|number|probability|value|rating|figure)( please| here| again| of <this>|)?",
            "how much is the forgery score?",
            "how (high|big|large|low) is (the|your|that) (forgery |fake |)(score|number|percentage|probability|value)?",
        ),
        "short": (
            "(score|percent|percentage|number|probability|the score|forgery score|the number|what percent|how many percent|how much percent)( please|)?",
            "in (percent|numbers|figures)?",
        ),
        "likely": (
            "how (likely|probable) is (it|this|that|a deepfake|manipulation)( that <this> is <fake>| to be <fake>|)?",
            "what (is|are|'s) the (probability|likelihood|chance|chances|odds) (that (it|this) is <fake>|of (a deepfake|manipulation|a fake))?",
            "what are the (odds|chances)( here|)?",
        ),
        "amount": (
            "how <fake> is (it|this|that|<this>)( in percent|)?",
            "(to|by) (how much|what percent|what extent) is (it|this|the face) <fake>?",
        ),
        "exact": (
            "(exact|precise) (number|score|value|figure|percentage)?",
            "<can> you <please>(give|tell) me (a|the|an exact) (number|score|figure|percentage|value)?",
            "put a number on it( please|)",
        ),
        "again": (
            "what was the (score|number|percentage|figure) again?",
            "(repeat|remind me of) the (score|number|percentage|result)( please|)",
        ),
        "reading": (
            "what (does|did) the (detector|meter|gauge|model) (say|read|show|give)( in numbers| in percent|)?",
            "(which|what) (score|number|value|percentage) (did|does) (it|<this>|the face) (get|have|receive|come out at)?",
        ),
    },
    "meaning": {
        "plain": (
            "what does (that|this|the|your) (score|number|percentage|figure|value|percent|result|probability) mean( for me| exactly| in words| here|)?",
            "what do (those|these|the) (percent|numbers|figures|values) mean( exactly| here|)?",
            "what does {n} (%|percent) mean( here| exactly|)?",
        ),
        "read": (
            "how (do|should|must|can) (i|we|one) (read|interpret|understand|take) (that|this|the) (score|number|percentage|result|value)?",
            "(explain|interpret) the (score|number|percentage|result)( please| to me|)",
        ),
        "scale": (
            "is (that|this|{n} %|{n} percent|it) (a lot|much|high|low|bad|good|little|normal|serious)( or not|)?",
            "is a (high|low) (score|number) (bad|good)( or good|)?",
        ),
        "share": (
            "(does that mean|so|is) {n} (%|percent) of the (face|pixels|picture|image) (is|are|were) (fake|changed|edited|manipulated)?",
        ),
        "words": (
            "what (do|does) (strong|some|little) support( for manipulation|) mean?",
            "what (do you mean by|is meant by|does) (that|the evidence words|support for manipulation|inconclusive|your wording)( mean|)?",
            "what does inconclusive mean?",
        ),
        "sense": (
            "(help me make sense of|what am i to make of|how to make sense of) (that|the|this) (score|number|figure|percentage|result)( please|)?",
            "(put|say|express) the (score|number|percentage) in (words|plain words)( please|)",
        ),
    },
}
