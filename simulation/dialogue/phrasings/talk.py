# ruff: noqa: E501
"""How people ask for other words, doubt, insist, greet, wander off, or ask what is not answered."""

TELL: dict[str, dict[str, tuple[str, ...]]] = {
    "simple": {
        "child": (
            "(explain|tell|describe) (it|this|that) (to a|to my|for a|like to a|as if to a|as to a) (child|kid|five year old|5 year old|little girl|little boy|son|daughter|ten-year-old)( please|)",
            "how would you (explain|tell|say) (it|this|that) to a (child|kid|six year old)?",
            "eli5( please|)?",
        ),
        "simpler": (
            "(say|explain|tell|put) (it|that|this) (simpler|more simply|in simple words|simply|easier|in plain words|in easy words|in plain english|in plain language)( please|)",
            "(simpler|easier|simple words|plain words|in plain english|in simple terms|less technical)( please|)?",
            "(i don't|i dont|i do not|i didn't) (understand|get it|follow|get that)( that| you| a word|)",
            "(can|could) you (dumb it down|make it simpler|simplify( that| it|)|put it simply)?",
        ),
        "polite": (
            "<can> you <please>(explain|say|put|tell) (it|that|this) (in simple words|simply|in everyday language|without jargon|so that my grandmother understands|for a beginner|for dummies|for a layman)?",
        ),
        "confused": (
            "(huh|what|sorry|pardon|come again|too complicated|that is too complicated|too technical|i am confused|im lost)(, simpler please|, what does that mean|, say it simply| for me|)?",
            "what does (that|it|this) mean in (plain|simple|easy|everyday) (words|terms|language|english)?",
        ),
        "image": (
            "(use|give me|make) (a|an) (picture|comparison|metaphor|image|example|analogy) (for it|i can understand|to explain( it|)|for my (kid|child|grandma))( please|)",
            "(how|what) would you tell (my grandma|my grandmother|a schoolchild|a toddler|someone without a clue)?",
        ),
    },
    "technical": {
        "technical": (
            "(explain|tell|say|describe|put) (it|this|that) (technically|in technical terms|for an expert|to an expert|scientifically|for a specialist|for a forensic analyst|for an engineer|in expert terms)( please|)",
            "(technical|more technical|technical details|technical view|technically|expert version|the technical version|technical explanation)( please|)?",
        ),
        "polite": (
            "<can> you <please>(be more technical|give (me |)(the |)technical details|explain (it|this) (technically|for an expert)|give me an expert (view|explanation|summary))?",
        ),
        "internals": (
            "what (does|did) the (model|network|detector|algorithm) (compute|output|calculate|measure internally)?",
            "(give|show) me the (technical details|raw result|internals|technical data|specifics)( please|)",
            "i am (an expert|a forensic analyst|a researcher|an engineer|a data scientist), (explain it to me|give me details|be technical|tell me more)",
        ),
        "jargon": (
            "(speak|talk) to me (as|like) (a|an) (engineer|analyst|researcher|expert|colleague from the lab)",
            "in (forensic|scientific|technical|professional) (terms|language|words)( please|)?",
        ),
    },
    "one_sentence": {
        "one": (
            "(in|say it in|tell me in|sum it up in|put it in|explain in) (one|a single|1) (sentence|line|short sentence)( please|)?",
            "(one sentence|single sentence|one line|one liner|one-liner)( please| only|)?",
        ),
        "short": (
            "(short|shorter|briefly|in short|keep it short|in brief|make it short|be brief|short version|the short version|tl;dr|tldr)( please|)?",
            "<can> you <please>(summarize|summarise|sum up|shorten|condense|wrap up) (it|that|this|the result|your answer|everything)?",
        ),
        "summary": (
            "(summary|summarize|summarise|sum up|sum it up|quick summary|short summary|summarise it)( please|)?",
            "give me (a|the|your) (summary|short answer|short version|quick version|headline|gist|bottom line)( please|)",
        ),
        "bottom": (
            "(what is|what's|whats) the (bottom line|gist|upshot|essence|headline|takeaway)?",
            "(boil|cut|break) it down to (one sentence|a sentence|the essentials)( please|)",
        ),
    },
    "retell": {
        "again": (
            "(say|tell|explain|put|express|phrase) (it|that|this) (differently|another way|in another way|in other words|in different words|again in other words|once more)( please|)",
            "(rephrase|reword|paraphrase|reformulate)( that| it| this| your answer|)( please|)",
            "(another way|in other words|other words|different words|differently|once again|again|come again)( please|)?",
        ),
        "polite": (
            "<can> you <please>(rephrase|reword|repeat|say (it|that) (again|differently|another way)|put (it|that) (differently|in other words|another way))( it| that|)?",
        ),
        "repeat": (
            "(repeat|say again|what did you say|say that again|one more time|repeat that|repeat it|could you repeat)( please|)?",
        ),
        "wording": (
            "(try|use|give me|find) (another|a different|a fresh|an alternative) (wording|phrasing|formulation|way to say it)( please|)",
            "how else (would|could|can) you (say|put|word) (it|that)?",
        ),
    },
    "are_you_sure": {
        "sure": (
            "<so>(are|r) (you|u) (really |quite |very |absolutely |100% |totally |)(sure|certain|positive|serious|confident)( about (that|this|it)| of that| here|)?",
            "(sure|really|seriously|for real|you sure|certain|honestly|is that so|100%|no way)?",
            "sure about that?",
        ),
        "check": (
            "(check|look|measure|verify|examine|think) (it |)(again|once more|twice|one more time)( please|)",
            "(please |)(double check|double-check|recheck|re-check|reconsider|look again|verify)( it| that| this|)( please|)",
            "<can> you <please>(double check|check again|look again|verify that|recheck|reconsider)( that| it|)?",
        ),
        "doubt": (
            "(i doubt (it|that)|hard to believe|i am not convinced|i'm not convinced|im not sure about that|i have my doubts|i can't believe it|that surprises me|that seems wrong|hmm|is that right|is that correct|is that true)( to me|)?",
            "(wrong|thats wrong|that's wrong|you are wrong|incorrect|bullshit|nonsense|liar|you lie|you are lying|i don't believe you|i dont believe it|false|rubbish)(!|.|)",
            "do you (stand|stick) (by|to) (that|it|your answer|your verdict)?",
        ),
        "swear": (
            "(do you mean|you mean|did i hear) (that|it)( seriously| right|)?",
            "(and |)there is no (mistake|error|mix-up)( here|)?",
            "(would|do) you (say|answer) (that|the same) again?",
        ),
    },
    "insist_real": {
        "is": (
            "(no|nope|but|come on|nonsense|wrong|rubbish), (it|this|that|the <pic>|he|she) is (real|genuine|authentic|not fake|not manipulated|original|not a deepfake|unedited|clearly real|definitely real)",
            "you('re| are) wrong, (it|this) is (real|genuine|not fake|original|authentic)",
            "i('m| am) (sure|certain|convinced|positive) (it|this|that|the <pic>) is (real|genuine|authentic|not fake|original|not manipulated)",
        ),
        "know": (
            "(but |)i (took|shot|made) (this|that|the) (photo|picture|image) myself( so it is real| yesterday| and never edited it|)",
            "(but |)i know (this|that) (person|man|woman|guy)(, it is real|, (he|she) is real| and the picture is real| in real life)",
            "(but |)(the (camera|photographer|newspaper|police|agency)|my (friend|sister|brother|boss)) (says|said|told me) (it is|it's|that it is) (real|genuine|authentic|original|not fake)",
            "(that's|that is|it's) me( in the picture|)(, it is real|, i never edited it|)",
        ),
        "say": (
            "(just |please |)(say|admit|confirm|agree) (it is|that it is|that it's|it's) (real|genuine|authentic|not fake|original)( now|)",
            "(tell|assure) me (it is|it's) (real|genuine|not fake)",
            "everyone (says|knows|agrees) (it is|it's|this is) (real|genuine|authentic)",
        ),
        "push": (
            "you (made a mistake|are mistaken|must be blind|got it wrong)(:|,|;| -) (it is|this is|that is) (real|genuine|not fake|untouched)",
            "(there is|there's) (no way|nothing) (this is fake|that is fake|fake about it|it has been edited|manipulated here)",
        ),
        "order": (
            "(from now on|repeat after me:|okay now) (say|answer|write|assume|pretend) (that |)(it is|the picture is|this is) (real|genuine|authentic|untouched)",
            "(ignore|forget) (the|your) (detector|score|measurements|map)( and| -|,) (it is|this is) (real|genuine|untouched)",
        ),
    },
    "insist_fake": {
        "is": (
            "(no|nope|but|come on|nonsense|wrong|rubbish), (it|this|that|the <pic>|he|she) is (fake|manipulated|a deepfake|edited|photoshopped|clearly fake|definitely fake|obviously fake|not real|AI)",
            "you('re| are) wrong, (it|this) is (fake|manipulated|a deepfake|edited|not real)",
            "i('m| am) (sure|certain|convinced|positive) (it|this|that|the <pic>) is (fake|a deepfake|manipulated|edited|photoshopped|not real)",
        ),
        "know": (
            "(but |)i (made|created|edited|faked|photoshopped) (this|that|it|the (photo|picture|image)) myself",
            "(but |)i know (that |)(it|this) (was|is|has been) (edited|faked|manipulated|photoshopped|generated|fake)",
            "(but |)(the (newspaper|police|agency|press)|my (friend|sister|brother|boss)|an expert) (says|said|told me) (it is|it's|that it is) (fake|a deepfake|manipulated|edited)",
        ),
        "say": (
            "(just |please |)(say|admit|confirm|agree) (it is|that it is|that it's|it's) (fake|a deepfake|manipulated|edited)( now|)",
            "(tell|assure) me (it is|it's) (fake|a deepfake|manipulated)",
            "everyone (says|knows|agrees) (it is|it's|this is) (fake|a deepfake|edited)",
            "(it's|its|it is) (obviously|clearly|totally|100%|so) (fake|a deepfake|edited|photoshopped)",
        ),
        "push": (
            "you (made a mistake|are mistaken|must be blind|got it wrong)(:|,|;| -) (it is|this is|that is) (fake|a deepfake|edited|manipulated)",
            "(there is|there's) no way (this is real|that is real|it is real|it has not been edited|this is untouched)",
        ),
        "order": (
            "(from now on|repeat after me:|okay now) (say|answer|write|assume|pretend) (that |)(it is|the picture is|this is) (fake|a deepfake|manipulated|edited)",
            "(ignore|forget) (the|your) (detector|score|measurements|map)( and| -|,) (it is|this is) (fake|a deepfake|manipulated)",
        ),
    },
}
