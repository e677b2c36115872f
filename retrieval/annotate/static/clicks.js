// The clicks of an annotation: one a frame, in order, with undo and redo.

export class Clicks {
  constructor(onchange) {
    this.onchange = onchange;
    this.load([]);
  }

  load(list) {
    this.list = list.map(({ frame, time, x, y }) => ({ frame, time, x, y }));
    this.past = [];
    this.future = [];
  }

  on(frame) {
    return this.list.find((click) => click.frame === frame);
  }

  // Mark a place on a frame, or move the mark that is there.
  put(frame, time, x, y) {
    const inside = (value) => Math.min(Math.max(value, 0), 1);
    const click = { frame, time, x: inside(x), y: inside(y) };
    this.change([...this.list.filter((other) => other.frame !== frame), click].sort((a, b) => a.frame - b.frame));
  }

  remove(frame) {
    if (this.on(frame)) this.change(this.list.filter((click) => click.frame !== frame));
  }

  undo() {
    this.restore(this.past, this.future);
  }

  redo() {
    this.restore(this.future, this.past);
  }

  restore(from, to) {
    if (!from.length) return;
    to.push(this.list);
    this.list = from.pop();
    this.onchange();
  }

  change(list) {
    this.past.push(this.list);
    this.future = [];
    this.list = list;
    this.onchange();
  }
}
