"""The finding, the legend and the table of measurements as plain HTML. Everything that came from outside is escaped."""

from html import escape
from typing import Any

from assistant.ui import text
from assistant.ui.state import Picture, Session
from assistant.ui.timeline import timelines
from media.records import Cue, EvidenceWord, Examination, FaceExamination, Measurement
from media.regions import REGIONS
from simulation.dialogue.facts import is_raised

WORDS: tuple[EvidenceWord, ...] = (
    "little support",
    "inconclusive",
    "some support",
    "strong support",
    "could not be assessed",
)


def finding_card(session: Session) -> str:
    """The glance: evidence words, place and reason of the face chosen, and the score inside its context sentence."""
    picture, chosen = session.picture, session.chosen
    if picture is None:
        return finding_card_empty()
    word = chosen.evidence.word if chosen else "could not be assessed"
    if chosen is None or chosen.evidence.score is None:
        rows = _not_assessed(picture.examination, chosen)
    else:
        rows = _assessed(chosen, chosen.evidence.score)
    lines = timelines(picture.examination, chosen, session.moment.time if session.moment else None)
    return (
        f'<section class="finding w-{word.split()[0]}" aria-label="Finding" aria-live="polite">'
        f'<p class="of">{escape(_subject(session, picture, chosen))}</p>'
        f'<p class="verdict">{text.PHRASE[word]}</p>{_scale(word)}'
        f"<dl>{''.join(f'<dt>{k}</dt><dd>{v}</dd>' for k, v in rows)}</dl>{lines}</section>"
    )


def finding_card_empty() -> str:
    """What stands in the finding's place before there is a picture."""
    return f'<section class="finding empty"><p>{text.EMPTY_CARD}</p></section>'


def legend(opened: bool) -> str:
    """What the five words mean; folded away unless `opened`."""
    rows = "".join(
        f'<dt><i class="dot w-{w.split()[0]}" aria-hidden="true"></i>{text.PHRASE[w]}</dt><dd>{text.MEANING[w]}</dd>'
        for w in reversed(WORDS[:-1])
    )
    last = WORDS[-1]
    rows += f'<dt><i class="dot w-could" aria-hidden="true"></i>{text.PHRASE[last]}</dt><dd>{text.MEANING[last]}</dd>'
    head = f'<details class="legend"{" open" if opened else ""}><summary>What the words mean</summary>'
    return f"{head}<dl>{rows}</dl></details>"


def notice(message: str = "") -> str:
    """A message that a screen reader announces; nothing when empty."""
    return f'<p class="notice" role="alert">{escape(message)}</p>' if message else ""


def spot_text(session: Session) -> str:
    """What the next question is about, in one line."""
    mark = session.mark
    if session.moment is not None:
        said = text.MARK_IN_WORST
    elif session.corner is not None:
        said = text.BOX_FIRST_CORNER.format(x=session.corner[0], y=session.corner[1])
    elif mark is None:
        said = text.SPOT_NONE
    elif mark.point is not None:
        said = f"Marked: the spot at ({mark.point[0]:.0f}, {mark.point[1]:.0f}). Your next question is about it."
    elif mark.box is not None:
        x0, y0, x1, y1 = mark.box
        said = f"Marked: the box ({x0:.0f}, {y0:.0f}) to ({x1:.0f}, {y1:.0f}). Your next question is about it."
    else:
        said = f"Marked: the {REGIONS[mark.region_ids[0]].name}. Your next question is about it."
    return f'<p class="spot" role="status">{said}</p>'


def measured(session: Session) -> str:
    """Everything measured in the face chosen: regions, cues, quality, what was asked for, and how it was done."""
    picture, chosen = session.picture, session.chosen
    if picture is None:
        return f"<p>{text.EMPTY_MEASURED}</p>"
    parts = (
        [_regions_table(chosen), _cues_list(chosen), _quality(chosen), _asked(picture.examination)] if chosen else []
    )
    return f'<div class="measured">{"".join(parts)}{_how(picture)}</div>'


