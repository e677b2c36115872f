"""From the options of a command, or from an index, to the encoder that makes its vectors."""

from pathlib import Path
from typing import get_args

from media.errors import BadRequest
from retrieval.clip_frames import CLIP_NAMES, ClipFrames
from retrieval.encoders import PICTURE_LEVELS, Encoder, EncoderKey, Level, PictureSide, TextSide

ENCODERS = ("text", "picture", *CLIP_NAMES)
"""What `--encoder` takes: sentences, face crops by a detector's encoder, whole frames by CLIP's RN50 or RN101."""
_OPENCLIP = "openclip-"


def side_of(
    encoder: str, level: str | None = None, weights: Path | None = None, clip_weights: Path | None = None
) -> Encoder:
    """The encoder that options name.

    Args:
        encoder: one of `ENCODERS`.
        level: of a picture; None = "global" for a detector's encoder, "last" for CLIP's.
        weights: folder of the detector ("picture") or of the sentence encoder ("text"; None = the installed one).
        clip_weights: file of CLIP's weights ("rn50", "rn101").

    Raises:
        BadRequest: an unknown encoder or level, or its weights are not named.
        MissingCheckpoint: the weights are not there or not of this encoder.
    """
    chosen = next((known for known in get_args(Level) if known == level), None)
    if level is not None and chosen is None:
        raise BadRequest(f"A picture is encoded at one of the levels {', '.join(PICTURE_LEVELS)}, not {level!r}.")
    if encoder == "text":
        if level not in (None, "text"):
            raise BadRequest("--level is of pictures; sentences have one only.")
        return TextSide.load(weights)
    if encoder == "picture":
        if weights is None:
            raise BadRequest("Encoding face crops needs --weights DIR, a detector's folder.")
        return PictureSide.load(weights, chosen or "global")
    if encoder not in CLIP_NAMES:
        raise BadRequest(f"There is no encoder {encoder!r}; choose one of {', '.join(ENCODERS)}.")
    if clip_weights is None:
        raise BadRequest(
            f"The encoder {encoder} needs --clip-weights FILE, CLIP's {CLIP_NAMES[encoder]} weights on this disk; "
            "nothing is downloaded."
        )
    return ClipFrames.load(encoder, clip_weights, chosen or "last")


def side_for(key: EncoderKey, weights: Path | None = None, clip_weights: Path | None = None) -> Encoder:
    """The encoder for queries to an index with this key; the index itself refuses other weights than its own."""
    if key.level == "text":
        return side_of("text", None, weights)
    if key.id.startswith(_OPENCLIP):
        return side_of(key.id.removeprefix(_OPENCLIP), key.level, None, clip_weights)
    if weights is None:
        raise BadRequest("Searching pictures needs --weights DIR, the detector's folder that the index was made with.")
    return side_of("picture", key.level, weights)
