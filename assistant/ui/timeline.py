"""The timelines of a video as plain SVG: one a person, with frames' scores, motion, gaps and the highest moment."""

from html import escape

from assistant.ui import text
from media.records import Examination, FaceExamination, Motion

_WIDTH, _HEIGHT, _EDGE, _RISE = 300.0, 48.0, 4.0, 40.0
MOST_PEOPLE = 6

# A click on a timeline, or on anything with data-second, tells the page the second and the person.
JUMP = f"""element.addEventListener('click', event => {{
  const named = event.target.closest('[data-second]');
  const line = event.target.closest('svg[data-last]');
  if (named) trigger('click', {{second: Number(named.dataset.second), person: Number(named.dataset.person)}});
  else if (line) {{
    const box = line.getBoundingClientRect();
    const across = {_WIDTH:.0f} * (event.clientX - box.left) / box.width;
    const share = Math.min(1, Math.max(0, (across - {_EDGE:.0f}) / {_WIDTH - 2 * _EDGE:.0f}));
    trigger('click', {{second: share * Number(line.dataset.last), person: Number(line.dataset.person)}});
  }}
}})"""

Scores = tuple[tuple[float, float], ...]
Spans = tuple[tuple[float, float], ...]


def last_second(examination: Examination) -> float:
    """Where the timelines of a video end, in seconds: its duration, or its last examined frame when that is later."""
    return max([examination.media.duration or 0.0, *(time for time, _ in examination.frames)])


def people_of(examination: Examination, chosen: FaceExamination | None) -> list[FaceExamination]:
    """The people of a video with two or more examined frames, the chosen one first, then the strongest."""
    people = [f for f in examination.faces if len(f.frame_scores) > 1]
    return sorted(people, key=lambda f: (chosen is None or f.face.id != chosen.face.id, -(f.evidence.score or 0.0)))


def timelines(examination: Examination, chosen: FaceExamination | None, now: float | None = None) -> str:
    """A timeline for every person of `people_of`, at most six; "" for a photo. `now`: the second on show, or None."""
    people = people_of(examination, chosen)
    if people:
        many = len(people) > 1
        drawn = [
            _figure(f"Person {f.face.id}" if many else "Score by time", f.face.id, f.frame_scores, f.gaps, f.motion,
                    examination, now)
            for f in people[:MOST_PEOPLE]
        ]  # fmt: skip
    else:
        drawn = [_figure("Score by time", 0, examination.frames, examination.gaps, None, examination, now)]
    left = len(people) - MOST_PEOPLE
    more = f'<p class="more-people">{left} more people are in the list of faces.</p>' if left > 0 else ""
    shown = "".join(drawn)
    return f'{shown}{more}<p class="limits">{text.TIMELINE_HELP}</p>' if shown else ""


def _figure(
    name: str, person: int, frames: Scores, gaps: Spans, motion: Motion | None, examination: Examination,
    now: float | None,
) -> str:  # fmt: skip
    if len(frames) < 2:
        return ""
    last = max(last_second(examination), frames[-1][0])

    def across(seconds: float) -> float:
        return _EDGE + (_WIDTH - 2 * _EDGE) * min(max(seconds / max(last, 1e-6), 0.0), 1.0)

    def line(points: Scores, kind: str) -> str:
        pairs = [f"{across(t):.1f},{_HEIGHT - _EDGE - _RISE * s:.1f}" for t, s in points]
        pairs = pairs * 2 if len(pairs) == 1 else pairs  # a line of one point is a dot
        return f'<polyline class="{kind}" points="{" ".join(pairs)}"/>'

    lost = "".join(
        f'<rect x="{across(a):.1f}" y="0" width="{max(across(b) - across(a), 1.0):.1f}" height="{_HEIGHT:.0f}"/>'
        for a, b in gaps
    )
    moving = line(motion.windows, "motion") if motion is not None else ""
    here = "" if now is None else f'<path class="now" d="M{across(now):.1f} 0V{_HEIGHT:.0f}"/>'
    label = escape(_label(name, frames, gaps, motion, examination))
    return (
        f'<figure class="timeline"><svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}" data-last="{last:.3f}" data-person="{person}">'
        f"{lost}{line(frames, 'score')}{moving}{here}</svg><figcaption>{label}</figcaption></figure>"
    )


def _label(name: str, frames: Scores, gaps: Spans, motion: Motion | None, examination: Examination) -> str:
    worst = max(frames, key=lambda f: f[1])
    said = [f"{name}, {len(frames)} frames; highest {worst[1]:.2f} at {text.clock(worst[0])}"]
    if motion is not None:
        said.append(f"motion {motion.score:.2f}, dashed")
    if examination.frames_without_face:
        said.append(f"no face in {examination.frames_without_face} frames")
    if gaps:
        said.append("grey: not assessed")
    return "; ".join(said)
