"""What examples change, from items made by hand."""

import pytest

from evaluation.retrieval_examples import bars, figures


def side(verdicts: list[str], examples: list[str], quotes: list[str], near: float) -> dict:
    right = all(q in examples for q in quotes)
    return {"verdicts": verdicts, "examples": examples, "quotes": quotes, "quoted_right": right, "agrees": True,
            "bleu2": near, "rougeL": near}  # fmt: skip


def item(intent: str, used: dict, plain: dict) -> dict:
    return {"intent": intent, "expected": "fake", "with": used, "without": plain}


def test_shares_and_the_gain_in_nearness() -> None:
    plain = side(["fake"], [], [], 0.1)
    items = [
        item("verdict", side(["fake"], ["A."], [], 0.2), plain),
        item("where", side(["fake"], ["A."], ["A."], 0.5), plain),
        item("why", side(["real"], ["A."], ["B."], 0.3), plain),
        item("why", side(["fake"], [], [], 0.1), plain),  # nothing like it was found
    ]
    found = figures(items)
    assert (found["answers"], found["with_examples"]) == (4, 3)
    assert found["same_verdict"] == pytest.approx(2 / 3)
    assert found["verdict_is_the_detectors"] == {"with": 0.75, "without": 1.0}
    assert found["quote"] == 1.0
    assert found["quoted_right"] == pytest.approx(2 / 3)
    assert found["rougeL_to_nearest"]["with"] == pytest.approx(0.4)
    assert [bar.met for bar in bars(found)] == [False, False, True]


def test_nothing_read_is_nothing_measured() -> None:
    assert [bar.value for bar in bars(figures([]))] == [None, None, None]
