/** Shows the bytes that are hashed: payload, then secret, and the seam between them. */

import { glyphs, head, tail } from "./bytes.js";
import { el } from "./dom.js";
import type { Say } from "./texts.js";

const SHOWN_BYTES = 32;

export function seam(payload: Uint8Array, secret: Uint8Array, isSecretShown: boolean, say: Say): HTMLElement {
  const first = payload.length > 2 * SHOWN_BYTES ? head(payload, SHOWN_BYTES) : new Uint8Array();
  const last = first.length > 0 ? tail(payload, SHOWN_BYTES) : payload;
  const between = payload.length - first.length - last.length;
  return el(
    "figure",
    { class: "seam" },
    el("figcaption", {}, say("seam"), " ", el("small", {}, say("seamHint"))),
    el(
      "p",
      { class: "bytes", dir: "ltr" },
      el(
        "span",
        { class: "of-payload", "data-label": `${say("payload")} · ${say("bytes", { n: payload.length })}` },
        ...visible(first),
        between > 0 && el("span", { class: "gap" }, ` … ${say("seamBetween", { n: between })} … `),
        ...visible(last),
      ),
      el("span", { class: "cut", "aria-hidden": "true" }, "⧺"),
      el(
        "span",
        { class: "of-secret", "data-label": `${say("secret")} · ${say("bytes", { n: secret.length })}` },
        // The length is no secret: the ledger shows it too.
        ...(isSecretShown
          ? visible(secret)
          : [el("span", { class: "gap" }, "•".repeat(Math.min(secret.length, SHOWN_BYTES)))]),
      ),
    ),
  );
}

const visible = (bytes: Uint8Array): (HTMLElement | string)[] =>
  glyphs(bytes).map(({ text, isName }) => (isName ? el("span", { class: "named" }, text) : text));
