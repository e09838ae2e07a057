// @ts-check
/**
 * A Worker without this package that promises what its receiver promises, written for
 * speed. It knows one set of secrets and one origin, and has no guard.
 *
 * node:crypto hashes a payload once for its id and for the tokens of all secrets, which
 * WebCrypto cannot: at 64 KB that is half of the time.
 */

import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";

const MAX_BYTES = 1_048_576;
/** What a host keeps for a body besides its bytes. */
const LEAST_BYTES = 4_096;
const DROPPED_BYTES = 4_194_304;
const DROPPED_MS = 1_000;

const TOKEN_HEADERS = ["x-mia-token", "x-mia-signature"];
const TOKEN = /^(?:sha256=)?([\da-f]{64})$/i;
const CONNECTION_HEADERS =
  /^(connection|http2-settings|keep-alive|proxy-(authenticate|authorization|connection)|te|trailer|transfer-encoding|upgrade)$/;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const TITLES = /** @type {Record<number, string>} */ ({
  400: "Bad Request",
  401: "Unauthorized",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
});
const MORE_HEADERS = /** @type {Record<number, Record<string, string>>} */ ({
  401: { "www-authenticate": "X-Mia-Token" },
  405: { allow: "POST" },
  503: { "retry-after": "5" },
});

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class Refusal extends Error {
  /** @param {number} status @param {string} code @param {unknown} [cause] */
  constructor(status, code, cause) {
    super(code, { cause });
    this.status = status;
    this.code = code;
  }
}

/**
 * @typedef {Record<"ORIGIN_URL" | "MIA_WEBHOOK_SECRET", string>
 *   & Partial<Record<"MIA_WEBHOOK_SECRET_PREVIOUS" | "MAX_BUFFERED_BYTES" | "BODY_TIMEOUT_MS" | "ORIGIN_TIMEOUT_MS", string>>} Env
 * @typedef {{ held: number, stop: (error: Refusal) => void }} Account
 */

/** @type {(readonly [name: string, bytes: Buffer])[] | undefined} */
let secrets;
let bodyMs = 10_000;
let originMs = 10_000;
let left = 33_554_432;
/** The bodies that are arriving, oldest first. @type {Set<Account>} */
const arriving = new Set();

export default {
  /** @param {Request} request @param {Env} env @param {{ waitUntil(work: Promise<unknown>): void }} context */
  async fetch(request, env, context) {
    const started = Date.now();
    secrets ??= configure(env);
    /** @type {Account} */
    const account = { held: 0, stop() {} };
    /** @type {Record<string, unknown>} */
    const result = { message: "by hand", code: "accepted" };
    /** @type {Response} */
    let response;
    let isRead = false;
    try {
      const token = tokenOf(request);
      const payload = await bodyOf(request, account);
      isRead = true;
      result["bytes"] = payload.length;
      const { id, secretId } = matching(payload, token, secrets);
      result["id"] = id;
      result["secretId"] = secretId;
      arriving.delete(account);
      const event = eventOf(payload);
      result["eventName"] = event.eventName;
      result["eventTimestamp"] = event.eventTimestamp;
      const delivering = forward(request, payload, id, env.ORIGIN_URL);
      context.waitUntil(delivering.catch(() => {}));
      response = await delivering;
      if (!response.ok) {
        result["code"] = "origin_refused";
      }
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, "unexpected_error", error);
      result["code"] = refusal.code;
      response = problem(refusal.status);
    } finally {
      letGo(account);
    }
    result["status"] = response.status;
    result["durationMs"] = Date.now() - started;
    const line = JSON.stringify(result);
    console.log(/^[ -~]*$/.test(line) ? line : line.replace(UNSEEN, escaped));
    if (!isRead) {
      await dropRest(request);
    }
    return response;
  },
};

