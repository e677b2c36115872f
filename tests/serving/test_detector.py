"""Several callers' crops in one pass give each caller its own results."""

import threading

import numpy as np
import pytest

from assistant.serving.detector import ServedPredictor
from kfd.predictor import ForgeryPredictor
from tests.serving.conftest import at_once


@pytest.fixture
def crops() -> list[np.ndarray]:
    """For each of six callers one to three crops of noise of its own brightness."""
    rng, size = np.random.default_rng(0), ForgeryPredictor.tiny(0).image_size
    return [rng.integers(10 * i, 60 + 30 * i, (1 + i % 3, size, size, 3), dtype=np.uint8) for i in range(6)]


@pytest.fixture
def served():
    made = ServedPredictor(ForgeryPredictor.tiny(0))
    yield made
    made.close()


def same(found, expected) -> None:
    np.testing.assert_allclose(found.margins, expected.margins, atol=1e-4)
    assert len(found.signals) == len(expected.signals)
    for a, b in zip(found.signals, expected.signals, strict=True):
        np.testing.assert_allclose(a.forgery_map, b.forgery_map, atol=1e-4)
        np.testing.assert_allclose(a.consistency, b.consistency, atol=1e-2)
        np.testing.assert_allclose(a.global_token, b.global_token, atol=1e-4)


def test_each_caller_gets_its_own_results_of_a_shared_pass(served: ServedPredictor, crops, monkeypatch) -> None:
    plain = ForgeryPredictor.tiny(0)
    gate, real = threading.Event(), served._queue._work

    def held_up(groups):
        assert gate.wait(10)
        return real(groups)

    monkeypatch.setattr(served._queue, "_work", held_up)
    opener = threading.Timer(0.3, gate.set)
    opener.start()
    found = at_once(len(crops), lambda n: served.run(crops[n]))
    for own, pixels in zip(found, crops, strict=True):
        same(own, plain.run(pixels))
    assert len({round(float(f.margins[0]), 4) for f in found}) == len(crops)  # a mix-up would show
    assert served.crops == sum(map(len, crops))
    assert served.passes < len(crops)


def test_many_crops_and_none(served: ServedPredictor, crops) -> None:
    many = np.concatenate([*crops, *crops])
    same(served.run(many, batch_size=5), ForgeryPredictor.tiny(0).run(many))
    assert served.run(many[:0]).signals == []


def test_bad_crops_harm_only_their_caller(served: ServedPredictor, crops) -> None:
    def one(number: int):
        if number == 0:
            with pytest.raises(ValueError, match="uint8 crops"):
                served.run(crops[0][:, :5])
            return None
        return served.run(crops[number])

    plain = ForgeryPredictor.tiny(0)
    for own, pixels in list(zip(at_once(len(crops), one), crops, strict=True))[1:]:
        same(own, plain.run(pixels))
