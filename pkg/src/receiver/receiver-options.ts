/** The options of a receiver: which there are, where they stand, and what they must be. */

import { HEADER_NAME } from "../verify/header-names.js";
import { isPlain } from "../verify/named-secrets.js";
import { CHECKED_LATER, FUNCTION, type Kinds, SWITCH, TEXT, TEXTS, checkOptions } from "../verify/options.js";
import { shown } from "../verify/spelling.js";
import type { ReceiverOptions, ReceiverSubscription, Settings } from "./create-receiver.js";
import { assertEventName, refuseOtherWildcard } from "./event-names.js";
import type { Fetcher, OriginHeaders } from "./forward.js";
import { REPLAY_OPTIONS } from "./guard.js";
import { AWAIT, isPromise, nameOf } from "./host-request.js";
import { SYNONYMS } from "./option-synonyms.js";

const SETTINGS = {
  maxBytes: CHECKED_LATER,
  maxBufferedBytes: CHECKED_LATER,
  bodyTimeoutMs: CHECKED_LATER,
  originTimeoutMs: CHECKED_LATER,
  headerNames: TEXTS,
  replay: ["a record of options, such as { store: memoryReplayStore() }", isObject],
  log: ["a function; () => {} writes no log", FUNCTION[1]],
  onResult: FUNCTION,
} satisfies Kinds<Settings>;

const SUBSCRIPTION = {
  secrets: CHECKED_LATER,
  origin: CHECKED_LATER,
  originPath: TEXT,
  originHeaders: CHECKED_LATER,
  forwardHeaders: CHECKED_LATER,
  on: CHECKED_LATER,
  authorize: SWITCH,
  tenantId: TEXT,
  projectId: TEXT,
  eventName: [
    "a name, or a list of at least one name",
    (value) => TEXT[1](value) || (TEXTS[1](value) && (value as unknown[]).length > 0),
  ],
} satisfies Kinds<ReceiverSubscription>;

const SUBSCRIPTIONS = {
  subscriptions: ['a record of subscriptions by path, such as { "/hooks": { secrets, on } }', isRecord],
} satisfies Kinds<Pick<ReceiverOptions, "subscriptions">>;

const ALL = { ...SUBSCRIPTION, ...SUBSCRIPTIONS, ...SETTINGS };

/** Options that mean something only with an origin. */
const WITH_ORIGIN = ["originPath", "originHeaders", "forwardHeaders"] satisfies (keyof OriginHeaders | "originPath")[];

/**
 * Checks the names of all options, the types of those that nothing else checks, and
 * which of them can stand together.
 *
 * @throws TypeError
 */
export function checkReceiverOptions(options: ReceiverOptions): void {
  if (!isObject(options)) {
    throw new TypeError(
      `createReceiver needs its options, such as { secrets, on } or { secrets, origin }, not ${nameOf(options)}${isPromise(options) ? AWAIT : ""}`,
    );
  }
  const { subscriptions } = options;
  const others = placesOf(REPLAY_OPTIONS, "in replay");
  if (subscriptions === undefined) {
    checkOptions(options, ALL, "", others, SYNONYMS);
    checkHeaderNames(options.headerNames);
    checkSubscription(options, "", options.replay !== undefined);
    return;
  }
  checkOptions({ subscriptions }, SUBSCRIPTIONS, "");
  const perSubscription = placesOf(Object.keys(SUBSCRIPTION), "in each of the subscriptions");
  checkOptions(options, { ...SUBSCRIPTIONS, ...SETTINGS }, "", { ...others, ...perSubscription }, SYNONYMS);
  checkHeaderNames(options.headerNames);
  const shared = placesOf(Object.keys(SETTINGS), "beside subscriptions, for all of them");
  for (const [path, subscription] of Object.entries(subscriptions)) {
    const place = `subscriptions[${shown(path)}]`;
    if (!isObject(subscription)) {
      throw new TypeError(`${place} must be a record of options, such as { secrets, on } or { secrets, origin }`);
    }
    checkOptions(subscription, SUBSCRIPTION, place, { ...others, ...shared }, SYNONYMS);
    checkSubscription(subscription, `${place}: `, options.replay !== undefined);
  }
}

