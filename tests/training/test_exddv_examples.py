"""Questions with retrieved sentences: whose sentences are shown, and which indexes are refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("faiss", reason="needs the extra: uv sync --extra retrieval")

from media.errors import BadRequest
from retrieval.clip_frames import ClipFrames
from retrieval.encoders import EncoderKey
from retrieval.examples import ZERO_SHOT_QUERY
from retrieval.index import AnnotationIndex, Item
from retrieval.storage import read_manifest
from tests.training.exddv_parts import Trial
from training.exddv_answers import Neighbours


class Bright(ClipFrames):
    """Frames as vectors (brightness, 1), scaled to length 1."""

    def __init__(self) -> None:
        self.key = EncoderKey("openclip-rn50", "0" * 64, "last", 2)

    def encode(self, batch) -> np.ndarray:
        rows = np.array([[float(np.mean(p)) / 255, 1.0] for p in batch], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_sentences_of_like_training_videos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial(tmp_path / "trial")
    test = replace(trial.rows.split["test"][0], text="Said of the test video alone.")
    (val,) = (replace(a, text="Said of the validation video alone.") for a in trial.rows.split["val"])
    rows = [*[a for a in trial.rows.split["train"] if a.label == "fake"], test, val]
    index = AnnotationIndex(Bright().key, "flat")
    index.add(np.array([[0.6, 0.8]] * len(rows), np.float32), [Item(a, 0) for a in rows])
    index.save(tmp_path / "index")
    assert read_manifest(tmp_path / "index")["encoder"]["level"] == "last"
    monkeypatch.setattr("retrieval.sides.side_for", lambda key, weights, clip: Bright())
    ask = Neighbours(tmp_path / "index", None, tmp_path / "clip.pt", "imitate", k=2)
    question = ask(test, trial.rows.videos[test.video])
    train = {a.text for a in trial.rows.split["train"]}
    assert question.startswith("What is wrong in this image? Candidate answers:")
    assert sum(f'"{text}"' in question for text in train) >= 1
    assert test.text not in question
    assert val.text not in question
    ask.close()

    lonely = AnnotationIndex(Bright().key, "flat")
    lonely.add(np.array([[0.6, 0.8]], np.float32), [Item(test, 0)])
    lonely.save(tmp_path / "own")
    alone = Neighbours(tmp_path / "own", None, None, "imitate")
    assert alone(test, trial.rows.videos[test.video]) == ZERO_SHOT_QUERY  # its own sentence is never shown


def test_an_index_of_sentences_is_refused(tmp_path: Path) -> None:
    index = AnnotationIndex(EncoderKey("words", "0" * 64, "text", 2), "flat")
    from tests.retrieval.conftest import annotation

    index.add(np.array([[0.6, 0.8]], np.float32), [Item(annotation(1))])
    index.save(tmp_path)
    with pytest.raises(BadRequest, match="index .* is of sentences"):
        Neighbours(tmp_path, None, None, "imitate")
