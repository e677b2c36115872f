import json
import math

import numpy as np
import pytest

from evaluation import results


def test_items_continue_where_they_stopped(tmp_path):
    log = results.ItemLog(tmp_path, "x", {"weights": "a"})
    log.add("one", score=np.float32(0.25), missing=float("nan"), ids=("p", "q"))
    with log.path.open("a") as file:
        file.write('{"key": "half')
    again = results.ItemLog(tmp_path, "x", {"weights": "a"})
    assert again.resumed == 1
    assert "one" in again
    assert "half" not in again
    assert again.items[0] == {"key": "one", "score": 0.25, "missing": None, "ids": ["p", "q"]}
    again.add("two", score=1)
    assert [i["key"] for i in results.read_items(again.path)[1]] == ["one", "two"]


def test_other_weights_begin_anew_and_keep_the_old_file(tmp_path):
    results.ItemLog(tmp_path, "x", {"weights": "a"}).add("one", score=1)
    fresh = results.ItemLog(tmp_path, "x", {"weights": "b"})
    assert fresh.items == []
    assert results.read_items(tmp_path / "x.old.jsonl")[1][0]["key"] == "one"


def test_a_key_comes_only_once(tmp_path):
    log = results.ItemLog(tmp_path, "x", {})
    log.add("one")
    with pytest.raises(ValueError, match="already saved"):
        log.add("one")


@pytest.mark.parametrize(
    ("value", "limit", "sense", "met"),
    [
        (0.95, 0.95, ">=", True),
        (0.949, 0.95, ">=", False),
        (0.05, 0.05, "<=", True),
        (0.06, 0.05, "<=", False),
        (None, 1, ">=", None),
        (math.nan, 1, ">=", None),
    ],
)
def test_bars(value, limit, sense, met):
    bar = results.Bar("p", "n", value, limit, sense)
    assert bar.met is met
    words = {True: "| met |", False: "**not met**", None: "not measured"}
    assert words[met] in results.bar_table([bar])


def test_figures_are_the_same_bytes(tmp_path):
    bars = [results.Bar("p", "n", 0.123456789, 0.1, ">=")]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        results.write_figures(tmp_path / name, {"p": {"b": np.float64(0.1), "a": (1, 2)}}, bars)
    assert (tmp_path / "a/figures.json").read_bytes() == (tmp_path / "b/figures.json").read_bytes()
    record = json.loads((tmp_path / "a/figures.json").read_text())
    assert record["bars"][0]["met"] is True
    assert record["figures"]["p"]["a"] == [1, 2]


def test_batches_and_means():
    assert list(results.batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert results.mean([1.0, None, 3.0]) == 2.0
    assert results.mean([]) is None
    assert results.share([True, None, False]) == 0.5
