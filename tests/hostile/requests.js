// @ts-check
/** Hostile requests, written byte by byte. */

import { CONNECTION_HEADERS, RESERVED_SPELLINGS, SENDERS_HEADERS } from "../harness/dropped-headers.js";
import { head, tokenOf } from "../harness/wire.js";

export const SECRET = "canary-secret";
const DAY = 86_400_000;

/**
 * @typedef {object} Hostile
 * @property {string} name
 * @property {(string | Buffer)[]} pieces What is written to the socket.
 * @property {string} [event] The payload that must arrive at the origin, once.
 * @property {string} [allowed] A payload that may arrive at the origin, once: what reads HTTP before the receiver decides.
 */

let number = 0;

/** An event that nobody has sent before. @param {number} [eventTimestamp] @param {object} [payload] */
export const newEvent = (eventTimestamp = Date.now(), payload = {}) =>
  JSON.stringify({ eventName: "tag_created", eventTimestamp, payload: { number: number++, ...payload } });

/** @param {string | Buffer} payload @param {string[]} [more] @param {string} [token] */
export const signed = (payload, more = [], token = tokenOf(payload, SECRET)) => [
  head([`X-Mia-Token: ${token}`, `Content-Length: ${Buffer.byteLength(payload)}`, ...more]),
  payload,
];

/** @param {string} name @param {(string | Buffer)[]} pieces @returns {Hostile} */
const forged = (name, pieces) => ({ name, pieces });

