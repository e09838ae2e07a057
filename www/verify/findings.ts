/** What to do: what each finding asks for, what was ruled out, and what is left to check. */

import type { WebhookEvent } from "mia-webhooks";
import type { Finding } from "mia-webhooks/diagnose";
import { copyButton } from "../copy-button.js";
import { el, newId } from "../dom.js";
import type { Language, Say, TextKey } from "../texts/texts.js";
import { eventLine } from "./event-line.js";
import type { Explanation } from "./judge.js";
import { sentences } from "./words.js";

/** What is here, as far as the checks need it. */
export interface Here {
  readonly payloadBytes: number;
  readonly secretBytes: number;
  readonly event: WebhookEvent | undefined;
}

/** The mistakes of a proved answer, each with its fix. */
export function fixes(found: readonly Finding[], say: Say, language: Language): HTMLElement {
  const id = newId("fixes");
  return el(
    "section",
    { class: "card", tabindex: "-1", "data-fixes": true, "aria-labelledby": id },
    el("h2", { id }, say("whatToDo")),
    el("ul", { class: "findings" }, ...found.map((finding) => item(finding, say, language, false))),
  );
}

/** What was ruled out, and what to check next, likeliest first. */
export function nothingFound({ diagnosis }: Explanation, here: Here, say: Say, language: Language): HTMLElement[] {
  const { searched, hints, isFinished } = diagnosis;
  const ruledOut: readonly (readonly [TextKey, number])[] = [
    ["ruledOutPayload", searched.payloads],
    ["ruledOutSecret", searched.secrets],
    ["ruledOutConstruction", searched.constructions],
    ["ruledOutToken", searched.tokens],
  ];
  return [
    el(
      "section",
      { class: "card" },
      el("h2", {}, say("checkNext")),
      el(
        "ol",
        { class: "findings" },
        ...hints.map((hint) => item(hint, say, language, true, check(hint.code, here, say, language))),
        el("li", {}, el("p", { class: "message" }, say("checkLength")), lengthCheck(here.payloadBytes, say)),
      ),
    ),
    el(
      "section",
      { class: "card" },
      el("h2", {}, say(isFinished ? "ruledOut" : "ruledOutSoFar")),
      el(
        "ul",
        { class: "ruled-out" },
        ...ruledOut.filter(([, n]) => n > 0).map(([key, n]) => el("li", {}, say(key, { n }))),
      ),
    ),
  ];
}

function item(
  finding: Finding,
  say: Say,
  language: Language,
  hasMessage: boolean,
  ...details: readonly (HTMLElement | undefined)[]
): HTMLElement {
  const [message, fix] = sentences(finding, language);
  return el(
    "li",
    {},
    hasMessage && el("p", { class: "message" }, message),
    el("p", {}, fix),
    ...details,
    el("p", { class: "ledger" }, say(`blame_${finding.blame}`), " · ", el("code", { class: "code" }, finding.code)),
  );
}

/** What one can do on the other side to check a hint. */
function check(code: string, here: Here, say: Say, language: Language): HTMLElement | undefined {
  if (code.startsWith("secret_") && code !== "secret_missing") {
    return command(say("checkSecret", { n: here.secretBytes }), `printf %s "$MIA_WEBHOOK_SECRET" | wc -c`, say);
  }
  if (code === "request_mixed" && here.event !== undefined) {
    return el("p", {}, say("checkRequest"), " ", eventLine(here.event, say, language, Date.now()));
  }
  return undefined;
}

const command = (sentence: string, line: string, say: Say): HTMLElement =>
  el(
    "div",
    {},
    el("p", {}, sentence),
    el(
      "div",
      { class: "row" },
      el("code", { class: "check-command" }, line),
      copyButton(say, () => line),
    ),
  );

/** Compares the length here with the one that the sender declared. */
function lengthCheck(length: number, say: Say): HTMLElement {
  const id = newId("length");
  const answer = el("p", { role: "status" });
  const input = el("input", {
    id,
    inputmode: "numeric",
    autocomplete: "off",
    input: () => {
      const declared = Number(input.value.trim());
      answer.textContent =
        input.value.trim() === "" || !Number.isInteger(declared) || declared < 0
          ? ""
          : declared === length
            ? say("lengthSame")
            : declared > length
              ? say("lengthMissing", { n: declared - length })
              : say("lengthMore", { n: length - declared });
    },
  });
  return el(
    "div",
    { class: "length" },
    el("label", { for: id, class: "plain" }, say("lengthHere", { n: length })),
    input,
    answer,
  );
}
