// The marks over the picture: click to place, drag to move; marks of neighbouring frames shine through.

const NEAR = 12; // frames

export class Marks {
  // screen: the element over which one clicks; player: what is on it; clicks: the Clicks.
  constructor(screen, layer, ticks, player, clicks) {
    Object.assign(this, { screen, layer, ticks, player, clicks });
    screen.addEventListener("pointerdown", (event) => this.press(event));
  }

  draw() {
    const { n } = this.player;
    this.layer.replaceChildren(...this.clicks.list
      .map((click, k) => [click, k])
      .filter(([click]) => Math.abs(click.frame - n) <= NEAR)
      .map(([click, k]) => mark(click, k + 1, click.frame === n)));
    const last = Math.max((this.player.frames?.count ?? 1) - 1, 1);
    this.ticks.replaceChildren(...this.clicks.list.map((click) => {
      const tick = document.createElement("i");
      tick.style.left = `${100 * click.frame / last}%`;
      return tick;
    }));
  }

  // Where on the picture, 0 to 1 each way.
  point(event) {
    const box = this.screen.querySelector("canvas").getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  press(event) {
    if (event.button !== 0 || !this.player.frames) return;
    event.preventDefault();
    this.screen.focus({ preventScroll: true });
    if (!this.player.stay()) return;
    const frame = this.player.n, time = this.player.moment;
    const inside = ([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1;
    if (!inside(this.point(event))) return;
    let place = this.point(event);
    const show = () => {
      this.layer.querySelector(".mark.here")?.remove();
      this.layer.append(mark({ x: place[0], y: place[1] }, "", true));
    };
    const move = (next) => {
      place = this.point(next).map((value) => Math.min(Math.max(value, 0), 1));
      show();
    };
    const stop = () => {
      this.screen.removeEventListener("pointermove", move);
      this.screen.removeEventListener("pointerup", drop);
      this.screen.removeEventListener("pointercancel", cancel);
    };
    const drop = () => {
      stop();
      this.clicks.put(frame, time, ...place);
    };
    const cancel = () => {
      stop();
      this.draw();
    };
    show();
    this.screen.setPointerCapture(event.pointerId);
    this.screen.addEventListener("pointermove", move);
    this.screen.addEventListener("pointerup", drop);
    this.screen.addEventListener("pointercancel", cancel);
  }

  // By keyboard: the middle of this frame, or its mark moved.
  nudge(dx, dy) {
    if (!this.player.stay()) return;
    const there = this.clicks.on(this.player.n);
    if (there) this.clicks.put(there.frame, there.time, there.x + dx, there.y + dy);
  }

  middle() {
    if (this.player.stay()) this.clicks.put(this.player.n, this.player.moment, 0.5, 0.5);
  }
}

function mark(click, number, here) {
  const made = document.createElement("div");
  made.className = here ? "mark here" : "mark";
  made.style.left = `${100 * click.x}%`;
  made.style.top = `${100 * click.y}%`;
  made.textContent = number;
  return made;
}
