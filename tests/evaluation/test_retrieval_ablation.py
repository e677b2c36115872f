"""The ablation of sentences and masks: figures by hand, and one forgery through every cell with random models."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("faiss", reason="needs the extra: uv sync --extra retrieval")

from assistant.annotations import Annotations
from assistant.assistant import Assistant
from evaluation import retrieval_ablation as ablation
from evaluation.results import read_items
from evaluation.retrieval_eval import RetrievalContext
from media.regions import SPOKEN_REGIONS
from retrieval.clicks.checkpoint import save_clicks
from retrieval.clicks.model import DetectorClicks, FrozenDetector
from retrieval.encoders import TextSide
from tests.assistant.conftest import ScriptedLM
from tests.retrieval.conftest import WordEncoder, row, write_csv

MOUTH, NOSE = "face.lower.mouth.mouth", "face.middle.nose.nose"


def cell(text: str, cosine: float, truth: str = "The mouth is blurry.", examples: tuple[str, ...] = ()) -> dict:
    return {"text": text, "examples": list(examples), "sentence_bert": cosine} | ablation.scores(text, truth, (MOUTH,))


def item(photo: str, cells: dict[str, dict]) -> dict:
    return {"photo": photo, "intent": "why", "drawn": 9, "called": 4, "cells": cells}


def test_scores_of_an_answer_leave_quotes_out_of_its_claims() -> None:
    own = ablation.scores('The mouth stands out. One wrote: "The nose is fake."', "The mouth is blurry.", (MOUTH,))
    assert own["named"] == [MOUTH]
    assert own["region_f1"] == 1.0
    both = ablation.scores("The mouth and the nose stand out.", "The mouth is blurry.", (MOUTH,))
    assert both["region_f1"] == pytest.approx(2 / 3)
    assert ablation.scores("The mouth is blurry.", "The mouth is blurry.", (MOUTH,))["rougeL"] == 1.0
    wide = ablation.scores("The signs spread over most of the face, strongest at the nose.", "", SPOKEN_REGIONS)
    assert wide["region_f1"] == 1.0


def test_every_cell_is_compared_with_no_sentences_and_no_mask() -> None:
    assert len(ablation.CELLS) == 10
    assert ablation.BASE == "off, none"
    items = [
        item(photo, {
            "off, none": cell("The nose stands out.", 0.2),
            "on, none": cell("The mouth is blurry.", 0.2 + gain, examples=("A.",)),
            "off, hard, oracle": cell("The nose stands out.", 0.2),
        })
        for photo, gain in (("a", 0.1), ("a", 0.1), ("b", 0.5))
    ]  # fmt: skip
    found = ablation.figures(items)
    assert (found["faces"], found["drawn"], found["called_manipulated"]) == (2, 9, 4)
    more = found["cells"]["on, none"]
    assert more["region_f1"]["gain"] == 1.0
    assert more["with_sentences"] == 1.0
    assert more["same_words"] == 0.0
    assert more["sentence_bert"]["gain"] == pytest.approx(0.7 / 3)
    assert more["sentence_bert"]["low"] == pytest.approx(0.1)
    assert more["sentence_bert"]["high"] == pytest.approx(0.5)
    same = found["cells"]["off, hard, oracle"]
    assert (same["bleu2"]["gain"], same["bleu2"]["low"], same["same_verdict"]) == (0.0, 0.0, 1.0)
    assert found["cells"]["on, soft, predicted"] == {"not_measured": ablation.NO_CLICKS}
    assert found["measured"] == pytest.approx(0.3)
    assert [bar.met for bar in ablation.bars(found)] == [False]
    assert [bar.met for bar in ablation.bars(ablation.figures([]))] == [None]


@pytest.fixture
def context(tiny_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RetrievalContext:
    """A run over one forgery with random models, where every forgery is called manipulated and has sentences."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "faces").symlink_to(tiny_data / "faces")
    (data / "exddv").mkdir()
    near = {"5": (0.5, 0.5), "9": (0.52, 0.55)}
    write_csv(data / "exddv" / "ExDDV.csv", [row(n, f"{n}_9.mp4", clicks=near, split="val") for n in range(4)])
    monkeypatch.setattr(TextSide, "load", lambda folder=None: WordEncoder(64))
    assistant = Assistant.tiny(0)
    assistant._language = ScriptedLM(["The mouth stands out."] * 200), assistant.language[1]
    context = RetrievalContext(data, tmp_path / "out", weights=tmp_path / "weights", limit=1, quiet=True)
    context.__dict__.update(predictor=assistant.examiner.predictor, assistant=assistant)

    def like(self: Annotations, evidence: object) -> tuple:
        from retrieval.select import Wish, select

        return tuple(select(self._index, WordEncoder(64).encode(["mouth"]), Wish(1)))

    monkeypatch.setattr(Annotations, "like", like)
    return context


def test_a_forgery_goes_through_all_cells(context: RetrievalContext) -> None:
    ablation.run(context)
    items = read_items(context.out / "items" / "ablation.jsonl")[1]
    assert [i["intent"] for i in items] == list(ablation.QUESTIONS)
    assert set(items[0]["cells"]) == {c for c in ablation.CELLS if "predicted" not in c}
    found = ablation.figures(items)
    assert found["cells"]["off, hard, predicted"] == {"not_measured": ablation.NO_CLICKS}
    frozen = FrozenDetector.of(context.predictor)
    save_clicks(DetectorClicks.fitting(frozen), context.folder / "clicks", {})
    ablation.run(context)  # with a click model the items are measured anew
    items = read_items(context.out / "items" / "ablation.jsonl")[1]
    assert set(items[0]["cells"]) == set(ablation.CELLS)
    assert ablation.figures(items)["measured"] == 1.0
    assert all(0 <= v <= 1 for point in items[0]["points"].values() for v in np.ravel(point))
    before = json.dumps(items)
    ablation.run(context)
    assert json.dumps(read_items(context.out / "items" / "ablation.jsonl")[1]) == before
