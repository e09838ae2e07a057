/** A receiver's options from an environment: variables that hold strings. */

import type { Origin, ReceiverOptions, ReplayOptions, ReplayStore } from "../receiver.js";
import { STORE_TIMEOUT_MS } from "../replay/address/connection.js";
import type { StoreAddress } from "../replay/address/store-address.js";
import { positive } from "../verify/settings.js";
import { nearest, shown } from "../verify/spelling.js";

/** The variables. One that is not set has the default of its option. */
export interface Environment {
  /** The secret of the subscription. */
  readonly MIA_WEBHOOK_SECRET?: string;
  /** The previous secret, while it is being rotated out. */
  readonly MIA_WEBHOOK_SECRET_PREVIOUS?: string;
  /** Where verified events go: an absolute address. */
  readonly ORIGIN_URL?: string;
  /** The path to call, where the origin is a service and not an address; `/` by default. */
  readonly ORIGIN_PATH?: string;
  /**
   * Headers that are sent to the origin with each event, one on a line: `Name: value`.
   * It may hold secrets.
   */
  readonly ORIGIN_HEADERS?: string;
  /** Names of the sender's headers that are forwarded too, separated by commas. */
  readonly FORWARD_HEADERS?: string;
  /** Only events of this company. */
  readonly TENANT_ID?: string;
  /** Only events of this project. */
  readonly PROJECT_ID?: string;
  /** Only events of these names, separated by commas. */
  readonly EVENT_NAMES?: string;
  /** The largest payload, in bytes; 1 MiB by default. */
  readonly MAX_BYTES?: string;
  /** The most memory that the bodies of all requests may take, in bytes; 32 MiB by default. */
  readonly MAX_BUFFERED_BYTES?: string;
  /** How long the body may take to arrive, in milliseconds; 10,000 by default. */
  readonly BODY_TIMEOUT_MS?: string;
  /** How long the origin may take, in milliseconds; 10,000 by default. */
  readonly ORIGIN_TIMEOUT_MS?: string;
  /** `off` lets replays through; then no store is needed. */
  readonly REPLAY?: string;
  /**
   * The address of the database that remembers events, with user name and password:
   * `mongodb://`, `mongodb+srv://`, `redis://`, `rediss://`, `valkey://`, `valkeys://`,
   * `postgres://`, `postgresql://`, or `https://` for a Redis that takes commands over
   * HTTP, as Upstash's does.
   */
  readonly REPLAY_URL?: string;
  /** The token for a `REPLAY_URL` that begins with `https://`. */
  readonly REPLAY_TOKEN?: string;
  /**
   * How old an event may be when it first comes, and how much older than the newest
   * event it may become before it is forgotten, in milliseconds; 7 days by default.
   */
  readonly REPLAY_WINDOW_MS?: string;
  /** How many events are remembered; 100,000 by default. */
  readonly REPLAY_CAP?: string;
  /**
   * How long a claim holds without a commit, in milliseconds; by default twice the
   * sum of `ORIGIN_TIMEOUT_MS` and `REPLAY_STORE_TIMEOUT_MS`, and at least 60,000.
   */
  readonly REPLAY_LEASE_MS?: string;
  /** How far in the future an event may be, in milliseconds; 300,000 by default. */
  readonly REPLAY_MAX_SKEW_MS?: string;
  /** How old any event may be, also one that failed before, in milliseconds; no limit by default. */
  readonly REPLAY_MAX_AGE_MS?: string;
  /** How long one call of the store may take, in milliseconds; 5,000 by default. */
  readonly REPLAY_STORE_TIMEOUT_MS?: string;
  /**
   * The part of the store that this receiver uses. Receivers of several
   * subscriptions that share a store need different names, because each
   * subscription gets its own copy of an event.
   */
  readonly REPLAY_PARTITION?: string;
  /** `true` lets events pass unguarded while the store cannot be reached. */
  readonly REPLAY_FAIL_OPEN?: string;
}

/** The options of a receiver, with the store that was made for them; without `replay` where `REPLAY` is `off`. */
export type EnvironmentOptions<Store extends ReplayStore = ReplayStore> = Extract<
  ReceiverOptions,
  { readonly subscriptions?: undefined }
> & {
  readonly replay?: (ReplayOptions & { readonly store: Store }) | undefined;
};

