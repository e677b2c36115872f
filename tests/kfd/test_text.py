"""Learnable context through a frozen sentence encoder: the real MiniLM where installed."""

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from kfd.text import DescriptionFeatures, SentenceEncoder
from media.errors import MissingCheckpoint


@pytest.fixture(scope="module")
def minilm() -> SentenceEncoder:
    return SentenceEncoder.load()


def _features(minilm: SentenceEncoder, context: int = 3) -> DescriptionFeatures:
    torch.manual_seed(0)
    text = DescriptionFeatures(384, context)
    text.attach(minilm)
    return text


def test_context_stands_between_cls_and_the_words(minilm: SentenceEncoder) -> None:
    """With the embeddings of known words as context the features are those of the longer sentence."""
    sentences = {"real": ("a natural face",), "fake": ("a natural face",)}
    text = DescriptionFeatures(384, 2, sentences)
    text.attach(minilm)
    ids = minilm.tokenizer("clearly forged", add_special_tokens=False, return_tensors="pt")["input_ids"][0]
    assert len(ids) == 2
    with torch.no_grad():
        text.context[1] = minilm.model.get_input_embeddings()(ids)
        found = text.encode()[1]
        tokens = minilm.tokenizer("clearly forged a natural face", return_tensors="pt")
        hidden = minilm.model(**tokens).last_hidden_state[0]
    torch.testing.assert_close(found, F.normalize(hidden.mean(0), dim=0), rtol=1e-4, atol=1e-5)


def test_features_are_unit_rows_and_padding_does_not_matter(minilm: SentenceEncoder) -> None:
    short, long = "a face", "a face of somebody in a garden with very many flowers on a summer evening"
    together = DescriptionFeatures(384, 2, {"real": (short,), "fake": (long,)})
    alone = DescriptionFeatures(384, 2, {"real": (short,), "fake": (short,)})
    with torch.no_grad():
        alone.context.copy_(together.context)
    together.attach(minilm)
    alone.attach(minilm)
    torch.testing.assert_close(together.features.norm(dim=1), torch.ones(2))
    torch.testing.assert_close(together.features[0], alone.features[0], rtol=1e-4, atol=1e-5)


def test_only_the_context_learns(minilm: SentenceEncoder) -> None:
    text = _features(minilm).train()
    text()[0].sum().backward()
    assert text.context.grad is not None
    assert text.context.grad[0].abs().min() > 0
    assert text.context.grad[1].abs().max() == 0
    assert all(p.grad is None for p in minilm.model.parameters())
    assert set(text.state_dict()) == {"context", "features"}


def test_cached_in_evaluation_and_refreshed_on_leaving_training(minilm: SentenceEncoder) -> None:
    text = _features(minilm).train()
    first = text()
    assert first.requires_grad
    text.context.requires_grad_(False)
    assert not text().requires_grad  # a step that does not learn the context looks the features up
    with torch.no_grad():
        text.context.normal_(generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(text.features, first.detach())
    text.eval()
    assert not torch.allclose(text.features, first.detach(), atol=1e-3)
    torch.testing.assert_close(text(), text.encode().detach())


def test_the_encoder_goes_where_the_context_is(minilm: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _features(minilm)
    went = []
    monkeypatch.setattr(type(minilm.model), "to", lambda self, device: went.append(device))
    text.encode()
    assert went == [text.context.device]


def test_without_an_encoder_the_stored_features_serve() -> None:
    text = DescriptionFeatures(384, 3).train()
    assert text() is text.features
    with pytest.raises(RuntimeError, match="attach"):
        text.encode()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingCheckpoint, match="missing"):
        SentenceEncoder.load(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(MissingCheckpoint, match="expected"):
        SentenceEncoder.load(tmp_path)