/** @param {Env} env */
function configure(env) {
  bodyMs = Number(env.BODY_TIMEOUT_MS ?? bodyMs);
  originMs = Number(env.ORIGIN_TIMEOUT_MS ?? originMs);
  left = Number(env.MAX_BUFFERED_BYTES ?? left);
  return Object.entries({ current: env.MIA_WEBHOOK_SECRET, previous: env.MIA_WEBHOOK_SECRET_PREVIOUS }).flatMap(
    ([name, secret]) => (secret ? [/** @type {const} */ ([name, Buffer.from(secret)])] : []),
  );
}

/** The digits of the token headers, which must agree. @param {Request} request */
function tokenOf({ method, headers }) {
  if (method !== "POST") {
    throw new Refusal(405, "method_not_allowed");
  }
  let token;
  for (const name of TOKEN_HEADERS) {
    const value = headers.get(name);
    if (value !== null) {
      const digits = TOKEN.exec(value)?.[1]?.toLowerCase();
      if (digits === undefined || (token !== undefined && token !== digits)) {
        throw new Refusal(401, "token_malformed");
      }
      token = digits;
    }
  }
  if (token === undefined) {
    throw new Refusal(401, "token_missing");
  }
  if (!/^(identity)?$/i.test(headers.get("content-encoding") ?? "")) {
    throw new Refusal(415, "payload_encoded");
  }
  return token;
}

/** Reads the body within its limits of size, time and memory. @param {Request} request @param {Account} account */
async function bodyOf({ body, headers }, account) {
  const length = headers.get("content-length");
  const declared = length === null ? 0 : Number(length);
  if (declared > MAX_BYTES) {
    throw new Refusal(413, "payload_too_large");
  }
  if (body === null) {
    return new Uint8Array();
  }
  const reader = /** @type {any} */ (body).getReader({ mode: "byob" });
  /** @type {Refusal | undefined} */
  let stopped;
  account.stop = (error) => {
    stopped ??= error;
    reader.cancel().catch(() => {});
  };
  const timer = setTimeout(() => account.stop(new Refusal(408, "payload_timeout")), bodyMs);
  try {
    // One byte more than was declared: so one read sees the end too.
    let capacity = declared > 0 ? declared + 1 : 16_384;
    hold(account, capacity);
    let payload = new Uint8Array(capacity);
    for (let size = 0; ;) {
      const { done, value } = await reader.readAtLeast(capacity - size, payload.subarray(size));
      if (stopped) {
        throw stopped;
      }
      const count = done ? 0 : value.byteLength;
      if (value !== undefined) {
        payload = new Uint8Array(value.buffer);
      }
      size += count;
      if (size > MAX_BYTES) {
        reader.releaseLock();
        throw new Refusal(413, "payload_too_large");
      }
      if (size < capacity) {
        return payload.subarray(0, size);
      }
      capacity = Math.min(2 * capacity, MAX_BYTES + 1);
      hold(account, capacity);
      const larger = new Uint8Array(capacity);
      larger.set(payload);
      payload = larger;
    }
  } catch (error) {
    throw stopped ?? (error instanceof Refusal ? error : new Refusal(400, "payload_interrupted", error));
  } finally {
    clearTimeout(timer);
  }
}

/** Counts the memory of a body. Where there is not enough, the oldest one that is arriving gives way. @param {Account} account @param {number} size */
function hold(account, size) {
  const cost = Math.max(size, LEAST_BYTES);
  arriving.add(account);
  for (const oldest of arriving) {
    if (cost - account.held <= left) {
      break;
    }
    letGo(oldest);
    oldest.stop(new Refusal(503, "receiver_overloaded"));
  }
  if (cost - account.held > left || !arriving.has(account)) {
    throw new Refusal(503, "receiver_overloaded");
  }
  left -= cost - account.held;
  account.held = cost;
}

/** @param {Account} account */
function letGo(account) {
  arriving.delete(account);
  left += account.held;
  account.held = 0;
}

