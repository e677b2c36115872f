# ruff: noqa: E501
"""Further families of training phrasings on drawn boxes, comparisons and pairs; written without sight of the families kept for evaluation."""

_BOX = "box|rectangle|square|drawn frame|selection|marked area|selected area|marking|bounding box|marked region|highlighted area|selected region|drawn box"
_AREA = "area|region|part|section|zone|patch|field|piece|bit|portion"
_MARKED = "marked|selected|drew a box around|highlighted|framed|boxed in|put a rectangle around|circled|dragged a box over|picked|ringed|boxed"
_MORE = "more suspicious|stranger|odder|more unnatural|more likely fake|more likely edited|less natural|worse|fishier|weirder|more conspicuous|more affected|more artificial"
_PAIR = " together| as a pair| taken together|, both of them|, left and right|, the left and the right one|, the two of them"
_ODD = "suspicious|odd|strange|fake|edited|manipulated|unnatural|artificial|fishy|weird"

_BOX_ASKED: dict[str, tuple[str, ...]] = {
    "m_about_box": (
        f"<so>(what about|how about|what's with|what's up with|tell me about|and what about|what can you say about|what do you say to) (the|this|that|my) ({_BOX})( here| please| I made|)?",
        f"(and|now|next:) (the|this|my) ({_BOX})(, please| please| here| then|)?",
    ),
    "m_area_marked": (
        f"(what about|how about|tell me about|what's in|what is it with|what do you see in|what did you find in) the ({_AREA}) (that |which |)I (just |have |)({_MARKED})?",
        f"(is|was) the ({_AREA}) (that |which |)I (just |)({_MARKED}) ({_ODD}|real|genuine|okay|clean|tampered with)?",
        f"I (just |have |)({_MARKED}) (an area|a region|a part of the face|a piece|something)(,|.) (what is it|what do you see there|is it suspicious|anything odd in it|what about it|anything there)?",
    ),
    "m_inside": (
        f"(what's|what is|what do you see|what did you find|what can you tell me about what is|what lies) (inside|within) (the|this|my|that) ({_BOX})?",
        f"(inside|within|in) (the|this|my) ({_BOX})(,|:) (what is there|anything suspicious|is it fake|what do you see|what did you find|any signs|what stands out)?",
        "(what's|what is|anything|is anything odd|is something wrong) (inside|inside it|in there|within it|within these borders|within these lines|inside the lines)?",
    ),
    "m_is_box": (
        f"is (the|this|that|my) ({_BOX}) ({_ODD}|real|clean|okay|affected|harmless|dubious)( or not|)?",
        f"is (the <pic>|the face|it|the skin) ({_ODD}|retouched|altered|genuine) (inside|within|in) (the|this|my) ({_BOX})?",
    ),
    "m_anything_in": (
        f"(any|are there any|are there|did you find) (signs|traces|hints|artefacts|clues|anomalies) (of <fakery> |)(in|inside|within) (the|this|my) ({_BOX})?",
    ),
    "m_i_drew": (
        "I (drew|made|placed|put|dragged|sketched|set) a (box|rectangle|square|frame|bounding box) (on it|on the face|there|here|around something|on the <pic>|around a part)(,|.) (what is in it|what do you see|is it suspicious|what about that part|anything odd inside|please check it)?",
        "(with|by) (the|this|my) (box|rectangle|square|frame|marking|selection) I (mean this part|want to ask about this part|am asking about this area|point to this area|refer to this region)(, what is there|, is it fake|, anything odd|)?",
    ),
    "m_check_box": (
        f"<please>(check|examine|inspect|look at|analyse|assess|zoom in on|investigate|have a look at|evaluate) (the|this|my) ({_BOX})( for me| only| closely| now|)",
        f"<can> you <please>(check|examine|inspect|look at|assess|zoom in on|comment on|judge) (the|this|my) ({_BOX}|({_AREA}) that I marked|({_AREA}) I selected)?",
        f"<please>(focus on|stick to|confine yourself to|look only at|limit yourself to|restrict yourself to) (the|this|my) ({_BOX})",
    ),
    "m_this_area": (
        f"(what about|how about|and|tell me about|what do you make of|what do you think of) (this|that) (whole |entire |larger |little |small |)({_AREA})( here| inside the lines| that is marked| between the lines|)?",
        f"is (this|that) (whole |entire |marked |selected |framed |)({_AREA}) ({_ODD}|real|okay|clean)?",
        f"what (is|do you see|did you find|is wrong|is odd) in (this|that) (whole |entire |marked |selected |framed |)({_AREA})?",
    ),
    "m_someone_in": (
        f"(did someone|did somebody|did they|did anyone) (edit|change|alter|manipulate|retouch|touch up|work on|mess with|replace) (what is |the part |the bit |the face |anything )(inside|in|within) (the|this|my) ({_BOX})?",
        f"(was (anything|something)|has (anything|something) been) (edited|changed|altered|manipulated|retouched) (inside|in|within) (the|this|my) ({_BOX})?",
    ),
    "m_cover": (
        f"(which|what) (parts|features|regions) (of the face |)(are in|are inside|are covered by|fall into|lie in) (the|this|my) ({_BOX})(, and are they suspicious| and what about them|)?",
        f"(the|this|my) ({_BOX}) (covers|contains|holds|includes|goes around|surrounds) (something that looks odd|a part I find odd|a part that puzzles me|something strange|the part that I mean|what I'm asking about)(, what do you say|, do you agree|)",
    ),
    "m_opinion": (
        f"(your|any) (opinion|thoughts|finding|comment|verdict|view) (on|about|for) (the|this|my) ({_BOX})?",
        f"what (does|did) (the detector|your analysis|the system|the tool) (say|find|report) (about|for) (the|this|my) ({_BOX})?",
        f"how (suspicious|fake|natural|real|strange|conspicuous) is (the|this|my) ({_BOX}|({_AREA}) I marked|({_AREA}) in the box)?",
    ),
    "m_wonder": (
        f"I (wonder|would like to know|want to know|was wondering) (what is (in|inside) (the|this|my) ({_BOX})|whether the ({_AREA}) I marked is ({_ODD})|what you found inside the box|about the ({_AREA}) that I marked)",
        f"(I'm interested in|I mean|I'm asking about|I'm talking about|my question is about|I was referring to) (the|this|my) ({_BOX}|({_AREA}) in the box|({_AREA}) that I marked)",
    ),
    "m_cropped": (
        "(if you take|suppose you cut out|imagine you cut out|looking at|taking) only (this crop|the marked part|the selected part|what is in the box|the boxed part|this cut-out)(,|:) (what do you see|is it fake|is it suspicious|what can you say|what stands out)?",
        "(this|the) (crop|cut-out|excerpt|cutting|detail I framed|window I drew)(, please|, what about it|, suspicious|, fake| here|)?",
    ),
    "m_foreign": (
        "(in|inside) (this|the|my) (box|rectangle|square|quadrat|selection) (what is|it is fake|is fake|what it is|is something|there is manipulation|is normal)?",
        "what (is|it is|have|has) in (this|the|my) (box|rectangle|square|zone|frame|selection) (marked|I make|I do|I draw|here)?",
        "(this|the) (zone|box|square|rectangle) (is|it is) (good|bad|fake|real|normal|edited) or (no|not)?",
    ),
    "m_corners": (
        "(everything|all|whatever is|the skin|the pixels) (between|within) (these|the) (four |)(corners|lines|edges|borders)( I drew| I set|)(, is it edited|, what about it|, is it fake|, anything wrong|)?",
        "(from corner to corner of|across|all over|throughout) (my|the|this) (box|rectangle|selection|frame)(,|:) (what do you find|any signs|is it suspicious|anything odd|how does it look)?",
    ),
}

