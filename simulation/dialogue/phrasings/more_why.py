# ruff: noqa: E501
"""Further families of training phrasings on grounds and certainty; written without sight of the families kept for evaluation."""

_P = "photo|picture|image|pic|shot|snapshot|portrait|selfie|clip"
_ANS = "answer|verdict|conclusion|result|finding|judgment|assessment|statement|opinion|decision|claim|diagnosis"
_WRONG = "wrong|mistaken|in error|off the mark|off|fooled|deceived|misled"
_EVID = "evidence|proof|clues|arguments|reasons|grounds|indications|hints|facts|observations|pointers"
_ADJ = "fake|manipulated|edited|doctored|altered|suspicious|not real|artificial"

_WHY: dict[str, tuple[str, ...]] = {
    "m_grounds": (
        "<so>on what (grounds|basis|evidence|foundation)( do you (say|think|claim|conclude|believe|assume) (that|this|so)| is that|)?",
        f"on (what|which) (grounds|basis|evidence|facts|observations|clues) (does your ({_ANS}) (rest|stand)|is your ({_ANS}) founded|was this decided)?",
    ),
    "m_makes_you": (
        f"<so>what (makes|made|is making) you (say|think|believe|suspect|conclude|assume|claim|feel|decide) (so|that|this|it is ({_ADJ})|it's ({_ADJ}))?",
        f"what (causes|leads|led|prompts|prompted|caused|inclines) you to (say|think|believe|suspect|conclude|claim|assume) (so|that|this|it is ({_ADJ}))?",
    ),
    "m_evidence": (
        "what (clues|arguments|reasons|grounds|indications|hints|facts|pointers) (do you have|have you got|are there|did you find|can you offer|can you present|support this|speak for it|point to that)?",
        "(what|which) (evidence|proof) (do you have|have you got|is there|did you find|can you offer|can you present|supports this|speaks for it|points to that)?",
        f"(show me|give me|let me have|I want|I need|present) (the|your|some) (evidence|proof|arguments|reasons|facts)( for (that|this|your ({_ANS}))|)",
    ),
    "m_reason": (
        f"(what's|what is|what was|and) the (reason|main reason|decisive reason|deciding factor|main argument|justification|rationale|explanation)( for (that|this|your ({_ANS}))| behind (it|this|that|your ({_ANS}))|)?",
        f"(give|name|tell|offer) me ((one|a|a good|at least one|a single|the|the main) reason|(two|three|some|a few|the|your) reasons)( for (that|this|your ({_ANS}))| why (I should believe that|it is ({_ADJ})|you say so)|)",
        "(reason|reasons|the reason|your reasons|any reasons|grounds|arguments|explanation)(| please| for that| for this)?",
    ),
    "m_gave_away": (
        "what (gave it away|gave the game away|tipped you off|put you on to it|aroused your suspicion|raised the alarm|rang the bell|raised a red flag|made you suspicious)( in this <pic>| here| exactly|)?",
        "what (was|is) (the giveaway|the red flag|the tell|the warning sign|the clue|the decisive clue|the smoking gun|your main clue)( here| in this <pic>| for you|)?",
    ),
    "m_did_you_see": (
        f"(what did you (notice|spot|observe|find|detect|discover)( exactly|)|what (did|do) you (notice|see|spot|observe|find|detect|perceive|recognise) (that makes it ({_ADJ})|that made you say (so|that)|that speaks for it))?",
        f"what (have you|has the detector|has the system|has your analysis) (noticed|seen|spotted|observed|found|detected|picked up|come across)( that makes it ({_ADJ})| to say (so|that)|)?",
    ),
    "m_justify": (
        f"<please>(justify|substantiate|defend|argue|support|prove|motivate|account for) (your|this|that) ({_ANS})",
        f"<can> you <please>(justify|substantiate|defend|support|prove|account for|give reasons for) (your|this|that) ({_ANS})?",
        f"how (do|would|can|could|will) you (justify|substantiate|defend|support|prove|account for) (your|this|that) ({_ANS})?",
    ),
    "m_tell": (
        "how (can|could|do|did) you (tell|know|see|recognise|work it out|figure it out|find out|notice|judge that|conclude that|tell that|know this|see that)?",
        f"(from what|by what|by which signs|from which details) (can|could|do|did) you (tell|know|see|recognise|conclude) (that|this|it|it is ({_ADJ}))?",
    ),
    "m_arrive": (
        f"how (did|do) you (arrive at|come to|reach|get to|end up with|come up with) (this|that|your) ({_ANS})?",
        f"(what|which) (thoughts|steps of reasoning|observations|considerations|line of thought) (led|brought|took) you to (this|that|your) ({_ANS})?",
    ),
    "m_curious": (
        f"(I'd like|I want|I would love|I am trying|I need|it would help me) to (understand|know|see|learn) (why|how you came to that|what your ({_ANS}) rests on|what made you say that|what your reasons are|why you think so)",
        f"(I'm curious|I wonder|I keep asking myself|I was wondering|nobody told me|you haven't told me|you didn't say) (why|why that is|what your reasons are|why you say so|on what grounds|why it should be ({_ADJ}))",
    ),
    "m_based": (
        f"what (is|was) (this|that|your ({_ANS})|the ({_ANS})|all this) (based on|grounded in|founded on|built on|resting on|derived from)?",
        f"what do you base (this|that|it|your ({_ANS})) on?",
        "(based|founded|grounded) on what( exactly| evidence| clues|)?",
    ),
    "m_logic": (
        f"what('s| is) the (logic|reasoning|thinking|rationale|idea|argument|train of thought|thought) behind (this|that|it|your ({_ANS}))?",
    ),
    "m_convince": (
        f"what (convinced|persuaded|swayed) (you|the detector|the system)( of (this|that)| that it is ({_ADJ})|)?",
        "<please>(convince|persuade) me( with (facts|reasons|evidence|arguments)| by giving reasons|)",
        "what (tipped the scales|was decisive|settled it|decided the matter|made the difference|was the clincher|weighed most)( for you| in your judgment| here|)?",
    ),
    "m_dont_just": (
        "(don't just claim (it|that)|don't just say so|a bare claim is not enough|that's only a claim|anyone could say that|simply saying so won't do)(,|:|;|.) (give me reasons|why|what are your reasons|explain why|what is your proof|I want reasons)",
        "(not without reasons|reasons first|no verdict without reasons|I accept nothing without reasons)(, please|, so what are they|)",
    ),
    "m_dont_see": (
        f"(I see nothing unusual|it looks perfectly fine to me|to me it looks normal|I can't see anything wrong|my eyes find nothing|the face looks natural)(, so|; so|. So|. Then|, then) (why|why do you say that|why is it ({_ADJ})|what makes you suspicious|what are your reasons|how come you say so)?",
        f"what (am I missing|do you see that I don't|have I overlooked|did you see that I did not see|did I fail to notice)( that makes it ({_ADJ})|)?",
    ),
    "m_third_party": (
        "(my boss|my friend|my teacher|my sister|a colleague|my editor|my lawyer) (will ask|wants to know|asked|would like to hear) (why|on what grounds|what the reasons are|why you say so)",
        "(what|which) (reasons|arguments|grounds|evidence) (can|could|shall|should) I (give|name|mention|quote) (to my boss|to my friends|to others|if somebody asks me why|when people ask me for reasons)?",
    ),
    "m_why_adj": (
        f"<so>why (is it|is this|would it be|should it be|was it|is the ({_P})|is this ({_P})|do you call it|do you think it is|do you find it) ({_ADJ})?",
        f"why ({_ADJ})?",
        f"why (that|this|your) ({_ANS})?",
    ),
    "m_how_come": (
        "<so>(how come|how so|why so|why that|why is that|for what reason|for which reason|because of what|and why exactly|but why|why though|why tho)?",
        f"how come (you (say|think|believe|conclude) (that|so|this)|it's ({_ADJ})|you call it ({_ADJ})|the ({_ANS}) is like that)?",
    ),
    "m_foreign": (
        "why you (think|say|tell|believe) (this|that|like this|it is fake|is manipulated|is not real)?",
        "(from what|how|by what|from where) you (know|see|understand|can say|take) (this|that|it)?",
        f"what is (reason|the reason|proof|argument|cause) (of|for) (this|that|your) ({_ANS})?",
    ),
    "m_explain": (
        f"<please>(explain|clarify|spell out|lay out|set out|elaborate on|comment on) (your reasons|your reasoning|why|why you think so|the grounds|why it is ({_ADJ})|what makes it ({_ADJ})|what the reasons are)",
        f"<can> you <please>(explain|clarify|spell out|lay out|tell me) (your reasons|your reasoning|why|why you think so|the grounds|why it is ({_ADJ})|how you can tell)?",
    ),
    "m_speaks_for": (f"what (speaks|argues) (for|in favour of) (it|this|that|your ({_ANS})|a fake|manipulation)?",),
    "m_opinion_from": (
        f"where (do|did) you (get|take|have) (that|this|it|your ({_ANS})|this idea) from?",
        f"where does (that|this|your|the) ({_ANS}|idea|suspicion) come from?",
    ),
    "m_details": (
        f"(which|what) (observations|findings|clues|indications|peculiarities|irregularities|anomalies|oddities|hints) (made you say (that|so)|led you there|do you rely on|do you go by|count against it|speak against it|make it ({_ADJ}))?",
        f"what (about|in) (this|the) ({_P}) (makes|made) you (say|think|suspect|believe) (so|that|it is ({_ADJ}))?",
    ),
}

