// One video on the page: its frames, its clicks, its text, its difficulty; every change is saved by itself.

import { get } from "./api.js";
import { Clicks } from "./clicks.js";
import { Frames } from "./frames.js";
import { Marks } from "./marks.js";
import { Player } from "./player.js";
import { Saver } from "./saving.js";
import { Spelling } from "./spelling.js";

const $ = (id) => document.getElementById(id);
const SAVED = {
  saved: "Saved",
  waiting: "Saving…",
  failed: "Not saved yet; kept in this browser",
  refused: "Not saved",
};

export class Editor {
  // say(message): show or clear a notice; changed(video, annotation): it was saved.
  constructor(say, changed) {
    this.say = say;
    this.changed = changed;
    this.video = null;
    const screen = (id) => ({ canvas: $(id).querySelector("canvas"), wait: $(id).querySelector(".wait") });
    this.player = new Player({ video: screen("fake"), original: screen("original") });
    this.clicks = new Clicks(() => this.touched());
    this.marks = new Marks($("screen"), $("marks"), $("ticks"), this.player, this.clicks);
    this.saver = new Saver((state, error) => this.state(state, error), (answer, body) => this.stored(answer, body));
    this.spelling = new Spelling($("text"), $("echo"), $("spelling"), () => this.touched());
    this.player.onframe = () => this.frame();
    this.player.onstate = () => this.playing();
    this.player.onerror = (error) => this.say(error.message);
    this.listen();
  }

  listen() {
    const on = (id, action) => $(id).addEventListener("click", action);
    on("play", () => this.player.toggle());
    on("back1", () => this.player.step(-1));
    on("forward1", () => this.player.step(1));
    on("show-original", () => this.reveal(!this.player.withOriginal));
    on("undo", () => this.clicks.undo());
    on("redo", () => this.clicks.redo());
    on("reopen", () => this.reopen());
    $("scrub").addEventListener("input", () => {
      this.player.pause();
      this.player.show(Number($("scrub").value));
    });
    $("speed").addEventListener("change", () => { this.player.speed = Number($("speed").value); });
    $("text").addEventListener("input", () => {
      this.spelling.changed();
      this.touched();
    });
    $("text").addEventListener("blur", () => this.saver.now());
    $("difficulty").addEventListener("change", () => this.touched());
    for (const name of ["pagehide", "visibilitychange"]) {
      window.addEventListener(name, () => { if (document.visibilityState !== "visible") this.saver.now(true); });
    }
  }

  // Open a video as somebody; what was written before is there again.
  async open(video, annotator) {
    await this.leave();
    const asked = (this.asked = {});
    const data = await get(`/api/videos/${video.id}?annotator=${encodeURIComponent(annotator)}`);
    if (asked !== this.asked) return;
    this.video = video;
    this.used = data.annotation.used_original;
    this.done = data.annotation.done;
    this.saver.open({ ...video, folder: $("folder").textContent }, annotator, data.annotation.revision, () => this.read());
    const left = this.saver.left();
    const goesOn = left !== null && left.follows;
    this.fill(goesOn ? left.draft : data.annotation);
    this.say(data.video.note ? `${video.name}: ${data.video.note}.` : "");
    this.hint(data.hint);
    await this.roll(data);
    if (goesOn) {
      this.say("What you did last had not reached the server; this browser still held it, and it is back.");
      this.touched(0);
    } else {
      this.state(data.annotation.revision ? "saved" : "none");
      if (left?.draft.text.trim() && left.draft.text !== data.annotation.text) {
        this.say(`Something else was saved meanwhile. Your text that could not be saved: ${left.draft.text}`);
      }
    }
  }

  roll(data) {
    const address = `/api/videos/${this.video.id}`;
    const frames = new Frames(`${address}/video`, data.video);
    const shown = data.original && !data.original.error;
    const original = shown ? new Frames(`${address}/original`, data.original) : null;
    this.reveal(false);
    $("show-original").disabled = !shown;
    $("show-original").title = data.original?.error
      ?? (shown ? "Show the original (O)" : "There is no original of this video in the folder");
    const report = (error) => { if (this.player.frames === frames) this.say(error.message ?? error); };
    frames.onprogress = () => this.frame();
    frames.follow().then((error) => { if (error) report(error); }, report);
    original?.follow().catch(report);
    const ready = this.player.open(frames, original, this.watched);
    this.playing();
    return ready;
  }

  // Save what is left to save and let go of the video.
  async leave() {
    this.asked = null;
    this.player.pause();
    if (this.video && !(await this.saver.now())) this.saver.keep();
    this.saver.target = null;
    this.player.close();
    this.video = null;
  }

