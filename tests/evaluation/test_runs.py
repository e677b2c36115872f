import json
import subprocess
import sys
import time

import pytest

from evaluation import detector_eval, parts, speed_eval
from evaluation.__main__ import main
from evaluation.context import Context
from kfd.checkpoint import save_detector
from kfd.predictor import ForgeryPredictor
from media.errors import BadRequest


@pytest.fixture(scope="module")
def measured(tiny_data, tmp_path_factory):
    """(result folder, arguments) of one run of the detector and the real deepfakes with a random detector."""
    root = tmp_path_factory.mktemp("run")
    save_detector(ForgeryPredictor.tiny(0).detector, root / "weights" / "kfd", {"calibration": {}})
    arguments = ["embedded", "--data", str(tiny_data), "--out", str(root / "out"), "--weights", str(root / "weights"),
                 "--only", "weights,detector,calibration,deepfakes", "--quiet",
                 "--looks", str(root / "looks.jsonl")]  # fmt: skip
    assert main(arguments) == 0
    return root, arguments


def test_figures_are_reproduced_from_the_saved_items_alone(measured):
    out = measured[0] / "out"
    figures, table = (out / "figures.json").read_bytes(), (out / "bars.md").read_text()
    (out / "figures.json").unlink()
    (out / "bars.md").unlink()
    assert main(["from-items", str(out)]) == 0
    assert (out / "figures.json").read_bytes() == figures
    assert (out / "bars.md").read_text() == table
    assert (out / "calibration.png").stat().st_size > 5000


def test_figures_follow_changed_items(measured, tmp_path):
    items = parts.load_items(measured[0] / "out")
    for item in items["detector"]:
        if "logit" in item:
            item["logit"] = 1.0 if item["label"] == "fake" else -1.0
    figures, _ = parts.compute(items)
    assert figures["detector"]["kinds"]["whole"]["auc"] == 1.0


def test_a_finished_run_measures_nothing_again_and_is_no_second_look(measured):
    root, arguments = measured
    before = {p.name: p.read_bytes() for p in (root / "out/items").glob("*.jsonl") if p.stem != "timing"}
    assert main(arguments) == 0
    assert {p.name: p.read_bytes() for p in (root / "out/items").glob("*.jsonl") if p.stem != "timing"} == before
    assert len((root / "looks.jsonl").read_text().splitlines()) == 1


def test_an_interrupted_run_ends_with_the_same_items(measured):
    root, arguments = measured
    path = root / "out/items/detector.jsonl"
    whole = path.read_text()
    path.write_text("".join(whole.splitlines(keepends=True)[:5]))
    assert main(arguments) == 0
    assert sorted(path.read_text().splitlines()) == sorted(whole.splitlines())


def test_items_hold_names_never_bare_labels(measured):
    items = parts.load_items(measured[0] / "out")
    assert {i["label"] for i in items["detector"]} == {"real", "fake"}
    assert {i["half"] for i in items["detector"]} <= {"fit", "measure"}
    assert {i["label"] for i in items["deepfakes"]} == {"real", "fake"}
    pairs = [i for i in items["detector"] if i["kind"] != "untouched"]
    assert len(pairs) == 12


def test_protocol_pairs_are_the_same_each_time_and_split_by_name(tiny_data):
    everything = list(detector_eval.protocol_pairs(tiny_data, 64))
    fit = list(detector_eval.protocol_pairs(tiny_data, 64, "fit"))
    measure = list(detector_eval.protocol_pairs(tiny_data, 64, "measure"))
    assert sorted(e.number for e in fit + measure) == [e.number for e in everything]
    by_number = {e.number: e.pair for e in everything}
    assert all((by_number[e.number].fake == e.pair.fake).all() for e in fit + measure)
    assert {e.kind for e in everything} == {"whole", "region"}


def test_swapped_descriptions_are_put_back():
    predictor = ForgeryPredictor.tiny(0)
    own = predictor.detector.text.features.clone()
    with detector_eval.replaced_descriptions(predictor, own.flip(0)):
        assert not predictor.detector.text.features.equal(own)
    assert predictor.detector.text.features.equal(own)


def test_a_failing_part_does_not_stop_the_others(tiny_data, tmp_path):
    arguments = ["embedded", "--data", str(tiny_data), "--out", str(tmp_path), "--weights", str(tmp_path / "none"),
                 "--only", "detector,regions,weights", "--quiet"]  # fmt: skip
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "note.txt").write_text("no weights here")
    assert main(arguments) == 1
    assert "weights" in json.loads((tmp_path / "figures.json").read_text())["figures"]


def test_wrong_arguments_are_said():
    with pytest.raises(BadRequest, match="Unknown part: nonsense"):
        parts.parse_parts("detector,nonsense")
    with pytest.raises(BadRequest):
        parts.load_items(parts.Path("/nowhere"))
    assert parts.parse_parts("speed,detector") == ("detector", "speed")


def test_help_is_quick():
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "evaluation", "--help"], capture_output=True, text=True, check=True)
    assert "embedded" in done.stdout
    assert time.perf_counter() - start < 5


def test_first_token_time_counts_from_the_given_moment():
    def pieces():
        yield ""
        time.sleep(0.05)
        yield "a"
        time.sleep(0.2)
        yield "b"

    seconds = speed_eval.first_token_seconds(pieces(), time.perf_counter())
    assert 0.04 < seconds < 0.2


def test_first_token_clock_notes_the_first_call_and_leaves_no_trace():
    from assistant.cache import KeyValueCache
    from assistant.llm import LanguageModel
    from assistant.prompts import TextSegment

    model = LanguageModel.tiny(0)
    with speed_eval.first_token_clock(model) as seen:
        "".join(model.generate([TextSegment((65, 66))], KeyValueCache(), max_new_tokens=3))
    assert len(seen) == 1
    assert "next_logits" not in vars(model)


def test_speed_figures_by_hand():
    items = [{"kind": "examine", "seconds": s} for s in (0.5, 0.9, 0.7)]
    words = {"words_seconds": 1, "anew_words_seconds": 2}
    items += [{"kind": "follow_up", "seconds": 0.1, "anew_seconds": s, **words} for s in (0.4, 0.5, 0.2)]
    items += [{"kind": "page", "seconds": s} for s in (7.0, 9.0)]
    found = speed_eval.figures(items)
    assert found["examine_s"] == 0.7
    assert found["follow_up_ratio"] == pytest.approx(4.0)
    assert found["page_s"] == 9.0
    assert [bar.met for bar in speed_eval.bars(found)] == [True, True, True]


def test_contexts_without_data_say_so(tmp_path):
    with pytest.raises(BadRequest, match="no faces"):
        Context(tmp_path, tmp_path).need("faces")
