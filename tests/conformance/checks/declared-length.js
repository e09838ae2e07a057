// @ts-check
/** A false Content-Length: the bytes that arrive decide. The header can only cause an earlier refusal. */

import { check } from "../../harness/checks.js";

const SECRET = "the secret of the suite";
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{"tagName":"v1"}}';

/**
 * @param {import("../suite.js").EntryPoints} entryPoints
 * @returns {Record<string, () => Promise<void>>}
 */
export function declaredLength({ library, receiver: { createReceiver } }) {
  const bytes = new TextEncoder().encode(EVENT);
  /** @param {string} declared @param {number} maxBytes */
  const receive = async (declared, maxBytes) => {
    let handled = 0;
    let code = "";
    const answer = await createReceiver({
      secrets: SECRET,
      on: { "*": () => (handled += 1) },
      maxBytes,
      log: () => {},
      onResult: (result) => (code = result.code),
    })(declaring(declared));
    return `${answer.status} ${code} ${handled}`;
  };
  /** @param {string} declared */
  const declaring = (declared) => {
    const headers = new Headers({ "x-mia-token": library.sign(EVENT, SECRET), "content-length": declared });
    const body = new Response(bytes).body;
    // A page may not set Content-Length on a Request, so this object replaces a Request of a server.
    return /** @type {Request} */ ({
      method: "POST",
      url: "https://receiver.example/",
      headers,
      body,
      bodyUsed: false,
    });
  };
  return {
    "a length declared over the limit is a 413, whatever is sent": async () =>
      check(await receive("1000000", bytes.length), "413 payload_too_large 0"),
    "a length declared too small does not lift the limit": async () =>
      check(await receive("1", bytes.length - 1), "413 payload_too_large 0"),
    "a length declared too small does not cut the body": async () =>
      check(await receive("1", bytes.length), "200 accepted 1"),
    "a length that is no number is not believed": async () => {
      for (const declared of ["many", "-1", "1e9", "0x7fffffff", "9 9"]) {
        check(await receive(declared, bytes.length), "200 accepted 1");
      }
    },
  };
}