  fill(draft) {
    this.clicks.load(draft.clicks);
    this.watched = draft.watched;
    this.used = this.used || draft.used_original;
    $("text").value = draft.text;
    for (const choice of document.getElementsByName("difficulty")) choice.checked = choice.value === draft.difficulty;
    $("missing").hidden = true;
    this.spelling.unknown = [];
    this.spelling.offer();
    this.spelling.changed(0);
    this.listClicks();
    this.finished();
  }

  // The annotation as it stands.
  read() {
    const chosen = document.querySelector("input[name=difficulty]:checked");
    const text = $("text").value;
    return {
      text,
      clicks: this.clicks.list,
      difficulty: chosen ? chosen.value : null,
      watched: Math.max(this.player.watched, this.watched),
      used_original: this.used,
      done: this.done && text.trim() !== "" && chosen !== null,
    };
  }

  touched(delay) {
    this.listClicks();
    if (this.missing().length === 0) $("missing").hidden = true;
    this.saver.changed(delay);
  }

  missing() {
    const { text, difficulty } = this.read();
    return [...(text.trim() ? [] : ["a description"]), ...(difficulty ? [] : ["how difficult it was to see"])];
  }

  // Finish; false, with a sentence, when something lacks or cannot be saved.
  async finish() {
    const missing = this.missing();
    if (missing.length) {
      $("missing").textContent = `Still missing: ${missing.join(" and ")}.`;
      $("missing").hidden = false;
      if (!$("text").value.trim()) $("text").focus();
      return false;
    }
    this.player.pause();
    this.done = true;
    this.saver.changed(0);
    const saved = await this.saver.now();
    this.finished();
    return saved;
  }

  reopen() {
    this.done = false;
    this.finished();
    this.saver.changed(0);
  }

  reveal(on) {
    this.player.reveal(on);
    const shown = this.player.withOriginal;
    $("original").hidden = !shown;
    $("stage").classList.toggle("pair", shown);
    $("show-original").setAttribute("aria-pressed", String(shown));
    $("show-original").textContent = shown ? "Hide original" : "Show original";
    if (shown && !this.used) {
      this.used = true;
      this.touched();
    }
  }

  choose(difficulty) {
    for (const choice of document.getElementsByName("difficulty")) choice.checked = choice.value === difficulty;
    this.touched();
  }

  frame() {
    const { frames, n, moment } = this.player;
    if (!frames) return;
    $("scrub").max = Math.max(frames.count - 1, 0);
    $("scrub").value = n;
    $("scrub").setAttribute("aria-valuetext", `frame ${n} of ${frames.count}, ${moment.toFixed(2)} seconds`);
    $("where").textContent = `frame ${n} of ${frames.count} · ${moment.toFixed(2)} s`;
    $("screen").dataset.frame = this.player.shown === n ? n : "";
    this.marks.draw();
  }

  playing() {
    const { playing, watched } = this.player;
    $("play").textContent = playing ? "Pause" : "Play";
    if (!playing && this.video && watched > this.watched) {
      this.watched = watched;
      this.saver.changed();
    }
  }

  listClicks() {
    const { list, past, future } = this.clicks;
    $("click-count").textContent = list.length ? `(${list.length})` : "";
    $("no-clicks").hidden = list.length > 0;
    $("undo").disabled = !past.length;
    $("redo").disabled = !future.length;
    $("clicks").replaceChildren(...list.map((click, k) => this.row(click, k + 1)));
    this.marks.draw();
  }

  row(click, number) {
    const row = document.createElement("li"), go = document.createElement("button");
    const away = document.createElement("button");
    go.type = away.type = "button";
    go.textContent = `${number}. frame ${click.frame} · ${click.time.toFixed(2)} s`;
    go.title = `Go to this frame; the mark is at ${Math.round(100 * click.x)} % and ${Math.round(100 * click.y)} %`;
    go.className = "quiet";
    go.addEventListener("click", () => this.player.step(click.frame - this.player.n));
    away.textContent = "Delete";
    away.setAttribute("aria-label", `Delete click ${number}`);
    away.addEventListener("click", () => this.clicks.remove(click.frame));
    row.append(go, away);
    return row;
  }

  finished() {
    const { done } = this.read();
    $("reopen").hidden = !done;
    $("done").textContent = done ? "Next video" : "Done, next video";
  }

  hint({ difficulty, reason }) {
    $("hint").textContent = difficulty ? `The published rule suggests ${difficulty}: ${reason}.`
      : `No hint yet: ${reason}.`;
  }

  stored(answer, body) {
    this.hint(answer.hint);
    this.finished();
    this.changed(this.video, body);
    if (!this.refused) return;
    this.refused = false;
    this.say("");
  }

  state(state, error) {
    $("saved").textContent = SAVED[state] ?? "";
    $("saved").dataset.state = state;
    if (!error) return;
    this.refused = true;
    this.say(error.message);
  }
}
