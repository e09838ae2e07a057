/** A receiver to copy, in the framework that the reader chooses. */

import { RECEIVERS, receiverProgram } from "../../pkg/src/request/snippets/receive.js";
import { copyButton } from "../copy-button.js";
import { el, fill, newId } from "../dom.js";
import type { Say } from "../texts/texts.js";
import { segments } from "./segments.js";

/** The framework that was chosen last: every card of the page begins with it. */
let chosen = "express";

/** The card "In your receiver", with a heading of that level. It needs nothing that was entered. */
export function receiverCard(say: Say, level: "h2" | "h3" = "h2"): HTMLElement {
  const [headingId, hintId] = [newId("receiver"), newId("hint")];
  const program = el("pre", { tabindex: "0", "aria-labelledby": headingId, "aria-describedby": hintId });
  let text = "";
  function draw(id: string): void {
    const [before, rawBody, after] = receiverProgram(id).parts;
    chosen = id;
    text = before + rawBody + after;
    const marked = el("mark", { class: "marked" }, rawBody);
    fill(program, el("code", {}, before, marked, after));
    // Where a long program scrolls, it begins above the marked lines. The card may not
    // be in the document yet.
    queueMicrotask(() => (program.scrollTop = marked.offsetTop - program.offsetTop - program.clientHeight / 2));
  }
  draw(chosen);
  return el(
    "section",
    { class: "card receiver", "aria-labelledby": headingId },
    el(
      "div",
      { class: "row spread" },
      el(level, { id: headingId }, say("codeHashFirst")),
      segments(say("codeFramework"), RECEIVERS, chosen, draw),
    ),
    el(
      "div",
      { class: "row spread" },
      el("p", { class: "ledger", id: hintId }, `${say("codeMarked")} ${say("codeEnvironment")}`),
      copyButton(say, () => text),
    ),
    program,
  );
}
