import asyncio
from dataclasses import replace

import pytest

from media.errors import BadRequest, MissingCheckpoint
from retrieval.examples import TEMPLATES, TemplateName, fill
from retrieval.select import Wish, select
from tests.retrieval.conftest import WordEncoder, annotation

pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")
pytest.importorskip("langchain_core", reason="the extra `retrieval` (langchain-core) is not installed")

from langchain_core.example_selectors import BaseExampleSelector
from langchain_core.prompts import FewShotChatMessagePromptTemplate

from retrieval.index import AnnotationIndex, Item
from retrieval.selector import AnnotationExampleSelector, few_shot_prompt

TEXTS = (
    "The mouth is blurry.",
    "The nose flickers {x}.",
    'A "second" chin, blurry.',
    "Odd eyes.",
    "Nothing.",
    "Blurry.",
)


@pytest.fixture
def selector(encoder: WordEncoder) -> AnnotationExampleSelector:
    index = AnnotationIndex(encoder.key)
    index.add(encoder.encode(TEXTS), [Item(annotation(i, text=t)) for i, t in enumerate(TEXTS)])
    return AnnotationExampleSelector(index, encoder, Wish(3))


@pytest.mark.parametrize("family", list(TEMPLATES))
def test_same_text_as_without_langchain(
    selector: AnnotationExampleSelector, encoder: WordEncoder, family: TemplateName
) -> None:
    for query in ("blurry mouth", "the nose flickers {x}", "second chin"):
        expected = fill(select(selector.index, encoder.encode([query]), Wish(3)), family).text
        prompt = few_shot_prompt(selector, family)
        assert prompt.format(query=query) == expected
        assert asyncio.run(prompt.aformat(query=query)) == expected
        assert prompt.invoke({"query": query}).to_string() == expected
        assert expected


def test_it_is_a_langchain_selector(selector: AnnotationExampleSelector) -> None:
    assert isinstance(selector, BaseExampleSelector)
    found = selector.select_examples({"query": "the mouth is blurry"})
    assert found[0] == {"text": "The mouth is blurry."}
    assert [e.annotation.text for e in selector.last][0] == found[0]["text"]
    assert len(found) == 3
    with pytest.raises(BadRequest, match="query"):
        selector.select_examples({"question": "x"})


def test_an_example_can_be_added(selector: AnnotationExampleSelector) -> None:
    selector.add_example({"annotation": annotation(50, text="Purple ears.")})
    assert selector.select_examples({"query": "purple ears"})[0] == {"text": "Purple ears."}
    with pytest.raises(BadRequest, match="annotation"):
        selector.add_example({"text": "x"})


def test_another_encoder_is_refused(selector: AnnotationExampleSelector, encoder: WordEncoder) -> None:
    other = WordEncoder()
    other.key = replace(encoder.key, sha256="f" * 64)
    with pytest.raises(MissingCheckpoint, match="other weights"):
        AnnotationExampleSelector(selector.index, other)


def test_nothing_found_gives_an_empty_prompt(encoder: WordEncoder) -> None:
    empty = AnnotationExampleSelector(AnnotationIndex(encoder.key), encoder)
    assert few_shot_prompt(empty).format(query="x") == ""


def test_the_selector_feeds_chat_templates_too(selector: AnnotationExampleSelector) -> None:
    from langchain_core.prompts import ChatPromptTemplate

    turn = ChatPromptTemplate.from_messages([("human", "{text}")])
    chat = FewShotChatMessagePromptTemplate(example_selector=selector, example_prompt=turn, input_variables=["query"])
    assert "The nose flickers {x}." in chat.format(query="nose flickers {x}")
