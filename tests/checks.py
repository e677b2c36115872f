"""Checks that fail under the usual faults of such programs: regular tests, and the judges of planted faults.

Each takes a `Bench` and raises AssertionError when the code under test does something else than it promises.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

import media.open
from assistant.cache import KeyValueCache
from assistant.examiner import Examiner
from assistant.llm import LanguageModel
from assistant.prompts import TextSegment
from assistant.records import RegionQuery
from assistant.region_query import measure
from kfd.calibration import Calibration
from kfd.checkpoint import load_detector, save_detector
from kfd.detector import DetectorOutput
from kfd.predictor import ForgeryPredictor
from media import regions
from media.crops import crop_face, paste_map, to_frame
from media.errors import MissingCheckpoint
from media.records import FaceExamination
from simulation.presets import EVAL_V1
from simulation.records import FaceRecord
from simulation.source import PairMaker

LEFT_EYE, RIGHT_EYE = "face.upper.eyes.left_eye", "face.upper.eyes.right_eye"


@dataclass(frozen=True)
class Bench:
    """What checks work with: the astronaut photo, its face's landmarks, two of it side by side, a folder for files."""

    pixels: NDArray[np.uint8]
    landmarks: NDArray[np.float32]
    two_faces: NDArray[np.uint8]
    folder: Path


def _png(bench: Bench, pixels: NDArray[np.uint8], name: str) -> Path:
    path = bench.folder / name
    Image.fromarray(pixels).save(path)
    return path


def _with_output(predictor: ForgeryPredictor, margin: float, forgery_map: NDArray[np.float32]) -> ForgeryPredictor:
    """The predictor with a detector that always says: logit fake - logit real = margin, and this map."""
    size, width = predictor.map_size, predictor.detector.encoder.global_dim

    def forward(images: torch.Tensor) -> DetectorOutput:
        count = len(images)
        fake = torch.logit(torch.from_numpy(forgery_map).clamp(1e-4, 1 - 1e-4))
        maps = torch.stack([torch.zeros_like(fake), fake])[None].expand(count, -1, -1, -1)
        logits = torch.tensor([[0.0, margin]]).expand(count, -1)
        return DetectorOutput(logits, maps, torch.zeros(count, 6, size, size), torch.zeros(count, width))

    predictor.detector.forward = forward  # type: ignore[method-assign]
    return predictor


def fake_logit_means_high_score(bench: Bench) -> None:
    """A detector that is sure of "fake" gives a score near 1 and strong support; one sure of "real" the opposite."""
    for margin, low, high, verdict in ((12.0, 0.95, 1.0, "fake"), (-12.0, 0.0, 0.05, "real")):
        predictor = ForgeryPredictor.tiny(0)
        _with_output(predictor, margin, np.full((predictor.map_size,) * 2, 0.5, np.float32))
        crop = crop_face(bench.pixels, bench.landmarks, predictor.image_size)
        ((evidence, signals),) = predictor.examine([crop], [bench.landmarks])
        assert low <= evidence.score <= high
        assert evidence.verdict == verdict
        assert low <= signals.probabilities[1] <= high


def consistency_maps_follow_descriptions(bench: Bench) -> None:
    """Channel 2l is 100*cos to the description of real faces in layer l, channel 2l+1 to that of forged ones."""
    detector = ForgeryPredictor.tiny(1).detector
    crop = crop_face(bench.pixels, bench.landmarks, detector.config.image_size)
    with torch.no_grad():
        images = detector.prepare(crop.pixels[None])
        maps = detector(images).consistency[0]
        for index, layer in enumerate(detector.encoder(images).layers):
            adapted = detector.alignment.adapters[index](layer[0].permute(1, 2, 0))
            for k, row in enumerate(detector.text.features):
                slow = 100 * torch.nn.functional.cosine_similarity(adapted, row.expand_as(adapted), dim=-1)
                assert torch.allclose(maps[2 * index + k].mean(), _enlarged(slow, maps).mean(), atol=1e-2)


