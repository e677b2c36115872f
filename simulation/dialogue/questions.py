"""Questions as people type them: the families of phrasings, which of them are kept for evaluation, and the drawing."""

import hashlib
import json
from typing import Literal

import numpy as np

from simulation.dialogue.grammar import count_forms, expand, typed
from simulation.dialogue.names import NAME, SIDE_SURFACES, SURFACES
from simulation.dialogue.phrasings.decline import MORE_DECLINE
from simulation.dialogue.phrasings.finding import FINDING
from simulation.dialogue.phrasings.moments import MOMENTS, MOMENTS_EVAL
from simulation.dialogue.phrasings.more_finding import MORE_FINDING
from simulation.dialogue.phrasings.more_other import MORE_OTHER
from simulation.dialogue.phrasings.more_talk import MORE_TALK
from simulation.dialogue.phrasings.motion import MOTION, MOTION_EVAL
from simulation.dialogue.phrasings.other import OTHER
from simulation.dialogue.phrasings.region import REGION
from simulation.dialogue.phrasings.talk import TELL

Split = Literal["train", "eval"]
Table = dict[str, dict[str, tuple[str, ...]]]


def _merged(*tables: Table) -> Table:
    """One table of all families; a family name may stand in one table only."""
    merged: Table = {}
    for table in tables:
        for intent, group in table.items():
            known = merged.setdefault(intent, {})
            if known.keys() & group.keys():
                raise ValueError(f"two families of {intent!r} share a name: {sorted(known.keys() & group.keys())}")
            known.update(group)
    return merged


FAMILIES: Table = _merged(
    FINDING, REGION, TELL, OTHER, MORE_FINDING, MORE_TALK, MORE_OTHER, MORE_DECLINE, MOMENTS, MOTION
)
"""intent -> family -> templates."""
INTENTS: tuple[str, ...] = tuple(FAMILIES)

EVAL_FAMILIES: tuple[str, ...] = (
    "verdict/story", "verdict/noticed", "real_or_fake/happened", "real_or_fake/thing", "where/looking",
    "where/concentrated", "why/back", "certainty/strength", "score/reading", "meaning/sense", "region/turn",
    "region/happens", "point/dot", "box/outlined", "compare/rank", "both/now", "simple/image", "technical/jargon",
    "one_sentence/bottom", "retell/wording", "are_you_sure/swear", "insist_real/push", "insist_fake/push",
    "measured/steps", "map/glow", "privacy/delete", "limits/publish", "next/who", "kind/technique", "origin/intent",
    "identity/find", "describe/scene", "offtopic/web", "offtopic/school", "about/made", "greeting/nice",
    "thanks/helped",
)  # fmt: skip
"""Frozen before any training; never used in the train split."""
EVAL_DIGEST = "3ba8338ce6ba1a523400dbc2a8d2b6a44d5dbece7e19ccb249023591e57bb1f6"
"""SHA-256 of the evaluation families' templates; a test compares it."""

PLAIN: dict[str, tuple[str, ...]] = {
    "verdict": ("Is this a deepfake image?", "Is this fake?", "Is it a deepfake?"),
    "where": ("Where?", "Where exactly?", "Where is it manipulated?"),
    "why": ("Why do you think so?", "Why?", "How do you know?"),
    "score": ("How much is the forgery score?", "What is the score?"),
    "certainty": ("How sure are you?",),
    "are_you_sure": ("Are you sure?", "Really?"),
    "simple": ("Explain it to a child", "Explain it simply", "Explain it to a child, please."),
    "technical": ("Explain it technically",),
    "region": ("What about the {a}?", "And the {a}?"),
    "point": ("What about this spot?", "And here?"),
    "box": ("What about this spot?", "What is in this box?"),
    "identity": ("Who is this person?", "Who is she?", "Who is he?", "Who is this?"),
    "measured": ("What did you measure?", "What was measured?"),
    "limits": ("Can I use it as proof?", "What are your limits?"),
    "hide": ("What if I cover the {a}?", "What if the {a} is hidden?"),
    "worst": ("When is it worst?",),
    "persons": ("Which person?", "Who of them?"),
    "motion": ("Does it flicker?", "Is there anything in the motion?"),
    "greeting": ("Hello", "Hi"),
    "thanks": ("Thanks", "Thank you"),
}
"""The shortest usual words of an intent, also those that the page suggests; a share of the training questions."""
PLAIN_SHARE = 0.2


