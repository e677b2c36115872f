# ruff: noqa: E501
"""How people ask about faults that show in motion only: flicker, trembling, lips that do not fit, jumps."""

_VID = "video|clip|footage|recording|film"
_FLICKER = "flicker|tremble|jitter|shimmer|wobble|shake|twitch|jump around|swim"
_FLICKERING = "flickering|trembling|jittering|shimmering|wobbling|shaking|twitching|jumping"
_ODD = "odd|strange|weird|unnatural|wrong|suspicious|off|funny|fishy"
_FAKE = "fake|manipulated|edited|altered|forged|doctored"
_PART = "face|mouth|skin|edge of the face|eyes|head|border of the face|chin"

# fmt: off
_MOTION: dict[str, tuple[str, ...]] = {
    "v_does_flicker": (f"<so>does (it|the ({_PART})|anything|something) ({_FLICKER})( anywhere| somewhere| at all| from frame to frame|)?",
        f"<so>is (there|there any|there some) ({_FLICKERING})( in it| in the ({_VID})| from frame to frame| somewhere|)?",
        f"(do you see|did you see|can you see|have you found|did you notice) (any |some |)({_FLICKERING})( in it| in the ({_VID})| of the face|)?",
        f"is the ({_PART}) ({_FLICKERING})?"),
    "v_movement": (f"<so>(does|is) (the movement|the motion|the way it moves) (look |seem |)({_ODD}|natural|right|okay|real|fake)?",
        f"is (there|there anything|something) ({_ODD}) (in|about|with) the (movement|motion|movements)?",
        "(what about|how about|and|how is) the (motion|movement|movements)( of the face| in it|)?",
        f"does the ({_PART}) move (naturally|normally|oddly|strangely|right|correctly|like a real one)?"),
    "v_between": ("(what|does anything|how much) (changes|change) (between|from) (the frames|one frame to the next|frame to frame)?",
        f"is (there|there anything|something) ({_ODD}) between (the|two|single) frames?",
        "(are the frames|is it) (consistent|coherent|stable|steady|smooth) (over time|from frame to frame|with each other|in time)?",
        "do (the frames|consecutive frames|neighbouring frames) (fit|go|match) (together|each other)?"),
    "v_lips": ("(do the lips|does the mouth) move (right|oddly|naturally|strangely|like in a real video|in sync|too much)?",
        "(are the lips|is the (mouth|lip movement|mouth movement)) (in sync|out of sync|natural|okay|unnatural|synthetic)?",
        "is it (a lip sync|lip-synced|only the mouth that moves wrong|just the moving mouth|a lip sync fake)?",
        f"were only the (lips|mouth movements|lip movements) ({_FAKE})?"),
    "v_over_time": ("(how does (it|the finding|the face) (behave|hold|look)|is (it|the face) (stable|steady)) over time?",
        "(and|what) (over time|in the time direction|in time)( then|, anything|)?",
        "(any|are there any|do you have any|is there any) (temporal|time-related|motion) (signs|artifacts|evidence|faults|inconsistencies)( in it|)?",
        "did you (look at|measure|check|use|examine) the (motion|movement|time direction|moving picture)( too| as well| at all|)?"),
    "v_jumps": ("(does|do) (the face|the head|features|the picture) (jump|pop|snap|skip)( now and then| somewhere| between frames|)?",
        "(are there|do you see|any) (jumps|skips|pops|missing frames|dropped frames|cuts|jerks)( in the face| in it|)?",
        "(is|was) (a frame|something|anything) (dropped|skipped|repeated|cut out|missing)?",
        "why does (the face|it) (jump|jerk|stutter|flicker) (so|like that|sometimes)?"),
    "v_vs_frames": ("is it (worse|better|stronger|weaker|clearer) (in motion|when it moves|as a video) than (in |)(single frames|the stills|a still|one frame)?",
        "(compare|set) (the motion|motion|movement) (with|against) (single frames|the frames|the stills)",
        "do (the stills|single frames) and (the motion|the movement) (say|tell|give) the same( thing|)?",
        "would (I|one|anybody) (see|notice) it (in motion|when it moves|in the moving picture) (only|better|more easily)?"),
    "v_identity": ("does the (face|identity|person) (drift|change|morph|slip) (over time|during the video|slowly|from frame to frame|)?",
        "(is it|does it stay) (the same (face|person)|one person) (all the time|in every frame|throughout|the whole time)?",
        "(does the face turn|is the face (turning|morphing|drifting)) into (someone else|another one|another face)?"),
    "v_order": ("<please>(check|measure|examine|look at|analyse) the (motion|movement|movements|flicker|lip movement)( of the face| too| again| for me|)",
        "<please>(tell|show) me (something |more |)about the (motion|movement|flickering)( of the face| in it|)",
        "(I want to know|I'd like to know|I wonder) (about the motion|whether it flickers|how it moves|if the movement is natural)"),
    "v_court_m": ("(does|did) the (motion|movement) of the face (support|corroborate|contradict) the finding?",
        "(please state|kindly state|for the record:) (what (the motion|the movement) shows|whether the (motion|movement) was examined)",
        "(were|are) (consecutive frames|frames in sequence|movements) (examined|considered|taken into account)( too|)?",
        "is there (temporal evidence|evidence from the motion|an irregularity in the movement)?"),
    "v_editor_m": ("my (editor|boss|colleague|producer|lawyer) (says|thinks|noticed|asks whether) (it flickers|the face flickers|the mouth moves strangely|it jitters)",
        "(before we air it|before broadcast|for the piece): (any flicker|is the motion okay|does the motion look real)?",
        "(viewers|readers|people) (say|told us|wrote) (the face flickers|it trembles|the lips are off). (is that so|true|did you find that)?"),
    "v_kid_m": ("does the face (wiggle|wobble|jump|move) (funny|weird|like jelly)?",
        "why (is the (face|mouth) wobbly|does the (face|mouth) (wiggle|move)) (so|like that|so funny)?",
        "does it move like a (real person|cartoon|puppet|robot)?"),
    "v_foreign_m": ("the face is (flickering|trembling|moving not normal|jumping) (or no|yes|true)?",
        "movement of (face|mouth|lips) is (normal|natural|correct|false)?",
        "it has (flicker|jumps|tremble|problem in movement)?"),
    "v_slang_m": ("(yo|bro|dude|hey) (does it|is it|that face) (glitch|glitching|lag|buffering|flicker)( lol| tho| or nah|)?",
        "(glitchy|laggy|jittery|flickery|wobbly)( or nah| at all| face|)?",
        "(any|see any) (glitches|glitching|lag|flicker|jitter)( bro| tho| in there|)?"),
    "v_puppet": ("does she resemble a marionette while talking?",
        "(his|her) talking seems detached from (his|her) head. (agreed|am I imagining it|justified)?",
        "is the speech animation plausible, muscle by muscle?",
        "watch how the cheek follows the jaw while speaking. plausible?"),
    "v_pulsing": ("I notice a pulsing along the hairline as it plays",
        "the outline seems to boil during playback, (do you confirm|can you confirm that|or is it compression)?",
        "on playback the complexion seems restless (to me|, doesn't it|)",
        "frame-by-frame steadiness: verdict?"),
}
# fmt: on

MOTION: dict[str, dict[str, tuple[str, ...]]] = {"motion": _MOTION}
"""intent -> family -> templates."""

MOTION_EVAL: tuple[str, ...] = ("motion/v_puppet", "motion/v_pulsing")
"""Families kept for evaluation, written in other words than the training families."""
