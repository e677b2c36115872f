// The frames of one video, by number. The server decodes it once; frame n here is frame n there, with its exact time.

import { ApiError, bytes, get } from "./api.js";

const CHUNK = 16; // frames in one answer, as in server.py
const MOST_CHUNKS = 60;
const MOST_PICTURES = 48;

export class Frames {
  constructor(address, info) {
    this.address = address;
    this.info = info;
    this.times = [];
    this.ended = false;
    this.chunks = new Map();
    this.pictures = new Map();
    this.closed = false;
    this.onprogress = () => {};
  }

  // How many frames there are: what the file says until all are decoded.
  get count() {
    return this.ended ? this.times.length : Math.max(this.info.frames, this.times.length);
  }

  // Ask for times until all frames are decoded; the sentence of what went wrong, or "".
  async follow() {
    while (!this.closed) {
      const state = await get(`${this.address}/times?from=${this.times.length}`);
      this.times.push(...state.times);
      this.ended = state.ended;
      this.onprogress();
      if (state.ended) return state.error;
      await new Promise((wake) => setTimeout(wake, 250));
    }
    return "";
  }

  // The number of the frame on display at a time in seconds.
  at(seconds) {
    let low = 0, high = this.times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= seconds + 1e-6) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // The picture of a frame, ready to draw, and its time.
  picture(n) {
    return remembered(this.pictures, n, MOST_PICTURES, async () => {
      const { time, blob } = (await this.chunk(Math.floor(n / CHUNK)))[n % CHUNK] || {};
      if (!blob) throw new ApiError(400, `There is no frame ${n}.`);
      return { n, time, image: await createImageBitmap(blob) };
    }, (old) => old.then((picture) => picture.image.close(), () => {}));
  }

  // Get ready what will be shown soon.
  soon(n, chunks = 2) {
    for (let k = 0; k <= chunks; k++) {
      const first = (Math.floor(n / CHUNK) + k) * CHUNK;
      if (first < this.count) this.chunk(first / CHUNK).catch(() => {});
    }
    for (let k = n + 1; k < Math.min(n + 4, this.times.length); k++) this.picture(k).catch(() => {});
  }

  chunk(k) {
    return remembered(this.chunks, k, MOST_CHUNKS, async () => {
      return unpack(await bytes(`${this.address}/frames/${k * CHUNK}`));
    }).then((frames) => {
      // At the end of what is decoded a chunk may be short; it is asked for again when there may be more.
      if (frames.length < CHUNK && !this.ended) this.chunks.delete(k);
      return frames;
    });
  }

  close() {
    this.closed = true;
    this.chunks.clear();
    for (const old of this.pictures.values()) old.then((picture) => picture.image.close(), () => {});
    this.pictures.clear();
  }
}

// The promise kept under a key, or a new one; failures are not kept, the one unused longest is dropped.
function remembered(kept, key, most, make, drop = () => {}) {
  let promise = kept.get(key);
  if (promise) {
    kept.delete(key);
  } else {
    promise = make();
    promise.catch(() => { if (kept.get(key) === promise) kept.delete(key); });
  }
  kept.set(key, promise);
  if (kept.size > most) {
    const oldest = kept.keys().next().value;
    drop(kept.get(oldest));
    kept.delete(oldest);
  }
  return promise;
}

// Length (4 bytes), time (8 bytes), JPEG, one after the other; see pack() in frames.py.
function unpack(buffer) {
  const view = new DataView(buffer), frames = [];
  for (let at = 0; at < buffer.byteLength;) {
    const length = view.getUint32(at), time = view.getFloat64(at + 4);
    frames.push({ time, blob: new Blob([new Uint8Array(buffer, at + 12, length)], { type: "image/jpeg" }) });
    at += 12 + length;
  }
  return frames;
}
