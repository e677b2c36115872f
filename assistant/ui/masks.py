"""The page's switch of click masks: from now on, later questions show the face around predicted clicks, or not."""

import logging
from typing import TYPE_CHECKING

from assistant.ui import cards, text
from assistant.ui.shown import Updates
from assistant.ui.state import Session
from media.errors import ForgeryAssistantError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

LOG = logging.getLogger(__name__)
KIND = "soft"
"""The mask that the switch turns on."""


def switch(assistant: "Assistant", session: Session, on: bool) -> Updates:
    """Turn masks on or off for this visitor; a click model that cannot be used is said, and leaves them off."""
    message = ""
    session.masks = bool(on)
    try:
        equip(assistant, session)
        if on:
            assistant.click_masks(KIND)  # a model that does not fit is told now, not with the first picture
    except ForgeryAssistantError as error:
        session.masks, message = False, error.message
    except Exception:
        LOG.exception("loading the click model failed")
        session.masks, message = False, text.FAILED
    return {"with_masks": session.masks, "notice": cards.notice(message)}


def equip(assistant: "Assistant", session: Session) -> None:
    """Give the conversation of a session its masks, or take them away; nothing happens before there is one."""
    if session.conversation is not None:
        session.conversation.masks = assistant.click_masks(KIND if session.masks else "none")
