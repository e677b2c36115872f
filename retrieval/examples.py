"""Retrieved sentences as a part of the prompt: the five families of templates that ExDDV's code uses, in own words.

In all of them the sentences stand in double quotes, joined by comma and space, most similar first, without pictures,
labels or similarities. Only "may_be_real" admits that nothing may be wrong, which is why it is the default. This file
needs no library; retrieval/selector.py offers the same through langchain-core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from media.errors import BadRequest
from retrieval.select import Example

TemplateName = Literal["context_first", "analyse", "may_be_real", "affected_parts", "imitate"]
DEFAULT_TEMPLATE: TemplateName = "may_be_real"
SLOT = "{descriptions}"
TEMPLATES: dict[TemplateName, str] = {
    "context_first": "Based on these descriptions of similar videos: {descriptions}. Analyse the face and list every "
    "anomaly in detail.",
    "analyse": "Analyse the face, given these descriptions of similar videos: {descriptions}. Explain briefly what is "
    "inconsistent.",
    "may_be_real": "Possible signs of manipulation, from similar videos: {descriptions}. The image may also be real. "
    "Say in 10 to 30 words which of them this face shows, if any.",
    "affected_parts": "Analyse the face, given these descriptions of similar videos: {descriptions}. Keep to the "
    "affected parts and give a short, direct explanation.",
    "imitate": "What is wrong in this image? Candidate answers: {descriptions}. Answer in their style, and briefly.",
}
ZERO_SHOT_QUERY = (
    "Analyze the face in the image. Identify any deepfake artifacts (if any), focusing specifically on the affected "
    "parts of the face. Provide a short and direct explanation highlighting the inconsistencies or manipulations"
)
"""The published query without examples, word for word, for comparison."""
FINE_TUNING_QUERY = "What is wrong in the images? Explain why they look real or fake"
"""The published query of the fine-tuned models, word for word; their code trains with `TRAINED_QUERIES`."""
TRAINED_QUERIES = ("What is wrong in the image?", "What is wrong in this video?")
_MARKERS = re.compile(r"#{2,}|</?\w+>|\b(?:human|assistant)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class ExamplePrompt:
    """A filled template and the examples in it, most similar first."""

    text: str
    template: TemplateName
    examples: tuple[Example, ...]

    @property
    def quotable(self) -> tuple[str, ...]:
        """The sentences as they stand in the text; none when they are only listed."""
        return tuple(plain(example.annotation.text) for example in self.examples) if self.text else ()

    def sources(self) -> list[dict[str, object]]:
        """What to list under the answer."""
        return [example.source() for example in self.examples]


def template_of(name: str) -> str:
    """The template of a family; BadRequest lists the families otherwise."""
    for known, text in TEMPLATES.items():
        if known == name:
            return text
    raise BadRequest(f"There is no template {name!r}; choose one of {', '.join(TEMPLATES)}.")


def plain(text: str) -> str:
    """An annotation's text, safe inside quotes: one line, single quotes, nothing that looks like a turn or a tag."""
    cleaned = _MARKERS.sub(" ", text.replace('"', "'").replace("\u201c", "'").replace("\u201d", "'"))
    return " ".join(cleaned.split())


def slot_text(texts: Sequence[str]) -> str:
    """The sentences as the slot holds them."""
    return ", ".join(f'"{plain(text)}"' for text in texts)


def fill(examples: Sequence[Example], template: TemplateName = DEFAULT_TEMPLATE) -> ExamplePrompt:
    """The template with these examples; an empty text when there are none."""
    pattern = template_of(template)
    if not examples:
        return ExamplePrompt("", template, ())
    ordered = tuple(sorted(examples, key=lambda e: -e.similarity))
    text = pattern.replace(SLOT, slot_text([e.annotation.text for e in ordered]))
    return ExamplePrompt(text, template, ordered)
