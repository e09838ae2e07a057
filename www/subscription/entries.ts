/** What is wrong with a subscription, field by field, and what repairs it. */

import { generateSecret } from "mia-webhooks";
import { type Issue, type IssueCode, type SubscriptionReport, validateSubscription } from "mia-webhooks/subscription";
import { utf8 } from "../bytes.js";
import { ISSUES_IT } from "../texts/codes-it.js";
import { listOf } from "../texts/locale.js";
import type { Language, Say, TextKey } from "../texts/texts.js";
import { type Draft, FIELDS, type Field, recordOf, withoutCredentials } from "./draft.js";

/** One thing that is wrong. */
export interface Thing {
  readonly severity: Issue["severity"];
  readonly codes: readonly IssueCode[];
  readonly message: string;
  readonly fix: string;
}

/** Everything that is wrong with a field. */
export interface Entry {
  readonly field: Field;
  /** Errors first. */
  readonly things: readonly [Thing, ...Thing[]];
  readonly repair?: Repair | undefined;
}

/** A better value of a field. */
export interface Repair {
  readonly label: string;
  readonly value: () => string | readonly string[];
}

/** Why a secret is easy to guess, the plainest reason first. It is one thing, although each reason has a rule. */
const EASY: Partial<Record<IssueCode, TextKey>> = {
  secret_common: "subCommon",
  placeholder_likely: "subPlaceholder",
  secret_monotonous: "subMonotonous",
};
const SHORT: readonly IssueCode[] = ["secret_very_short", "secret_short"];
/** Other secrets that are better replaced than corrected. */
const REPLACED: readonly IssueCode[] = ["secret_short", "secret_blank", "secret_placeholder", "secret_too_long"];
const SPACED: readonly IssueCode[] = ["secret_final_newline", "secret_outer_space"];
const ADDRESSES: readonly IssueCode[] = ["url_scheme_missing", "url_scheme_twice", "url_scheme_misspelled"];

/** The entries of a report, in the order of the form. */
export function entriesOf({ issues }: SubscriptionReport, draft: Draft, say: Say, language: Language): Entry[] {
  return FIELDS.flatMap(({ name: field }) => {
    const found = issues.filter(({ path }) => fieldOf(path) === field);
    const things = thingsOf(field, found, draft, say, language);
    // A required field without a value.
    const [first, ...others] =
      things.length > 0 && draft[field].length === 0
        ? things.slice(0, 1).map((thing) => ({ ...thing, message: say("subRequired") }))
        : [...things.filter(isError), ...things.filter((thing) => !isError(thing))];
    return first === undefined
      ? []
      : [{ field, things: [first, ...others], repair: repairOf(field, found, draft, say) }];
  });
}

const isError = ({ severity }: Thing): boolean => severity === "error";

/** What is wrong with all of it can only be its length, and the certificate is the longest field. */
const fieldOf = (path: string): string => path.split("/")[1] ?? "base64CA";

function thingsOf(field: Field, issues: readonly Issue[], draft: Draft, say: Say, language: Language): Thing[] {
  const things = issues.map((issue): Thing => {
    const { code, severity, suggestion } = issue;
    const [message, fix] = language === "it" ? ISSUES_IT[code] : [issue.message, issue.fix];
    const name = field === "eventName" && draft.eventName[placeOf(issue)];
    return {
      severity,
      codes: [code],
      message: name ? `${name}: ${message}` : message,
      // English fixes ask it already.
      fix: suggestion !== undefined && language !== "en" ? `${say("subMeant", { what: suggestion })} ${fix}` : fix,
    };
  });
  const codes = issues.map(({ code }) => code);
  const reasons = codes.filter((code) => EASY[code] !== undefined || SHORT.includes(code));
  // Neither alone makes a secret easy to guess.
  if (field !== "secret" || reasons.every((code) => code === "secret_short" || code === "placeholder_likely")) {
    return things;
  }
  const plainest = Object.entries(EASY).find(([code]) => codes.includes(code as IssueCode))?.[1];
  const words = [
    ...(plainest === undefined ? [] : [say(plainest)]),
    ...(reasons.some((code) => SHORT.includes(code)) ? [say("subShort", { n: utf8(draft.secret).length })] : []),
  ];
  const easy: Thing = {
    severity: "warning",
    codes: reasons,
    message: say("subEasy", { what: listOf(words, language) }),
    fix: say("subEasyFix"),
  };
  return [easy, ...things.filter(({ codes: [code] }) => code !== undefined && !reasons.includes(code))];
}

/** The place of an event's name in the list; a name alone is the first. */
const placeOf = ({ path }: Issue): number => Number(path.split("/")[2] ?? 0);

function repairOf(field: Field, issues: readonly Issue[], draft: Draft, say: Say): Repair | undefined {
  const has = (codes: readonly IssueCode[]) => issues.some(({ code }) => codes.includes(code));
  if (field === "eventName") {
    return repairedNames(issues, draft.eventName, say);
  }
  if (field === "secret") {
    if (has(REPLACED) || has(Object.keys(EASY) as IssueCode[]) || has(SHORT) || draft.secret === "") {
      return { label: say("subGenerate"), value: generateSecret };
    }
    return has(SPACED) ? { label: say("subTrim"), value: () => draft.secret.trim() } : undefined;
  }
  const suggestion = issues.find(({ suggestion }) => suggestion !== undefined)?.suggestion;
  // Where more is wrong with the address, https alone is no repair.
  const isPlain = issues.every(({ code }) => code === "url_plain_http");
  const better = suggestion ?? (has(ADDRESSES) || isPlain ? withHttps(field, draft) : undefined);
  return better === undefined
    ? undefined
    : { label: say("suggestion", { what: withoutCredentials(better) }), value: () => better };
}

function repairedNames(issues: readonly Issue[], names: readonly string[], say: Say): Repair | undefined {
  const better = new Map<number, readonly string[]>();
  for (const issue of issues) {
    const place = placeOf(issue);
    const { code, suggestion } = issue;
    if (suggestion !== undefined) {
      better.set(place, [suggestion]);
    } else if (code === "event_name_joined") {
      better.set(place, names[place]?.match(/[\w.-]+/g) ?? []);
    }
  }
  const value = (): string[] => [...new Set(names.flatMap((name, place) => better.get(place) ?? name))];
  const what = [...new Set([...better.values()].flat())].join(", ");
  return what !== ""
    ? { label: say("suggestion", { what }), value }
    : issues.some(({ code }) => code === "event_name_duplicate")
      ? { label: say("subKeepOne"), value }
      : undefined;
}

/** The address with https, if that is all that was wrong. */
function withHttps(field: Field, draft: Draft): string | undefined {
  const text = String(draft[field]);
  const better = /^[\w.-]*(?::\d+)?(?:[/?#]|$)/.test(text)
    ? `https://${text.replace(/^\/+/, "")}`
    : text.replace(/^(?:https?[:;,./\\]*)+|^[a-z]*[:;,./\\]+/i, "https://");
  const { issues } = validateSubscription(recordOf({ ...draft, [field]: better }));
  const isWrong = issues.some(({ path, severity }) => fieldOf(path) === field && severity === "error");
  return isWrong ? undefined : better;
}
