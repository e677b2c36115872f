"""What an annotation's text names: face regions by the project's registry, and kinds of artifacts.

The kinds are those that people use in the ExDDV descriptions. Left and right are taken as written: annotators may mean
the subject's side or their own, and nothing in the data tells which.
"""

import re
from collections.abc import Iterable

from media.regions import REGIONS, region_by_name
from simulation.dialogue.names import region_names_in

FACE = "face.whole.face.face"
_EYES = ("face.upper.eyes.left_eye", "face.upper.eyes.right_eye")

_PATTERNS: dict[str, str] = {
    "flicker": r"flicker\w*|twitch\w*|flit\w*|trembl\w*|shimmer\w*|fluctuat\w*|waver\w*|flash\w*|jitter\w*|puls\w*"
    r"|vibrat\w*|shak(?:es|ing|y)|wobbl\w*|glitching",
    "distortion": r"dist?or\w*|deform\w*|shapes?|warp\w*|crooked|swollen|asymmetr\w*|proportion\w*|bulbous|elongated"
    r"|flattened|stretch\w*|morph\w*|disproportion\w*|pointy|bigger|smaller",
    "blur": r"blur\w*|smear\w*|pixelat\w*|unclear|smooth\w*|faded|fading|low (?:quality|detail|resolution)"
    r"|(?:not|poorly) (?:well |clearly )?(?:defined|rendered|clear)|undefined|details?|fuzzy",
    "colour": r"colou?r\w*|darker|lighter|red|pink|purple|blue|yellow|green|ashy|pale|bleached|tone|shades?|uniform\w*"
    r"|gradients?",
    "light": r"light(?:s|ing|ning)?|shadow\w*|bright\w*|reflect\w*|contrast\w*|shiny|dark",
    "movement": r"mov(?:e|es|ed|ing|ement|ements)|motions?|talking|speaking|speaks|speech|mumbling|stiff|robotic"
    r"|frozen",
    "double": r"doubl\w*|residual\w*|two \w+s|(?:second|another|extra|additional) (?:set|pair)|overlap\w*|ghost\w*"
    r"|imprints?|leftover|lingering",
    "gaze": r"gaze\w*|looking|blink\w*|dart(?:s|ing)?|pupils?|squint\w*|cross[- ]eyed",
    "boundary": r"bound\w*|blend\w*|contour\w*|edges?|seams?|demarcation|outline\w*|bord\w*|margins?|transition\w*",
    "vanishing": r"disappear\w*|missing|vanish\w*|absent|incomplete|no (?:teeth|eyebrows?|pupils?|interior)",
    "noise": r"nois[ey]\w*|grain\w*|texture\w*|wrinkles?",
    "artifact": r"art[ie]facts?|glitch(?:es)?|anomal\w*|spots?|blobs?|patch(?:es)?",
    "unnatural": r"unnatural\w*|strange\w*|odd\w*|weird\w*|unusual\w*|abnormal\w*|artificial\w*|inconsisten\w*"
    r"|synthetic|fake|irregular\w*",
}
KINDS: tuple[str, ...] = tuple(_PATTERNS)
"""Artifact kinds, in a fixed order; the last two are generic."""
KIND_PHRASE: dict[str, str] = {
    "flicker": "flickering",
    "distortion": "distorted shape",
    "blur": "blurry, not well defined",
    "colour": "different colour",
    "light": "strange light or shadows",
    "movement": "unnatural movement",
    "double": "doubled, residual artifacts",
    "gaze": "unnatural gaze",
    "boundary": "visible edge or blending",
    "vanishing": "appears and disappears",
    "noise": "different texture",
    "artifact": "artifacts",
    "unnatural": "unnatural look",
}
"""How a query says a kind."""
FROM_SIMULATION: dict[str, str] = {
    "smoother": "blur", "blur": "blur", "sharper": "noise", "noise": "noise", "colour_shift": "colour",
    "colour": "colour", "seam": "boundary", "blend": "boundary", "double_edge": "double", "warp": "distortion",
    "swap": "unnatural",
}  # fmt: skip
"""The kinds of simulated forgeries and measured cues in these words."""
_KIND = {kind: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for kind, pattern in _PATTERNS.items()}
_FACE = re.compile(r"\b(?:face|facial|head)\b", re.IGNORECASE)


def kinds_in(text: str) -> tuple[str, ...]:
    """Artifact kinds a text names, in the order of `KINDS`."""
    return tuple(kind for kind, pattern in _KIND.items() if pattern.search(text))


def regions_in(text: str) -> tuple[str, ...]:
    """Region ids a text names, in order, each once; a gaze is the eyes'; the whole face when it names only that."""
    found = list(region_names_in(text))
    if _KIND["gaze"].search(text) and not set(_EYES) & set(found):
        found += _EYES
    if not found and _FACE.search(text):
        return (FACE,)
    return tuple(found)


def region_ids(names: Iterable[str]) -> tuple[str, ...]:
    """Ids of regions given as ids, leaves or names ("left eye", "left_eye", "eyes"); KeyError for an unknown one."""
    found: list[str] = []
    for name in names:
        plain = name.strip().replace("_", " ")
        if name.strip() in REGIONS:
            found.append(name.strip())
        elif plain.lower() == "face":
            found.append(FACE)
        elif ids := region_names_in(plain) or tuple(filter(None, [region_by_name(plain)])):
            found.extend(ids)
        else:
            raise KeyError(name)
    return tuple(dict.fromkeys(found))


def kind_names(names: Iterable[str]) -> tuple[str, ...]:
    """Artifact kinds given by their own names or those of the simulation; unknown ones raise KeyError."""
    return tuple(dict.fromkeys(name if name in _KIND else FROM_SIMULATION[name] for name in names))
