// @ts-check
/** What the wire suite sends: deliveries that are genuine, and those that are refused, with the code of each. */

import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { head, tokenOf } from "../harness/wire.js";

/** The secret of every host: it holds what shells, languages and formats treat in a way of their own. */
export const SECRET = 'it\'s a "secret" $HOME ${x} %s è\\n';

/**
 * @typedef {object} Delivery
 * @property {Buffer} body What was signed.
 * @property {Buffer} [sentBody] Another one, which is not what was signed.
 * @property {(token: string) => string[]} [headers]
 * @property {string} [type] Its content type; none if it is empty.
 * @property {boolean} [isChunked]
 *
 * @typedef {(name: string) => Delivery} MakeDelivery with the event's name
 *
 * @typedef {object} Refusal
 * @property {string} code
 * @property {number} status
 * @property {MakeDelivery} make
 */

/** An event, with what is lost when JSON is read and written again. @param {string} name */
export const eventOf = (name, more = "") =>
  `{ "eventName": "${name}",\r\n\t"eventTimestamp": 1767225600000, "payload": {"a": 1.0, "b": "\\u00e8è😀", "b": "\\/"}${more}}\n`;

/** @param {string} token */
export const signature = (token) => [`X-Mia-Signature: ${token}`];

/** @param {string} name @returns {Delivery} */
export const genuine = (name) => ({ body: Buffer.from(eventOf(name)) });

const minified = (/** @type {string} */ name) => Buffer.from(JSON.stringify(JSON.parse(eventOf(name))));

/** An event of this size in bytes, or a little more. @param {string} name @param {number} size */
export const large = (name, size) => ({ body: Buffer.from(eventOf(name, `, "c": "${"a".repeat(size)}"`)) });

/** What is accepted, by name. @type {Record<string, MakeDelivery>} */
export const GENUINE = {
  "with the new header": genuine,
  "with the old header": (name) => ({ ...genuine(name), headers: (token) => [`X-Mia-Token: ${token}`] }),
  "with the new header in lower case": (name) => ({
    ...genuine(name),
    headers: (token) => [`x-mia-signature: ${token}`],
  }),
  "with the old header in upper case": (name) => ({ ...genuine(name), headers: (token) => [`X-MIA-TOKEN: ${token}`] }),
  minified: (name) => ({ body: minified(name) }),
  "pretty-printed": (name) => ({ body: Buffer.from(JSON.stringify(JSON.parse(eventOf(name)), null, 2)) }),
  "with a byte order mark inside": (name) => ({ body: Buffer.from(eventOf(name, ', "c": "\ufeff"')) }),
  "as text/plain": (name) => ({ ...genuine(name), type: "text/plain; charset=iso-8859-1" }),
  "as a form": (name) => ({ ...genuine(name), type: "application/x-www-form-urlencoded" }),
  "as a form with files": (name) => ({ ...genuine(name), type: "multipart/form-data; boundary=x" }),
  "as a type that nobody knows": (name) => ({ ...genuine(name), type: "application/vnd.mia+json" }),
  "without a type": (name) => ({ ...genuine(name), type: "" }),
  "in pieces, cut within a character": (name) => ({ ...genuine(name), isChunked: true }),
  "in pieces, without a type": (name) => ({ ...genuine(name), isChunked: true, type: "" }),
  "of 400 kB": (name) => ({ body: Buffer.from(eventOf(name, `, "c": "${"è".repeat(200_000)}"`)) }),
};

/** What verifies, and is JSON only for some. @type {Record<string, MakeDelivery>} */
export const GENUINE_OR_NO_EVENT = {
  "that begins with a byte order mark": (name) => ({ body: Buffer.from(`\ufeff${eventOf(name)}`) }),
  "that is not UTF-8": (name) => ({ body: Buffer.from(eventOf(name), "latin1") }),
  "that is no JSON": () => ({ body: Buffer.from([0, 0xff, 13, 10]) }),
};

/** What comes with this header. @param {(token: string, event: string) => string[]} headers @returns {MakeDelivery} */
const withHeaders = (headers) => (name) => ({
  ...genuine(name),
  headers: (token) => headers(token, eventOf(name)),
});
/** An event of which something else arrives. @param {(name: string) => Buffer} sentBody @returns {MakeDelivery} */
const changed = (sentBody) => (name) => ({ ...genuine(name), sentBody: sentBody(name) });

