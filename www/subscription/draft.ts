/** A subscription as the form has it, and as a record. */

import { SUBSCRIPTION_FIELDS } from "../../pkg/src/generated/subscription.js";

export type Field = (typeof SUBSCRIPTION_FIELDS)[number]["name"];

/** Required fields come first, as in the form. */
export const FIELDS = [true, false].flatMap((required) =>
  SUBSCRIPTION_FIELDS.filter(({ isRequired }) => isRequired === required),
);

/** What is entered. */
export type Draft = Readonly<Record<Exclude<Field, "eventName">, string>> & {
  readonly eventName: readonly string[];
  /** Whether the record has a list of one name in place of the name. */
  readonly isList: boolean;
};

export const EMPTY: Draft = {
  tenantId: "",
  projectId: "",
  eventName: [],
  isList: false,
  target: "",
  base64CA: "",
  secret: "",
  proxy: "",
};

/** The record: a field that is left empty is left out, unless it is required. */
export function recordOf(draft: Draft): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  // In the order in which the Console has them.
  for (const { name, isRequired } of SUBSCRIPTION_FIELDS) {
    const value = draft[name];
    if (name === "eventName") {
      const [first = "", ...others] = value;
      record[name] = draft.isList || others.length > 0 ? value : first;
    } else if (value !== "" || isRequired) {
      record[name] = name === "proxy" ? { url: value } : value;
    }
  }
  return record;
}

/** A record that was read: what the form has of it, and the fields that it does not have. */
export interface ReadRecord {
  readonly draft: Draft;
  readonly taken: readonly string[];
  /** What no field is for, and what is of a type that its field does not take. */
  readonly leftOut: readonly string[];
  readonly mistyped: readonly string[];
}

/** Reads the JSON of a record; `undefined` for a text that is none. */
export function readRecord(text: string): ReadRecord | undefined {
  let record: unknown;
  try {
    record = JSON.parse(text.trim());
  } catch {
    return undefined;
  }
  if (typeof record !== "object" || record === null) {
    return undefined;
  }
  const draft = { ...EMPTY };
  const taken: string[] = [];
  const leftOut: string[] = [];
  const mistyped: string[] = [];
  for (const [name, value] of Object.entries(record)) {
    // Both forms of the proxy's URL are in use.
    const [field, given] = name === "proxy.url" ? ["proxy", { url: value }] : [name, value];
    const isField = FIELDS.some((one) => one.name === field);
    (take(field, given) ? taken : isField ? mistyped : leftOut).push(name);
  }
  return taken.length > 0 ? { draft, taken, leftOut, mistyped } : undefined;

  function take(field: string, value: unknown): boolean {
    if (field === "eventName") {
      const names = [value].flat();
      draft.eventName = names.filter((name) => typeof name === "string");
      draft.isList = Array.isArray(value);
      return names.length === draft.eventName.length;
    }
    const text = field === "proxy" ? (value as { url?: unknown } | null)?.url : value;
    const isTaken = typeof text === "string" && FIELDS.some(({ name }) => name === field);
    if (isTaken) {
      Object.assign(draft, { [field]: text });
    }
    return isTaken;
  }
}

/** Hides the credentials of an address. */
export const withoutCredentials = (url: string): string => url.replace(/\/\/[^/?#]*@/, "//••••@");

/** A line of a record as it is shown. */
export interface RecordLine {
  readonly text: string;
  /** Whether its field has an error. */
  readonly isUnfinished: boolean;
}

/** A record to look at: without the secret, credentials, and what may be a private key. */
export function linesOf(record: object, unfinished: ReadonlySet<string>): RecordLine[] {
  const mask = (name: string, value: unknown): unknown =>
    typeof value !== "string" || value === ""
      ? value
      : name === "secret"
        ? "••••••••"
        : name === "base64CA"
          ? `${unfinished.has(name) ? "" : value.slice(0, 24)}…`
          : withoutCredentials(value);
  let isUnfinished = false;
  return JSON.stringify(record, mask, 2)
    .split("\n")
    .map((text) => {
      const name = /^ {2}"(\w+)"/.exec(text)?.[1];
      isUnfinished = name === undefined ? isUnfinished && text !== "}" : unfinished.has(name);
      return { text, isUnfinished };
    });
}
