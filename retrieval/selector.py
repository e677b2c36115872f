"""The same selection and templates as langchain-core objects, for chains of one's own; the only file that imports it.

`retrieval.examples.fill` gives the same text without langchain-core.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from langchain_core.example_selectors import BaseExampleSelector
from langchain_core.prompts import FewShotPromptTemplate, PromptTemplate
from numpy.typing import NDArray

from media.errors import BadRequest
from retrieval.annotations import Annotation
from retrieval.encoders import Encoder
from retrieval.examples import DEFAULT_TEMPLATE, SLOT, TemplateName, plain, template_of
from retrieval.index import AnnotationIndex, Item
from retrieval.select import Example, Wish, select
from retrieval.storage import check_encoder

QUERY = "query"
"""Input variable: a sentence, or crops (a list) when the index is of pictures."""


class AnnotationExampleSelector(BaseExampleSelector):
    """Chooses examples from an index for a sentence, or for the crops of a picture or video.

    Args:
        index: to search.
        encoder: of the same key as the index; MissingCheckpoint otherwise.
        wish: how many, and what to leave out.
    """

    def __init__(self, index: AnnotationIndex, encoder: Encoder, wish: Wish | None = None) -> None:
        check_encoder(index.encoder, encoder.key, "the index")
        self.index, self.encoder, self.wish = index, encoder, wish or Wish()
        self.last: list[Example] = []

    def select_examples(self, input_variables: dict[str, Any]) -> list[dict[str, str]]:
        """The examples for `input_variables["query"]` as {"text"}, most similar first; `last` keeps them whole."""
        if QUERY not in input_variables:
            raise BadRequest(f"The selector needs the input {QUERY!r}.")
        query = input_variables[QUERY]
        batch: Sequence[Any] = [query] if isinstance(query, str | np.ndarray) else query
        self.last = select(self.index, self.encoder.encode(batch), self.wish)
        return [{"text": plain(e.annotation.text)} for e in self.last]

    def add_example(self, example: dict[str, Any]) -> Any:
        """Add {"annotation": Annotation, and "crop" for an index of pictures}; the new id."""
        annotation = example.get("annotation")
        if not isinstance(annotation, Annotation):
            raise BadRequest("An example to add needs its 'annotation'.")
        what = annotation.text if self.encoder.key.level == "text" else example.get("crop")
        vector: NDArray[np.float32] = self.encoder.encode([what])
        return self.index.add(vector, [Item(annotation)])[0]


class FamilyPrompt(FewShotPromptTemplate):
    """A few-shot template whose `format(query=...)` is a family's text with the selected sentences in its slot.

    langchain's own template puts its separator between prefix, examples and suffix alike, and then reads braces in an
    example's text as fields; here the examples are joined alone and put in. Nothing found gives an empty text.
    """

    family: TemplateName = DEFAULT_TEMPLATE

    def format(self, **kwargs: Any) -> str:
        """The filled template."""
        values = self._merge_partial_and_user_variables(**kwargs)
        selector = self.example_selector
        found = selector.select_examples(values) if selector is not None else self.examples or []
        slot = self.example_separator.join(self.example_prompt.format(**example) for example in found)
        return template_of(self.family).replace(SLOT, slot) if slot else ""

    async def aformat(self, **kwargs: Any) -> str:
        """As `format`: the index is searched in this process."""
        return self.format(**kwargs)


def few_shot_prompt(selector: AnnotationExampleSelector, template: TemplateName = DEFAULT_TEMPLATE) -> FamilyPrompt:
    """The family's template, fed by the selector."""
    template_of(template)
    return FamilyPrompt(
        family=template,
        example_selector=selector,
        example_prompt=PromptTemplate.from_template('"{text}"'),
        example_separator=", ",
        prefix="",
        suffix="",
        input_variables=[QUERY],
    )