/** Each kind of hostile request, by what it tries. @type {Record<string, () => Hostile[]>} */
export const KINDS = {
  "a token that is not the payload's": () => {
    const event = newEvent();
    const token = tokenOf(event, SECRET);
    const digits = [...token];
    const flipped = digits.map((digit, at) =>
      [...digits.slice(0, at), ((Number.parseInt(digit, 16) + 1) % 16).toString(16), ...digits.slice(at + 1)].join(""),
    );
    const others = {
      "of another secret": tokenOf(event, "guessed"),
      "of no secret": tokenOf(event, ""),
      "with the secret first": tokenOf(SECRET, event),
      "of the event's own content": tokenOf(JSON.stringify(JSON.parse(event).payload), SECRET),
      "of another event": tokenOf(newEvent(), SECRET),
      "cut by a digit": token.slice(1),
      "with one more digit": `${token}0`,
      "twice, one after the other": token + token,
      "twice, with a comma": `${token}, ${token}`,
      "with another prefix": `sha512=${token}`,
      "with the prefix twice": `sha256=sha256=${token}`,
      "with a space in it": `${token.slice(0, 32)} ${token.slice(32)}`,
      "in quotes": `"${token}"`,
      "as base64": Buffer.from(token, "hex").toString("base64"),
      "with 0x": `0x${token}`,
      "in full-width digits": Buffer.from(
        token.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
      ).toString("latin1"),
      "with Latin-1 that looks like digits": token.replace(/[23]/g, (digit) => (digit === "2" ? "²" : "³")),
      "of zeros": "0".repeat(64),
      empty: "",
      "of spaces": "   ",
      undefined: "undefined",
      "of 8,000 digits": "a".repeat(8_000),
    };
    return [
      ...flipped.map((wrong, at) => forged(`with digit ${at} changed`, signed(event, [], wrong))),
      ...Object.entries(others).map(([name, wrong]) => forged(name, signed(event, [], wrong))),
    ];
  },

  "token headers that disagree": () => {
    const event = newEvent();
    const token = tokenOf(event, SECRET);
    const length = `Content-Length: ${event.length}`;
    return [
      ["none", [length]],
      ["the same one twice", [`X-Mia-Token: ${token}`, `X-Mia-Token: ${token}`, length]],
      ["a good one and a wrong one", [`X-Mia-Token: ${token}`, `X-Mia-Token: ${"0".repeat(64)}`, length]],
      ["two names, one of them wrong", [`X-Mia-Token: ${token}`, `X-Mia-Signature: ${"0".repeat(64)}`, length]],
      ["two names, one of them empty", [`X-Mia-Token: ${token}`, "X-Mia-Signature:", length]],
      ["another spelling", [`X_Mia_Token: ${token}`, length]],
      ["in Authorization", [`Authorization: Bearer ${token}`, length]],
      ["in Cookie", [`Cookie: X-Mia-Token=${token}`, length]],
      ["5,000 of them", [...Array(5_000).fill("X-Mia-Token: a"), length]],
    ].map(([name, lines]) => forged(/** @type {string} */ (name), [head(/** @type {string[]} */ (lines)), event]));
  },

  "a payload that was changed on the way": () => {
    const event = newEvent();
    const token = tokenOf(event, SECRET);
    const bytes = Buffer.from(event);
    const flips = Array.from({ length: 40 }, (_, i) => {
      const changed = Buffer.from(bytes);
      const at = Math.floor((i * bytes.length) / 40);
      changed[at] = /** @type {number} */ (changed[at]) ^ (1 << (i % 8));
      return forged(`bit ${i % 8} of byte ${at}`, signed(changed, [], token));
    });
    const changes = {
      "one byte less": event.slice(0, -1),
      "one byte more": `${event} `,
      "a final newline": `${event}\n`,
      "a byte order mark": `\ufeff${event}`,
      "written again": JSON.stringify(JSON.parse(event), null, 2),
      twice: event + event,
      "the secret appended": event + SECRET,
      "a zero byte appended": `${event}\0`,
      "no payload": "",
      "in UTF-16": Buffer.from(event, "utf16le"),
    };
    return [...flips, ...Object.entries(changes).map(([name, payload]) => forged(name, signed(payload, [], token)))];
  },

  "a body in another framing": () => {
    const event = newEvent();
    const token = `X-Mia-Token: ${tokenOf(event, SECRET)}`;
    const smuggled = newEvent();
    const chunk = (/** @type {string} */ text) => `${text.length.toString(16)}\r\n${text}\r\n`;
    /** @type {[string, string[], string][]} */
    const framings = [
      ["shorter than it says", [token, `Content-Length: ${event.length + 1}`], event],
      ["longer than it says", [token, `Content-Length: ${event.length - 1}`], event],
      ["a length below 0", [token, "Content-Length: -1"], event],
      ["a length that is no number", [token, "Content-Length: 0x99"], event],
      ["a length over 2^64", [token, "Content-Length: 99999999999999999999"], event],
      ["two lengths", [token, `Content-Length: ${event.length}`, "Content-Length: 1"], event],
      ["a length and chunks", [token, "Content-Length: 5", "Transfer-Encoding: chunked"], `${chunk(event)}0\r\n\r\n`],
      ["chunks and a length", [token, "Transfer-Encoding: chunked", "Content-Length: 5"], `${chunk(event)}0\r\n\r\n`],
      ["an unknown coding", [token, "Transfer-Encoding: gzip, chunked"], `${chunk(event)}0\r\n\r\n`],
      ["chunked twice", [token, "Transfer-Encoding: chunked, chunked"], `${chunk(event)}0\r\n\r\n`],
      ["a broken size of a chunk", [token, "Transfer-Encoding: chunked"], `zz\r\n${event}\r\n0\r\n\r\n`],
      ["a chunk longer than it says", [token, "Transfer-Encoding: chunked"], `1\r\n${event}\r\n0\r\n\r\n`],
      ["a chunk of 2^64", [token, "Transfer-Encoding: chunked"], `10000000000000000\r\n${event}\r\n0\r\n\r\n`],
      ["a chunk that never ends", [token, "Transfer-Encoding: chunked"], `ffffff\r\n${event}`],
      [
        "a trailer with the token",
        ["Transfer-Encoding: chunked", "Trailer: x-mia-token"],
        `${chunk(event)}0\r\n${token}\r\n\r\n`,
      ],
      ["gzip", [token, "Content-Encoding: gzip", `Content-Length: ${event.length}`], event],
      ["identity, gzip", [token, "Content-Encoding: identity, gzip", `Content-Length: ${event.length}`], event],
      [
        "a forged request behind it",
        [`X-Mia-Token: ${"0".repeat(64)}`, `Content-Length: ${event.length}`],
        event + signed(smuggled, [], "0".repeat(64)).join(""),
      ],
      ["folded lines", ["X-Mia-Token:", ` ${tokenOf(event, SECRET)}`, `Content-Length: ${event.length}`], event],
    ];
    return framings.map(([name, lines, body]) => ({ name, pieces: [head(lines), body], allowed: event }));
  },

  "a request line or a host that is none": () => {
    const event = newEvent();
    const lines = [`X-Mia-Token: ${tokenOf(event, SECRET)}`, `Content-Length: ${event.length}`];
    const withHost = (/** @type {string} */ host) =>
      `POST / HTTP/1.1\r\n${[host, ...lines].join("\r\n")}\r\n\r\n${event}`;
    const hosts = ["Host: [", "Host: ", "Host: a b", "Host: @", "Host: evil.example:99999", "Host: [::1", "Host: %00"];
    const starts = [
      "POST http://[/ HTTP/1.1",
      "POST http://evil.example/ HTTP/1.1",
      "POST //evil.example/ HTTP/1.1",
      "POST /../../admin HTTP/1.1",
      "POST /%00 HTTP/1.1",
      "POST /\u00ff HTTP/1.1",
      "POST * HTTP/1.1",
      "POST / HTTP/1.0",
      "POST / HTTP/3.7",
      "POST  / HTTP/1.1",
      "POST",
      "post / HTTP/1.1",
    ];
    const methods = [
      "GET",
      "HEAD",
      "PUT",
      "DELETE",
      "PATCH",
      "OPTIONS",
      "TRACE",
      "CONNECT",
      "PROPFIND",
      "PRI",
      "POSTX",
    ];
    return [
      ...hosts.map((host) => ({ name: host, pieces: [withHost(host)], allowed: event })),
      ...starts.map((start) => ({
        name: start,
        pieces: [`${start}\r\nHost: receiver\r\n${lines.join("\r\n")}\r\n\r\n${event}`],
        allowed: event,
      })),
      ...methods.map((method) => forged(method, [head(lines, { method }), event])),
      forged("a line of 100,000 bytes", [head(lines, { path: `/${"a".repeat(100_000)}` })]),
      forged("a header of 1 MB", [head([`X-Long: ${"a".repeat(1_000_000)}`])]),
      forged("20,000 headers", [head(Array.from({ length: 20_000 }, (_, i) => `X-${i}: a`))]),
      forged("no HTTP", ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n"]),
      forged("HTTP/2", ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]),
      { ...forged("a zero byte in a header", [head(["X-A: a\0b", ...lines]), event]), allowed: event },
    ];
  },

  "headers that an origin would believe": () =>
    [...new Set([...SENDERS_HEADERS, ...CONNECTION_HEADERS, ...RESERVED_SPELLINGS])]
      // These change the request itself.
      .filter(
        (name) => !["connection", "content-encoding", "transfer-encoding", "upgrade"].includes(name.toLowerCase()),
      )
      .map((name) => {
        const event = newEvent();
        const pieces = signed(event, [`${name}: forged`]);
        // Some parsers refuse a request for what these say, or for their spelling.
        return /^[A-Za-z0-9-]+$/.test(name) ? { name, pieces, event } : { name, pieces, allowed: event };
      }),

  "a media type that an origin would ignore": () =>
    [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "a",
      "application/json; charset=utf-7",
    ].map((type) => {
      const event = newEvent();
      return { name: type, pieces: signed(event, [`Content-Type: ${type}`]), event };
    }),

  "an event of the past or of the future": () => {
    const now = Date.now();
    return [0, 1, now - 365 * DAY, now - 8 * DAY, now + 10 * 60_000, now + DAY, 2 ** 53 - 1].map((time) =>
      forged(String(time), signed(newEvent(time))),
    );
  },

  "a signed body that is no event": () =>
    [
      "",
      "{}",
      "[]",
      "null",
      "1",
      '"text"',
      "{",
      "\0",
      '{"eventName":"a"}',
      '{"eventName":1,"eventTimestamp":1,"payload":{}}',
      '{"eventName":"a","eventTimestamp":-1,"payload":{}}',
      '{"eventName":"a","eventTimestamp":1e400,"payload":{}}',
      '{"eventName":"a","eventTimestamp":1,"payload":[]}',
      "[".repeat(100_000),
      `{"a":${"[".repeat(50_000)}`,
      Buffer.from([0xff, 0xfe, 0x7b]).toString("latin1"),
    ].map((body) => forged(JSON.stringify(body).slice(0, 60), signed(Buffer.from(body, "latin1")))),

  "one captured request, sent again in other forms": () => {
    const event = newEvent();
    const token = tokenOf(event, SECRET);
    const lines = [`Content-Length: ${event.length}`];
    return [
      { name: "the first", pieces: signed(event), event },
      ...Array.from({ length: 10 }, () => forged("as it was", signed(event))),
      forged("in upper case", signed(event, [], token.toUpperCase())),
      forged("with the prefix", signed(event, [], `sha256=${token}`)),
      forged("under the other name", [head([`X-Mia-Signature: ${token}`, ...lines]), event]),
      forged("under both names", [head([`X-Mia-Signature: ${token}`, `X-Mia-Token: ${token}`, ...lines]), event]),
      forged("to another path", [head([`X-Mia-Token: ${token}`, ...lines], { path: "/other?a=b" }), event]),
      forged("in chunks", [
        head([`X-Mia-Token: ${token}`, "Transfer-Encoding: chunked"]),
        `${event.length.toString(16)}\r\n${event}\r\n0\r\n\r\n`,
      ]),
      forged("with another type", signed(event, ["Content-Type: text/plain"])),
      forged("with X-Mia-Event-Id", signed(event, ["X-Mia-Event-Id: another"])),
    ];
  },
};
