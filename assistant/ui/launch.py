"""From settings to the running page: weights are named, examples are made, the page is served to this machine only."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
import numpy as np
from gradio import themes
from PIL import Image

from assistant.ui import text
from assistant.ui.handlers import Handlers
from assistant.ui.layout import build_page
from assistant.ui.state import SessionStore
from media.faces import FaceFinder
from media.open import Limits
from media.quality import LEAST_FACE_PX
from media.records import Frame

if TYPE_CHECKING:
    from assistant.assistant import Assistant

EXAMPLE_SEED = 7
STYLE = Path(__file__).with_name("style.css")
# A picture or video pasted anywhere on the page goes into the upload field.
PASTE = """() => document.addEventListener('paste', event => {
  const files = event.clipboardData && event.clipboardData.files;
  const input = document.querySelector('#upload input[type=file]');
  if (!files || !files.length || !input) return;
  event.preventDefault();
  input.files = files;
  input.dispatchEvent(new Event('change', {bubbles: true}));
})"""


def describe_weights(assistant: "Assistant") -> Iterator[str]:
    """A line for each part of the weights in use: hash, size, licence."""
    described = assistant.describe()
    yield f"profile {described['profile']}: {described['encoder']}; {described['language_model']}"
    for row in described["parts"]:
        known = f"{row['bytes'] / 2**20:.1f} MiB, sha256 {row['sha256']}" if row["sha256"] else "no file"
        yield f"  {row['part']}: {known}; licence: {row['licence']}"


def limits_sentence(limits: Limits) -> str:
    """What may be uploaded, told beforehand."""
    return (
        f"JPEG, PNG, WebP, MP4, MOV and the like; up to {limits.bytes / 2**20:.0f} MB, "
        f"{limits.pixels / 1e6:.0f} megapixels, {limits.seconds / 60:.0f} minutes. One face or several, each at least "
        f"{LEAST_FACE_PX:.0f} pixels large. Faces only: no drawings, documents or wholly invented scenes."
    )


def make_examples(folder: Path) -> list[tuple[str, Path]]:
    """The astronaut of scikit-image and a forgery of it, simulated here and named so; the same on every start."""
    from skimage.data import astronaut

    from simulation.forge import draw_params, forge

    photo = astronaut()
    paths = [folder / "astronaut.png", folder / "simulated-forgery-of-astronaut.png"]
    Image.fromarray(photo).save(paths[0])
    with FaceFinder() as finder:
        face = max(finder.find(Frame(photo)), key=lambda f: f.quality.face_px)
    params = draw_params(np.random.default_rng(EXAMPLE_SEED), "self_blend", 0.0, face.landmarks)
    Image.fromarray(forge(photo, face.landmarks, params).image).save(paths[1])
    return [(text.PHOTO_LABEL, paths[0]), (text.FORGERY_LABEL, paths[1])]


def theme() -> themes.Base:
    """System fonts only; nothing is fetched."""
    fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]
    base = themes.Default(primary_hue="sky", font=fonts, font_mono=["ui-monospace", "monospace"])
    return base.set(  # gradio's own sky blue is too pale under white letters
        button_primary_background_fill="#0b5a78",
        button_primary_background_fill_hover="#084459",
        button_primary_background_fill_dark="#0b5a78",
        button_primary_background_fill_hover_dark="#0f7299",
        slider_color="#0b5a78",
        checkbox_background_color_selected="#0b5a78",
    )


def serve(
    assistant: "Assistant", host: str = "127.0.0.1", port: int | None = 7860, block: bool = True, examples: bool = True
) -> tuple[gr.Blocks, str]:
    """Serve the page; returns it and its address when `block` is false."""
    limits = Limits()
    folder = Path(tempfile.mkdtemp(prefix="deepfake-assistant-"))
    made = make_examples(folder) if examples else []
    page = build_page(Handlers(assistant, SessionStore()), limits_sentence(limits), made)
    page.queue(max_size=32, default_concurrency_limit=8)
    _, address, _ = page.launch(server_name=host, server_port=port, prevent_thread_lock=not block, **private(limits))
    return page, address


def private(limits: Limits) -> dict[str, Any]:
    """Launch settings under which nothing is shared, kept or told to anyone."""
    return {
        "share": False,
        "run_history": False,
        "enable_monitoring": False,
        "footer_links": [],
        "show_error": False,
        "ssr_mode": False,
        "mcp_server": False,
        "pwa": False,
        "strict_cors": True,
        "max_file_size": limits.bytes,
        "quiet": True,
        "theme": theme(),
        "css": STYLE.read_text(encoding="utf-8"),
        "js": PASTE,
    }
