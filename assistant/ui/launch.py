"""From settings to the running page: weights are named, examples are made, the page is served to this machine only."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
import numpy as np
from gradio import themes
from numpy.typing import NDArray
from PIL import Image

from assistant.ui import text
from assistant.ui.handlers import Handlers
from assistant.ui.layout import Example, build_page
from assistant.ui.state import SessionStore
from media.faces import FaceFinder
from media.open import Limits
from media.quality import LEAST_FACE_PX
from media.records import Frame

if TYPE_CHECKING:
    from assistant.assistant import Assistant

EXAMPLE_FAMILY, EXAMPLE_SEED = "resynthesis", 13  # changes the face alone, and looks natural at first sight
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
    if described.get("language_server"):
        yield f"  language server: {described['language_server']}"
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


def make_forgery(photo: NDArray[np.uint8], path: Path) -> Path:
    """Write a forgery of a photo's largest face, simulated here; the same on every start."""
    from simulation.forge import draw_params, forge

    with FaceFinder() as finder:
        face = max(finder.find(Frame(photo)), key=lambda f: f.quality.face_px)
    params = draw_params(np.random.default_rng(EXAMPLE_SEED), EXAMPLE_FAMILY, 0.0, face.landmarks)
    Image.fromarray(forge(photo, face.landmarks, params).image).save(path)
    return path


def offer_examples(later: ThreadPoolExecutor) -> list[Example]:
    """The astronaut of scikit-image, and a forgery of it that is made in the background and named as simulated."""
    from skimage.data import astronaut

    folder = Path(tempfile.mkdtemp(prefix="deepfake-assistant-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    photo = astronaut()
    path = folder / "astronaut.png"
    Image.fromarray(photo).save(path)
    forged = later.submit(make_forgery, photo, folder / "simulated-forgery-of-astronaut.png")
    return [Example(text.PHOTO_LABEL, path, lambda: path), Example(text.FORGERY_LABEL, path, forged.result)]


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


@dataclass(frozen=True)
class Served:
    """A page that is up. `ready` is done when every model is loaded; its result() raises what went wrong."""

    page: gr.Blocks
    address: str
    ready: Future[None]


def serve(assistant: "Assistant", host: str = "127.0.0.1", port: int | None = None) -> Served:
    """Put the page up at once and load the models behind it."""
    limits = Limits()
    later = ThreadPoolExecutor(1, thread_name_prefix="prepare")
    examples = offer_examples(later)
    ready = later.submit(assistant.warm)
    if assistant.annotations is not None:
        later.submit(assistant.annotations.warm)
    later.shutdown(wait=False)
    page = build_page(Handlers(assistant, SessionStore()), limits_sentence(limits), examples)
    page.queue(max_size=32, default_concurrency_limit=8)
    _, address, _ = page.launch(server_name=host, server_port=port, prevent_thread_lock=True, **private(limits))
    return Served(page, address, ready)


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
