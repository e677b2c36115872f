"""Tuning tiny random models of the real classes: what learns, resuming, adapters, sentences, refusals."""

import json
from pathlib import Path

import pytest
import torch

from evaluation.exddv_context import read_predictions
from media.errors import BadRequest, MediaTooLarge, MissingCheckpoint
from retrieval.examples import FINE_TUNING_QUERY
from tests.training.exddv_parts import Trial, small
from training import exddv_model, exddv_predict, exddv_tune
from training.exddv_inputs import Preparer
from training.exddv_loop import answer_loss
from training.exddv_model import eight_bits, load_model, load_trained, make_trainable, save_trained
from training.exddv_recipes import RECIPES, Lora, recipe_of


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("trial"))


def test_recipes_are_the_published_ones() -> None:
    llava, phi, blip = (RECIPES[name] for name in ("llava-1.5-7b", "phi-3-v", "blip-2"))
    assert (llava.lora, llava.rows_a_step) == (Lora(128, 256, 0.0), 32)
    assert (phi.lora, phi.rows_a_step) == (Lora(64, 256, 0.05), 16)
    assert (blip.lora, blip.rows_a_step, blip.int8) == (None, 32, True)
    assert {(r.epochs, r.lr, r.frames, r.query) for r in RECIPES.values()} == {(10, 2e-4, 5, FINE_TUNING_QUERY)}
    with pytest.raises(BadRequest, match="llava-1.5-7b, phi-3-v, blip-2"):
        recipe_of("gpt")


def test_blip_2_reads_the_mean_of_five_frames(trial: Trial) -> None:
    """Against every step by hand: a frame at a time, the mean, the Q-Former, the projection, the language model."""
    large = trial.load("blip-2")
    preparer = Preparer(large.processor, "blip-2", RECIPES["blip-2"], "soft")
    batch = preparer.collate(trial.prepared(preparer))
    pixels, ids = batch.inputs["pixel_values"], batch.inputs["input_ids"]
    assert pixels.shape == (2, 5, 3, 112, 112)
    model = large.model
    with torch.no_grad():
        logits = model(**batch.inputs).logits
        for n in range(2):
            total = torch.zeros(17, 32)
            for frame in pixels[n]:
                total += model.vision_model.encoder(pixel_values=frame[None]).last_hidden_state[0]
            seen = (total / 5)[None]
            asked = model.qformer(query_embeds=model.query_tokens, encoder_hidden_states=seen).last_hidden_state
            words = model.get_input_embeddings()(ids[n : n + 1]).clone()
            words[0, :4] = model.language_projection(asked)[0]
            assert ids[n, :4].eq(model.config.image_token_id).all()
            length = int(batch.inputs["attention_mask"][n].sum())
            slow = model.language_model(inputs_embeds=words[:, :length]).logits[0]
            torch.testing.assert_close(logits[n, :length], slow, rtol=1e-4, atol=1e-4)
        first = preparer.collate(trial.prepared(preparer)).inputs | {"pixel_values": pixels[:, 0]}
        assert not torch.allclose(model(**first).logits, logits, atol=1e-3)  # the other frames count


@pytest.mark.parametrize("name", list(RECIPES))
def test_only_the_recipes_part_learns(trial: Trial, tmp_path: Path, name: str) -> None:
    run = trial.run(name, tmp_path)
    before = {k: v.clone() for k, v in run.large.model.state_dict().items()}
    for _, parts in zip(range(2), run.batches(), strict=False):
        run.step(parts)
    changed = {k for k, v in run.large.model.state_dict().items() if not torch.equal(v, before[k])}
    allowed = {k for k, _ in run.large.trained()}
    assert changed
    assert changed <= allowed
    if name == "blip-2":
        assert all(k.startswith(("qformer.", "query_tokens", "language_projection.")) for k in allowed)
    else:
        assert all("language_model" in k and ".lora_" in k and "lm_head" not in k for k in allowed)
        leaves = {k.split(".lora_")[0].rsplit(".", 1)[-1] for k in allowed}
        llama = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}
        assert leaves == ({"qkv_proj", "o_proj", "gate_up_proj", "down_proj"} if name == "phi-3-v" else llama)


@pytest.mark.parametrize("name", ["llava-1.5-7b", "blip-2"])
def test_two_rows_are_learnt(trial: Trial, tmp_path: Path, name: str) -> None:
    run = trial.run(name, tmp_path, "--mask", "hard")
    batch = run.preparer.collate(trial.prepared(run.preparer))
    first = run.step([(batch, [])])["loss"]
    for _ in range(24 if name == "llava-1.5-7b" else 48):  # a random frozen OPT is hard to steer
        run.steps = 0  # the rate stays at its peak
        last = run.step([(batch, [])])["loss"]
    assert last < (0.5 if name == "llava-1.5-7b" else 0.8) * first


