// The list of videos, who annotates, export, and the keyboard.

import { get, send } from "./api.js";
import { Editor } from "./editor.js";

const $ = (id) => document.getElementById(id);
const WORD = { new: "to do", begun: "begun", done: "done" };
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

let overview = null;
const editor = new Editor(say, saved);

function say(message) {
  $("notice").textContent = message;
  $("notice").hidden = !message;
}

function annotator() {
  return $("annotator").value.trim().replace(/\s+/g, " ");
}

function saved(video, annotation) {
  const before = `${video.status} ${video.clicks}`;
  video.status = annotation.done ? "done" : "begun";
  video.clicks = annotation.clicks.length;
  if (before !== `${video.status} ${video.clicks}`) list();
}

async function refresh() {
  try {
    overview = await get(`/api/videos?annotator=${encodeURIComponent(annotator())}`);
  } catch (error) {
    say(error.message);
    return;
  }
  $("folder").textContent = overview.folder;
  $("rule").textContent = `Difficulty, as published: ${overview.rule}.`;
  if (editor.video) editor.video = overview.videos.find(({ id }) => id === editor.video.id) ?? editor.video;
  $("people").replaceChildren(...overview.annotators.map(({ name }) => new Option(name, name)));
  list();
}

function shown() {
  const wanted = { all: () => true, todo: (v) => v.status !== "done", done: (v) => v.status === "done" };
  return overview.videos.filter(wanted[$("filter").value]);
}

function list() {
  const done = overview.videos.filter((video) => video.status === "done").length;
  const videos = shown();
  $("progress").textContent = `${done} of ${overview.videos.length} done`;
  $("videos").replaceChildren(...videos.map(entry));
  $("no-videos").hidden = videos.length > 0;
  $("no-videos").textContent = $("filter").value === "todo" ? "Nothing left to do: every video is done."
    : "No video is done yet.";
}

function entry(video) {
  const row = document.createElement("li"), link = document.createElement("a");
  const name = document.createElement("span"), facts = document.createElement("span");
  const state = document.createElement("span");
  link.href = `#/video/${video.id}`;
  if (editor.video?.id === video.id) link.setAttribute("aria-current", "page");
  name.className = "name";
  name.textContent = video.name;
  name.title = video.path;
  facts.className = "small";
  facts.textContent = [video.manipulation, video.original ? "with original" : "",
    video.clicks ? plural(video.clicks, "click") : "", video.others ? `${video.others} by others` : ""]
    .filter(Boolean).join(" · ");
  state.className = `state ${video.status}`;
  state.textContent = WORD[video.status];
  link.append(name, state, facts);
  row.append(link);
  return row;
}

