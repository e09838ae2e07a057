// @ts-check
/** Raw HTTP requests: `fetch` would change them. */

import { createHash } from "node:crypto";
import { connect } from "node:net";

/** @param {string | Buffer} payload @param {string} secret - The outside oracle is Node's OpenSSL. */
export const tokenOf = (payload, secret) => createHash("sha256").update(payload).update(secret).digest("hex");

/**
 * Sends raw bytes and returns the answer's status and body; status 0 when the
 * connection closed without one.
 *
 * @param {number} port
 * @param {(string | Buffer)[]} pieces
 * @returns {Promise<{ status: number, text: string }>}
 */
export function sendRaw(port, pieces) {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1");
    const finish = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text });
    };
    socket.setTimeout(10_000, () => reject(new Error("no answer within ten seconds")));
    socket.on("data", (data) => {
      text += data.toString("latin1");
      if (/\r\n\r\n/.test(text)) {
        setTimeout(finish, 20);
      }
    });
    socket.on("error", finish);
    socket.on("close", finish);
    for (const piece of pieces) {
      socket.write(piece);
    }
  });
}

/**
 * The head of a POST, line by line.
 *
 * @param {string[]} lines
 */
export const head = (lines) => `${["POST / HTTP/1.1", "Host: receiver", ...lines].join("\r\n")}\r\n\r\n`;
