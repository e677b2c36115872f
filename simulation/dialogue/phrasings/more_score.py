# ruff: noqa: E501
"""Further families of training phrasings on the score and its meaning; written without sight of the families kept for evaluation."""

_P = "photo|picture|image|pic|shot|snapshot|portrait|selfie|clip"
_SCORE = "score|forgery score|number|figure|value|percentage|fake score|manipulation score|deepfake score|rating|probability|percent value|score value|detection score"
_SUM = "score|forgery score|number|figure|value|percentage|rating|fake score|result|percentage value"
_LABEL = "inconclusive|some support|little support|strong support|could not be assessed"

_SCORE_ASKED: dict[str, tuple[str, ...]] = {
    "m_whats_the": (
        f"<so>(what's|what is|what was|how high is|how high was|how big is) (the ({_SCORE}) (of|for) (this|my|the) ({_P})|(the|its|your) ({_SCORE})( here| exactly| in the end|))?",
        f"(the ({_SCORE})( please| of this ({_P})| for this one|)|(its|your) ({_SCORE})( please|))?",
    ),
    "m_give": (
        f"<please>(give|tell|show|send|name) me (the ({_SCORE}) (of|for) (this|my|the) ({_P})|(the|its|your|just the|only the) ({_SCORE}))",
        f"<please>(state|quote|read out|announce|print|write down|report|name|display) (its ({_SCORE})|the ({_SCORE})( of (this|my|the) ({_P})|))",
    ),
    "m_can_you": (
        f"<can> you <please>(give|tell|show|name) me (the|its|your) (exact |precise |)({_SCORE})?",
        f"(may|can|could) I (have|see|get|hear|learn) (the|its|your) (exact |)({_SCORE})( of (this|my|the) ({_P})|)( please|)?",
    ),
    "m_percent": (
        "<so>(how many|how much|what|which) (percent|per cent|%)( fake| manipulated| deepfake| forgery| probability| is it| do you give it|)?",
        f"how (fake|manipulated|edited) is (this|the|my) ({_P}) (in percent|in per cent|as a percentage|in numbers|in figures|numerically)?",
        "(in percent|in per cent|in numbers|in figures|as a percentage|as a number|in digits|as a figure)(, please| please|, what would that be|)?",
    ),
    "m_in_numbers": (
        "(could you|can you|would you|please) (put (it|that|your answer) in numbers|put a (number|figure|percentage) on (it|that|this)|express (it|that|your answer) as a (number|percentage|figure))",
        f"(what|which) (number|figure|percentage|value) would you (put on|give to|assign to|attach to) (it|this|this ({_P})|the ({_P}))?",
        "(numbers|figures|the numbers|the figures|hard numbers|a number|the digits)(, please| please| only|)?",
    ),
    "m_came_out": (
        "(what|which) (number|figure|value|score|percentage|percent) (did|does) (the detector|the system|the tool|the analysis|the check|your analysis|the program|the algorithm|the model) (give|output|put out|return|produce|show|report|come up with|arrive at|calculate|compute)?",
        f"what (score|number|value|percentage|rating) (did you get|did you calculate|did you compute|did you arrive at|have you got|came out|was calculated|was the outcome)( for (this|my|the) ({_P})|)?",
    ),
    "m_got": (
        f"how (did|does) (my|this|the) ({_P}) score?",
        f"(what|which) (mark|grade|score) (did|does) (my|this|the) ({_P}) (get|receive|earn)( from you| from the detector|)?",
    ),
    "m_out_of": (
        "(how much|how many|how many points|what score)( is that| would that be| is it| do you give it|) out of (a hundred|100|one hundred)?",
        f"where does (it|this ({_P})) (lie|land|fall|sit) (on a scale from (0|zero) to|between (0|zero) and) (100|a hundred)?",
    ),
    "m_likelihood": (
        "(what's|what is|how high is|how big is|tell me|give me) the (likelihood|probability|chance|estimated probability) of (a fake|a deepfake|manipulation|a forgery|editing|fakery|it being fake)( in percent|)?",
        "(what are|tell me|give me) the (odds|chances) (that it is|of it being) (fake|a fake|a deepfake|manipulated|edited)?",
        "how (likely|probable) is (a fake|a deepfake|manipulation|a forgery)( in percent| in numbers| as a number|)?",
    ),
    "m_again": (
        f"(what was the ({_SCORE}) again?|(tell me|repeat|give me|say) the ({_SCORE}) (again|once more|one more time))",
        f"(I missed|I forgot|I overlooked|I didn't catch|I didn't see|I can't find|I have lost) the ({_SCORE})(, what was it|. What was it|, please repeat it|)",
    ),
    "m_need_it": (
        "(I need|I'd like|I want|I require|I'm after|I'm looking for|I'm asking for|I only want) (the|the exact|the precise) (score|forgery score|number|figure|value|percentage)( for my (report|notes|records|file|boss|article|spreadsheet)|)",
        f"for my (report|notes|records|file|boss|article|spreadsheet)(:|,) (what is|tell me|give me|which is) the ({_SCORE})?",
    ),
    "m_know": (
        f"(I would like to know|I want to know|I was wondering|I wonder|I'm curious|let me know|tell me|I'd love to hear) (what the ({_SCORE}) (is|was)|how high the ({_SCORE}) is|what score it got|what percentage you found|which number came out)",
        f"(do you have|have you got|did you compute|did you calculate) (a|the) (score|number|percentage|figure|value)( for (this|my|the) ({_P})| for me|)(, and what is it|, and how high is it|. What is it)",
    ),
    "m_exact": (
        "(what is|what's|what was|and) the (exact|precise|accurate|actual|current|raw|full|overall|total|final) (score|number|figure|value|percentage|rating)?",
        "(exactly|precisely) (how much|how many percent|what number|which percentage|what score)?",
        "(be precise|more precisely|be exact|concretely|in concrete terms)(,|:) (what score|how many percent|which number|what percentage)?",
    ),
    "m_how_high": (
        f"how (high|low|big|large) (is|was) the ({_SCORE})( exactly| on the scale| in the end|)?",
        "how (high|low|big)(, in numbers|, in percent|, as a number|, as a percentage| in percent| in figures)?",
    ),
    "m_not_words": (
        "(no words|not in words|never mind the words|enough words|skip the talk|less talk|without any text)(,|:) (just|only|give me|tell me|what is) the (number|score|percentage|figure)",
        "(just|only|simply) (the number|the score|the percentage|the figure|a number|a percentage)(, please|, nothing else| please|)",
    ),
    "m_you_said": (
        "you (spoke of|mentioned|said|wrote) (strong support|some support|little support|support for manipulation|signs of manipulation)(,|;|.) (how much is that in percent|what is the number|which score is that|what's the score|what percentage is that)?",
        "you (say|said|think|believe) (it is|it's) (fake|manipulated|edited|suspicious)(,|;|.) (how many percent|what's the score|with what score|what number did you get|which percentage)?",
    ),
    "m_detector": (
        "the (detector|system|model|network|machine)'s (score|number|percentage|output value|figure)(, please|, what is it| is what|)?",
    ),
    "m_foreign": (
        "how (much is (the score|the percent|the points)|(much|many) (percent|points) (it is|it has|you give|you say))?",
        "(what|which) (score|percent|number|percentage|value) (it has|it have|is it|has it|you have|you give)?",
        "(say|tell|give) (me |)(number|score|percent|percentage) (of|from) (fake|manipulation|this <pic>)",
    ),
    "m_slang": (
        "(gimme|lemme see|hit me with|drop|spill|throw me) (the (score|number|percentage|digits|numbers))",
        "(what's the damage|what are we at|what are the stats|how bad is it)(,|:) (in percent|score wise|numbers wise|in numbers)?",
        "(score|percentage|number|points|percent|rating)(, plz|, please| check| now| tho| then|)?",
    ),
    "m_points": (
        f"how many (points|percentage points|percent|points out of a hundred) (does|did) (it|this|the ({_P})|my ({_P})) (get|have|score|reach)?",
        f"(how many|the) points( for (this|my|the) ({_P})|, please| in total| altogether|)?",
    ),
    "m_quantify": (
        "<please>(quantify|put a number to|give a number for|give a percentage for|attach a figure to|express as a percentage) (it|that|the suspicion|the manipulation|your finding|your answer|how fake it is)",
        "<can> you <please>(quantify|put a number to|give a number for|give a percentage for|attach a figure to) (it|that|the suspicion|the manipulation|your finding|your answer)?",
    ),
    "m_third": (
        "(my boss|my editor|a friend|my teacher|the form|my professor|a colleague) (asks for|wants|demands|is asking for|wants to see|insists on) (a|the) (score|number|percentage|figure)(, what is it|, what can I write|. Which one is it|, so how high is it|)",
        f"(what|which) (number|score|percentage|figure) (can|shall|should|do) I (write down|note|enter|put down|report|jot down)( for (this|my|the) ({_P})| for the (score|forgery score)|)?",
    ),
}

