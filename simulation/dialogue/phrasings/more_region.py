# ruff: noqa: E501
"""Further families of training phrasings on one region and on a clicked spot, joined with those on boxes and pairs; written without sight of the families kept for evaluation."""

from simulation.dialogue.phrasings.more_box import MORE_BOX

_P = "photo|picture|image|pic|shot|snapshot|portrait|selfie"
_EDIT = "edited|altered|manipulated|modified|faked|doctored|retouched|photoshopped|tampered with|replaced|touched up|smoothed"
_ODD = "odd|strange|weird|suspicious|fake|unnatural|fishy|off|artificial|unusual|funny|wrong"
_SIGNS = "signs|traces|marks|hints|clues|artefacts|irregularities|anomalies"
_SPOT = "spot|place|point|position|location"

_REGION: dict[str, tuple[str, ...]] = {
    "m_how_about": (
        "<so>(how about|what of|what's with|what's up with|what's the matter with|and what about) the {a}( then| please| here|)?",
        "(the {a}|{a}|{a} please|the {a}, please|just the {a}|only the {a}|about the {a}|regarding the {a}|as for the {a})?",
    ),
    "m_is_edited": (
        f"(has the {{a}} been|was the {{a}}) ({_EDIT})( here| in this ({_P})| by someone|)?",
        f"did (someone|somebody|anyone|they) (edit|alter|manipulate|change|fake|doctor|retouch|tamper with|mess with|touch up|replace|swap|smooth) the {{a}}( here| in this ({_P})| maybe|)?",
        "is the {a} (fake|real|genuine|manipulated|natural|artificial|photoshopped|edited|AI|original)( or not| or what|)?",
    ),
    "m_looks_odd": (
        f"(does|doesn't) the {{a}} (look|seem|appear) ({_ODD})( to you| somehow| in this ({_P})| here|)?",
        f"the {{a}} (looks|seems|appears) ({_ODD})( to me|)(, what do you think|, do you agree|, doesn't it|, or is it just me|, don't you think|, what's your view|)?",
        f"I find the {{a}} ({_ODD})(, do you too|, what do you say|, how about you|. Comments|. Do you agree|)?",
    ),
    "m_anything_at": (
        "(anything|something|is anything|is something|is there anything|is there something) (odd|strange|weird|suspicious|unnatural|fishy|off|wrong|unusual|funny) (about|at|around|near|with) the {a}?",
        f"(any|are there any|were there any|did you find any|did you see any|do you notice any) ({_SIGNS}|({_SIGNS}) of <fakery>) (at|around|near|on|in) the {{a}}?",
    ),
    "m_look_at": (
        "<please>(look at|check|examine|inspect|zoom in on|focus on|take a look at|have a closer look at|turn to|move on to|go to) the {a}( next| now| for me| too| as well|)",
        "<can> you <please>(look at|check|examine|inspect|zoom in on|focus on|take a look at|have a closer look at|comment on|assess) the {a}( next| now| for me| too|)?",
    ),
    "m_tell_about": (
        "<please>(tell me|say|let me know) (more|something|a bit|anything you can) about the {a}",
        "(what can|what could|what would|what do) you (say|tell me|report|add) (about|on|regarding|concerning) the {a}?",
        "(have you|do you have) (anything|something|more) to (say|tell|report|add) (about|on) the {a}?",
    ),
    "m_did_you_find": (
        "what (did|do) you (find|see|notice|detect|observe|discover) (at|in|around|near|on) the {a}?",
        "the {a}(,|:|;) (what did you find there|what do you see there|anything there|what's the finding|what's your verdict|any signs there|suspicious too|is it okay|fake too)?",
        "what (does|did) (the detector|your analysis|the system|the analysis|the check) (say|show|find|report|reveal) (about|for|at) the {a}?",
    ),
    "m_how_suspicious": (
        "how (suspicious|fake|strange|odd|real|natural|convincing|genuine|conspicuous|noticeable) (is the {a}|does the {a} look|does the {a} seem)?",
        "how (strong|clear|bad|visible|plain) (is the (suspicion|evidence)|are the (signs|traces)) (at|around|for) the {a}?",
        "<please>(rate|judge|assess|evaluate|appraise|grade) the {a}( for me| separately| alone|)",
    ),
    "m_whats_wrong": (
        "what(('s| is) (wrong|the problem|the matter|the trouble|odd|strange|suspicious|unnatural|the issue|the deal)) (with|about) the {a}?",
        "(what|which) (problem|oddity|anomaly|irregularity|trouble) (is there|do you see|did you find) (at|with|around) the {a}?",
    ),
    "m_why_region": (
        "<so>why (do you mention|did you mention|did you pick|did you choose|did you mark|do you bring up|do you point at|do you suspect|exactly|of all things) the {a}?",
        "why (is the {a}|should the {a} be|would the {a} be) (suspicious|fake|unnatural|manipulated|strange|odd)?",
        "what makes the {a} (suspicious|so suspicious|special|look fake|look strange|stand out|different)?",
    ),
    "m_is_it_involved": (
        "(is|was) the {a} (also |)(affected|involved|concerned|part of it|suspicious|one of the places|among the suspicious parts|okay|clean|all right|in order|fine|harmless|untouched)?",
        "does (it|this|the manipulation|the editing) (concern|affect|involve|include|touch|extend to|reach) the {a}( too| as well| also|)?",
        "(can|may|should) I (rule out|exclude|ignore|trust|count on) the {a}?",
    ),
    "m_says_someone": (
        f"(my sister|a friend|someone|my brother|my colleague|a commenter|my wife|my husband) (says|thinks|claims|told me|believes|noticed) (that |)the {{a}} (is|was|has been) ({_EDIT})(, is that so|, is it true|, do you agree|. What do you say|. Right|)?",
        f"(people say|I read|I heard|they say|rumour has it) (that |)the {{a}} (is|was) ({_EDIT})(, true|, is that right|, can you see that|. Do you agree|. Is it so)?",
    ),
    "m_seems_fine": (
        "the {a} (looks|seems|appears) (fine|okay|normal|natural|real|good|clean|genuine|perfectly ordinary)( to me|)(, doesn't it|, no|, right|, or not|, do you agree|. What do you think|. Or am I wrong)?",
        "(nothing|nothing strange|nothing odd|nothing suspicious|no problem|no trace of anything) (at|about|with|around) the {a}(, then|, right|, or is there|, is that right|, or did I miss something|)?",
    ),
    "m_wonder": (
        f"I (wonder|was wondering|would like to know|want to know|am curious|am asking myself|need to know) (about the {{a}}|whether the {{a}} (is|was|has been) ({_EDIT})|if the {{a}} (is|was) ({_EDIT})|what you found at the {{a}}|how the {{a}} looks to you|what is wrong with the {{a}})",
        "(I'm interested in|I'm asking about|I mean|my question is about|what interests me is|I am worried about|I have doubts about|it is about|I was talking about) the {a}( only| in particular| especially| specifically| mainly|)",
    ),
    "m_particular": (
        "(especially|specifically|in particular|particularly|above all|first of all|most of all) the {a}(, please|, what about it|, what's there|, how does it look|)?",
        "(concerning|regarding|as regards|as for|speaking of|coming to|when it comes to|with respect to) the {a}(:|,) (what can you say|what did you find|is it fake|any signs|is it suspicious|what's your finding|anything to report)?",
    ),
    "m_region_first": (
        "{A}, (please|what about it|anything there|suspicious or not|real or fake|fake or real|yes or no|what's there|good or bad|edited)?",
        "{A}: (fake|real|edited|suspicious|natural|manipulated|okay|clean|fishy|real or fake|signs or no signs|comments|your opinion)?",
        "{A} (fake|edited|suspicious|real|ok|too|as well|also|next|then|manipulated|photoshopped)?",
    ),
    "m_possible": (
        f"(could|might|may|can) the {{a}} (have been|be) ({_EDIT})?",
        f"(is it possible|is it likely|do you think|would you say|do you believe|could it be) (that |)the {{a}} (is|was|has been) ({_EDIT})?",
        "(am I|would I be) (right|wrong) (to (suspect|distrust|worry about)|in (suspecting|distrusting|worrying about)) the {a}?",
    ),
    "m_generated": (
        "(is|was) the {a} (made|created|generated|painted|drawn|produced|redone|rebuilt|added) (by AI|by a computer|by an algorithm|digitally|with photoshop|in an editor|afterwards|later)?",
        "(is|was) the {a} (taken from|pasted from|copied from|borrowed from|stolen from) (another person|another face|someone else|a different photo|another picture)?",
        "does the {a} (belong to|fit|match|go with|suit) (this face|this person|the rest of the face|the rest)?",
    ),
    "m_foreign": (
        "(how|what) (is|it is) (with|about) the {a}?",
        "the {a} (is|it is) (fake|real|normal|good|edited|bad|not normal) or (no|not)?",
        "(they|someone) (have changed|changed|have edited|edited|made new) the {a}?",
        "what you (think|say|see|find) (of|about|in) the {a}?",
    ),
    "m_slang": (
        "(yo|dude|hey|bro|man|lol|uh|um|erm)(,|) (what's up with|what's with|check out|peep|look at) the {a}(, (fishy|weird|sus|fake), (right|no|huh))?",
        "is the {a} (sus|legit|shady|sketchy|bogus|for real|whack|messed up|shopped|phony)( or what| tho| or nah|)?",
        "the {a} (gives me the creeps|is creepy|freaks me out|bothers me|is bugging me|looks like wax|looks like plastic|looks blurry|looks pasted on|looks like a mask)( somehow| a bit|)",
    ),
    "m_earlier": (
        "you (said nothing about|did not mention|haven't mentioned|left out|skipped|forgot|ignored|didn't talk about) the {a}(, why|. What about it|, is it fine|. Is there anything|)?",
        "you (mentioned|spoke of|named|brought up|talked about|pointed to|pointed at) the {a}(,|:|.) (what is it there|what's wrong there|go on|tell me more|what exactly did you see|what about it|say more about that)",
        "(apart from|besides|after|aside from) (that|the rest|what you said|all this)(,|) (what about|how about) the {a}?",
    ),
    "m_verdict_for": (
        "(what's|what is) (your|the) (verdict|opinion|finding|view|assessment|judgment|take|result) (on|for|about|regarding) the {a}?",
        "(your|any) (verdict|opinion|thoughts|finding|view|comment|assessment) (on|about|regarding) the {a}?",
        "how (would|do) you (judge|rate|assess|see|evaluate) the {a}?",
    ),
}

