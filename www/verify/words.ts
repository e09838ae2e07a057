/** What a verdict is called, in the reader's language. */

import { WebhookError } from "mia-webhooks";
import type { Diagnosis, Finding } from "mia-webhooks/diagnose";
import { CODES_IT, FINDINGS_IT } from "../texts/codes-it.js";
import { joined } from "../texts/joined.js";
import type { Language, Say } from "../texts/texts.js";
import { SEARCH_MS, type Outcome } from "./judge.js";
import type { Verdict } from "./strip.js";

export const SHELL_LINE = `printf '%s%s' "$payload" "$secret" | openssl dgst -sha256 -r`;

/** An error in the reader's language: what happened, and what to do. */
export function problemOf(error: unknown, language: Language): readonly [message: string, hint: string] {
  if (error instanceof WebhookError) {
    return (language === "it" && CODES_IT[error.code]) || [error.message, error.hint];
  }
  return [error instanceof Error ? error.message : String(error), ""];
}

/**
 * The words of an outcome.
 *
 * @param secret the number of the secret that verified, if there are several
 */
export function wordsOf(outcome: Outcome, secret: number | undefined, say: Say, language: Language): Verdict {
  switch (outcome.state) {
    case "valid":
      return {
        tone: "good",
        code: "valid",
        lead: say("matches"),
        line: secret === undefined ? say("validLine") : say("validBy", { n: secret }),
      };
    case "unexplained":
      return { tone: "bad", code: "token_mismatch", lead: say("noMatch"), line: say("tooLong") };
    case "refused": {
      const [message, hint] = (language === "it" && CODES_IT[outcome.code]) || [outcome.message, outcome.hint];
      return outcome.code === "engine_unavailable"
        ? { tone: "bad", code: outcome.code, lead: say("engine"), line: say("engineLine") }
        : { tone: "bad", code: outcome.code, lead: say("refused"), line: `${message} ${hint}` };
    }
    case "invalid":
      return explained(outcome.diagnosis, say, language);
  }
}

function explained(diagnosis: Diagnosis, say: Say, language: Language): Verdict {
  const { code, isProved, isWeak } = diagnosis;
  return isProved
    ? {
        tone: isWeak ? "unsafe" : "bad",
        code,
        lead: say(isWeak ? "weak" : "noMatch"),
        title: messageOf(diagnosis, language),
      }
    : diagnosis.tried === 0
      ? {
          tone: "bad",
          code,
          lead: say("noToken"),
          title: diagnosis.hints.map((hint) => sentences(hint, language)[0])[0],
        }
      : { tone: "bad", code, lead: say("noMatch"), title: unprovedLine(diagnosis, say) };
}

/** What happened, all of it. */
export const messageOf = ({ deviations }: Diagnosis, language: Language): string => joined(deviations, language);

/** The same of what a receiver's own code computed: that is no token of the sender. */
export const ownMessage = (message: string, say: Say): string =>
  message.replace(/\b(the token|il token)\b/gi, (token) =>
    token.startsWith(token.charAt(0).toUpperCase()) ? say("ownValue") : say("ownValue").toLowerCase(),
  );

/** Whether everything was tried, where no cause is proved. */
export const unprovedLine = ({ isFinished, tried }: Pick<Diagnosis, "isFinished" | "tried">, say: Say): string =>
  isFinished ? say("notFound", { n: tried }) : say("unfinished", { n: tried, seconds: SEARCH_MS / 1000 });

/** The same of the digest that a receiver's own code computed. */
export const ownUnprovedLine = ({ isFinished }: Pick<Diagnosis, "isFinished">, say: Say): string =>
  say(isFinished ? "ownNotFound" : "ownUnfinished");

export const sentences = ({ code, message, fix }: Finding, language: Language): readonly [string, string] =>
  language === "it" ? FINDINGS_IT[code] : [message, fix];