def sources(session: Session) -> str:
    """Annotations of forgeries like the one found, listed under the newest answer that has some."""
    if not session.annotations:
        return f"<p>{text.SOURCES_OFF}</p>"
    last = next((t.answer for t in reversed(session.turns) if t.answer.examples and not t.superseded), None)
    if last is None:
        return f"<p>{text.NO_SOURCES}</p>"
    rows = "".join(
        f"<li><q>{escape(str(s['text']))}</q> "
        f"<small>{escape(_origin(s))}; similarity {s['similarity']:.2f}</small></li>"
        for s in last.examples
    )
    simulated = any(s["simulated"] for s in last.examples)
    said = text.SIMULATED_HELP if simulated else text.SOURCES_HELP
    return f'<div class="measured"><p>{said}</p><ul>{rows}</ul></div>'


def _origin(source: dict[str, Any]) -> str:
    by = source["annotator"] if source["simulated"] or not source["annotator"] else f"annotator {source['annotator']}"
    named = [by, source["dataset"], source["licence"], "simulated" if source["simulated"] else ""]
    return ", ".join(dict.fromkeys(str(part) for part in named if part))


def _subject(session: Session, picture: Picture, chosen: FaceExamination | None) -> str:
    said = f"Picture {session.active + 1}: {picture.name}"
    faces = picture.examination.faces
    if chosen is not None and len(faces) > 1:
        said += f" - face {chosen.face.id} of {len(faces)}"
    if chosen is not None and chosen.face.time is not None:
        said += f" - at {text.clock(chosen.face.time)}"
    return said


def _scale(word: EvidenceWord) -> str:
    if word == "could not be assessed":
        return ""
    steps = "".join(
        f'<li class="w-{w.split()[0]}"{" aria-current=true" if w == word else ""}>{w.split()[0].capitalize()}</li>'
        for w in WORDS[:-1]
    )
    return f'<ol class="scale" aria-label="From little to strong support">{steps}</ol>'


def _not_assessed(examination: Examination, chosen: FaceExamination | None) -> list[tuple[str, str]]:
    reason = (chosen.evidence.reason if chosen else None) or examination.reason or "no_face"
    what, cure = text.REASONS[reason]
    if reason == "face_too_small" and chosen is not None:
        what = f"The face is too small: about {chosen.face.quality.face_px:.0f} pixels."
    return [("Why", what), ("Try", cure)]


def _assessed(chosen: FaceExamination, score: float) -> list[tuple[str, str]]:
    return [
        ("Where", _where(chosen)),
        ("Why", _why(chosen)),
        ("Score", escape(text.score_context(score, chosen.evidence.calibrated))),
    ]


def _where(chosen: FaceExamination) -> str:
    evidence = chosen.evidence
    names = [REGIONS[r].name for r in evidence.flagged[:4] if r in REGIONS]
    if names:
        at = f", at {text.clock(chosen.face.time)}" if chosen.face.time is not None else ""
        return f"<strong>{escape(text.listing(names))}</strong>{at}"
    if evidence.verdict == "fake":
        return "No single part stands out; see the overlay on the picture."
    return "No part is called out. The overlay shows where the map is highest."


def _why(chosen: FaceExamination) -> str:
    evidence = chosen.evidence
    notable = [c for c in evidence.cues if c.strength >= 1.0]
    said = [_cue(c) for c in notable if not evidence.flagged or c.region in evidence.flagged][:2]
    if evidence.verdict == "fake" and said:
        return escape(f"The detector's map is raised there; {'; '.join(said)}.")
    strongest = evidence.regions[0] if evidence.regions else None
    if strongest is None:
        return "The detector gives no places for this face."
    compared = (
        f"highest on the {strongest.name}: {strongest.score:.2f}, against {strongest.rest:.2f} in the rest of the face"
    )
    if evidence.verdict == "fake":
        return escape(f"The detector's map is {compared}.")
    if evidence.verdict == "uncertain":
        return escape(f"The signs are too weak or too mixed; the detector's map is {compared}.")
    if is_raised(evidence):
        return escape(
            f"The detector's map is raised in places, {compared}, but the face as a whole does not bear it out."
        )
    return escape(f"The detector's map stays low; it is {compared}.")