_POINT: dict[str, tuple[str, ...]] = {
    "m_clicked": (
        f"(what about|how about|what's at|what is at|tell me about|and what about|explain) (the|this|that) ({_SPOT}) (I (just |)(clicked|tapped|touched|picked|chose|clicked on|pointed at)|under my (cursor|mouse|finger|pointer|click|thumb))?",
        f"I (just |have |)(clicked|tapped|pressed|pointed) (on (a|one) ({_SPOT})|there|right there|here)(,|.) (what is it|what do you see there|what about it|is it suspicious|what's there|anything odd)?",
        "where I (clicked|tapped|touched|pressed|pointed|put the cursor|put my finger)(,|:) (what is there|is it fake|what do you see|is there anything|anything odd|is it edited)?",
    ),
    "m_here": (
        "(here|and here|how about here|what about here|and right here|and over here|and there|what about there|and at this spot|and this one)?",
    ),
    "m_what_is_there": (
        f"what (do|can|did) you (see|find|notice|detect|make out|observe) (at|around|near) (this|that) ({_SPOT})?",
        f"what(('s| is)) (at|in) (this|that) (very |exact |particular |)({_SPOT})?",
        "what (do you see|do you find|did you find|can you say) (right here|just here|right there|just there|under my cursor|under the cross|under the marker)?",
    ),
    "m_suspicious_spot": (
        f"is (this|that) (very |exact |particular |little |tiny |)({_SPOT}) (suspicious|fake|edited|manipulated|odd|real|genuine|clean|natural|okay|retouched|affected)?",
        "is it (suspicious|fake|edited|manipulated|odd|real|genuine|clean|natural|okay|retouched|affected) (here|there|at this point|at this spot|in this place|at this location|where I clicked)?",
    ),
    "m_anything_here": (
        f"(anything|something|is there anything|is there something|do you see anything|did you find anything|is anything) (odd|strange|suspicious|wrong|fishy|unusual|manipulated|edited|noteworthy) (here|there|at this ({_SPOT})|where I clicked|where I tapped|under my cursor)?",
        f"(any|are there|are there any) (signs|traces|hints|artefacts|clues|marks) (here|there|at this ({_SPOT})|where I clicked|where I pointed)?",
    ),
    "m_check_this": (
        f"<please>(check|examine|inspect|look at|analyse|zoom in on|assess|have a look at|investigate) (this|that) (exact |very |particular |one |single |)({_SPOT})( for me| too| now|)",
        f"<can> you <please>(check|examine|inspect|look at|zoom in on|assess|comment on|explain|judge) (this|that) (exact |very |particular |)({_SPOT})?",
        "<please>(look|check|zoom in|have a look|take a look) (here|right here|over here|there|where I clicked|where my cursor is|where I pointed)",
    ),
    "m_i_mean": (
        f"(I mean|I'm asking about|I'm talking about|my question is about|I am pointing at|I'm interested in|look where I'm pointing, I mean|I was referring to) (this|that) ({_SPOT})( here| there| that I clicked| under the cursor|)",
        f"I'd like to (know|hear|learn) (about|more about|something about) (this|that) ({_SPOT})( here| that I clicked| I tapped|)",
        f"I (wonder|want to know|would like to know) what (is|you see|you found|the detector says) (here|there|at this ({_SPOT})|where I clicked)",
    ),
    "m_why_here": (
        "why (here|there|this spot|this point|exactly here|is it suspicious here|is this spot suspicious|does this point stand out)?",
        "(what's|what is) (wrong|odd|strange|suspicious|special|the problem|the matter|the issue) (here|right here|there|at this spot|with this spot|at this point|with this place)?",
    ),
    "m_pixel": (
        "(what about|how about|what's at|tell me about|check|and) (this|that) (pixel|tiny place|little spot|speck|mark|pinpoint|single point|pore|position)?",
        "(these|the) (pixels|few pixels) (here|there|where I clicked|under my cursor)(, are they edited|, what about them|, suspicious|, anything wrong with them|)?",
    ),
    "m_part_is_it": (
        "(which|what) (part|region|area|feature) (of the face |)(is this|is that|did I click on|did I hit|have I clicked|did I touch|am I pointing at)(, and is it suspicious|, and what about it|)?",
        "(what|which place) (did I (click on|hit|touch)|have I (clicked on|hit|touched))(, and is it fake|)?",
    ),
    "m_another": (
        f"(now|next|and now|then|another one|one more)(:|,) (this|that) ({_SPOT}|one)( please|, please| here|)?",
        "(and|what about|how about|now) (the|this) (next|new|other|second|third|last) (spot|place|point|click|position)( I clicked| I picked|)?",
    ),
    "m_foreign": (
        "(in|on) this (point|place|position|spot) (what is|is fake|what it is|it is edited|is something|there is manipulation)?",
        "what (is|it is|have|has) in this (point|place|position|spot)?",
        "this (point|place|spot) (is|it is) (good|bad|fake|real|normal) or (no|not)?",
    ),
    "m_touched_here": (
        "(did someone|did somebody|did they|did anyone) (edit|change|alter|manipulate|retouch|touch up|work on|mess with) (it |the <pic> |)(here|there|at this point|at this place|where I clicked|on this spot)?",
        "(was (it|the <pic>|the face)|has (it|the <pic>|the face) been) (edited|changed|altered|manipulated|retouched) (here|right here|there|at this point|at this spot|where I clicked)?",
    ),
    "m_looks_here": (
        "(it|the face|the skin|the <pic>) (looks|seems|appears) (odd|strange|weird|funny|fake|blurry|too smooth|unnatural|off) (here|right here|there|at this point|where I clicked)(, what do you think|, do you agree|, or am I wrong|, no|)?",
        f"(this|that) ({_SPOT}) (looks|seems|appears) (odd|strange|weird|funny|fake|blurry|unnatural|fine|normal)( to me|)(, what do you think|, do you agree|, or am I wrong|, no|)?",
    ),
    "m_say_there": (
        f"what (does|did|would) (the detector|your analysis|the analysis|the system|the tool) (say|show|find|tell) (here|there|at this ({_SPOT})|about this ({_SPOT})|where I clicked)?",
        f"(your|any) (opinion|thoughts|finding|comment|verdict|view) (on|about|for) (this|that) ({_SPOT})?",
        f"how (suspicious|fake|natural|real|strange) is (it here|it there|this ({_SPOT})|that ({_SPOT})|it where I clicked)?",
    ),
}

MORE_REGION: dict[str, dict[str, tuple[str, ...]]] = {"region": _REGION, "point": _POINT} | MORE_BOX
"""intent -> family -> templates; `{a}` and `{b}` are filled with region names."""
