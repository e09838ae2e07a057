/** What became of a request, in the reader's words. */

import type { Result } from "mia-webhooks/receiver";
import { CODES, RECEIVER_CODES } from "../../pkg/src/generated/tables.js";
import { rowOf } from "../../pkg/src/verify/codes.js";
import { CODES_IT } from "../texts/codes-it.js";
import type { Language, Say } from "../texts/texts.js";
import { RECEIVER_CODES_IT } from "./codes-it.js";

/** What the receiver logged, as far as it is shown. */
export type Logged = Pick<Result, "code" | "status" | "eventName" | "hint">;

export interface Outcome {
  readonly tone: "good" | "bad" | "plain";
  readonly what: string;
  /** Empty if there is nothing to do. */
  readonly todo: string;
}

/** @param logged - `undefined` if the log has not come. */
export function outcomeOf(status: number, logged: Logged | undefined, say: Say, language: Language): Outcome {
  const tone = status < 300 ? "plain" : "bad";
  if (logged === undefined) {
    return { tone, what: say("localNoLog"), todo: say("localNoLogTodo") };
  }
  const { code, hint } = logged;
  if (code === "accepted") {
    return { tone: "good", what: say("localAccepted"), todo: "" };
  }
  if (code === "event_duplicate") {
    return { tone, what: say("localDuplicate"), todo: say("localDuplicateTodo") };
  }
  const [what, todo] = language === "it" ? (italian[code] ?? [code, ""]) : english(code, hint);
  return { tone, what, todo };
}

const italian: Readonly<Partial<Record<string, readonly [string, string]>>> = { ...CODES_IT, ...RECEIVER_CODES_IT };

/** The hint of the log fits better than the one of the code: the receiver has seen the request. */
function english(code: Logged["code"], seen: string | undefined): readonly [string, string] {
  const [, , what, hint] = rowOf(CODES, code) ?? rowOf(RECEIVER_CODES, code) ?? [code, 0, code, ""];
  return [what, seen ?? hint];
}
