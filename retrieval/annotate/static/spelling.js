// Marks unknown words under the text, and offers others for them.

import { get, send } from "./api.js";

const SOON = 350;

export class Spelling {
  // area: the textarea; echo: an element behind it that shows the marks; list: where the words are offered.
  constructor(area, echo, list, onreplace) {
    Object.assign(this, { area, echo, list, onreplace });
    this.unknown = [];
    area.addEventListener("scroll", () => { echo.scrollTop = area.scrollTop; });
  }

  changed(delay = SOON) {
    this.mark();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), delay);
  }

  async check() {
    const text = this.area.value;
    try {
      const { unknown } = text.trim() ? await send("POST", "/api/spelling", { text }) : { unknown: [] };
      if (text !== this.area.value) return;
      this.unknown = unknown;
    } catch {
      return; // the text itself is what matters; saving tells when the server is away
    }
    this.mark();
    this.offer();
  }

  expression() {
    const words = this.unknown.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return words.length ? new RegExp(`(?<![\\p{L}\\d_])(?:${words.join("|")})(?![\\p{L}\\d_])`, "gu") : null;
  }

  // The same text behind the area, with the unknown words underlined.
  mark() {
    const text = this.area.value, pieces = [], expression = this.expression();
    let at = 0;
    for (const match of expression ? text.matchAll(expression) : []) {
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      pieces.push(text.slice(at, match.index), mark);
      at = match.index + match[0].length;
    }
    this.echo.replaceChildren(...pieces, text.slice(at), "\n");
    this.echo.scrollTop = this.area.scrollTop;
  }

  offer() {
    this.list.replaceChildren();
    if (!this.unknown.length) return;
    const lead = document.createElement("span");
    lead.textContent = this.unknown.length === 1 ? "Unknown word:" : "Unknown words:";
    this.list.append(lead, ...this.unknown.map((word) => this.offerFor(word)));
  }

  offerFor(word) {
    const box = document.createElement("details"), name = document.createElement("summary");
    const choices = document.createElement("span");
    name.textContent = word;
    choices.className = "choices";
    box.append(name, choices);
    box.addEventListener("toggle", async () => {
      if (!box.open || choices.childElementCount) return;
      let suggestions = [];
      try {
        ({ suggestions } = await get(`/api/suggestions?word=${encodeURIComponent(word)}`));
      } catch { /* then there are none */ }
      choices.replaceChildren(
        ...suggestions.map((other) => button(other, () => this.replace(word, other))),
        button("Keep it", () => this.keep(word), "quiet"),
      );
    });
    return box;
  }

  replace(word, other) {
    this.unknown = [word];
    this.area.value = this.area.value.replace(this.expression(), other);
    this.unknown = [];
    this.onreplace();
    this.changed(0);
    this.area.focus();
  }

  async keep(word) {
    await send("POST", "/api/words", { word }).catch(() => {});
    this.check();
  }
}

function button(text, action, kind = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.className = kind;
  made.addEventListener("click", action);
  return made;
}
