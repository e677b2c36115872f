"""Errors a user can act on: a plain sentence, a stable reason code, and a detail for developers."""

from typing import Literal

ReasonCode = Literal[
    "no_face",
    "face_too_small",
    "too_blurred",
    "not_photographic",
    "too_many_faces",
    "extreme_pose",
    "occluded",
    "over_compressed",
    "decode_error",
    "too_large",
    "out_of_memory",
]


class ForgeryAssistantError(Exception):
    """Base of all errors shown to a user.

    Args:
        message: one sentence naming what is wrong and what to do.
        detail: what a developer needs; never shown by default.
    """

    code: ReasonCode = "decode_error"

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class UnreadableMedia(ForgeryAssistantError):
    """The file is not a picture or video we can decode, or it is damaged."""


class MediaTooLarge(ForgeryAssistantError):
    """The file is beyond the limits on bytes, pixels or seconds."""

    code: ReasonCode = "too_large"


class MissingCheckpoint(ForgeryAssistantError):
    """A checkpoint folder or one of its files is missing or does not fit."""


class BadRequest(ForgeryAssistantError):
    """A question, click, box or option that cannot be served."""
