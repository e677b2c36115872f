// Plays, scrubs and steps a video and its original together: the original always shows the frame of the same time.

export class Player {
  // screens: { video, original } canvases with a .wait element beside each.
  constructor(screens) {
    this.screens = screens;
    this.frames = this.original = null;
    this.n = 0;
    this.speed = 1;
    this.playing = false;
    this.watched = 0; // seconds of video played
    this.withOriginal = false;
    this.turn = 0;
    this.moment = 0; // seconds, of the frame on the screen
    this.shown = -1; // its number
    this.onframe = this.onstate = this.onerror = () => {};
  }

  open(frames, original, watched) {
    this.close();
    this.frames = frames;
    this.original = original;
    this.watched = watched;
    this.n = this.moment = 0;
    this.shown = -1;
    this.withOriginal = false;
    return this.show(0);
  }

  close() {
    this.pause();
    this.turn++;
    this.frames?.close();
    this.original?.close();
    this.frames = this.original = null;
  }

  // Show a frame; only the one asked for last is drawn.
  async show(n) {
    const frames = this.frames;
    if (!frames) return;
    n = Math.max(0, Math.min(n, frames.count - 1));
    this.n = n;
    const turn = ++this.turn;
    this.onframe();
    try {
      const picture = await this.patiently("video", frames.picture(n));
      if (turn !== this.turn) return;
      draw(this.screens.video, picture.image);
      this.moment = picture.time;
      this.shown = n;
      this.onframe();
      if (this.withOriginal && this.original) await this.follow(picture.time, turn);
      frames.soon(n);
    } catch (error) {
      if (turn === this.turn && frames === this.frames) {
        this.pause();
        this.onerror(error);
      }
    }
  }

  async follow(time, turn) {
    // While the original is still being decoded its later times are not known: wait for the one after this.
    const original = this.original;
    while (!original.ended && !(original.times.at(-1) > time) && turn === this.turn) {
      this.screens.original.wait.hidden = false;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    const picture = await this.patiently("original", original.picture(original.at(time)));
    if (turn !== this.turn) return;
    draw(this.screens.original, picture.image);
    original.soon(picture.n);
  }

  async patiently(which, promise) {
    const wait = this.screens[which].wait;
    const late = setTimeout(() => { wait.hidden = false; }, 250);
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      wait.hidden = true;
    }
  }

  // Stop on the frame that is on the screen: a mark belongs to what the person saw, not to a frame still awaited.
  // False when nothing has been drawn yet.
  stay() {
    this.pause();
    if (!this.frames || this.shown < 0) return false;
    if (this.n !== this.shown) this.show(this.shown);
    return true;
  }

  async play() {
    if (this.playing || !this.frames) return;
    if (this.n >= this.frames.count - 1) await this.show(0);
    this.playing = true;
    this.onstate();
    const run = (this.run = {}); // a loop that was stopped while it waited must not go on beside a new one
    let last = performance.now(), clock = this.moment;
    while (this.playing && run === this.run) {
      const now = await new Promise((wake) => requestAnimationFrame(wake));
      if (!this.playing || run !== this.run) break;
      // A late picture stops the clock: at most a tenth of a second passes from one turn to the next.
      clock += Math.min(Math.max(now - last, 0), 100) / 1000 * this.speed;
      last = now;
      const target = this.frames.at(clock);
      if (target > this.n) {
        const before = this.moment;
        await this.show(target);
        if (!this.playing || run !== this.run) break;
        if (this.shown === target) this.watched += Math.max(0, this.moment - before);
        clock = Math.min(clock, this.moment + 0.1);
      }
      if (this.frames && this.frames.ended && this.n >= this.frames.count - 1) this.pause();
    }
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.onstate();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  step(by) {
    this.pause();
    return this.show(this.n + by);
  }

  reveal(on) {
    this.withOriginal = on && this.original !== null;
    return this.show(this.n);
  }
}

function draw(screen, image) {
  const { canvas } = screen;
  canvas.closest("figure").style.setProperty("--ratio", image.width / image.height);
  if (canvas.width !== image.width || canvas.height !== image.height) {
    canvas.width = image.width;
    canvas.height = image.height;
  }
  canvas.getContext("2d").drawImage(image, 0, 0);
}