/** What an environment cannot hold as a string. */
export interface Bindings<Store extends ReplayStore> {
  /** Where verified events go, in place of `ORIGIN_URL`. */
  readonly origin?: Origin | undefined;
  /** Makes the replay guard's store; called unless `REPLAY` is `off`. */
  readonly replayStore: (address: StoreAddress | undefined) => Store;
}

/** The options that variables set, by where they go. */
interface Parts {
  readonly secrets: { current?: string; previous?: string };
  readonly receiver: {
    origin?: string;
    originPath?: string;
    tenantId?: string;
    projectId?: string;
    originHeaders?: Readonly<Record<string, string>>;
    forwardHeaders?: readonly string[];
    eventName?: readonly string[];
    maxBytes?: number;
    maxBufferedBytes?: number;
    bodyTimeoutMs?: number;
    originTimeoutMs?: number;
  };
  readonly replay: { isOn?: boolean } & {
    -readonly [Option in keyof Omit<ReplayOptions, "store">]: ReplayOptions[Option];
  };
  readonly store: { url?: string; token?: string };
}

type Read<Value> = (text: string, variable: string) => Value;

type Row = {
  [Part in keyof Parts]: {
    [Option in keyof Parts[Part]]-?: readonly [part: Part, option: Option, read: Read<Parts[Part][Option]>];
  }[keyof Parts[Part]];
}[keyof Parts];

/** Which option each variable sets, and how its text is read. */
export const VARIABLES: { readonly [Name in keyof Environment]-?: Row } = {
  // The verifier checks secrets, with codes of its own.
  MIA_WEBHOOK_SECRET: ["secrets", "current", (text) => text],
  MIA_WEBHOOK_SECRET_PREVIOUS: ["secrets", "previous", (text) => text],
  ORIGIN_URL: ["receiver", "origin", filled],
  ORIGIN_PATH: ["receiver", "originPath", filled],
  ORIGIN_HEADERS: ["receiver", "originHeaders", headerLines],
  FORWARD_HEADERS: ["receiver", "forwardHeaders", list],
  TENANT_ID: ["receiver", "tenantId", filled],
  PROJECT_ID: ["receiver", "projectId", filled],
  EVENT_NAMES: ["receiver", "eventName", list],
  MAX_BYTES: ["receiver", "maxBytes", integer],
  MAX_BUFFERED_BYTES: ["receiver", "maxBufferedBytes", integer],
  BODY_TIMEOUT_MS: ["receiver", "bodyTimeoutMs", integer],
  ORIGIN_TIMEOUT_MS: ["receiver", "originTimeoutMs", integer],
  REPLAY: ["replay", "isOn", either("on", "off")],
  REPLAY_URL: ["store", "url", filled],
  REPLAY_TOKEN: ["store", "token", filled],
  REPLAY_WINDOW_MS: ["replay", "windowMs", integer],
  REPLAY_CAP: ["replay", "cap", integer],
  REPLAY_LEASE_MS: ["replay", "leaseMs", integer],
  REPLAY_MAX_SKEW_MS: ["replay", "maxSkewMs", integer],
  REPLAY_MAX_AGE_MS: ["replay", "maxAgeMs", integer],
  REPLAY_STORE_TIMEOUT_MS: ["replay", "storeTimeoutMs", integer],
  REPLAY_PARTITION: ["replay", "partition", filled],
  REPLAY_FAIL_OPEN: ["replay", "failOpen", either("true", "false")],
};

/**
 * The options of a receiver.
 *
 * @throws TypeError, RangeError for a value that cannot be read; the message names
 * the variable. `createReceiver` refuses the others that cannot be used.
 */
export function optionsOf<Store extends ReplayStore>(
  env: Environment,
  { origin, replayStore }: Bindings<Store>,
): EnvironmentOptions<Store> {
  const parts: Parts = { secrets: {}, receiver: {}, replay: {}, store: {} };
  for (const [name, [part, option, read]] of Object.entries(VARIABLES)) {
    const text: unknown = env[name as keyof Environment];
    if (text !== undefined) {
      if (typeof text !== "string") {
        throw new TypeError(`${name} must be a string: write its value in quotes`);
      }
      Object.assign(parts[part], { [option]: read(text, name) });
    }
  }
  const { isOn = true, ...replay } = parts.replay;
  const { url, token } = parts.store;
  if (url === undefined && token !== undefined) {
    throw new TypeError("REPLAY_TOKEN is for a database, and no REPLAY_URL names one");
  }
  if (url !== undefined && !isOn) {
    throw new TypeError("REPLAY_URL has no effect while REPLAY is off: remove one of them");
  }
  const address = url === undefined ? undefined : { url, token, timeoutMs: replay.storeTimeoutMs ?? STORE_TIMEOUT_MS };
  return {
    ...parts.receiver,
    // Also without its text, so that a previous secret alone is none.
    secrets: { current: undefined, ...parts.secrets } as Record<string, string>,
    origin: origin ?? parts.receiver.origin,
    replay: isOn ? { ...replay, store: inStoreVariables(() => replayStore(address)) } : undefined,
  };
}