def _enlarged(values: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    size = like.shape[-2:]
    return torch.nn.functional.interpolate(values[None, None], size, mode="bilinear", align_corners=True)[0, 0]


def label_order_of_detector(bench: Bench) -> None:
    """Logit 1 is that of "fake": with the direct path made dominant it follows the agreement with description 1."""
    seen = set()
    for seed in range(6):
        detector = ForgeryPredictor.tiny(seed).detector
        crop = crop_face(bench.pixels, bench.landmarks, detector.config.image_size)
        with torch.no_grad():
            detector.global_scale.fill_(1e4)
            images = detector.prepare(crop.pixels[None])
            adapted = detector.alignment.global_adapter(detector.encoder(images).global_token)[0]
            real, fake = (torch.nn.functional.cosine_similarity(adapted, row, dim=0) for row in detector.text.features)
            logits = detector(images).logits[0]
        assert bool(logits[1] > logits[0]) == bool(fake > real)
        seen.add(bool(fake > real))
    assert seen == {True, False}


def colours_reach_the_detector_as_rgb(bench: Bench) -> None:
    """A picture with red 200, green 100, blue 20 arrives as (c / 255 - mean) / std of the encoder, in that order."""
    detector = ForgeryPredictor.tiny(0).detector
    size = detector.config.image_size
    path = _png(bench, np.full((64, 64, 3), (200, 100, 20), np.uint8), "colour.png")
    frame = media.open.load_image(path)
    assert frame.pixels[5, 5].tolist() == [200, 100, 20]
    prepared = detector.prepare(np.broadcast_to(frame.pixels[:1, :1], (1, size, size, 3)).copy())[0, :, 3, 3]
    mean, std = (np.asarray(v) for v in (detector.encoder.mean, detector.encoder.std))
    expected = (np.array([200, 100, 20]) / 255 - mean) / std
    assert np.allclose(prepared.numpy(), expected, atol=1e-4)


def left_is_the_subjects_left(bench: Bench) -> None:
    """The left eye lies on the picture's right; a mirrored face still has it there."""
    flipped = regions.flip_landmarks(bench.landmarks, bench.pixels.shape[1])
    for landmarks in (bench.landmarks, flipped):
        left, right = (regions.region_polygons(i, landmarks)[0][:, 0].mean() for i in (LEFT_EYE, RIGHT_EYE))
        assert left > right


def crops_are_alike_in_training_and_use(bench: Bench) -> None:
    """The face takes the same share of the crop in the examiner, in evaluation pairs and in the config."""
    predictor = ForgeryPredictor.tiny(0)
    examiner = Examiner(predictor, "tiny", "tiny")
    path = _png(bench, bench.pixels, "photo.png")
    (face,) = examiner.examine(path).faces
    examiner.close()
    points = face.face.landmarks @ face.crop.matrix[:, :2].T + face.crop.matrix[:, 2]
    used = np.ptp(points, axis=0).max() / predictor.image_size
    maker = PairMaker([FaceRecord(bench.pixels, bench.landmarks, "astronaut")], 64, EVAL_V1)
    pair = maker.make(np.random.default_rng(0), 1.0, "region_blend")
    trained = np.ptp(pair.landmarks, axis=0).max() / 64
    assert abs(used - 1 / predictor.margin) < 0.02
    assert abs(used - trained) < 0.03


def cached_reading_equals_fresh_reading(bench: Bench) -> None:
    """Logits with a cache that holds another text equal those without a cache."""
    model = LanguageModel.tiny(0)
    cache = KeyValueCache()
    model.next_logits([TextSegment((72, 105, 32, 65, 10, 66))], cache)
    for ids in ((72, 105, 33, 66, 10, 66, 67), (90, 91, 92), (90, 91, 92, 93)):
        kept = model.next_logits([TextSegment(ids)], cache)
        fresh = model.next_logits([TextSegment(ids)], KeyValueCache())
        assert torch.allclose(kept, fresh, atol=1e-4)


def hot_place_is_found_where_it_is(bench: Bench) -> None:
    """A map that is hot at the left eye ranks it first, pastes back onto it, and a click there measures it."""
    predictor = ForgeryPredictor.tiny(0)
    size = predictor.map_size
    crop = crop_face(bench.pixels, bench.landmarks, predictor.image_size)
    in_map = (bench.landmarks @ crop.matrix[:, :2].T + crop.matrix[:, 2]) * size / predictor.image_size
    spot = regions.region_mask(LEFT_EYE, in_map.astype(np.float32), (size, size)).astype(np.uint8)
    hot = np.where(cv2.dilate(spot, np.ones((3, 3), np.uint8)) > 0, 0.95, 0.05).astype(np.float32)
    _with_output(predictor, 12.0, hot)
    ((evidence, signals),) = predictor.examine([crop], [bench.landmarks])
    assert evidence.regions[0].id == LEFT_EYE
    assert LEFT_EYE in evidence.flagged
    back = paste_map(evidence.map, crop, bench.pixels.shape[:2])
    eye = regions.region_mask(LEFT_EYE, bench.landmarks, bench.pixels.shape[:2])
    assert back[eye].mean() > 0.6 > 0.3 > back[~eye].mean()
    x, y = np.argwhere(eye)[:, ::-1].mean(axis=0)
    examined = _examined(bench, crop, evidence, signals)
    found, _ = measure(RegionQuery(point=(float(x), float(y))), examined)
    assert found.score > 0.6 > found.rest
    assert found.region_ids[0] == LEFT_EYE


def map_corner_stays_in_its_corner(bench: Bench) -> None:
    """What is hot at the top right of the detector's map is at the top right of the evidence and of the picture.

    Read once: the planted output is the same for a mirror image, which tests/kfd/test_readings.py looks after.
    """
    predictor = ForgeryPredictor(ForgeryPredictor.tiny(0).detector, Calibration(), thrice=False)
    size = predictor.map_size
    corner = np.zeros((size, size), np.float32)
    corner[: size // 4, -size // 4 :] = 1.0
    _with_output(predictor, 12.0, corner)
    crop = crop_face(bench.pixels, bench.landmarks, predictor.image_size)
    ((evidence, _),) = predictor.examine([crop], [bench.landmarks])
    assert evidence.map[: size // 4, -size // 4 :].mean() > 0.9
    back = paste_map(evidence.map, crop, bench.pixels.shape[:2])
    rows, columns = np.nonzero(back > 0.5)
    (x, y), (x0, y0) = to_frame(np.array([[1.0, 0.0], [0.0, 1.0]]) * predictor.image_size, crop)
    assert columns.mean() > 0.6 * x + 0.4 * x0
    assert rows.mean() < 0.6 * y + 0.4 * y0


def _examined(bench, crop, evidence, signals) -> FaceExamination:
    from media.landmarks import landmark_box
    from media.records import Face, Quality

    quality = Quality(100, 1, 0, 0, 0, 1, 1)
    face = Face(1, landmark_box(bench.landmarks), bench.landmarks, 1.0, quality)
    return FaceExamination(face, crop, evidence, signals)


def wrong_label_order_is_refused(bench: Bench) -> None:
    """A checkpoint that says [fake, real] does not load."""
    folder = bench.folder / "wrong"
    save_detector(ForgeryPredictor.tiny(0).detector, folder, {"calibration": {}})
    config = json.loads((folder / "config.json").read_text())
    assert config["labels"] == ["real", "fake"]
    (folder / "config.json").write_text(json.dumps(config | {"labels": ["fake", "real"]}))
    try:
        load_detector(folder)
    except MissingCheckpoint:
        return
    raise AssertionError("a checkpoint with exchanged labels was loaded")


def rotated_photo_is_turned_upright(bench: Bench) -> None:
    """A JPEG with EXIF orientation 6 is turned: its top right corner is what was stored top left."""
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:20, :20] = 255
    exif = Image.Exif()
    exif[0x0112] = 6
    path = bench.folder / "rotated.jpg"
    Image.fromarray(pixels).save(path, exif=exif, quality=95)
    upright = media.open.load_image(path).pixels
    assert upright.shape[:2] == (80, 40)
    assert upright[5, -5].min() > 200 > 60 > upright[5, 5].max()


def each_face_has_its_own_evidence(bench: Bench) -> None:
    """In a picture of two faces, each one's evidence is that of its own crop."""
    predictor = ForgeryPredictor.tiny(3)
    alone = ForgeryPredictor.tiny(3)
    examiner = Examiner(predictor, "tiny", "tiny")
    found = examiner.examine(_png(bench, bench.two_faces, "two.png")).faces
    examiner.close()
    assert len(found) == 2
    assert found[0].face.box[0] < found[1].face.box[0]
    maps = alone.run(np.stack([f.crop.pixels for f in found])).signals
    assert not np.allclose(maps[0].global_token, maps[1].global_token, atol=1e-4)
    for face, expected in zip(found, maps, strict=True):
        assert np.allclose(face.signals.global_token, expected.global_token, atol=1e-4)
        own = crop_face(bench.two_faces, face.face.landmarks, predictor.image_size)
        assert (own.pixels == face.crop.pixels).all()
