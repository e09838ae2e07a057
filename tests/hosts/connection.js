// @ts-check
/** One connection to a host, for several requests. */

import { connect } from "node:net";
import { readAnswer } from "../harness/wire.js";

/** @typedef {import("../harness/wire.js").Answer} Answer */

/** Only what hangs reaches it. */
const LIMIT_MS = 60_000;

/** Writes what it is told to, at once and byte for byte, and reads the answers in their order. */
export class Connection {
  #socket;
  #text = "";
  #isClosed = false;
  #changed = () => {};

  /** @param {number} port */
  constructor(port) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.setNoDelay(true);
    this.#socket.on("data", (data) => {
      this.#text += data.toString("latin1");
      this.#changed();
    });
    // A host may close before it has read everything: what it answered counts.
    this.#socket.on("error", () => {});
    this.#socket.on("end", () => this.#end());
    this.#socket.on("close", () => this.#end());
  }

  #end() {
    this.#isClosed = true;
    this.#changed();
  }

  /** @param {readonly (string | Buffer)[]} pieces */
  write(pieces) {
    for (const piece of pieces) {
      this.#socket.write(piece);
    }
  }

  /** Writes until the host answers or closes, and not faster than it reads. @param {string | Buffer} piece */
  async writeOn(piece) {
    while (this.#text === "" && !this.#isClosed) {
      const isTaken = this.#socket.write(piece);
      await (isTaken ? new Promise((resolve) => setImmediate(resolve)) : this.#change("drain"));
    }
  }

  /** The next answer, after any "100 Continue"; its status is 0 if the connection closed without one. */
  async answer() {
    for (;;) {
      const answer = await this.#next();
      if (answer.status !== 100) {
        return answer;
      }
    }
  }

  /** Returns when the host asks for the body, or answers at once. */
  async isAsked() {
    const answer = await this.#next();
    if (answer.status !== 100) {
      this.#text = answer.text + this.#text;
    }
  }

  /** @returns {Promise<Answer & { text: string }>} */
  async #next() {
    const limit = Date.now() + LIMIT_MS;
    for (;;) {
      const read = readAnswer(this.#text, this.#isClosed);
      if (read !== undefined) {
        const text = this.#text.slice(0, read.size);
        this.#text = this.#text.slice(read.size);
        return { ...read.answer, text };
      }
      if (Date.now() > limit) {
        throw new Error(`no whole answer within a minute: ${this.#text}`);
      }
      await this.#change();
    }
  }

  /** Returns when the host has closed it. */
  async closed() {
    while (!this.#isClosed) {
      await this.#change();
    }
  }

  /** Something came, it was closed, or a while has passed. @param {string} [event] of the socket, which counts too */
  #change(event = "close") {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#changed(), 1_000);
      const done = () => {
        clearTimeout(timer);
        this.#socket.off(event, done);
        this.#changed = () => {};
        resolve(undefined);
      };
      this.#changed = done;
      this.#socket.once(event, done);
    });
  }

  close() {
    this.#socket.destroy();
  }

  /** Goes away in the middle, as a client does that was killed. */
  async abort() {
    await new Promise((resolve) => this.#socket.write("", resolve));
    this.#socket.resetAndDestroy();
  }
}
