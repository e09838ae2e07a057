/** A verdict in words, with its evidence. */

import { WebhookError } from "mia-webhooks";
import type { Diagnosis, Finding } from "mia-webhooks/diagnose";
import { CODES_IT, FINDINGS_IT } from "./codes-it.js";
import { el } from "./dom.js";
import { eventLine } from "./event-line.js";
import { SEARCH_MS, type Verdict } from "./judge.js";
import type { Language, Say } from "./texts.js";

/** How a verdict looks and what it is called in reports and events. */
export interface Card {
  readonly tone: "good" | "bad" | "warn" | "plain";
  /** A stable code. */
  readonly code: string;
  readonly title: string;
  readonly line: string;
  /** What is announced after the title, if it is not the line. */
  readonly said?: string;
  readonly details: readonly HTMLElement[];
}

export const SHELL_LINE = `printf '%s%s' "$payload" "$secret" | openssl dgst -sha256 -r`;

/** An error in the reader's language: what happened, and what to do. */
export function problemOf(error: unknown, language: Language): readonly [message: string, hint: string] {
  if (error instanceof WebhookError) {
    return (language === "it" && CODES_IT[error.code]) || [error.message, error.hint];
  }
  return [error instanceof Error ? error.message : String(error), ""];
}

/** `secret`: the number of the secret that verified, if there are several. */
export function cardOf(verdict: Verdict, secret: number | undefined, say: Say, language: Language, now: number): Card {
  switch (verdict.state) {
    case "valid":
      return {
        tone: "good",
        code: "valid",
        title: say("valid"),
        line: say("validLine"),
        details: [
          ...(secret === undefined ? [] : [el("p", {}, say("validBy", { n: secret }))]),
          ...(verdict.event === "malformed" ? [el("p", {}, say("noEvent"))] : []),
          ...(typeof verdict.event === "object" ? [el("p", {}, eventLine(verdict.event, say, language, now))] : []),
        ],
      };
    case "unexplained":
      return { tone: "bad", code: "token_mismatch", title: say("invalid"), line: say("tooLong"), details: [] };
    case "refused": {
      const [message, hint] = (language === "it" && CODES_IT[verdict.code]) || [verdict.message, verdict.hint];
      return verdict.code === "engine_unavailable"
        ? {
            tone: "bad",
            code: verdict.code,
            title: say("engine"),
            line: say("engineLine"),
            details: [el("pre", {}, el("code", {}, SHELL_LINE))],
          }
        : { tone: "bad", code: verdict.code, title: say("refused"), line: message, details: [el("p", {}, hint)] };
    }
    case "invalid":
      return invalid(verdict.diagnosis, say, language);
  }
}

function invalid(diagnosis: Diagnosis, say: Say, language: Language): Card {
  const { code, isProved, isWeak, deviations, hints, tried } = diagnosis;
  const found = isProved ? deviations : hints;
  const list = el("ul", { class: "findings" }, ...found.map((finding) => item(finding, say, language)));
  return isProved
    ? {
        tone: isWeak ? "warn" : "bad",
        code,
        title: say(isWeak ? "weak" : "proved"),
        line: say("provedLine"),
        said: deviations.map((finding) => sentences(finding, language)[0]).join(" "),
        details: [list, el("p", { class: "ledger" }, say("tried", { n: tried }))],
      }
    : {
        tone: "bad",
        code,
        title: say("invalid"),
        line: unprovedLine(diagnosis, say),
        details: [el("h3", {}, say("hints")), list],
      };
}

/** Whether everything was tried, where no cause is proved. */
export const unprovedLine = (
  { isFinished, tried, searched }: Pick<Diagnosis, "isFinished" | "tried" | "searched">,
  say: Say,
): string =>
  isFinished ? say("notFound", { n: tried, ...searched }) : say("unfinished", { n: tried, seconds: SEARCH_MS / 1000 });

/** The same of the digest that a receiver's own code computed. */
export const ownUnprovedLine = ({ isFinished }: Pick<Diagnosis, "isFinished">, say: Say): string =>
  say(isFinished ? "ownNotFound" : "ownUnfinished");

function item(finding: Finding, say: Say, language: Language): HTMLElement {
  const [message, fix] = sentences(finding, language);
  return el(
    "li",
    {},
    el("span", { class: "chip" }, say(`blame_${finding.blame}`)),
    el("code", { class: "code" }, finding.code),
    el("p", { class: "message" }, message),
    el("p", {}, fix),
  );
}

export const sentences = ({ code, message, fix }: Finding, language: Language): readonly [string, string] =>
  language === "it" ? FINDINGS_IT[code] : [message, fix];