def eval_digest() -> str:
    """SHA-256 over names and templates of the evaluation families."""
    chosen = [(name, FAMILIES[name.split("/")[0]][name.split("/")[1]]) for name in EVAL_FAMILIES]
    return hashlib.sha256(json.dumps(chosen).encode()).hexdigest()


def _kept_back(name: str) -> bool:
    return name in EVAL_FAMILIES or name in MOMENTS_EVAL or name in MOTION_EVAL


def families(intent: str, split: Split) -> dict[str, tuple[str, ...]]:
    """The families of an intent that belong to a split."""
    kept = {n: t for n, t in FAMILIES[intent].items() if _kept_back(f"{intent}/{n}") == (split == "eval")}
    if not kept:
        raise ValueError(f"no phrasing of {intent!r} in split {split!r}")
    return kept


def _weights(templates: list[str]) -> np.ndarray:
    """Templates with more forms are drawn more often, by the fourth root of their number."""
    weight = np.array([count_forms(t) for t in templates], dtype=float) ** 0.25
    return weight / weight.sum()


def place_name(ids: tuple[str, ...], rng: np.random.Generator) -> str:
    """A way to write a region (one id) or both sides of one (two ids)."""
    name = NAME[ids[0]]
    if name in SURFACES:
        options = SURFACES[name]
        return options[int(rng.integers(len(options)))]
    side, leaf = name.split(" ")
    words = SIDE_SURFACES[leaf]
    if len(ids) == 2:
        word = words[0] if leaf == "jaw" else words[int(rng.integers(len(words)))].rstrip("s") + "s"
        return word if rng.random() < 0.7 or leaf == "jaw" else "both " + word
    word = words[int(rng.integers(len(words)))]
    return f"{word} on the {side}" if rng.random() < 0.05 and "side" not in word else f"{side} {word}"


def ask(
    rng: np.random.Generator,
    intent: str,
    split: Split = "train",
    a: tuple[str, ...] = (),
    b: tuple[str, ...] = (),
    percent: int | None = None,
    time: str = "",
) -> str:
    """One typed question of an intent.

    Args:
        a, b: region ids it speaks of. percent: score it may quote. time: moment of a video it may name, as written.
    """
    if split == "train" and intent in PLAIN and rng.random() < PLAIN_SHARE:
        text = PLAIN[intent][int(rng.integers(len(PLAIN[intent])))]
        return text.replace("{a}", place_name(a, rng)) if "{a}" in text else text
    chosen = families(intent, split)
    names = list(chosen)
    family = names[int(rng.choice(len(names), p=_weights(["|".join(chosen[n]) for n in names])))]
    return phrase(rng, intent, family, a, b, percent, time)


def phrase(
    rng: np.random.Generator,
    intent: str,
    family: str,
    a: tuple[str, ...] = (),
    b: tuple[str, ...] = (),
    percent: int | None = None,
    time: str = "",
) -> str:
    """One typed question of a family; see `ask`."""
    templates = list(FAMILIES[intent][family])
    text = expand(templates[int(rng.choice(len(templates), p=_weights(templates)))], rng)
    if "{a}" in text or "{A}" in text:
        text = text.replace("{a}", place_name(a, rng)).replace("{A}", place_name(a, rng).capitalize())
    if "{n}" in text:
        text = text.replace(
            "{n}", str(percent if percent is not None and rng.random() < 0.85 else rng.integers(1, 100))
        )
    if "{b}" in text:
        text = text.replace("{b}", place_name(b, rng))
    text = text.replace("{t}", time or "0:07")
    return typed(text[:1].upper() + text[1:], rng)


def form_counts() -> dict[str, dict[str, int]]:
    """intent -> {"families", "eval_families", "forms"}: derivations before typing slips and region names."""
    return {
        intent: {
            "families": len(group),
            "eval_families": sum(_kept_back(f"{intent}/{n}") for n in group),
            "forms": sum(count_forms(t) for n, templates in group.items() for t in templates),
        }
        for intent, group in FAMILIES.items()
    }
