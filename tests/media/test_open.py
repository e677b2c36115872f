"""Type by content, limits, EXIF, transparency, bit depth, damaged pictures."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media.errors import ForgeryAssistantError, MediaTooLarge, UnreadableMedia
from media.open import Limits, load_image, open_media
from tests.media.builders import counter_video


def _corners() -> np.ndarray:
    """An upright 40 x 60 picture with four differently coloured quarters."""
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:20, :30], pixels[:20, 30:] = (255, 0, 0), (0, 255, 0)
    pixels[20:, :30], pixels[20:, 30:] = (0, 0, 255), (255, 255, 0)
    return pixels


# What a camera stores so that the EXIF orientation brings the upright picture back (written out, not by Pillow).
STORED = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: np.rot90(a, 2).transpose(1, 0, 2),
    8: lambda a: np.rot90(a, -1),
}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = tmp_path / "a.jpg"
    Image.fromarray(np.ascontiguousarray(STORED[orientation](_corners()))).save(
        file, exif=exif, quality=95, subsampling=0
    )
    pixels = load_image(file).pixels
    assert pixels.shape == (40, 60, 3)
    assert np.abs(pixels.astype(int) - _corners().astype(int)).mean() < 6
    media = open_media(file)
    assert (media.width, media.height) == (60, 40)


@pytest.mark.parametrize(("suffix", "kind"), [("png", "image"), ("jpg", "image"), ("webp", "image"), ("gif", "image")])
def test_type_is_by_content_not_by_name(tmp_path: Path, suffix: str, kind: str) -> None:
    Image.fromarray(_corners()).save(tmp_path / f"a.{suffix}")
    liar = tmp_path / "a.mp4"
    (tmp_path / f"a.{suffix}").rename(liar)
    assert open_media(liar).kind == kind
    assert load_image(liar).pixels.shape == (40, 60, 3)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "avi", "mov", "ts"])
def test_videos_are_known_by_content(tmp_path: Path, suffix: str) -> None:
    file = counter_video(tmp_path / f"a.{suffix}", [0, 40, 80, 120])
    liar = file.rename(tmp_path / "a.jpg")
    media = open_media(liar)
    assert (media.kind, media.width, media.height) == ("video", 128, 48)
    assert media.duration == pytest.approx(0.16, abs=0.05)


def test_hash_is_of_the_exact_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    Image.fromarray(_corners()).save(file)
    assert open_media(file).sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_transparency_is_laid_over_white(tmp_path: Path) -> None:
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[:2] = (200, 0, 0, 255)
    pixels[2:] = (0, 0, 0, 0)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    out = load_image(tmp_path / "a.png").pixels
    assert (out[:2] == (200, 0, 0)).all()
    assert (out[2:] == 255).all()


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA"])
def test_other_modes_become_rgb(tmp_path: Path, mode: str) -> None:
    file = tmp_path / ("a.tif" if mode == "CMYK" else "a.png")
    Image.fromarray(np.full((8, 9, 3), 255, np.uint8)).convert(mode).save(file)
    assert (load_image(file).pixels == 255).all()
    assert load_image(file).pixels.shape == (8, 9, 3)


def test_sixteen_bits_are_scaled(tmp_path: Path) -> None:
    values = np.array([[0, 257 * 100, 65535]], np.uint16)
    Image.fromarray(values).save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png").pixels[0, :, 0].tolist() == [0, 100, 255]


def test_first_frame_of_an_animation_with_a_note(tmp_path: Path) -> None:
    frames = [Image.fromarray(np.full((8, 8, 3), v, np.uint8)) for v in (250, 10)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert load_image(tmp_path / "a.gif").pixels.mean() > 240
    assert "first frame" in open_media(tmp_path / "a.gif").note


def _bad(kind: str, tmp: Path) -> Path:
    good = tmp / "good.jpg"
    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 255, (200, 200, 3), dtype=np.uint8)).save(good)
    content = {
        "empty": b"",
        "text": b"hello, I am a photo" * 10,
        "truncated": good.read_bytes()[:-8000],
        "head only": good.read_bytes()[:20],
        "broken png": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "directory": None,
        "missing": None,
    }[kind]
    path = tmp / "case.jpg"
    if content is not None:
        path.write_bytes(content)
    elif kind == "directory":
        path.mkdir()
    return path


@pytest.mark.parametrize("kind", ["empty", "text", "truncated", "head only", "broken png", "directory", "missing"])
def test_damaged_pictures_raise_a_sentence(tmp_path: Path, kind: str) -> None:
    file = _bad(kind, tmp_path)
    with pytest.raises(UnreadableMedia) as caught:
        load_image(file)
    assert caught.value.code == "decode_error"
    assert caught.value.message.endswith(".")
    if kind != "truncated":  # its head is good
        with pytest.raises(UnreadableMedia):
            open_media(file)


@pytest.mark.parametrize(
    ("limits", "error"),
    [
        (Limits(bytes=10), MediaTooLarge),
        (Limits(pixels=60 * 40 - 1), MediaTooLarge),
        (Limits(pixels=60 * 40), None),
        (Limits(), None),
    ],
)
def test_limits_of_pictures(tmp_path: Path, limits: Limits, error: type[ForgeryAssistantError] | None) -> None:
    Image.fromarray(_corners()).save(tmp_path / "a.png")
    if error is None:
        assert open_media(tmp_path / "a.png", limits).width == 60
        return
    with pytest.raises(error) as caught:
        open_media(tmp_path / "a.png", limits)
    assert caught.value.code == "too_large"


def test_limit_of_seconds(tmp_path: Path) -> None:
    file = counter_video(tmp_path / "a.mp4", [0, 1000, 2000])
    with pytest.raises(MediaTooLarge):
        open_media(file, Limits(seconds=1.5))


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    small = io.BytesIO()
    Image.new("1", (3, 3)).save(small, "PNG")
    data = bytearray(small.getvalue())
    data[16:24] = struct.pack(">II", 30000, 30000)  # the header's width and height
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(MediaTooLarge):
        open_media(tmp_path / "a.png")