_MEANING: dict[str, tuple[str, ...]] = {
    "m_does_it_mean": (
        f"<so>what (does|would) (that|this|the|your) ({_SUM}) (mean|tell me|tell us|imply|signify|stand for|express|indicate|amount to|say about (the|my|this) ({_P}))( exactly| actually| in practice|)?",
        f"what (does|would) ({{n}}%|{{n}} percent|{{n}} per cent|a score of {{n}}) (mean|tell me|imply|signify|stand for|express|indicate|amount to)( exactly| actually| here| for my ({_P})|)?",
    ),
    "m_interpret": (
        f"how (should|do|can|must|would) (I|one|we) (read|interpret|understand|take|judge|construe|view) (that|this|the) ({_SUM})( correctly| properly|)?",
        "how (should|do|can|must) (I|one|we) (interpret|understand|take|judge|view) ({n}%|{n} percent|a score of {n}|{n} %)?",
        f"(is there|do you have) (a guide|a manual|a key|a legend|an explanation|some help) for (reading|interpreting|understanding) (the|this) ({_SUM})?",
    ),
    "m_a_lot": (
        "is ({n}%|{n} percent|{n} per cent|a score of {n}|{n} %|{n}) (a lot|much|high|low|little|bad|good|worrying|alarming|normal|unusual|average|borderline|okay|extreme|serious|dangerous)?",
        "({n}%|{n} percent|{n} %|{n})(,|:|;) (is that|would that be) (a lot|much|high|low|little|bad|good|worrying|normal|average|borderline)?",
    ),
    "m_score_high": (
        "is (that|this) (score|number|percentage|value|figure|rating) (a high one|high|low|bad|good|normal|worrying|average|alarming|large|unusual|something to worry about)?",
        "is (that|this) (score|number|percentage|value|figure) (on the high side|on the low side|above average|below average|in the normal range|a cause for concern|bad news|good news)?",
    ),
    "m_percent_of_what": (
        "({n}%|{n} percent|{n} per cent|{n} %) (of what|of what exactly|out of what)?",
        "(percent|a percentage|so many percent|which share) of what( exactly|)?",
        "what are the ({n}%|{n} percent|{n} per cent) (of|a percentage of|related to|relative to|referring to)?",
    ),
    "m_threshold": (
        "(above|beyond|from) (what|which) (score|number|value|percentage) (is it|do you call it|would it be considered|is a picture) (fake|manipulated|suspicious|a deepfake)?",
        "(what|which) (score|number|value|percentage) (counts as|is|would be|qualifies as|is considered) (high|low|suspicious|critical|normal|harmless|alarming|bad)?",
        "(where do you draw|at what score is|at which number is|where lies) the (line|threshold|limit|cut-off|border)( between real and fake|)?",
    ),
    "m_label": (
        f"what (do|did) you mean (by|with|when you say|when you write) ({_LABEL})( here| exactly|)?",
        f"({_LABEL})(,|:|?) (what does that mean|what is that supposed to mean|what's that|meaning what|how should I understand that|which means)?",
        "(how should I understand|what is meant by|what do people mean by|what's behind the words) (inconclusive|some support|little support|strong support)?",
    ),
    "m_does_that_mean": (
        "does ({n}%|{n} percent|a score of {n}|that score|that number) mean (that |)(it is fake|it is real|the <pic> is fake|the <pic> is genuine|there is a deepfake|{n} percent of the face is edited)?",
        "(so |)does a (high|low|higher|lower|middling) (score|number|percentage|value) mean (that |)(it's fake|it's real|it was edited|it is genuine|more manipulation|less manipulation)?",
    ),
    "m_dont_get": (
        f"I (don't understand|don't get|can't make anything of|am confused by|can't interpret|am puzzled by|don't know how to read|have no idea what to make of) (the|this|that|your) ({_SUM})",
        "I (don't know|have no idea|am not sure|can't say) what ({n}%|{n} percent|a score of {n}|this number|that percentage|the score) (means|stands for|is telling me|is supposed to tell me|implies)",
        f"(I'm bad with numbers|numbers confuse me|I'm no mathematician|statistics is not my thing)(,|:|;|.) what does (the|this) ({_SUM}) (mean|tell me|say)?",
    ),
    "m_perspective": (
        "<please>(put|set) (that|this|the) (score|number|percentage|figure|value) (into|in) (perspective|context|relation)",
        "<please>(interpret|explain|translate|decode|decipher|clarify) (that|this|the) (score|number|percentage|figure|value|rating)( for me|)",
        "<please>(interpret|explain|translate|decode|decipher) ({n}%|{n} percent|the {n} percent|the {n})( for me|)",
    ),
    "m_scale": (
        "(what's|what is|explain|which is) the (scale|range|unit|highest value|lowest value|maximum|minimum)( of (the|this) (score|rating|scale)| here|)?",
        "is a (higher|lower|bigger|smaller) (number|score|value|percentage) (better|worse|more suspicious|more real|less suspicious|a good sign|a bad sign)?",
        "what would (0|zero|100|fifty|50|a hundred) (percent |)(mean|stand for|say|signify)?",
    ),
    "m_what_am_i": (
        f"what (can|may|should|do) I (conclude|infer|learn|read|gather|deduce|take) from (that|this|the|such a) ({_SUM})?",
        "what (can|may|should|do) I (conclude|infer|learn|gather|deduce) from ({n}%|{n} percent|a score of {n})?",
        f"what (lesson|conclusion) (follows|is to be drawn) from (that|this|the) ({_SUM})?",
    ),
    "m_short": (
        "<so>(meaning|which means|and that means|that means|and what does that tell me|and what does it mean|signifying what|translation)?",
        "({n}%|{n} percent|{n}|that number|that score|that percentage)(, meaning|, which means| means what| tells me what| says what)?",
    ),
    "m_foreign": (
        "what (it means|mean|is meaning|want to say) (this|the) (score|number|percent|percentage|result|value)?",
        "({n}%|{n} percent|{n} %) (is much|is many|it is much|is big|is bad) or (not|little|is good|small)?",
        "how I (must|can|should) (understand|read|take) (this|the) (score|number|percent|result)?",
    ),
    "m_difference": (
        "(what's|what is) the difference between ({n}%|{n} percent|this score) and (0|100|50|zero|fifty|a hundred) percent?",
        "how close is ({n}%|{n} percent|this score|that number) to (normal|a clear fake|suspicious|the maximum|the threshold)?",
        "(compared with other photos|for a normal photo|for a real photo|by your standards|in your experience|on your scale)(,|:) is that (a high score|a low score|high|low|a lot|usual)?",
    ),
    "m_supposed": (
        f"what is (that|this|the) ({_SUM}) (supposed to tell me|meant to say|all about|meant to express|actually saying)?",
        "what am I (supposed|meant) to (understand by|make of|think of|take from|read into) (that score|that number|{n}%|{n} percent|this percentage|the result|that figure)?",
    ),
}

MORE_SCORE: dict[str, dict[str, tuple[str, ...]]] = {"score": _SCORE_ASKED, "meaning": _MEANING}
"""intent -> family -> templates."""
