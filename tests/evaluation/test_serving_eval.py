"""The serving benchmark in small: it runs, and its figures see mixed-up answers, full memory and lost time."""

import copy

import pytest

from assistant.assistant import Assistant
from assistant.responder import Responder
from evaluation import serving_eval
from evaluation.context import Context
from evaluation.results import read_items


@pytest.fixture(scope="module")
def items(tiny_data, tmp_path_factory):
    """Items of a run with the tiny assistant and three conversations."""
    out = tmp_path_factory.mktemp("serving")
    context = Context(tiny_data, out, profile="tiny", weights=out / "none", limit=3, quiet=True)
    assistant = Assistant.tiny(0)
    context.__dict__["assistant"], context.__dict__["predictor"] = assistant, assistant.examiner.predictor
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving_eval, "ROUNDS", 1)
        patch.setattr(serving_eval, "FIRST_TOKENS", 1)
        patch.setattr(serving_eval, "CACHE_BYTES_EACH", 150_000)
        patch.setattr(Responder.__init__, "__defaults__", (10,))
        serving_eval.run(context)
    context.close()
    return read_items(out / "items" / "serving.jsonl")[1]


@pytest.mark.slow
def test_a_small_run_gives_every_figure(items):
    figures = serving_eval.figures(items)
    assert all(value is not None for value in figures.values())
    assert figures["conversations"] == 3
    assert figures["answers"] == 9
    assert figures["unlike_alone"] == 0
    assert figures["margin_difference"] < 1e-4
    assert 0 < figures["cache_share"] <= 1
    assert all(i["regions"] for i in items if i["kind"] == "talk")
    assert [bar.met for bar in serving_eval.bars(figures)[:3]] == [True, figures["telling_apart"] >= 0.9, True]


@pytest.mark.slow
def test_a_mix_up_and_a_limit_not_kept_are_seen(items):
    spoilt = copy.deepcopy(items)
    talks = [i for i in spoilt if i["kind"] == "talk"]
    talks[0]["together"] = ["something else", *talks[0]["alone"][1:]]
    for item in (i for i in spoilt if i["kind"] == "round"):
        item["peak"] = item["cache_limit"] + 1
    bars = serving_eval.bars(serving_eval.figures(spoilt))
    assert (bars[0].value, bars[0].met) == (1, False)
    assert bars[2].met is False


@pytest.mark.slow
def test_ratios_say_who_is_faster(items):
    changed = copy.deepcopy(items)
    for item in changed:
        spent = {"alone": {"seconds": 6.0, "cpu_seconds": 8.0}, "together": {"seconds": 2.0, "cpu_seconds": 2.0}}
        if item["kind"] == "round":
            item |= {"tokens": {"alone": 100, "together": 100}, "spent": spent}
        elif item["kind"] == "images":
            item |= {"spent": spent}
        elif item["kind"] == "first":
            item |= {"seconds": 0.1, "anew_seconds": 0.5}
    figures = serving_eval.figures(changed)
    assert figures["tokens_s_ratio"] == figures["images_s_ratio"] == pytest.approx(3.0)
    assert figures["tokens_cpu_s_ratio"] == pytest.approx(4.0)
    assert figures["first_token_2_ratio"] == figures["first_token_3_ratio"] == pytest.approx(5.0)


def test_nothing_measured_gives_no_figures():
    assert all(bar.met is None for bar in serving_eval.bars(serving_eval.figures([])))