def _cue(cue: Cue) -> str:
    name = REGIONS[cue.region].name if cue.region in REGIONS else cue.region
    return text.CUES.get(cue.kind, f"{cue.kind.replace('_', ' ')} in the {{region}}").format(region=name)


def _regions_table(chosen: FaceExamination) -> str:
    if not chosen.evidence.regions:
        return ""
    rows = "".join(
        f"<tr{' class=flagged' if r.id in chosen.evidence.flagged else ''}><th scope=row>{escape(r.name)}</th>"
        f"<td>{r.score:.2f}</td><td>{r.rest:.2f}</td><td>{r.score - r.rest:+.2f}</td>"
        f"<td>{'called out' if r.id in chosen.evidence.flagged else ''}</td></tr>"
        for r in chosen.evidence.regions
    )
    head = "<th scope=col>Part (left and right are the person's)</th><th scope=col>Map inside</th>"
    head += "<th scope=col>Rest of face</th><th scope=col>Difference</th><th scope=col></th>"
    return f'<h4>Parts of the face</h4><div class="wide"><table><tr>{head}</tr>{rows}</table></div>'


def _cues_list(chosen: FaceExamination) -> str:
    rows = "".join(
        f"<li>{escape(_cue(c))} ({c.value:.2f} {escape(c.unit)}; {'noticeable' if c.strength >= 1 else 'slight'})</li>"
        for c in chosen.evidence.cues[:8]
    )
    return f"<h4>Plain image measurements</h4>{f'<ul>{rows}</ul>' if rows else '<p>Nothing stands out.</p>'}"


def _quality(chosen: FaceExamination) -> str:
    q = chosen.face.quality
    said = (
        f"Face {q.face_px:.0f} px; sharpness {q.sharpness:.2f}; turned {q.yaw:+.0f} degrees, nodding {q.pitch:+.0f}, "
        f"tilted {q.roll:+.0f}; block edges {q.blockiness:.2f} (1 = none); visible {q.visible:.0%}."
    )
    return f"<h4>Quality of the face</h4><p>{said}</p>"


def _asked(examination: Examination) -> str:
    if not examination.measurements:
        return ""
    rows = "".join(f"<li>{escape(_said_of(m))}</li>" for m in examination.measurements)
    return f"<h4>Measured because you asked</h4><ul>{rows}</ul>"


def _said_of(m: Measurement) -> str:
    """One measurement that was asked for, in words."""
    names = text.listing([REGIONS[r].name for r in m.region_ids if r in REGIONS] or ["outside the named parts"])
    if m.kind == "person":
        return f"person {m.face}: {m.score:.2f}"
    if m.kind == "moment":
        return f"moment {text.clock(m.place[0])}, person {m.face}: {m.score:.2f}, whole video {m.rest:.2f}"
    if m.kind == "hidden":
        return f"hidden, face {m.face}, {names}: score {m.score:.2f}, with nothing hidden {m.rest:.2f}"
    place = f" ({', '.join(f'{v:.0f}' for v in m.place)})" if m.place else ""
    return f"{m.kind}{place}, face {m.face}, {names}: {m.score:.2f}, rest {m.rest:.2f}"


def _how(picture: Picture) -> str:
    e = picture.examination
    rows = [
        ("File", f"{picture.name}, {e.media.kind}, {e.media.width} x {e.media.height} pixels"),
        ("SHA-256", e.media.sha256),
        ("Checkpoint", f"{e.profile}, {e.checkpoint}"),
        ("Time taken", f"{e.elapsed_s:.2f} s"),
    ]
    if e.media.duration is not None:
        rows.insert(1, ("Length", f"{text.clock(e.media.duration)}; {len(e.frames)} frames with a face examined"))
    if e.media.note:
        rows.append(("Note", e.media.note))
    return f"<h4>How</h4><dl>{''.join(f'<dt>{k}</dt><dd>{escape(v)}</dd>' for k, v in rows)}</dl>"