// The address says what is shown: #/ the list, #/video/ID a video.
async function route() {
  if (!overview) await refresh();
  if (!overview) return;
  const id = Number(location.hash.match(/^#\/video\/(\d+)$/)?.[1]);
  const video = overview.videos.find((one) => one.id === id);
  const named = annotator() !== "";
  if (!video || !named) await editor.leave();
  document.body.classList.toggle("open", Boolean(video && named));
  for (const part of ["work", "note"]) $(part).hidden = !(video && named);
  $("empty").hidden = Boolean(video && named);
  if (video && !named) {
    say("Write your name first: annotations are kept by annotator.");
    $("annotator").focus();
  } else if (video) {
    $("title").textContent = video.name;
    $("title").title = video.path;
    try {
      await editor.open(video, annotator());
    } catch (error) {
      for (const part of ["work", "note"]) $(part).hidden = true;
      document.body.classList.remove("open");
      $("empty").hidden = false;
      say(`${video.name}: ${error.message}`);
    }
  }
  list();
  steps();
}

function neighbour(by) {
  const videos = overview?.videos ?? [];
  const here = videos.findIndex((video) => video.id === editor.video?.id);
  return here < 0 ? null : videos[here + by] ?? null;
}

function steps() {
  $("previous").disabled = !neighbour(-1);
  $("next").disabled = !neighbour(1);
}

function go(video) {
  location.hash = video ? `#/video/${video.id}` : "#/";
}

async function finish() {
  if (!(await editor.finish())) return;
  const here = editor.video.id;
  await refresh();
  const videos = overview.videos;
  const start = videos.findIndex((video) => video.id === here);
  const next = [...videos.slice(start + 1), ...videos.slice(0, start)].find((video) => video.status !== "done");
  if (next) go(next);
  else {
    go(null);
    say("All videos are done. Thank you. Export them above.");
  }
}

async function exported() {
  try {
    const { rows, csv_left_out: left, index } = await get("/api/export");
    $("export-count").textContent = rows ? `${plural(rows, "finished annotation")}, of all annotators.`
      : "No annotation is finished yet, so there is nothing to export.";
    $("export-note").textContent = left.length
      ? `The CSV cannot hold ${left.length}: ${left.slice(0, 3).join("; ")}.` : "";
    $("export-index").title = index;
    for (const name of ["export-csv", "export-jsonl"]) $(name).toggleAttribute("aria-disabled", !rows);
    $("export-index").disabled = !rows;
  } catch (error) {
    $("export-count").textContent = error.message;
  }
}

async function toIndex() {
  $("export-index").disabled = true;
  $("export-note").textContent = "Encoding the sentences…";
  try {
    const { added, items, index } = await send("POST", "/api/index", {});
    $("export-note").textContent = `${plural(added, "annotation")} put into ${index}; it holds ${items} now.`;
  } catch (error) {
    $("export-note").textContent = error.message;
  }
  $("export-index").disabled = false;
}

const KEYS = {
  " ": () => editor.player.toggle(),
  ArrowLeft: (event) => editor.player.step(event.shiftKey ? -10 : -1),
  ArrowRight: (event) => editor.player.step(event.shiftKey ? 10 : 1),
  Home: () => editor.player.step(-Infinity),
  End: () => editor.player.step(Infinity),
  Delete: () => editor.clicks.remove(editor.player.n),
  c: () => editor.marks.middle(),
  o: () => { if (!$("show-original").disabled) editor.reveal(!editor.player.withOriginal); },
  t: () => $("text").focus(),
  n: () => { if (neighbour(1)) go(neighbour(1)); },
  p: () => { if (neighbour(-1)) go(neighbour(-1)); },
  1: () => editor.choose("easy"),
  2: () => editor.choose("medium"),
  3: () => editor.choose("hard"),
};
const NUDGE = { ArrowLeft: [-0.01, 0], ArrowRight: [0.01, 0], ArrowUp: [0, -0.01], ArrowDown: [0, 0.01] };

function key(event) {
  const typing = event.target.matches("textarea, select, input:not([type=range]):not([type=radio])");
  if ($("keys").open || event.isComposing) return;
  const run = (action) => {
    event.preventDefault();
    action(event);
  };
  if (event.key === "?" && !typing) return run(() => $("keys").showModal());
  if (!editor.video) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return run(finish);
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    return run(() => (event.shiftKey ? editor.clicks.redo() : editor.clicks.undo()));
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.altKey) {
    if (NUDGE[event.key]) run(() => editor.marks.nudge(...NUDGE[event.key]));
    return;
  }
  if (event.key === " " && event.target.matches("button, summary, a")) return; // space presses what has the focus
  if (event.target.matches("[type=radio]") && event.key.startsWith("Arrow")) return;
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (action) run(action);
}

async function renamed() {
  localStorage.setItem("annotator", annotator());
  say("");
  await editor.leave();
  await refresh();
  await route();
}

async function start() {
  $("annotator").value = localStorage.getItem("annotator") ?? "";
  await refresh();
  if (overview?.start_as) $("annotator").value = overview.start_as;
  if (overview?.start_as) await refresh();
  $("annotator").addEventListener("change", renamed);
  $("filter").addEventListener("change", list);
  $("previous").addEventListener("click", () => go(neighbour(-1)));
  $("next").addEventListener("click", () => go(neighbour(1)));
  $("done").addEventListener("click", finish);
  $("help").addEventListener("click", () => $("keys").showModal());
  $("export").addEventListener("toggle", () => { if ($("export").open) exported(); });
  $("export-index").addEventListener("click", toIndex);
  document.addEventListener("click", (event) => { if (!$("export").contains(event.target)) $("export").open = false; });
  document.addEventListener("keydown", key);
  window.addEventListener("hashchange", route);
  await route();
}

start();