/**
 * The payload's id, and the name of the secret that the token was made with.
 *
 * @param {Uint8Array} payload
 * @param {string} token
 * @param {NonNullable<typeof secrets>} secrets
 */
function matching(payload, token, secrets) {
  const hash = createHash("sha256").update(payload);
  const wanted = Buffer.from(token, "hex");
  let secretId;
  for (const [name, secret] of secrets) {
    if (timingSafeEqual(hash.copy().update(secret).digest(), wanted)) {
      secretId = name;
    }
  }
  if (secretId === undefined) {
    throw new Refusal(401, "token_mismatch");
  }
  return { id: hash.digest("hex"), secretId };
}

/** @param {Uint8Array} payload */
function eventOf(payload) {
  let event;
  try {
    event = JSON.parse(decoder.decode(payload));
  } catch {
    // Refused below.
  }
  if (
    !isObject(event) ||
    typeof event["eventName"] !== "string" ||
    event["eventName"] === "" ||
    !Number.isSafeInteger(event["eventTimestamp"]) ||
    /** @type {number} */ (event["eventTimestamp"]) < 0 ||
    !isObject(event["payload"])
  ) {
    throw new Refusal(400, "event_malformed");
  }
  return /** @type {{ eventName: string, eventTimestamp: number }} */ (/** @type {unknown} */ (event));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {Request} request @param {Uint8Array} payload @param {string} id @param {string} origin */
async function forward({ headers: received }, payload, id, origin) {
  const headers = new Headers({
    "accept-encoding": "identity",
    "content-type": "application/json",
    "x-mia-event-id": id,
  });
  for (const name of TOKEN_HEADERS) {
    const value = received.get(name);
    if (value !== null) {
      headers.set(name, value);
    }
  }
  let answer;
  try {
    const signal = AbortSignal.timeout(originMs);
    const body = /** @type {Uint8Array<ArrayBuffer>} */ (payload);
    answer = await fetch(origin, { method: "POST", headers, body, redirect: "manual", signal });
  } catch (error) {
    const isLate = /** @type {Error} */ (error).name === "TimeoutError";
    throw isLate ? new Refusal(504, "origin_timeout", error) : new Refusal(502, "origin_unreachable", error);
  }
  if (answer.status < 200) {
    throw new Refusal(502, "origin_answer_invalid");
  }
  return endToEnd(answer);
}

/** The origin's answer, without the headers of its connection. @param {Response} answer */
function endToEnd(answer) {
  let isClean = true;
  for (const name of answer.headers.keys()) {
    if (name === "content-encoding" || CONNECTION_HEADERS.test(name)) {
      isClean = false;
    }
  }
  if (isClean) {
    return answer;
  }
  const named = new Set(
    answer.headers
      .get("connection")
      ?.toLowerCase()
      .split(/[,\s]+/),
  );
  const isEncoded = answer.headers.has("content-encoding");
  const kept = [...answer.headers].filter(
    ([name]) =>
      !CONNECTION_HEADERS.test(name) &&
      !named.has(name) &&
      !(isEncoded && (name === "content-encoding" || name === "content-length")),
  );
  const { status, statusText } = answer;
  const body = [204, 205, 304].includes(status) ? null : answer.body;
  return new Response(body, { status, statusText, headers: kept });
}

/** @param {number} status */
function problem(status) {
  const body = JSON.stringify({ type: "about:blank", title: TITLES[status], status });
  return new Response(body, {
    status,
    headers: {
      "content-type": "application/problem+json",
      "content-length": String(body.length),
      ...MORE_HEADERS[status],
    },
  });
}

/** Reads what is left of a refused body, so that its connection can serve the next event. @param {Request} request */
async function dropRest({ body }) {
  if (body === null || body.locked) {
    return;
  }
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(stop, DROPPED_MS);
  try {
    for (let left = DROPPED_BYTES; left > 0;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      left -= value.length;
    }
    stop();
  } catch {
    // The sender is gone.
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} text */
const escaped = (text) =>
  text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
