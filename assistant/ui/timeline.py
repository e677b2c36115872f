"""The timelines of a video as plain SVG: one a person, with the frames' scores, the gaps and the highest moment."""

from assistant.ui import text
from media.records import Examination, FaceExamination

_WIDTH, _HEIGHT, _EDGE = 300.0, 48.0, 4.0
_SHOWN = 6

Scores = tuple[tuple[float, float], ...]
Spans = tuple[tuple[float, float], ...]


def timelines(examination: Examination, chosen: FaceExamination | None) -> str:
    """A timeline for every person with two or more examined frames, the chosen one first; "" for a photo."""
    people = [f for f in examination.faces if len(f.frame_scores) > 1]
    people.sort(key=lambda f: (chosen is None or f.face.id != chosen.face.id, -(f.evidence.score or 0.0)))
    if not people:
        return _figure("Score by time", examination.frames, examination.gaps, examination)
    many = len(people) > 1
    shown = "".join(
        _figure(f"Person {f.face.id}" if many else "Score by time", f.frame_scores, f.gaps, examination)
        for f in people[:_SHOWN]
    )
    left = len(people) - _SHOWN
    return shown + (f'<p class="more-people">{left} more people are in the list of faces.</p>' if left > 0 else "")


def _figure(name: str, frames: Scores, gaps: Spans, examination: Examination) -> str:
    if len(frames) < 2:
        return ""
    first, last = frames[0][0], frames[-1][0]
    if examination.media.duration:
        first, last = 0.0, max(examination.media.duration, last)
    span = max(last - first, 1e-6)

    def across(seconds: float) -> float:
        return _EDGE + (_WIDTH - 2 * _EDGE) * min(max((seconds - first) / span, 0.0), 1.0)

    line = " ".join(f"{across(t):.1f},{_HEIGHT - _EDGE - 40 * s:.1f}" for t, s in frames)
    lost = "".join(
        f'<rect x="{across(a):.1f}" y="0" width="{max(across(b) - across(a), 1.0):.1f}" height="{_HEIGHT:.0f}"/>'
        for a, b in gaps
    )
    worst = max(frames, key=lambda f: f[1])
    label = f"{name}, {len(frames)} frames; highest {worst[1]:.2f} at {text.clock(worst[0])}"
    missing = f"; no face in {examination.frames_without_face} frames" if examination.frames_without_face else ""
    if gaps:
        missing += "; grey: not assessed"
    return (
        f'<figure class="timeline"><svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{lost}<polyline points="{line}"/></svg>'
        f"<figcaption>{label}{missing}</figcaption></figure>"
    )