_COMPARE: dict[str, tuple[str, ...]] = {
    "m_which_one": (
        f"(which|which one|which of the two|which of them|what) (is|looks|seems|appears) ({_MORE})(:|,| -) (the {{a}} or the {{b}}|{{a}} or {{b}}|the {{a}} or rather the {{b}})?",
        f"(what is|which is|what looks|what would you call) ({_MORE}), the {{a}} or the {{b}}?",
    ),
    "m_compare": (
        "<please>(compare|contrast) the {a} (and|with|against|to) the {b}( for me| please|)",
        "<can> you <please>(compare the {a} and the {b}|contrast the {a} and the {b}|put the {a} and the {b} side by side|weigh the {a} against the {b}|set the {a} against the {b})( for me|)?",
        "<please>(put|lay|hold|set) the {a} (next to|beside|against|alongside) the {b}",
        "(a|I'd like a|I want a|give me a|make a) comparison (of|between) the {a} and the {b}( please|)",
    ),
    "m_versus": (
        "(the |){a} (vs|versus|vs.|against|compared to|compared with|or|as opposed to|in contrast to) (the |){b}( please| then| in comparison|)?",
        "{A} or {b}, (which|which one|what is worse|what looks stranger|who wins|which is it|which first|what is more suspicious)?",
    ),
    "m_worse_than": (
        f"is the {{a}} ({_MORE}|more edited|more manipulated|less suspicious|less conspicuous|more genuine) than the {{b}}?",
        f"(does the {{a}} (look|seem)|would you say the {{a}} (looks|seems)) ({_MORE}) than the {{b}}?",
        "is the {a} (as|just as|exactly as) (suspicious|bad|strange|fake|affected|odd|conspicuous) as the {b}?",
    ),
    "m_between": (
        f"(between|of|out of|comparing|choosing between) the {{a}} and the {{b}}(,|:) (which|which one|what) (is|looks|seems|would you call) ({_MORE})?",
        f"of the two, (the {{a}} and the {{b}}|{{a}} and {{b}})(,|:) which (is|looks|seems) ({_MORE})?",
    ),
    "m_difference": (
        "(what's the|what is the|explain the|how big is the|is there a|do you see a) difference between the {a} and the {b}( as to <fakery>| here|)?",
        "how does the {a} (differ from|compare to|compare with|compare against|stand out against) the {b}?",
        "do the {a} and the {b} (differ|look alike|look different|get the same result|come out the same)( in any way|)?",
    ),
    "m_more_signs": (
        "(where are there|where do you find|where did you see|where do you have) (more|stronger|clearer) (signs|traces|hints|anomalies|clues)(,|:) at the {a} or at the {b}?",
        "(did you find|do you see|have you got|are there) (more|stronger|clearer) (signs|traces|hints|anomalies|clues) at the {a} than at the {b}?",
    ),
    "m_stack_up": (
        "how (does|would) the {a} (stack up|hold up|measure up|do|fare|rate|come off) (against|compared to|compared with|in comparison to|next to|relative to) the {b}?",
        "relative to the {b}, how (suspicious|bad|strange|conspicuous|natural) is the {a}?",
        "(compared to|compared with|next to|in relation to|measured against) the {b}(,|) how (suspicious|bad|strange|conspicuous|natural|fake) is the {a}?",
    ),
    "m_first": (
        "(which|which one|what) (should I|would you) (worry about|suspect|distrust|doubt) (more|first|sooner)(,|:) the {a} or the {b}?",
        "(is it|would it be|was it) (more |rather |mainly |mostly )the {a} or (more |rather |)the {b}( that looks fake| that was edited| that is suspicious|)?",
    ),
    "m_say_which": (
        f"<please>(<tell>|decide|choose|judge) which (one |of the two |)(is|looks) ({_MORE})(,|:) the {{a}} or the {{b}}",
        f"I (wonder|want to know|would like to know|can't decide|am not sure|was wondering) (which (is|looks) ({_MORE})|which of them (is|looks) ({_MORE})), the {{a}} or the {{b}}",
    ),
    "m_context": (
        "the {a} (looks|seems) (odd|fake|strange|suspicious) to me, but (so does the {b}|the {b} does too|my friend says the {b})(,|;|.) (which is worse|which one is it|which is more suspicious|what do you say)?",
        "you (mentioned|named|spoke of|pointed at) the {a}(,|;|.) (is it worse than|how does it compare with|is it more suspicious than|what about it next to) the {b}?",
        "(my friend|my sister|he|she|a colleague) says it's the {a}, I say it's the {b}(,|;|.) (who is right|which one|who wins|what do you say|which is more suspicious)?",
    ),
    "m_ab": (
        "the {a} or the {b}(, which| - which one| first|, what is worse|, which one is stranger|, which do you suspect)?",
        "(the {a} more than|the {a} rather than|rather the {a} than|more the {a} than|sooner the {a} than) the {b}?",
        "(more|rather|mainly|sooner) the {a} or the {b}?",
    ),
    "m_foreign": (
        "what is more (fake|strange|suspicious|bad|edited), the {a} or the {b}?",
        "(which|who) is (worse|more worse|more bad|more fake|most suspicious) from the {a} and the {b}?",
        "you (can|could) compare (me |)the {a} (with|and) the {b}?",
    ),
    "m_winner": (
        "(who wins|who loses|who comes first|which gets the worse marks|which gets the higher mark|who gets the prize for fakeness)(:|,) the {a} or the {b}?",
        "(in a contest|in a head-to-head|in a duel|in direct comparison|one on one|side by side)(,|:) (which is worse|which is more suspicious|which looks stranger|what looks faker), the {a} or the {b}?",
    ),
    "m_both_and": (
        "(the|how about the|what about the) {a} and the {b} (in comparison|compared|side by side|next to each other|set against each other|contrasted)?",
        "are the {a} and the {b} (equally|both equally) (suspicious|fake|odd|affected|edited)?",
    ),
}

