// The agreement page: a table for each two annotators, beside the published figures.

import { get } from "./api.js";

const NAMES = {
  sentence: "sentences (Sentence-BERT cosine)",
  regions: "places named (Jaccard)",
  kinds: "kinds named (Jaccard)",
};
const percent = (value) => `${(100 * value).toFixed(1)} %`;

function element(kind, text = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

function table(caption, head, rows) {
  const made = element("table");
  made.append(element("caption", caption));
  for (const [kind, cells] of [["th", head], ...rows.map((row) => ["td", row])]) {
    const line = element("tr");
    line.append(...cells.map((cell, k) => element(k ? kind : "th", cell)));
    made.append(line);
  }
  return made;
}

function pair(found, published) {
  const box = element("section");
  box.append(element("h3", found.annotators.join(" and ")));
  const level = found.same_difficulty === null ? "" : `; the same difficulty on ${percent(found.same_difficulty)}`;
  box.append(element("p", `${found.videos} videos annotated by both${level}.`));
  box.append(table("Text", ["", "here", "published"], Object.entries(found.text).map(([name, value]) =>
    [NAMES[name] ?? name, value.toFixed(3), name === "sentence" ? published.sentence.toFixed(3) : "–"])));
  if (!found.windows.length) {
    box.append(element("p", "There is no video on which both clicked, so clicks cannot be compared."));
    return box;
  }
  const rows = found.windows.map((window, k) => {
    const theirs = published.windows[k];
    return [`${window.frames} frames, ${window.pixels} px`, ...["temporal", "spatial", "joint"]
      .map((kind, c) => `${percent(window[kind])} (${percent(theirs[c])})`)];
  });
  box.append(table(`Clicks: ${found.clicks} on ${found.clicked} videos; published in brackets`,
    ["within", "in time", "in place", "in both"], rows));
  if (found.nominal) box.append(element("p", `Size not known for ${found.nominal} videos: 1280 x 720 is assumed.`));
  return box;
}

async function start() {
  try {
    const { pairs, published, note } = await get("/api/agreement");
    document.getElementById("state").textContent = pairs.length ? note
      : "No video has been finished by two annotators yet. Let a second person annotate some of the same videos "
        + "under another name; the figures then appear here.";
    document.getElementById("pairs").replaceChildren(...pairs.map((found) => pair(found, published)));
  } catch (error) {
    document.getElementById("state").textContent = error.message;
  }
}

start();
