# ruff: noqa: E501
"""How people ask about places: a named region, a clicked spot, a drawn box, two regions. `{a}` and `{b}` are places."""

REGION: dict[str, dict[str, tuple[str, ...]]] = {
    "region": {
        "about": (
            "<so>(what|how) about (the |his |her |)(the |){a}?",
            "and (the |his |her ){a}?",
            "what of (the |his |her ){a}?",
            "(the |){a}?",
            "and what about (the |his |her ){a}?",
        ),
        "is": (
            "(is|are|was|were) (the |his |her |this person's ){a} (<fake>|<been>|ok|okay|fine|real|suspicious|affected|normal|part of it)?",
            "(has|have) (the |his |her ){a} been <been>?",
        ),
        "look": (
            "(look at|check|examine|inspect|analyse|zoom in on|focus on|measure|test) (the |his |her ){a}( please| for me| again|)",
            "how (does|do|is|are) (the |his |her ){a}( look| looking| doing|)?",
            "what (do you see|did you find|did you measure|is there|can you say|do you think) (at|in|on|about|around|near) (the |his |her ){a}?",
        ),
        "wrong": (
            "is (there |)(something|anything) (wrong|off|odd|strange|weird|suspicious|fake) (with|about|at|in|on) (the |his |her ){a}?",
            "(the |his |her ){a} (looks|look|seems|seem) (strange|weird|odd|off|fake|wrong|smooth|blurry|unnatural)( to me|, no|, right|, doesn't it|)?",
            "i (think|feel|believe) (the |his |her ){a} (is|are|looks|look) (fake|off|strange|edited|weird|unnatural|wrong)",
        ),
        "polite": (
            "<can> you <please>(check|examine|look at|say something about|tell me about|describe|analyse|explain) (the |his |her ){a}?",
            "i('d| would) like to know (more |)about (the |his |her ){a}",
            "(tell me|say something|anything) about (the |his |her ){a}",
        ),
        "why": (
            "why (is|are|do you mention|not) (the |his |her ){a}( suspicious| high| flagged|)?",
            "(does|do) (the |his |her ){a} (look|seem|fit|match) (fake|fine|the rest|real|odd|ok)?",
        ),
        "score": (
            "(what is|what's|give me|how high is) the (score|value|number|percentage) (of|for|at|on) (the |his |her ){a}?",
            "how (much|strong|high) is it (at|on|in|around) (the |his |her ){a}?",
            "(score|percent|value) (for|of|at) (the |){a}?",
        ),
        "sure": ("is (the |his |her ){a} really <been>?", "(not|only|also|even) (the |his |her ){a}( too| then|)?"),
        "turn": (
            "(let's|lets|let us) (talk about|turn to|move to|go to|have a look at) (the |his |her ){a}",
            "(now|next)( comes|:| please|,|) (the |){a}",
        ),
        "happens": (
            "what (happened|is going on|is happening|did they do) (at|to|with|around) (the |his |her ){a}?",
            "(any|some) (trouble|problem|issue|manipulation|editing|sign of tampering) (at|on|around|with|near) (the |his |her ){a}?",
        ),
    },
    "point": {
        "here": (
            "<so>what (about|is|do you see|did you measure|is wrong|happened) (here|there|at this (spot|point|place)|at that (spot|point)|where i clicked)?",
            "(and |)(here|there|this spot|this point|this|this place)?",
        ),
        "spot": (
            "(is|was) (this|that|the) (spot|point|place|area|part|bit)( here| i clicked|) (<fake>|<been>|ok|suspicious|real|fine)?",
            "what (about|is) (this|that) (spot|point|place|area|part|bit|pixel)( here|)?",
            "(check|examine|look at|measure|test|explain) (this|that) (spot|point|place|area|bit)( please| here|)",
        ),
        "clicked": (
            "i clicked (here|on this|there|on a spot)( - |, |. )what (is|do you see|about it|is there)?",
            "what did i (click|tap|point at)( on|)?",
            "look where i (clicked|tapped|pointed|click)",
            "see my (click|marker|dot)?",
        ),
        "polite": (
            "<can> you <please>(check|tell me about|look at|measure|explain|examine) (this|that|the) (spot|point|place|clicked spot|area)( here|)?",
        ),
        "wrong": (
            "is (something|anything) (wrong|off|odd|fake|suspicious) (here|at this spot|there|at this point|right here)?",
            "(this|it) looks (odd|strange|weird|fake|blurry|off) (here|there|at this spot)( to me|)",
        ),
        "dot": (
            "(right|just|exactly) (here|there)(, what is it|, is it fake|, fake| please|)?",
            "(what|how) (does|is) it (look like |)(at|around|under) (my|the) (cursor|click|mark|dot|finger)?",
        ),
    },
    "box": {
        "box": (
            "what (about|is in|do you see in|did you measure in|is wrong in|happens in) (this|the|my|that) (box|area|rectangle|selection|frame|marked area|region)?",
            "(is|was) (this|the|that|my) (box|area|rectangle|selection|marked part|marked area|region) (<fake>|<been>|suspicious|ok|real|fine)?",
        ),
        "check": (
            "(check|examine|measure|look at|inspect|test|analyse) (this|the|my|that) (box|area|rectangle|selection|marked area|region|part)( please| for me|)",
        ),
        "inside": (
            "(and |)(inside|in here|in there|within this|within the box|in this part|this area|this box|the box|the selection)?",
            "what is (inside|in here|going on in here)?",
        ),
        "marked": (
            "i (marked|drew|selected|boxed|highlighted) (this|an area|something|this part|a box)( - |, |. )what (about it|do you see|is it|is there)?",
            "<so>what about the (part|area|thing) i (marked|selected|drew|boxed)?",
        ),
        "polite": (
            "<can> you <please>(check|tell me about|look at|measure|explain|examine|judge) (this|the|my) (box|area|selection|rectangle|marked area)?",
        ),
        "outlined": (
            "(what|how) (is|about) (everything|the part) (inside|within) (my|the) (lines|outline|frame|rectangle)?",
            "(anything|something) (odd|suspicious|fake|wrong) (inside|within|in) (my|the|this) (rectangle|frame|selection|box)?",
        ),
    },
    "compare": {
        "compare": (
            "<so>compare (the |){a} (and|with|to|against) (the |){b}( please|)",
            "<can> you <please>compare (the |his |her ){a} (and|with|to) (the |his |her ){b}?",
            "(comparison|difference|compare) (of|between) (the |){a} and (the |){b}( please|)?",
        ),
        "which": (
            "which (is|looks|seems) (worse|more suspicious|stronger|more fake|higher|more manipulated|more likely fake|more edited)(,|:|) (the |){a} or (the |){b}?",
            "(the |){a} or (the |){b}?",
            "is it (more |rather |)(the |){a} or (the |){b}?",
            "(where is it|which one is) (worse|stronger|higher|more suspicious)(,|:|) (at |)(the |){a} or (at |)(the |){b}?",
        ),
        "than": (
            "(is|are|does|do) (the |his |her ){a} (worse|more suspicious|more fake|higher|stronger|look worse|more manipulated) than (the |his |her ){b}?",
            "how (does|do|is|are) (the |){a} (compare|compared|differ|different) (to|with|from) (the |){b}?",
        ),
        "difference": (
            "is there (a|any) difference between (the |his |her ){a} and (the |his |her ){b}?",
            "what is the difference between (the |his |her ){a} and (the |his |her ){b}?",
            "do (the |){a} and (the |){b} differ?",
        ),
        "versus": ("(the |){a} (vs|vs.|versus|against) (the |){b}( please|)?",),
        "rank": (
            "(rank|order|weigh) (the |){a} against (the |){b}",
            "between (the |){a} and (the |){b}, which (stands out|is the worse one|shows more|worries you more)?",
        ),
    },
    "both": {
        "about": (
            "<so>(what|how) about (the |his |her ){a} and (the |his |her ){b}?",
            "(and |)(the |his |her ){a} and (the |his |her ){b}?",
            "what of (the |){a} and (the |){b}?",
        ),
        "are": (
            "(are|is|were) (the |his |her ){a} and (the |his |her ){b} (<fake>|<been>|ok|suspicious|real|fine|affected)?",
            "(have|has) (the |his |her ){a} and (the |his |her ){b} been <been>?",
        ),
        "check": (
            "(check|examine|look at|measure|inspect|test|analyse) (the |his |her ){a} and (the |his |her ){b}( please| for me|)",
            "<can> you <please>(check|examine|look at|measure|tell me about) (the |his |her ){a} and (the |his |her ){b}?",
        ),
        "now": (
            "(now|next|let's see|show me) (the |his |her ){a} and (the |his |her ){b}( please| too|)",
            "(anything|something) (at|on|with) (the |his |her ){a} and (the |his |her ){b}?",
        ),
    },
}
