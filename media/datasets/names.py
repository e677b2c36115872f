"""What the file names of the benchmarks say: target, source, people and the name of the target's real video.

A name that does not fit its owner's pattern gives None: it is refused, never guessed at. Namespaces: "ffpp" counts
FaceForensics++ videos, "dfd" and "celeb-df" people and their clips, "actor" the people of DeeperForensics-1.0.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """What a name says.

    Attributes:
        target: footage whose scene is kept; source: footage or person whose face or motion is taken.
        identities: people or footage ids; original: name without suffix of the target's real video.
    """

    target: str = ""
    source: str = ""
    identities: tuple[str, ...] = ()
    original: str = ""


Parser = Callable[[str], Origin | None]


def ffpp_real(name: str) -> Origin | None:
    """NNN."""
    if not re.fullmatch(r"\d{3}", name):
        return None
    return Origin(f"ffpp:{name}", identities=(f"ffpp:{name}",))


def ffpp_fake(name: str) -> Origin | None:
    """TTT_SSS: target, then source."""
    match = re.fullmatch(r"(\d{3})_(\d{3})", name)
    if not match or match[1] == match[2]:
        return None
    target, source = f"ffpp:{match[1]}", f"ffpp:{match[2]}"
    return Origin(target, source, (target, source), match[1])


def dfd_real(name: str) -> Origin | None:
    """AA__scene; the scene may hold single underscores."""
    actor, _, scene = name.partition("__")
    if not (re.fullmatch(r"\d{2}", actor) and scene and "__" not in scene):
        return None
    return Origin(f"dfd:{name}", identities=(f"dfd:{actor}",))


def dfd_fake(name: str) -> Origin | None:
    """TT_SS__scene__XXXXXXXX: parted at the double underscores first."""
    parts = name.split("__")
    match = re.fullmatch(r"(\d{2})_(\d{2})", parts[0])
    if len(parts) != 3 or not match or not parts[1] or not re.fullmatch(r"\w{8}", parts[2]):
        return None
    original = f"{match[1]}__{parts[1]}"
    return Origin(f"dfd:{original}", f"dfd:{match[2]}", (f"dfd:{match[1]}", f"dfd:{match[2]}"), original)


def celeb_real(name: str) -> Origin | None:
    """idA_NNNN."""
    match = re.fullmatch(r"(id\d+)_\d{4}", name)
    return Origin(f"celeb-df:{name}", identities=(f"celeb-df:{match[1]}",)) if match else None


def celeb_youtube(name: str) -> Origin | None:
    """Five digits; who is seen is not said."""
    return Origin(f"celeb-df:{name}") if re.fullmatch(r"\d{5}", name) else None


def celeb_fake(name: str) -> Origin | None:
    """idA_idB_NNNN: the clip idA_NNNN with the face of idB."""
    match = re.fullmatch(r"(id\d+)_(id\d+)_(\d{4})", name)
    if not match or match[1] == match[2]:
        return None
    original = f"{match[1]}_{match[3]}"
    people = f"celeb-df:{match[1]}", f"celeb-df:{match[2]}"
    return Origin(f"celeb-df:{original}", people[1], people, original)


def deeper_fake(name: str) -> Origin | None:
    """TTT_actor: a FaceForensics++ video with the face of a paid actor (M or W for sex, three digits)."""
    match = re.fullmatch(r"(\d{3})_([MW]\d{3})", name)
    if not match:
        return None
    target, actor = f"ffpp:{match[1]}", f"actor:{match[2]}"
    return Origin(target, actor, (target, actor), match[1])
