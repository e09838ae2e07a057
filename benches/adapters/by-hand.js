// @ts-check
/**
 * A receiver that somebody could write with `node:crypto` and nothing else, and that
 * promises the same: limits of size and time, the grammar of the token, both headers,
 * a comparison in constant time, the raw bytes, an event that is checked, one line of log,
 * and a connection that serves the next request after a refusal.
 *
 * For `node:http`, and for every framework that hands over its request and response.
 */

import { createHash, timingSafeEqual } from "node:crypto";

const MAX_BYTES = 1_048_576;
const TIMEOUT_MS = 10_000;
const DRAINED_BYTES = 4_194_304;
const TOKEN = /^(?:sha256=)?([\da-f]{64})$/i;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @typedef {import("node:http").IncomingMessage} Incoming */
/** @typedef {import("node:http").ServerResponse} Outgoing */
/** @typedef {{ eventName: string, eventTimestamp: number, payload: object }} Event */

/** A request that is refused. */
class Refusal extends Error {
  /** @param {string} code @param {number} status */
  constructor(code, status) {
    super(code);
    this.status = status;
  }
}

/**
 * @param {object} options
 * @param {string} options.secret
 * @param {(event: Event) => unknown} options.handle
 * @param {(line: string) => void} options.log
 * @returns {(incoming: Incoming, outgoing: Outgoing) => Promise<void>}
 */
export function receiveByHand({ secret, handle, log }) {
  const secretBytes = Buffer.from(secret);
  return async (incoming, outgoing) => {
    const started = Date.now();
    let [code, status] = ["accepted", 200];
    /** @type {Buffer | undefined} */
    let payload;
    /** @type {ReturnType<typeof verified> | undefined} */
    let delivery;
    try {
      const token = tokenOf(incoming);
      payload = await read(incoming);
      delivery = verified(payload, token, secretBytes);
      await handle(delivery.event);
    } catch (error) {
      [code, status] = error instanceof Refusal ? [error.message, error.status] : ["handler_failed", 500];
    }
    outgoing.statusCode = status;
    if (payload === undefined && !(await drained(incoming))) {
      outgoing.setHeader("connection", "close");
    }
    const body = status === 200 ? "" : JSON.stringify({ type: "about:blank", status });
    outgoing.setHeader("content-length", body.length);
    outgoing.end(body);
    const { eventName, eventTimestamp } = delivery?.event ?? {};
    const [bytes, durationMs] = [payload?.length, Date.now() - started];
    log(JSON.stringify({ code, status, eventName, eventTimestamp, id: delivery?.id, bytes, durationMs }));
  };
}

/** @param {Incoming} incoming */
export function tokenOf({ method, headers }) {
  if (method !== "POST") {
    throw new Refusal("method_not_allowed", 405);
  }
  const values = [headers["x-mia-token"], headers["x-mia-signature"]].filter((value) => value !== undefined);
  if (values.length === 0) {
    throw new Refusal("token_missing", 401);
  }
  const tokens = values.map((value) => TOKEN.exec(String(value).trim())?.[1]?.toLowerCase());
  const [token] = tokens;
  if (token === undefined || tokens.some((other) => other !== token)) {
    throw new Refusal("token_malformed", 401);
  }
  if (!/^(identity)?$/i.test(headers["content-encoding"] ?? "")) {
    throw new Refusal("payload_encoded", 415);
  }
  if (Number(headers["content-length"] ?? 0) > MAX_BYTES) {
    throw new Refusal("payload_too_large", 413);
  }
  return Buffer.from(token, "hex");
}

/** @param {Buffer} payload @param {Buffer} token @param {Buffer} secret */
export function verified(payload, token, secret) {
  const hash = createHash("sha256").update(payload);
  const id = hash.copy().digest("hex");
  if (!timingSafeEqual(hash.update(secret).digest(), token)) {
    throw new Refusal("token_mismatch", 401);
  }
  return { id, event: eventOf(payload) };
}

/** @param {Buffer} payload @returns {Event} */
function eventOf(payload) {
  try {
    const event = JSON.parse(decoder.decode(payload));
    const { eventName, eventTimestamp, payload: data } = event;
    const isEvent =
      typeof eventName === "string" &&
      eventName !== "" &&
      Number.isSafeInteger(eventTimestamp) &&
      eventTimestamp >= 0 &&
      typeof data === "object" &&
      data !== null &&
      !Array.isArray(data);
    if (isEvent) {
      return event;
    }
  } catch {
    // It is refused below.
  }
  throw new Refusal("event_malformed", 400);
}

/** The raw body, under a limit of bytes and time. @param {Incoming} incoming @returns {Promise<Buffer>} */
function read(incoming) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const pieces = [];
    let size = 0;
    const timer = setTimeout(() => stop(new Refusal("payload_timeout", 408)), TIMEOUT_MS);
    const broken = () => stop(new Refusal("payload_interrupted", 400));
    const end = () => {
      settle();
      resolve(pieces.length === 1 ? /** @type {Buffer} */ (pieces[0]) : Buffer.concat(pieces));
    };
    incoming.on("data", take);
    incoming.on("end", end);
    incoming.on("error", broken);
    incoming.on("close", broken);

    /** @param {Buffer} piece */
    function take(piece) {
      size += piece.length;
      if (size > MAX_BYTES) {
        stop(new Refusal("payload_too_large", 413));
      }
      pieces.push(piece);
    }
    /** @param {Refusal} error */
    function stop(error) {
      settle();
      reject(error);
    }
    function settle() {
      clearTimeout(timer);
      incoming.off("data", take);
      incoming.off("end", end);
      incoming.off("error", broken);
      incoming.off("close", broken);
    }
  });
}

/** Reads what is left of a body, so that the connection can serve the next request. @param {Incoming} incoming */
async function drained(incoming) {
  let left = DRAINED_BYTES;
  const timer = setTimeout(() => (left = 0), 1_000);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve(incoming.complete);
    };
    incoming.on("data", (/** @type {Buffer} */ { length }) => {
      left -= length;
      if (left <= 0) {
        end();
      }
    });
    incoming.on("end", end);
    incoming.on("close", end);
    if (incoming.complete && incoming.readableLength === 0) {
      end();
    }
    incoming.resume();
  });
}
