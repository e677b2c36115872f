"""What the page shows of a visitor's session: updates from a part's name to its new value."""

from typing import Any

import gradio as gr

from assistant.ui import cards, moments, view
from assistant.ui.contact_sheet import listed_people
from assistant.ui.state import Session
from assistant.ui.timeline import last_second

Updates = dict[str, Any]


def page(session: Session) -> Updates:
    """Everything that depends on the picture shown and the face chosen."""
    many = len(session.pictures) > 1
    names = [(f"Picture {i + 1}: {p.name}", i) for i, p in enumerate(session.pictures)]
    faces = session.picture.examination.faces if session.picture else ()
    chosen = session.chosen.face.id if session.chosen else None
    there = session.still is not None
    return {
        "pictures": gr.update(choices=names, value=session.active if names else None, visible=many),
        "faces": gr.update(
            choices=[(f"Face {f.face.id}: {f.evidence.word}", f.face.id) for f in faces],
            value=chosen,
            visible=len(faces) > 1,
        ),
        "viewer": gr.update(visible=there),
        "empty": gr.update(visible=not there),
        "legend": cards.legend(opened=session.picture is None),
        **_video(session),
        **moment(session),
        **told(session),
    }


def moment(session: Session) -> Updates:
    """The finding with its timelines, and which moment of a video is in the viewer."""
    picture, still = session.picture, session.still
    at = still.time if still is not None and still.time is not None else 0.0
    last = last_second(picture.examination) if picture else 0.0
    slider = gr.update(maximum=max(moments.on_slider(last), moments.on_slider(at), 0.1), value=moments.on_slider(at))
    return {
        "card": cards.finding_card(session),
        "moment_at": slider,
        "moment_said": moments.said(session),
        "back": gr.update(visible=session.moment is not None),
    }


def told(session: Session) -> Updates:
    """What every answer may change: measurements, sources, the mark."""
    return {"measured": cards.measured(session), "sources": cards.sources(session), **marked(session)}


def marked(session: Session) -> Updates:
    """The frame in the viewer with its mark, and what can be done with the mark."""
    return {"picture": gr.update(value=view.shown_picture(session)), **spot(session)}


def spot(session: Session) -> Updates:
    """What is marked, in words, and what can be done with it."""
    there = session.mark is not None
    return {
        "spot": cards.spot_text(session),
        "ask_spot": gr.update(interactive=there),
        "hide_spot": gr.update(interactive=there),
        "unmark": gr.update(interactive=there or session.corner is not None),
        "part": gr.update(
            value=session.mark.region_ids[0] if session.mark and session.mark.region_ids else None,
            interactive=session.moment is None,
        ),
    }


def busy(yes: bool) -> Updates:
    """The button that asks, or the one that stops."""
    return {"send": gr.update(visible=not yes), "stop": gr.update(visible=yes)}


def _video(session: Session) -> Updates:
    """What only a video has: its moments, its worst frames and two questions; a sheet not read yet is folded away."""
    picture = session.picture
    video = picture is not None and picture.video
    sheet = session.sheets.get(picture.examination.media.sha256, "") if picture else ""
    listed = picture is not None and bool(listed_people(picture.examination))
    return {
        "moments": gr.update(visible=video and session.still is not None),
        "worst_frames": gr.update(visible=listed) if sheet else gr.update(visible=listed, open=False),
        "sheet": sheet,
        "ask_worst": gr.update(visible=video),
        "ask_motion": gr.update(visible=video),
    }