def test_parts_of_a_step_add_up(trial: Trial, tmp_path: Path) -> None:
    """A step in parts of one row makes the same weights as one in a single part."""
    runs = [trial.run("llava-1.5-7b", tmp_path / micro, "--micro", micro) for micro in ("1", "2")]
    for run in runs:
        parts = next(run.batches())
        assert len(parts) == 2 // run.args.micro
        run.step(parts)
    for (name, one), (_, other) in zip(runs[0].large.trained(), runs[1].large.trained(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=2e-4, msg=name)


def test_a_resumed_run_ends_with_the_same_weights(trial: Trial, tmp_path: Path) -> None:
    """With dropout, which must fall on the same places."""

    def steps(folder: Path, until: int) -> dict:
        run = trial.run("phi-3-v", folder, epochs=3)
        for parts in run.batches():
            run.step(parts)
            if run.steps == until:
                break
        run.save()
        return {k: v.detach().clone() for k, v in run.large.trained()}

    whole = steps(tmp_path / "whole", 4)
    steps(tmp_path / "parts", 2)
    resumed = steps(tmp_path / "parts", 4)
    assert all(torch.equal(whole[k], resumed[k]) for k in whole)
    with pytest.raises(BadRequest, match="other settings"):
        trial.run("phi-3-v", tmp_path / "parts", "--mask", "soft", epochs=3)


def test_a_command_from_start_to_sentences(trial: Trial, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tune, write, predict; the reloaded adapter says the same; the evaluation takes the file."""
    run_folder, out = tmp_path / "run", tmp_path / "ours.jsonl"
    data = ["--data", str(trial.folder), "--videos", str(trial.videos), "--workers", "0", "--threads", "1"]
    shared = [*data, "--model", str(trial.model("blip-2")), "--no-int8", "--precision", "fp32"]
    tune = ["--recipe", "blip-2", *shared, "--out", str(run_folder), "--mask", "hard", "--epochs", "1", "--batch", "1"]
    assert exddv_tune.main(tune) == 0
    log = [json.loads(line) for line in (run_folder / "log.jsonl").read_text().splitlines()]
    assert [line["event"] for line in log] == ["start", "validation", "step", "validation", "end"]
    assert log[0]["rows"] == {"train": 4, "val": 1, "test": 1}
    assert log[1]["step"] == 0
    assert (run_folder / "first_batch.png").stat().st_size > 1000
    meta = json.loads((run_folder / "adapter" / "meta.json").read_text())
    assert "CC BY-NC-SA 4.0" in meta["licence"]
    assert (meta["recipe"]["name"], meta["mask"]["kind"], meta["seed"]) == ("blip-2", "hard", 42)
    assert meta["data"]["hash"] == trial.rows.hash
    predict = [*shared, "--adapter", str(run_folder / "adapter"), "--longest", "6", "--out", str(out)]
    assert exddv_predict.main(predict) == 0
    text = out.read_text()
    (found,) = read_predictions(out, {a.id for a in trial.rows.split["test"]})
    assert (found.system, found.seed, len(found.texts)) == ("ours", 0, 1)
    assert exddv_predict.main(predict) == 0  # nothing is left to do
    assert out.read_text() == text
    out.write_text(text[:-9])  # stopped in the middle of the line
    assert exddv_predict.main(predict) == 0
    assert out.read_text() == text
    about = json.loads(out.with_suffix(".meta.json").read_text())
    assert (about["way"], about["mask"]) == ("tuned", "hard, oracle clicks")
    assert exddv_predict.main([*predict, "--mask", "none"]) == 2
    assert "other settings" in capsys.readouterr().err
    assert (
        exddv_predict.main([*shared, "--recipe", "blip-2", "--longest", "6", "--out", str(tmp_path / "z.jsonl")]) == 0
    )
    assert "zero-shot" in (tmp_path / "z.meta.json").read_text()


@pytest.mark.parametrize("name", ["llava-1.5-7b", "blip-2"])
def test_what_was_learnt_is_read_back(trial: Trial, tmp_path: Path, name: str) -> None:
    """The reloaded model has the tuned one's logits, hence its words, and not the base's."""
    large = trial.load(name)
    make_trainable(large, small(name), 0)
    generator = torch.Generator().manual_seed(1)
    for _, p in large.trained():
        p.data += 0.1 * torch.randn(p.shape, generator=generator)
    preparer = Preparer(large.processor, large.model_type, small(name))
    batch = preparer.collate(trial.prepared(preparer))
    asked = preparer.collate(trial.prepared(preparer, answer=False), left=True)
    save_trained(large, tmp_path / "adapter", {"of": name})
    again = trial.load(name)
    from training.exddv_answers import generate

    plain = answer_loss(again.model, batch)[0].detach()
    load_trained(again, tmp_path / "adapter")
    losses = [answer_loss(one.model.eval(), batch)[0].detach() for one in (large, again)]
    torch.testing.assert_close(losses[0], losses[1])
    assert abs(float(plain - losses[0])) > 1e-2
    said = [generate(one, preparer, asked, 8, "cpu") for one in (large, again)]
    assert said[0] == said[1]
    other = trial.load("blip-2" if name == "llava-1.5-7b" else "llava-1.5-7b")
    with pytest.raises(MissingCheckpoint, match="not of"):
        load_trained(other, tmp_path / "adapter")
    with pytest.raises(MissingCheckpoint, match="neither"):
        load_trained(again, tmp_path)


def test_missing_videos_are_listed_once(trial: Trial, tmp_path: Path) -> None:
    from training.exddv_data import load_rows

    row = trial.rows.split["train"][0]
    part = tmp_path / "videos" / "FaceSwap" / row.name
    part.parent.mkdir(parents=True)
    part.write_bytes(trial.rows.videos[row.video].read_bytes())
    found = load_rows(trial.csv, tmp_path / "videos")
    assert [a.id for a in found.split["train"]] == [row.id]
    assert found.lost == {"train": 2, "val": 1, "test": 1}
    assert len(found.missing) == 4
    part.write_bytes(b"broken")
    args = trial.options("llava-1.5-7b", tmp_path / "run")
    args.videos = tmp_path / "videos"
    from training.exddv_loop import ExddvRun

    run = ExddvRun.start(args, small("llava-1.5-7b"))
    assert len((tmp_path / "run" / "missing_videos.txt").read_text().splitlines()) == 4
    run.step(next(run.batches()))
    assert len(run.unreadable) == 1  # twice in the step, said once
    assert row.id in next(iter(run.unreadable))
    run.save()
    assert ExddvRun.start(args, small("llava-1.5-7b")).unreadable == run.unreadable


def test_a_video_beyond_the_limits_is_left_out(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    from training.exddv_loop import VideoRows

    def too_large(*_: object) -> None:
        raise MediaTooLarge("It has too many pixels.")

    monkeypatch.setattr("training.exddv_loop.shots", too_large)
    preparer = Preparer(*(getattr(trial.load("blip-2"), n) for n in ("processor", "model_type")), small("blip-2"))
    assert "too many pixels" in str(VideoRows(trial.rows.split["train"], trial.rows, preparer)[0])


def test_weights_have_the_precision_that_is_asked_for(trial: Trial) -> None:
    for precision, wanted in (("fp32", torch.float32), ("bf16", torch.bfloat16)):
        large = load_model(str(trial.model("blip-2")), RECIPES["blip-2"], "meta", False, False, precision)
        assert {p.dtype for p in large.model.parameters()} == {wanted}


def config_folder(folder: Path, **values: object) -> str:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(values))
    return str(folder)


def test_refusals(trial: Trial, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    llava, phi, blip = (RECIPES[name] for name in ("llava-1.5-7b", "phi-3-v", "blip-2"))
    remote = {"model_type": "phi3_v", "auto_map": {"AutoConfig": "evil.Config", "AutoModelForCausalLM": "evil.Model"}}
    folder = config_folder(tmp_path / "phi", **remote)
    (tmp_path / "phi" / "evil.py").write_text("raise SystemExit('was run')")
    with pytest.raises(BadRequest, match="--trust-remote-code"):
        load_model(folder, phi)
    with pytest.raises(BadRequest, match="for models of type llava; .* is phi3_v"):
        load_model(folder, llava)
    with pytest.raises(BadRequest, match="Flan-T5"):
        load_model(config_folder(tmp_path / "t5", model_type="blip-2", use_decoder_only_language_model=False), blip)
    with pytest.raises(MissingCheckpoint, match="old export"):
        load_model(config_folder(tmp_path / "old", model_type="blip-2"), blip)
    with pytest.raises(MissingCheckpoint, match="no whole model"):
        load_model(config_folder(tmp_path / "bare", model_type="llava"), llava)
    with pytest.raises(MissingCheckpoint, match="no model folder"):
        load_model(str(tmp_path / "none"), llava)
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingCheckpoint, match=r"config\.json"):
        load_model(str(tmp_path / "empty"), llava)
    options = ["--model", str(trial.model("llava-1.5-7b")), "--data", str(trial.folder), "--out", str(tmp_path / "r")]
    assert exddv_tune.main(options) == 2
    assert "Ask the owners" in capsys.readouterr().err
    assert exddv_tune.main([*options, "--videos", str(tmp_path / "empty")]) == 2
    assert "None of the 5 annotated videos" in capsys.readouterr().err
    assert exddv_tune.main([*options, "--recipe", "x"]) == 2
    with pytest.raises(SystemExit):
        exddv_tune.main(["--out", str(tmp_path)])
    with pytest.raises(SystemExit):
        exddv_predict.main([*options, "--adapter", "a", "--examples", "b"])
    assert exddv_predict.main([*options, "--adapter", str(tmp_path)]) == 2
    assert "no meta.json" in capsys.readouterr().err


def test_eight_bits_need_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exddv_model, "find_spec", lambda name: None)
    with pytest.raises(BadRequest, match="bitsandbytes.*--no-int8"):
        eight_bits(RECIPES["blip-2"])
