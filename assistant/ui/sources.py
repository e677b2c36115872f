"""The part of the page where annotations of forgeries like the one found are listed."""

from typing import Any

import gradio as gr

from assistant.annotations import BUILD_HUMAN
from assistant.ui import text
from assistant.ui.handlers import Handlers


def sources_area(handlers: Handlers) -> dict[str, Any]:
    """Annotations under answers; where they are simulated, how to build the index of what people wrote."""
    simulated = handlers.simulated_annotations
    title, switch = text.SOURCES_TITLE, text.SOURCES_SWITCH
    if simulated:
        title, switch = text.SIMULATED_TITLE, text.SIMULATED_SWITCH
    with gr.Accordion(title, open=False, visible=handlers.offers_annotations, elem_id="annotations"):
        with_sources = gr.Checkbox(True, label=switch, elem_id="with-sources")
        sources = gr.HTML(f"<p>{text.NO_SOURCES}</p>", elem_id="sources")
        if simulated:
            gr.HTML(f"<p>{text.HUMAN_HELP.format(command=BUILD_HUMAN)}</p>", elem_id="human-annotations")
    return {"with_sources": with_sources, "sources": sources}