_CERTAINTY: dict[str, tuple[str, ...]] = {
    "m_how_adj": (
        f"<so>how (certain|confident|positive|convinced|sure) (are you|is the detector|is the system|can you be|can one be)( of (that|this|it|your ({_ANS}))| about (that|this|it|your ({_ANS}))| here| exactly|)?",
        f"how (certain|confident|sure|positive) (are you|can we be|should I be|may I be) that (it|this|the ({_P})) (is|was) (fake|manipulated|edited|real|genuine|altered)?",
    ),
    "m_result_adj": (
        f"how (certain|firm|safe|definite|clear-cut|conclusive|watertight|sure|well-established|unambiguous) (is|would you say is) (this|that|your|the) ({_ANS})( in this case| here|)?",
        "how (reliable|solid|firm|robust|trustworthy|definite|conclusive|watertight|sound|dependable) is (that|this|it|your answer) (in this case|here|for this <pic>|this time|with my <pic>)?",
    ),
    "m_could_wrong": (
        f"(could|can|might|may) (you|the detector|the system|your analysis) (also |perhaps |possibly |)be ({_WRONG})( about (this|that|it)| here| this time| in this case|)?",
        f"(could|can|might|may) (this|that|your|the) ({_ANS}) (also |perhaps |possibly |)be (wrong|mistaken|incorrect|false|a mistake|an error|off)?",
        f"(is it possible|is it conceivable|is it thinkable|could it be|would you admit) that (you are ({_WRONG})|the detector is ({_WRONG})|your analysis is (wrong|mistaken|off|in error))( here| this time|)?",
    ),
    "m_margin": (
        "(what's|what is|how large is|how big is|how wide is) the (margin of error|error margin|uncertainty|room for error|error range|tolerance|error bar)( here| of that| on this| in this case|)?",
        "(is there any|is there some|is there still|how much) (room for error|uncertainty|room for doubt|doubt left|doubt|margin of error)( here| in this case|)?",
    ),
    "m_chance_wrong": (
        f"(what are the chances|what are the odds|how likely is it|how probable is it|what's the risk|how great is the danger) that (you are|the detector is|your ({_ANS}) is) (wrong|mistaken|in error)?",
        "(what's|what is|how high is|how big is) the (risk|chance|likelihood|danger) of (a mistake|an error|a false alarm|a misjudgment|a wrong answer)( here| in this case|)?",
    ),
    "m_false_alarm": (
        "(could|might|can) (this|it|that) (just |simply |also |)be (a false alarm|a mistake|a misjudgment|a mix-up|an error|a coincidence|a false positive|a wrong call)?",
        "(is|was) (this|it|that) (perhaps |maybe |possibly |)(a false alarm|a false positive|just a mistake|a lucky guess|only a guess|pure guesswork)?",
    ),
    "m_guess_or_know": (
        "(is that knowledge|is that a fact|is this certain|are you stating a fact|is it established|is this proven) or (just |only |merely |)(a guess|an assumption|a suspicion|a hunch|speculation)?",
        "do you (know|know for sure|know for certain) or (do you |)(just |only |)(guess|suspect|assume|suppose|think so)?",
        "(fact or guess|knowledge or suspicion|certain or likely|proven or presumed|guess or certainty|solid or shaky|firm or tentative)?",
    ),
    "m_level": (
        f"(what's|what is|how high is) your (level of confidence|confidence level|confidence|degree of certainty|level of certainty|own certainty|conviction)( here| in (that|this|your ({_ANS}))| on this one|)?",
        "(confidence|certainty|degree of certainty|confidence level|level of certainty)( of your answer| in this case| here|)?",
    ),
    "m_rate_self": (
        f"<please>(rate|grade|judge|assess|estimate) (your own confidence|your certainty|how sure you are|the certainty of your ({_ANS})|how reliable your ({_ANS}) is|the reliability of this ({_ANS}))",
        f"how would you (rate|grade|judge|assess|describe) (your own confidence|your certainty|the certainty of your ({_ANS})|your degree of confidence)?",
        "(high or low|low or high|high, medium or low|great or little) (confidence|certainty)?",
    ),
    "m_bet": (
        f"would you (bet|bet money|put money|stake your reputation|wager a month's pay|bet your life) on (it|that|this|your ({_ANS}))?",
        "how much (would you bet|money would you put|would you stake|would you wager) on (it|that|this|being right)?",
        "(would you put your hand in the fire for it|would you stake your name on it|would you sign that|would you stand by that under oath)?",
    ),
    "m_doubt": (
        f"(do|did) you (have |still have |feel )(any |some |)(doubt|doubts|uncertainty|hesitation|reservations)( about (that|this|your ({_ANS}))| here| left|)?",
        "(how much|what) (doubt|uncertainty) (remains|is left|is there|do you have)?",
        "(beyond|without|free of) (any |)(reasonable |)doubt( or not|, or is there a rest of it|, or just likely)?",
    ),
    "m_trust": (
        f"how (far|much|fully|blindly) (can|should|may|could) I (trust|rely on|believe|count on|depend on) (that|this|your|the) ({_ANS}) (here|in this case|this time|for this <pic>)?",
        f"how much (trust|faith|confidence) (should|can|may) I (put in|place in) (that|this|your) ({_ANS})?",
    ),
    "m_final": (
        f"is (that|this|your) ({_ANS}) (definite|certain|set in stone|beyond doubt|free of doubt|preliminary|provisional|tentative)?",
        "is (that|this) your (last word|final word|final answer|definite answer|considered opinion|firm conviction)( on (it|this|the matter)|)?",
    ),
    "m_hundred": (
        "(a hundred percent|one hundred percent|100 percent|fully|absolutely|completely|totally) (certain|sure|safe) or (just |only |)(likely|probable|fairly sure|a guess|a tendency)?",
        "(is that|are you) (100%|a hundred percent|fully|absolutely|completely) certain or (just|only) (fairly so|reasonably so|somewhat)?",
    ),
    "m_on_scale": (
        "on a scale (of|from) (one|1|zero|0) to (ten|10|five|5|hundred|100)(,|) how (sure|certain|confident) are you( of (that|this)| about (that|this)|)?",
        "(mark|rate|grade) your certainty (from one to|from 1 to|between 1 and) (ten|10|five|5)",
    ),
    "m_change_mind": (
        "(would|could|might) (anything|something|another photo|a sharper photo|a second look) (still |)(change your mind|change your answer|tip it the other way|alter your view)?",
        "(could|might|can) (it|things|the truth) (also |just as well |still |)be (the other way round|the opposite|the reverse|different|otherwise)?",
    ),
    "m_need_know": (
        f"(I'd like|I need|I want|it's important for me|before I act I need|for my decision I need) to know how (certain|sure|confident|reliable|solid) (this is|that is|the ({_ANS}) is)",
        f"(I wonder|I was wondering|tell me|let me know|explain|say) how (certain|sure|confident|convinced) you are( of (it|this|that|your ({_ANS}))|)",
    ),
    "m_after_answer": (
        "you (say|said|claim|think|told me) (it's|it is|it was) (fake|manipulated|edited|real|genuine|suspicious)(.|,|;) (how (sure|certain|confident) are you|how certain is that|with what certainty|how much doubt is there)?",
        "(that's|this is) (a bold|a strong|a serious|a heavy) (claim|statement|accusation)(,|.) (how (sure|certain|confident) are you|how certain is it|could you be wrong)?",
    ),
    "m_with_what": (
        "with ((what|how much) (certainty|confidence|conviction)|what (degree of certainty|level of confidence)) (do|can|could) you (say|claim|state|assert) (that|this|it)?",
        "with (what|how much) (certainty|confidence|conviction)?",
    ),
    "m_mistake": (
        f"(did you make|could you have made|might you have made|is it possible you made) (a mistake|an error|a blunder|a slip)( here| with this ({_P})| in this case|)?",
        "what if you (are|were|turn out to be) (wrong|mistaken|in error)( here| about (this|that|it)|)?",
        "how easily (could|can|would) you be (wrong|mistaken|fooled) (here|in a case like this|with a <pic> like this)?",
    ),
    "m_foreign": (
        "how much you are (sure|certain|confident)( of this| in this| of it|)?",
        "(it is|this is|is) (sure|certain|safe|secure) (or maybe not|or not so sure|or can be wrong|or only maybe)?",
        "(you can|is possible that you|maybe you) (make error|make mistake|make a wrong answer)?",
    ),
    "m_slang": (
        "(like |)how (sure|certain|confident) (are we talking|we talking|are you for real|are you tho)?",
        "(is this|is that) (a lock|a safe bet|a coin flip|a coin toss|a shot in the dark|a sure thing|a maybe|fifty-fifty)?",
    ),
}

MORE_WHY: dict[str, dict[str, tuple[str, ...]]] = {"why": _WHY, "certainty": _CERTAINTY}
"""intent -> family -> templates."""
