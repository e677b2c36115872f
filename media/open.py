"""Files as received: type by content, limits, SHA-256 of the exact bytes, and photos as upright RGB frames."""

import hashlib
import io
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from media.errors import MediaTooLarge, UnreadableMedia
from media.records import Frame, MediaFile
from media.video import probe

_HEAD_BYTES = 32
_ADVICE = "Please use a JPEG, PNG, WebP, MP4, MOV, MKV or WebM file."
ANIMATED_NOTE = "animated picture: only its first frame was examined"
_PIXEL_ERRORS = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, Image.DecompressionBombError)


@dataclass(frozen=True)
class Limits:
    """What is accepted: most bytes of a file, pixels of a picture or video frame, seconds of a video."""

    bytes: int = 250 * 2**20
    pixels: int = 100_000_000
    seconds: float = 1800.0


def open_media(path: str | os.PathLike[str], limits: Limits | None = None) -> MediaFile:
    """Look at a file: what it is by its content, its size after rotation, its hash; decodes as little as needed.

    Raises:
        UnreadableMedia: missing, empty, of no known type, or damaged at its head.
        MediaTooLarge: beyond the limits.
    """
    limits = limits or Limits()
    file = _existing(path)
    size = file.stat().st_size
    if size > limits.bytes:
        raise MediaTooLarge(
            f"The file has {size / 2**20:.0f} MB; at most {limits.bytes / 2**20:.0f} MB are accepted.", str(file)
        )
    kind = sniff(file)
    if kind == "image":
        media = _image_file(file)
    else:
        info = probe(file)
        media = MediaFile(str(file), sha256_of(file), "video", info.width, info.height, info.duration, info.note)
    if media.width * media.height > limits.pixels:
        raise MediaTooLarge(
            f"The picture has {media.width} x {media.height} pixels; at most "
            f"{limits.pixels / 1e6:.0f} million pixels are accepted.",
            str(file),
        )
    if media.duration is not None and media.duration > limits.seconds:
        raise MediaTooLarge(
            f"The video lasts {media.duration:.0f} s; at most {limits.seconds:.0f} s are accepted. Please cut it.",
            str(file),
        )
    return media


def sha256_of(path: str | os.PathLike[str]) -> str:
    """SHA-256 of a file's exact bytes, 64 hexadecimal digits."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sniff(path: Path) -> str:
    """ "image" or "video" by the first bytes, whatever the file is called.

    Raises:
        UnreadableMedia: neither.
    """
    with open(path, "rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head:
        raise UnreadableMedia("The file is empty.", str(path))
    if _looks_like_image(head):
        return "image"
    if _looks_like_video(head):
        return "video"
    raise UnreadableMedia(f"This is not a picture or video that can be read. {_ADVICE}", f"{path}: {head[:16]!r}")


def _looks_like_image(head: bytes) -> bool:
    magic = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
    if head.startswith(magic) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return True
    return head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis", b"heic", b"heix", b"mif1")


def _looks_like_video(head: bytes) -> bool:
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):  # MP4, MOV
        return True
    magic = (b"\x1aE\xdf\xa3", b"FLV\x01", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"0&\xb2u", b"OggS")
    if head.startswith(magic) or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return True
    return head[:1] == b"\x47" and len(head) >= 4 and head[3] & 0x10 != 0  # MPEG transport stream


def load_image(path: str | os.PathLike[str]) -> Frame:
    """A photo as upright RGB.

    EXIF orientation is applied, transparency is laid over white, grey becomes RGB, 16 bits a channel are scaled to 8,
    and of an animated picture the first frame is taken.

    Raises:
        UnreadableMedia: damaged, truncated or not a picture.
    """
    file = _existing(path)
    try:
        with _opened(file.read_bytes()) as image:
            image.load()
            upright = ImageOps.exif_transpose(image)
            pixels = _rgb(upright)
    except MemoryError as error:
        raise MediaTooLarge("The picture is too large for this computer's memory.", repr(error)) from error
    except _PIXEL_ERRORS as error:
        raise UnreadableMedia(
            "The picture is damaged or incomplete and cannot be decoded. Please try the original file.",
            f"{file}: {error!r}",
        ) from error
    return Frame(pixels)


def _opened(data: bytes) -> ImageFile.ImageFile:
    """The picture of some bytes, without Pillow's own size warning (Limits decides)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(data))


def _image_file(file: Path) -> MediaFile:
    """Size and note of a picture from its header."""
    try:
        with _opened(file.read_bytes()) as image:
            width, height = image.size
            if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):
                width, height = height, width
            note = ANIMATED_NOTE if getattr(image, "n_frames", 1) > 1 and image.format != "MPO" else ""
    except Image.DecompressionBombError as error:
        raise MediaTooLarge("The picture has too many pixels to be opened safely.", f"{file}: {error!r}") from error
    except UnidentifiedImageError as error:
        raise UnreadableMedia(f"This kind of picture cannot be read. {_ADVICE}", f"{file}: {error!r}") from error
    except _PIXEL_ERRORS as error:
        raise UnreadableMedia("The picture is damaged at its head.", f"{file}: {error!r}") from error
    return MediaFile(str(file), sha256_of(file), "image", width, height, note=note)


def _rgb(image: Image.Image) -> np.ndarray:
    """uint8 (H, W, 3) of any Pillow picture."""
    if image.mode.startswith(("I", "F")):
        grey = np.asarray(image, dtype=np.float64)
        top = 65535.0 if image.mode.startswith("I") else max(float(grey.max()), 1.0)
        if image.mode.startswith("I") and grey.max() <= 255:
            top = 255.0
        eight = np.clip(grey / top * 255.0 + 0.5, 0, 255).astype(np.uint8)
        return np.repeat(eight[..., None], 3, axis=2)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, (255, 255, 255, 255))
        return np.array(Image.alpha_composite(white, over).convert("RGB"))
    return np.array(image.convert("RGB"))


def _existing(path: str | os.PathLike[str]) -> Path:
    file = Path(path)
    if not file.is_file():
        raise UnreadableMedia(f"There is no file named {file.name}.", str(file))
    return file
