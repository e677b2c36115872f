// Saves an annotation a moment after each change, one request at a time. What the server has not confirmed yet is also
// kept in this browser, so that neither a stopped server nor a closed tab loses it.

import { send } from "./api.js";

const SOON = 400, AGAIN = 2000; // milliseconds

export class Saver {
  // onstate("saved" | "waiting" | "failed" | "refused", error)
  constructor(onstate, onsaved) {
    this.onstate = onstate;
    this.onsaved = onsaved;
    this.target = null;
    this.working = null;
  }

  // read(): the annotation as it is now, without revision.
  open(video, annotator, revision, read) {
    clearTimeout(this.timer);
    const key = `annotation:${annotator}:${video.folder}/${video.path}`;
    this.target = { video, annotator, revision, read, changed: false, key };
  }

  // What this browser still holds that the server never got: { draft, follows }, or null. follows: it goes on from what
  // the server has; otherwise something else was saved meanwhile.
  left() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.target.key));
      return kept && { draft: kept.draft, follows: kept.revision === this.target.revision };
    } catch {
      return null;
    }
  }

  changed(delay = SOON) {
    const target = this.target;
    if (!target) return;
    target.changed = true;
    this.keep();
    this.onstate("waiting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), delay);
  }

  keep() {
    const { revision, read } = this.target;
    try {
      localStorage.setItem(this.target.key, JSON.stringify({ revision, draft: read() }));
    } catch { /* no room, or not allowed: the server still gets it */ }
  }

  // Save what has changed; true when the server has everything.
  async now(keepalive = false) {
    clearTimeout(this.timer);
    while (this.working) await this.working;
    const target = this.target;
    if (!target || !target.changed) return true;
    this.working = this.put(target, keepalive);
    try {
      return await this.working;
    } finally {
      this.working = null;
    }
  }

  async put(target, keepalive) {
    target.changed = false;
    const body = { ...target.read(), annotator: target.annotator, revision: target.revision };
    try {
      const answer = await send("PUT", `/api/annotations/${target.video.id}`, body, keepalive);
      target.revision = answer.revision;
      if (target === this.target) {
        if (target.changed) this.keep();
        else {
          localStorage.removeItem(this.target.key);
          this.onstate("saved");
        }
        this.onsaved(answer, body);
      }
      return true;
    } catch (error) {
      target.changed = true;
      if (target === this.target) {
        const again = error.status === 0 || error.status === 503;
        this.onstate(again ? "failed" : "refused", error);
        if (again) this.timer = setTimeout(() => this.now(), AGAIN);
      }
      return false;
    }
  }
}