/** A wildcard, a placeholder, and what JavaScript writes for no value. */
const NO_ID = /[*<>{}%"'`\s]|^\$|^[^a-z\d]+$|^(undefined|null|nan|\[object \w+\])$/i;

function checkSubscription(subscription: ReceiverSubscription, before: string, isGuarded: boolean): void {
  const { origin, on, authorize, eventName } = subscription;
  if (origin !== undefined && on !== undefined) {
    throw new TypeError(`${before}a subscription has either an origin or handlers (on), not both`);
  }
  if (authorize === true) {
    checkAuthorizer(subscription, before, isGuarded);
  } else if (origin === undefined && on === undefined) {
    const unset = "origin" in subscription ? "; origin is undefined: is its variable set?" : "";
    throw new TypeError(`${before}a subscription needs an origin, handlers (on) or authorize${unset}`);
  }
  for (const option of ["secrets", "origin", "on"] as const) {
    const value = subscription[option];
    // A binding may have any method: what has fetch is an origin.
    if (isPromise(value) && typeof (value as Partial<Fetcher>).fetch !== "function") {
      throw new TypeError(`${before}${option} is a promise${AWAIT}`);
    }
  }
  for (const option of ["tenantId", "projectId"] as const) {
    if (NO_ID.test(subscription[option] ?? "")) {
      throw new TypeError(
        `${before}${option} is not an id, so it would refuse every event; leave it out for events of all`,
      );
    }
  }
  for (const name of [eventName ?? []].flat()) {
    assertEventName(name, `${before}eventName`);
  }
  if (on !== undefined) {
    checkHandlers(on, before);
  }
  const useless = WITH_ORIGIN.find((name) => origin === undefined && subscription[name] !== undefined);
  if (useless !== undefined) {
    throw new TypeError(
      `${before}${useless} needs an origin; ${on ? "handlers (on) do" : "authorize does"} not use it`,
    );
  }
  if (subscription.originPath !== undefined && (typeof origin === "string" || origin instanceof URL)) {
    throw new TypeError(
      `${before}originPath is for an origin that has fetch; write the path into the address of origin`,
    );
  }
}

/** What only answers whether an event is genuine delivers nothing, so nothing that is about a delivery has an effect. */
function checkAuthorizer({ origin, on }: ReceiverSubscription, before: string, isGuarded: boolean): void {
  if (origin !== undefined || on !== undefined) {
    throw new TypeError(
      `${before}with authorize, nothing is delivered here: leave out ${on === undefined ? "origin" : "on"}, or authorize`,
    );
  }
  if (isGuarded) {
    throw new TypeError(
      `${before}with authorize, nothing is delivered here, so replay has no effect: use it where events are delivered`,
    );
  }
}

/** Which of the names cannot be one; how many there may be is checked where they are used. */
function checkHeaderNames(names: readonly string[] = []): void {
  const wrong = names.find((name) => !HEADER_NAME.test(name) || name.includes("*"));
  if (wrong !== undefined) {
    throw new RangeError(
      `headerNames: ${shown(wrong)} is not the name of a header; write a name alone, such as "X-Mia-Token", without a colon, spaces or wildcards`,
    );
  }
}

function checkHandlers(on: object, before: string): void {
  if (typeof on === "function") {
    throw new TypeError(
      `${before}on must be a record of handlers by eventName; for one handler of every event, write { "*": handler }`,
    );
  }
  if (!isRecord(on)) {
    throw new TypeError(
      `${before}on must be a record of handlers by eventName, such as { project_created(event) {} }, and not a list, a Map or an object of a class`,
    );
  }
  for (const [name, handler] of Object.entries(on)) {
    if (handler !== undefined && typeof handler !== "function") {
      throw new TypeError(`${before}on.${name.length > 40 ? shown(name) : name} must be a function`);
    }
    if (name !== "*") {
      refuseOtherWildcard(name, `${before}on`);
      assertEventName(name, `${before}on`);
    }
  }
  if (!Object.values(on).some((handler) => handler !== undefined)) {
    throw new TypeError(
      `${before}on has no handler, so every event would be lost; write { "*": handler } for one of every event`,
    );
  }
}

/** Something that may hold options: no list, `Map` or promise. */
function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(Symbol.iterator in value) && !isPromise(value);
}

/** A record, whose own keys are all that it has: no list, `Map` or object of a class. */
function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && isPlain(value);
}

const placesOf = (names: readonly string[], place: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, place]));
