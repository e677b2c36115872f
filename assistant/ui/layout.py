"""The page: which parts it has, where they stand, and which handler serves which event."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.ui import cards, text
from assistant.ui.handlers import Handlers
from assistant.ui.shown import Updates
from assistant.ui.sources import sources_area
from assistant.ui.timeline import JUMP
from media.regions import REGIONS, SPOKEN_REGIONS

Parts = dict[str, Any]
MODEL = "model"  # everything that computes shares one place in the queue
TO_VIEWER = "() => { document.querySelector('#viewer')?.scrollIntoView({block: 'nearest'}) }"
TO_FINDING = "() => { document.querySelector('#card')?.scrollIntoView({block: 'nearest'}) }"
QUICK = {"show_progress": "hidden", "queue": True, "concurrency_limit": 8}


@dataclass(frozen=True)
class Example:
    """A file offered for trying. `path` gives it, after waiting for it when it is still being made."""

    label: str
    icon: Path
    path: Callable[[], Path]


def build_page(handlers: Handlers, limits: str, examples: Sequence[Example] = ()) -> gr.Blocks:
    """The whole page.

    Args:
        handlers: the events.
        limits: a sentence that tells the limits on files before anything is uploaded.
        examples: files offered as buttons.
    """
    with gr.Blocks(title=text.TITLE, analytics_enabled=False, delete_cache=(3600, 3600)) as page:
        notices = "".join(f"<li>{n}</li>" for n in text.NOTICES)
        gr.HTML(
            f'<header><h1>{text.TITLE}</h1><p class="lead">{text.LEAD}</p><ul class="notices">{notices}</ul></header>',
            elem_id="head",
        )
        with gr.Row(elem_id="areas"):
            notice = gr.HTML(cards.notice(), elem_id="notice")
            parts = {"notice": notice} | _file_area(limits, examples) | _finding_area() | _viewer_area() | _chat_area()
        with gr.Accordion("What was measured", open=False, elem_id="details"):
            parts["measured"] = gr.HTML(f"<p>{text.EMPTY_MEASURED}</p>", elem_id="measured")
        parts |= sources_area(handlers)
        shown = handlers.offers_masks
        parts["with_masks"] = gr.Checkbox(False, label=text.MASKS_SWITCH, visible=shown, elem_id="with-masks")
        _connect_files(handlers, parts, examples)
        _connect_view(handlers, parts)
        _connect_moments(handlers, parts)
        _connect_spot(handlers, parts)
        _connect_chat(handlers, parts)
        page.unload(_unload(handlers))
    return page


def _file_area(limits: str, examples: Sequence[Example]) -> Parts:
    parts: Parts = {}
    with gr.Column(elem_id="area-file", min_width=0):
        parts["upload"] = gr.File(label=text.UPLOAD_LABEL, height=150, elem_id="upload")
        gr.HTML(f'<p class="limits">{limits}</p>')
        with gr.Row(elem_id="examples"):
            parts["examples"] = [
                gr.Button(e.label, size="sm", icon=e.icon, min_width=0, elem_classes="example") for e in examples
            ]
            parts["cancel"] = gr.Button("Stop examining", size="sm", variant="stop", visible=False, min_width=0)
    return parts


def _finding_area() -> Parts:
    with gr.Column(elem_id="area-finding", min_width=0):
        card = gr.HTML(cards.finding_card_empty(), elem_id="card", js_on_load=JUMP)
        legend = gr.HTML(cards.legend(opened=True), elem_id="legend")
    return {"card": card, "legend": legend}


def _viewer_area() -> Parts:
    parts: Parts = {}
    with gr.Column(elem_id="area-viewer", min_width=0):
        parts["pictures"] = gr.Radio([], label="Pictures of this conversation", visible=False, elem_id="pictures")
        parts["faces"] = gr.Radio([], label="Faces, numbered as in the picture", visible=False, elem_id="faces")
        parts["empty"] = gr.HTML(f'<p class="empty-view">{text.EMPTY_VIEW}</p>')
        with gr.Column(visible=False, elem_id="viewer", min_width=0) as parts["viewer"]:
            parts["picture"] = gr.Image(
                label="Picture with overlay - click to mark a spot",
                show_label=False,
                alt_text="The examined picture with the overlay; brighter means more support for manipulation",
                interactive=False,
                format="jpeg",
                buttons=["fullscreen"],
                elem_id="picture",
            )
            parts |= _moment_controls()
            parts["more"] = gr.UploadButton("Add another picture to this conversation", size="sm", min_width=0)
            parts["spot"] = gr.HTML(f'<p class="spot" role="status">{text.SPOT_NONE}</p>', elem_id="spot")
            with gr.Row():
                parts["ask_spot"] = gr.Button(
                    text.SPOT_QUESTION, size="sm", variant="primary", interactive=False, min_width=0
                )
                parts["hide_spot"] = gr.Button(text.HIDE_QUESTION, size="sm", interactive=False, min_width=0)
                parts["unmark"] = gr.Button("Forget the mark", size="sm", interactive=False, min_width=0)
            parts["opacity"] = gr.Slider(0, 1, 0.5, step=0.05, label="Overlay opacity", info=text.MAP_HELP)
            with gr.Row():
                parts["mode"] = gr.Radio(
                    [text.MODE_SPOT, text.MODE_BOX],
                    value=text.MODE_SPOT,
                    label="A click marks",
                    elem_id="mode",
                    min_width=0,
                )
                parts["part"] = gr.Dropdown(
                    [(REGIONS[r].name, r) for r in SPOKEN_REGIONS],
                    value=None,
                    label="Or choose a part of the face",
                    info="left and right are the person's own",
                    min_width=0,
                )
    return parts


def _moment_controls() -> Parts:
    """What only a video has: another moment, and its worst frames."""
    parts: Parts = {}
    with gr.Column(visible=False, elem_id="moments", min_width=0) as parts["moments"]:
        parts["moment_said"] = gr.HTML(elem_id="moment-said")
        parts["moment_at"] = gr.Slider(
            0, 1, 0, step=0.1, label=text.MOMENT_LABEL, buttons=[], min_width=0, elem_id="moment-at"
        )
        with gr.Row():
            parts["look"] = gr.Button(text.MOMENT_LOOK, size="sm", variant="primary", min_width=0)
            parts["back"] = gr.Button(text.MOMENT_BACK, size="sm", visible=False, min_width=0)
    with gr.Accordion(text.SHEET_TITLE, open=False, visible=False, elem_id="worst-frames") as parts["worst_frames"]:
        parts["sheet"] = gr.HTML(elem_id="sheet", js_on_load=JUMP)
    return parts


def _chat_area() -> Parts:
    parts: Parts = {}
    with gr.Column(elem_id="area-chat", min_width=0):
        parts["chat"] = gr.Chatbot(
            label="Conversation with an AI",
            height=520,
            placeholder=text.EMPTY_CHAT,
            editable="user",
            buttons=["copy", "copy_all"],
            sanitize_html=True,
            allow_tags=False,
            latex_delimiters=[],
            feedback_options=None,
            group_consecutive_messages=False,
            elem_id="chat",
        )
        with gr.Row(elem_id="chips"):
            parts["chips"] = [gr.Button(chip, size="sm", min_width=0, elem_classes="chip") for chip in text.CHIPS]
            parts["ask_worst"], parts["ask_motion"] = (
                gr.Button(question, size="sm", min_width=0, elem_classes="chip", visible=False)
                for question in (text.WORST_QUESTION, text.MOTION_QUESTION)
            )
        with gr.Row(elem_id="asking"):
            parts["question"] = gr.Textbox(
                label="Your question",
                placeholder="For example: What about the nose?",
                lines=1,
                max_lines=4,
                max_length=2000,
                scale=8,
                min_width=0,
                elem_id="question",
            )
            parts["send"] = gr.Button("Ask", variant="primary", scale=1, min_width=80, elem_id="send")
            parts["stop"] = gr.Button("Stop", variant="stop", scale=1, min_width=80, visible=False, elem_id="stop")
        gr.HTML(f'<p class="limits">{text.CHAT_HELP}</p>')
        parts["restart"] = gr.Button("Delete this conversation and its findings", size="sm", variant="secondary")
    return parts


def _out(parts: Parts, updates: Updates) -> Any:
    """Named updates as gradio wants them."""
    return {parts[name]: value for name, value in updates.items()} if updates else gr.skip()


def _outputs(parts: Parts, *names: str) -> list[Any]:
    return [parts[name] for name in names]


SPOT = ("picture", "spot", "ask_spot", "hide_spot", "unmark", "part")
MOMENT = ("card", "moment_at", "moment_said", "back")
VIDEO = ("moments", "worst_frames", "sheet", "ask_worst", "ask_motion")
PAGE = ("pictures", "faces", "viewer", "empty", "legend", "measured", "sources", *VIDEO, *MOMENT, *SPOT)
TALK = ("chat", "question", "notice", "measured", "sources", *MOMENT, *SPOT, "send", "stop")


def _connect_files(handlers: Handlers, parts: Parts, examples: Sequence[Example]) -> None:
    outputs = _outputs(parts, "upload", "more", "cancel", "notice", "chat", *PAGE)

    def examine(path: str | None, request: gr.Request, progress: gr.Progress = gr.Progress()) -> Iterator[Any]:  # noqa: B008
        def report(share: float, what: str) -> None:
            progress(share, desc=what)

        for updates in handlers.examine(path, request.session_hash or "", report):
            yield _out(parts, updates)

    shared = {"outputs": outputs, "concurrency_id": MODEL, "concurrency_limit": 1, "show_progress_on": parts["card"]}
    parts["upload"].upload(examine, parts["upload"], api_name="examine", **shared).then(None, None, None, js=TO_FINDING)
    parts["more"].upload(examine, parts["more"], api_visibility="private", **shared).then(
        None, None, None, js=TO_FINDING
    )
    for button, offered in zip(parts["examples"], examples, strict=True):

        def example(
            request: gr.Request,
            progress: gr.Progress = gr.Progress(),  # noqa: B008
            offered: Example = offered,
        ) -> Iterator[Any]:
            yield from examine(str(offered.path()), request, progress)

        button.click(example, None, api_visibility="private", **shared).then(None, None, None, js=TO_FINDING)

    def stop(request: gr.Request) -> None:
        handlers.stop(request.session_hash or "")

    parts["stop"].click(stop, None, None, queue=False, api_name="stop")
    parts["cancel"].click(stop, None, None, queue=False, api_visibility="private")


def _connect_view(handlers: Handlers, parts: Parts) -> None:
    def choose_picture(index: int | None, request: gr.Request) -> Any:
        return _out(parts, handlers.choose_picture(index, request.session_hash or ""))

    def choose_face(face: int | None, request: gr.Request) -> Any:
        return _out(parts, handlers.choose_face(face, request.session_hash or ""))

    def opacity(value: float, request: gr.Request) -> Any:
        return _out(parts, handlers.set_opacity(value, request.session_hash or ""))

    page = _outputs(parts, *PAGE)
    parts["pictures"].input(choose_picture, parts["pictures"], page, api_name="picture", **QUICK)
    parts["faces"].input(choose_face, parts["faces"], page, api_name="face", **QUICK)

    def annotations(on: bool, request: gr.Request) -> Any:
        return _out(parts, handlers.set_annotations(on, request.session_hash or ""))

    def masks(on: bool, request: gr.Request) -> Any:
        return _out(parts, handlers.set_masks(on, request.session_hash or ""))

    switched = _outputs(parts, "with_masks", "notice")
    parts["with_masks"].input(masks, parts["with_masks"], switched, api_visibility="private", **QUICK)
    listed = _outputs(parts, "sources")
    parts["with_sources"].input(annotations, parts["with_sources"], listed, api_visibility="private", **QUICK)
    parts["opacity"].input(
        opacity, parts["opacity"], parts["picture"], api_name="opacity", trigger_mode="always_last", **QUICK
    )


def _connect_moments(handlers: Handlers, parts: Parts) -> None:
    def show(second: object, person: object, request: gr.Request, progress: gr.Progress) -> Any:
        progress(0.3, desc=text.LOOKING)
        return _out(parts, handlers.look_at(second, person, request.session_hash or ""))

    def look(second: float | None, request: gr.Request, progress: gr.Progress = gr.Progress()) -> Any:  # noqa: B008
        return show(second, None, request, progress)

    def jump(event: gr.EventData, request: gr.Request, progress: gr.Progress = gr.Progress()) -> Any:  # noqa: B008
        named = event._data if isinstance(event._data, dict) else {}
        return show(named.get("second"), named.get("person"), request, progress)

    def back(request: gr.Request) -> Any:
        return _out(parts, handlers.back(request.session_hash or ""))

    def sheet(request: gr.Request) -> Iterator[Any]:
        for updates in handlers.worst_frames(request.session_hash or ""):
            yield _out(parts, updates)

    page = _outputs(parts, *PAGE)
    shared = {"outputs": page, "concurrency_id": MODEL, "concurrency_limit": 1, "show_progress_on": parts["picture"]}
    parts["look"].click(look, parts["moment_at"], api_name="moment", **shared)
    for drawn in (parts["card"], parts["sheet"]):
        drawn.click(jump, None, api_visibility="private", **shared).then(None, None, None, js=TO_VIEWER)
    parts["back"].click(back, None, page, api_name="worst_moment", **QUICK)
    reading = {"concurrency_id": MODEL, "concurrency_limit": 1, "show_progress": "hidden"}
    parts["worst_frames"].expand(sheet, None, parts["sheet"], api_visibility="private", **reading)


def _connect_spot(handlers: Handlers, parts: Parts) -> None:
    def click(mode: str, event: gr.SelectData, request: gr.Request) -> Any:
        return _out(parts, handlers.click(event.index, mode, request.session_hash or ""))

    def choose_part(region: str | None, request: gr.Request) -> Any:
        return _out(parts, handlers.choose_part(region, request.session_hash or ""))

    def unmark(request: gr.Request) -> Any:
        return _out(parts, handlers.unmark(request.session_hash or ""))

    outputs = _outputs(parts, *SPOT)
    parts["picture"].select(click, parts["mode"], outputs, api_visibility="private", **QUICK)
    parts["part"].input(choose_part, parts["part"], outputs, api_name="part", **QUICK)
    parts["unmark"].click(unmark, None, outputs, api_name="unmark", **QUICK)


def _connect_chat(handlers: Handlers, parts: Parts) -> None:
    def ask(question: str, request: gr.Request) -> Iterator[Any]:
        for updates in handlers.ask(question, request.session_hash or ""):
            yield _out(parts, updates)

    def regenerate(request: gr.Request) -> Iterator[Any]:
        for updates in handlers.regenerate(request.session_hash or ""):
            yield _out(parts, updates)

    def edit(event: gr.EditData, request: gr.Request) -> Iterator[Any]:
        index = event.index if isinstance(event.index, int) else event.index[0]
        for updates in handlers.edit(index, str(event.value), request.session_hash or ""):
            yield _out(parts, updates)

    talk = _outputs(parts, *TALK)
    shared = {"outputs": talk, "concurrency_id": MODEL, "concurrency_limit": 1, "show_progress": "hidden"}
    gr.on([parts["send"].click, parts["question"].submit], ask, parts["question"], api_name="ask", **shared)
    for button in [*parts["chips"], parts["ask_worst"], parts["ask_motion"], parts["ask_spot"], parts["hide_spot"]]:
        button.click(ask, button, api_visibility="private", **shared)
    parts["chat"].retry(regenerate, None, api_name="regenerate", **shared)
    parts["chat"].edit(edit, None, api_visibility="private", **shared)

    def restart(request: gr.Request) -> Any:
        return _out(parts, handlers.restart(request.session_hash or ""))

    every = _outputs(parts, "chat", "notice", "question", "with_masks", "send", "stop", *PAGE)
    parts["restart"].click(restart, None, every, api_name="restart", **QUICK)
    parts["chat"].clear(restart, None, every, api_visibility="private", **QUICK)


def _unload(handlers: Handlers) -> Any:
    """What runs when a tab is closed: the model stops and the session is forgotten."""

    def unload(request: gr.Request) -> None:
        handlers.forget(request.session_hash or "")

    return unload