_BOTH: dict[str, tuple[str, ...]] = {
    "m_list": (
        "(the |her |his |){a} (and|plus|as well as|&) (the |her |his |){b}(, (please|what do you see|any signs)|)?",
        "(first|one:|start with) the {a}, (then|two:|next) the {b}",
    ),
    "m_both_of": (
        "both the {a} and the {b}(, please|: anything (odd|strange|wrong)|: how do they (do|look|score))?",
        "(i mean|i am asking about|i'm interested in) (the |){a} together with (the |){b}",
    ),
    "m_look": (
        "(take|have) a look at (the |his |her |){a} and (also |then |)at (the |his |her |){b}(, please|)",
        "(please |pls |)(check|examine|measure|inspect|go over) (the |){a} and (the |){b}( for me| too| one after the other|)",
        "(could|can|would) you (check|examine|measure) (the |){a} and (the |){b}( at once| in one go| as well|)?",
    ),
    "m_values": (
        "(what|which) (values|numbers|results|readings) do (the |){a} and (the |){b} (have|get|give|show)?",
        "(values|numbers|readings|results) for (the |){a} and (the |){b}( please|)",
        "how (high|strong|much) (is it|are the signs) (at|on) (the |){a} and (at|on) (the |){b}?",
    ),
    "m_state": (
        "the {a} and the {b} (look|seem) (odd|strange|off|weird|unnatural)( to me|, don't they|, right)?",
        "i (wonder|worry|have doubts) about (the |){a} and (the |){b}",
    ),
    "m_anything": (
        "(anything|something) (odd|strange|suspicious|wrong) (at|with|about) (the |his |her |){a} (or|and) (the |his |her |){b}?",
        "(do|did) you (see|find|notice) (signs|traces|anything|something) (at|on|around) (the |){a} (and|or) (the |){b}?",
    ),
    "m_report": (
        "(tell me|report|say something|give me details) (about|on) (the |){a}, and (about|on) (the |){b}( too| as well|)",
        "what (about|of|is with) (the |his |her |){a} and what (about|of|is with) (the |his |her |){b}?",
    ),
}
MORE_BOX: dict[str, dict[str, tuple[str, ...]]] = {"box": _BOX_ASKED, "compare": _COMPARE, "both": _BOTH}
"""intent -> family -> templates; `{a}` and `{b}` are filled with region names."""