/** The variables of servers, which have files: `server-environment.ts` reads them. */
export const FILE_VARIABLES = {
  current: "MIA_WEBHOOK_SECRET_FILE",
  previous: "MIA_WEBHOOK_SECRET_PREVIOUS_FILE",
  finalNewline: "SECRET_FINAL_NEWLINE",
} as const;

/** What Kubernetes sets for each service, whatever its name: a service may be called `mia-webhook`. */
const OF_A_SERVICE = /_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?)$/;

/**
 * Refuses a variable that has no effect because its name is misspelled: its setting
 * would be lost without a word.
 *
 * @param others - Names besides those of {@link Environment} that the host knows.
 * @throws TypeError
 */
export function refuseMisspelled(env: object, others: readonly string[]): void {
  const known = [...Object.keys(VARIABLES), ...others];
  for (const [name, value] of Object.entries(env)) {
    if (known.includes(name) || value === undefined || OF_A_SERVICE.test(name)) {
      continue;
    }
    if (Object.values<string>(FILE_VARIABLES).includes(name)) {
      throw new TypeError(`${name} has no effect here, where there are no files: set MIA_WEBHOOK_SECRET`);
    }
    const meant = nearest(name, known);
    // Another setting may be near to one of ours; with ours set, nothing is lost.
    if (meant !== undefined && (env as Record<string, unknown>)[meant] === undefined) {
      throw new TypeError(`${shown(name)} is no variable of this receiver: did you mean ${meant}?`);
    }
    if (meant === undefined && /^(MIA_WEBHOOK|REPLAY)_/.test(name)) {
      throw new TypeError(`${shown(name)} is no variable of this receiver: it knows ${known.join(", ")}`);
    }
  }
}

/** Says what an error of `createReceiver` says in the words of an environment: it names variables, not options. */
export function inVariables(message: string): string {
  return Object.entries(VARIABLES).reduce((text, [name, [part, option]]) => {
    // The names of secrets are quoted, and an option that is also a word of a sentence
    // stands where a message begins.
    const pattern =
      part === "secrets"
        ? `"${option}"`
        : /^[a-z]+$/.test(option)
          ? `^(replay\\.)?${option}\\b`
          : `\\b(replay\\.)?${option}\\b`;
    return text.replace(new RegExp(pattern, "g"), name);
  }, message);
}

/** Says what an error about the address of a store says in the words of an environment. */
function inStoreVariables<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const { message } = error as Error;
    throw new TypeError(
      message
        .replaceAll("the address of the replay store", "REPLAY_URL")
        .replaceAll("the token of the replay store", "REPLAY_TOKEN"),
    );
  }
}

/** The number that a variable holds. */
export function integer(text: string, variable: string): number {
  return positive(Number(text), variable);
}

/** An empty filter would refuse every event. */
export function filled(text: string, variable: string): string {
  if (text.trim() === "") {
    throw new TypeError(`${variable} must not be empty; remove it if it has no value`);
  }
  return text;
}

/** Values that are separated by commas. */
function list(text: string, variable: string): readonly string[] {
  return text.split(",").map((part) => filled(part.trim(), variable));
}

/** Reads headers, one on a line. The error does not show them: they may hold secrets. */
function headerLines(text: string, variable: string): Readonly<Record<string, string>> {
  const lines = filled(text, variable)
    .trim()
    .split(/\s*\n\s*/);
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  if (lines.some((line) => line.indexOf(":") < 1) || Object.keys(headers).length < lines.length) {
    throw new TypeError(`${variable} must hold lines of the form "Name: value", each with another name`);
  }
  return headers;
}

/** Reads a switch. A misspelled value must not count as the default. */
export function either(on: string, off: string): Read<boolean> {
  return (text, variable) => {
    if (text !== on && text !== off) {
      throw new TypeError(`${variable} must be ${on} or ${off}`);
    }
    return text === on;
  };
}