const mismatch = (/** @type {MakeDelivery} */ make) => ({ code: "token_mismatch", status: 401, make });
const missing = (/** @type {MakeDelivery} */ make) => ({ code: "token_missing", status: 401, make });
const malformed = (/** @type {MakeDelivery} */ make) => ({ code: "token_malformed", status: 401, make });

const ZEROS = "0".repeat(64);

/** What is refused because of its token. @type {Record<string, Refusal>} */
export const REFUSED = {
  "a changed body": mismatch(changed((name) => Buffer.from(eventOf(name, " ")))),
  "the same JSON, written again": mismatch(changed(minified)),
  "a changed body that is no JSON": mismatch(changed(() => Buffer.from("{"))),
  "a body that was lost": mismatch(changed(() => Buffer.alloc(0))),
  "a wrong token": mismatch(withHeaders(() => signature(ZEROS))),
  "a wrong token, in pieces": mismatch((name) => ({
    ...genuine(name),
    headers: () => signature(ZEROS),
    isChunked: true,
  })),
  "the token of another secret": mismatch(withHeaders((_, event) => signature(tokenOf(event, `${SECRET} `)))),
  "an HMAC": mismatch(withHeaders((_, event) => signature(createHmac("sha256", SECRET).update(event).digest("hex")))),
  "no token": missing(withHeaders(() => [])),
  "no token and no body": missing(() => ({ body: Buffer.alloc(0), headers: () => [] })),
  "an empty token": malformed(withHeaders(() => ["X-Mia-Signature:", "X-Mia-Token:"])),
  "a part of the token": malformed(withHeaders((token) => signature(token.slice(0, 63)))),
  "another scheme": malformed(withHeaders((token) => signature(`md5=${token}`))),
  "letters outside of ASCII": malformed(withHeaders(() => signature("è".repeat(64)))),
  "the header twice": malformed(withHeaders((token) => [...signature(token), ...signature(token)])),
  "the header twice, first a wrong one": malformed(
    withHeaders((token) => [`X-Mia-Token: ${ZEROS}`, `X-Mia-Token: ${token}`]),
  ),
  "the header twice, last a wrong one": malformed(
    withHeaders((token) => [`X-Mia-Token: ${token}`, `X-Mia-Token: ${ZEROS}`]),
  ),
};

/** What only receivers of the package answer in the same way. @type {Record<string, Refusal>} */
export const REFUSED_BY_OURS = {
  "a compressed body, of which that is signed": {
    code: "payload_encoded",
    status: 415,
    make: (name) => {
      const body = gzipSync(eventOf(name));
      return { body, headers: (token) => [...signature(token), "Content-Encoding: gzip"] };
    },
  },
  "a compressed body, of which the content is signed": {
    code: "payload_encoded",
    status: 415,
    make: (name) => ({
      ...genuine(name),
      sentBody: gzipSync(eventOf(name)),
      headers: (token) => [...signature(token), "Content-Encoding: gzip"],
    }),
  },
  "a signed body that is no JSON": {
    code: "event_malformed",
    status: 400,
    make: () => ({ body: Buffer.from("not JSON") }),
  },
  "a signed body that is no event": {
    code: "event_malformed",
    status: 400,
    make: () => ({ body: Buffer.from("[1]") }),
  },
};

/**
 * The request of a delivery, byte for byte.
 *
 * @param {Delivery} delivery
 * @param {{ method?: string, path?: string }} [to]
 * @returns {(string | Buffer)[]}
 */
export function requestOf(
  { body, sentBody = body, headers = signature, type = "application/json", isChunked = false },
  { method = "POST", path = "/webhook" } = {},
) {
  const lines = [...headers(tokenOf(body, SECRET)), ...(type === "" ? [] : [`Content-Type: ${type}`])];
  if (!isChunked) {
    return [head([...lines, `Content-Length: ${sentBody.length}`], { method, path }), sentBody];
  }
  const cut = sentBody.indexOf("😀") + 2;
  const pieces = [sentBody.subarray(0, cut), sentBody.subarray(cut), Buffer.alloc(0)];
  return [head([...lines, "Transfer-Encoding: chunked"], { method, path }), ...pieces.flatMap(chunk)];
}

/** @param {Buffer} piece */
export const chunk = (piece) => [`${piece.length.toString(16)}\r\n`, piece, "\r\n"];
