// @ts-check
/** Raw HTTP requests and answers: `fetch` would change them. */

import { createHash } from "node:crypto";
import { connect } from "node:net";

/** @param {string | Buffer} payload @param {string} secret - The outside oracle is Node's OpenSSL. */
export const tokenOf = (payload, secret) => createHash("sha256").update(payload).update(secret).digest("hex");

/**
 * @typedef {object} Answer
 * @property {number} status 0 when the connection closed without an answer.
 * @property {string} statusLine
 * @property {Record<string, string>} headers By their names in lower case.
 * @property {string} body
 */

/**
 * Sends raw bytes and returns the answer as it came.
 *
 * @param {number} port
 * @param {(string | Buffer)[]} pieces
 * @returns {Promise<Answer>}
 */
export function sendRaw(port, pieces) {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1");
    const finish = (/** @type {boolean} */ isClosed) => {
      const read = readAnswer(text, isClosed);
      if (read) {
        socket.destroy();
        resolve(read.answer);
      }
    };
    socket.setTimeout(60_000, () => reject(new Error(`no whole answer within a minute: ${text}`)));
    socket.on("data", (data) => {
      text += data.toString("latin1");
      finish(false);
    });
    // A receiver may close before it has read everything.
    socket.on("error", () => finish(true));
    socket.on("close", () => finish(true));
    for (const piece of pieces) {
      socket.write(piece);
    }
  });
}

/**
 * The first answer in what was received, if it is whole, and how many bytes it took.
 *
 * @param {string} text One character for each byte.
 * @param {boolean} isClosed Whether nothing more will come.
 * @returns {{ answer: Answer, size: number } | undefined}
 */
export function readAnswer(text, isClosed) {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) {
    const none = { status: 0, statusLine: "", headers: {}, body: "" };
    return isClosed ? { answer: none, size: text.length } : undefined;
  }
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const rest = text.slice(end + 4);
  const status = Number(statusLine.split(" ")[1]);
  const isBare = status < 200 || [204, 304].includes(status);
  const read = isBare ? { body: "", size: 0 } : bodyOf(rest, headers, isClosed);
  if (read === undefined && !isClosed) {
    return undefined;
  }
  const { body, size } = read ?? { body: `cut off after ${rest}`, size: rest.length };
  return { answer: { status, statusLine, headers, body }, size: end + 4 + size };
}

/** @param {string} rest @param {Record<string, string>} headers @param {boolean} isClosed */
function bodyOf(rest, headers, isClosed) {
  if (headers["transfer-encoding"] === "chunked") {
    let body = "";
    for (let at = 0; ;) {
      const line = rest.indexOf("\r\n", at);
      const size = Number.parseInt(rest.slice(at, line), 16);
      if (line < 0 || rest.length < line + size + 4) {
        return undefined;
      }
      if (size === 0) {
        return { body, size: line + 4 };
      }
      body += rest.slice(line + 2, line + 2 + size);
      at = line + size + 4;
    }
  }
  const length = Number(headers["content-length"] ?? (isClosed ? rest.length : Number.NaN));
  return rest.length >= length ? { body: rest.slice(0, length), size: length } : undefined;
}

/**
 * The head of a request, line by line.
 *
 * @param {string[]} lines
 */
export const head = (lines, { method = "POST", path = "/" } = {}) =>
  `${[`${method} ${path} HTTP/1.1`, "Host: receiver", ...lines].join("\r\n")}\r\n\r\n`;
