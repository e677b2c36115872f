"""A small grammar for questions, and the slips people make when they type.

A template is plain text with alternatives `(a|b|)` that may nest, and `<slot>` references into `SLOTS`.
`{region}`-like names are left alone; the caller fills them after expansion.
"""

import re
from functools import cache

import numpy as np

SLOTS: dict[str, str] = {
    "pic": "photo|picture|image|pic|face|portrait|video|clip|frame|selfie|shot|screenshot|foto",
    "this": "this <pic>|the <pic>|that <pic>|this|it|this one|this <pic> here|this guy|this person|this woman|this man",
    "fake": "fake|a fake|a deepfake|a deep fake|manipulated|doctored|edited|photoshopped|faked|forged|altered|deepfaked"
    "|tampered with|AI generated|AI-made|made by AI|synthetic|a face swap|not real|retouched|generated|bogus|shopped",
    "been": "faked|manipulated|edited|altered|doctored|tampered with|photoshopped|changed|modified|retouched|forged",
    "who": "he|she|the person|this guy|this man|this woman|the face",
    "fakery": "manipulation|editing|tampering|a deepfake|forgery|fakery|image editing|photoshop|AI editing|a face swap",
    "can": "can|could|would|will|can't|couldn't",
    "please": "please |pls |plz |kindly ||||",
    "so": "so, |and |ok, |okay, |well, |hm, |now |then |but |||||||||",
    "tell": "tell me|say|explain|let me know|show me|tell us",
    "you": "you|u|the detector|the system|the tool|the assistant|you guys",
    "N": "2|7|12|15|23|40|50|65|80|87|90|93|99|100|250",
    "country": "france|germany|spain|japan|brazil|canada|italy|china|india|egypt|poland|mexico",
    "person": "tom cruise|the pope|taylor swift|obama|my neighbour|my boss|einstein|the president|a famous actor"
    "|elon musk|the queen|my ex|angela merkel|brad pitt|my teacher|a politician|messi",
    "really": "really |actually |truly |maybe |||||",
}

_TOKEN = re.compile(r"<(\w+)>|[()|]|[^<>()|]+")


class _Node:
    """Alternatives, each a sequence of strings and nodes."""

    __slots__ = ("branches",)

    def __init__(self) -> None:
        self.branches: list[list[str | _Node]] = [[]]


@cache
def _parse(template: str) -> _Node:
    root = _Node()
    stack = [root]
    for match in _TOKEN.finditer(template):
        token = match.group(0)
        if match.group(1):
            stack[-1].branches[-1].append(_parse(SLOTS[match.group(1)]))
        elif token == "(":
            node = _Node()
            stack[-1].branches[-1].append(node)
            stack.append(node)
        elif token == ")":
            stack.pop()
        elif token == "|":
            stack[-1].branches.append([])
        else:
            stack[-1].branches[-1].append(token)
    if len(stack) != 1:
        raise ValueError(f"unbalanced brackets in {template!r}")
    return root


def _say(node: _Node, rng: np.random.Generator) -> str:
    branch = node.branches[int(rng.integers(len(node.branches)))]
    return "".join(part if isinstance(part, str) else _say(part, rng) for part in branch)


def _count(node: _Node) -> int:
    total = 0
    for branch in node.branches:
        product = 1
        for part in branch:
            product *= 1 if isinstance(part, str) else _count(part)
        total += product
    return total


def expand(template: str, rng: np.random.Generator) -> str:
    """Draw one surface form of a template; spaces are tidied and the first letter is a capital."""
    text = re.sub(r"\s+([?!.,])", r"\1", re.sub(r"\s+", " ", _say(_parse(template), rng))).strip()
    return text[:1].upper() + text[1:]


def count_forms(template: str) -> int:
    """How many derivations a template has, before typing slips."""
    return _count(_parse(template))


def slip(text: str, rng: np.random.Generator) -> str:
    """Type one slip into a word of four letters or more: swap, drop, double or replace a letter."""
    words = [m for m in re.finditer(r"[A-Za-z]{4,}", text)]
    if not words:
        return text
    word = words[int(rng.integers(len(words)))]
    at = word.start() + 1 + int(rng.integers(word.end() - word.start() - 2))
    kind = int(rng.integers(4))
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    near = {"a": "s", "e": "r", "i": "o", "o": "p", "s": "d", "t": "r", "n": "m", "r": "t", "l": "k", "u": "y"}
    return text[:at] + near.get(text[at].lower(), text[at]) + text[at + 1 :]


def typed(text: str, rng: np.random.Generator) -> str:
    """Make a clean question look typed: case, missing or repeated marks, courtesy, chat spelling, slips."""
    if rng.random() < 0.06:
        opener = (
            "Hi, ",
            "Hello! ",
            "Hey, ",
            "Please: ",
            "Excuse me, ",
            "Quick question: ",
            "Sorry, ",
            "Good morning, ",
        )
        text = opener[int(rng.integers(len(opener)))] + text[:1].lower() + text[1:]
    elif rng.random() < 0.05:
        closer = (
            " Thanks!",
            " Thank you.",
            " please",
            " pls",
            " Please answer.",
            " I need to know.",
            " Be honest.",
            " thx",
        )
        text = text + closer[int(rng.integers(len(closer)))]
    if rng.random() < 0.04:
        for long, short in (("you", "u"), ("are", "r"), ("please", "pls"), ("because", "cuz"), ("picture", "pic")):
            text = re.sub(rf"\b{long}\b", short, text)
    draw = rng.random()
    if draw < 0.34:
        text = text.lower()
    elif draw < 0.36:
        text = text.upper()
    draw = rng.random()
    if draw < 0.26:
        text = text.rstrip("?.! ")
    elif draw < 0.30:
        text = text.rstrip("?.!") + ("??", "?!", "...", " ?", "!!")[int(rng.integers(5))]
    while rng.random() < 0.10:
        text = slip(text, rng)
    return text.replace("'", "") if rng.random() < 0.04 else text
