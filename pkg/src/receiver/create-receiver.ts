import {
  type Code,
  type Delivery,
  type EventProblem,
  type PayloadLimits,
  type Secrets,
  type Verifier,
  type WebhookError,
  type WebhookEvent,
} from "../index.js";
import type { KnownHandlers } from "../generated/handlers.js";
import { type Scope, type ScopeMismatch, mismatch } from "../subscription/scope.js";
import { tokenHeaderNames } from "../verify/header-names.js";
import { payloadLimits } from "../verify/payload-limits.js";
import { positive } from "../verify/settings.js";
import { EVENT_ID_HEADER } from "../generated/tables.js";
import { shown } from "../verify/spelling.js";
import { SUCCESS, problem, refusal, responseOf } from "./answer.js";
import type { AskedSecrets, SecretsFunction } from "./asked-secrets.js";
import { bodyBudget } from "./body-budget.js";
import { asFailure, failure, hintOf } from "./codes.js";
import { CommittedEvents } from "./committed-events.js";
import { detailOf } from "./detail.js";
import { dropRest } from "./drop-rest.js";
import { duration } from "./duration.js";
import { type Reading, evidentHint } from "./evidence.js";
import { SubscriptionSecrets } from "./subscription-secrets.js";
import { type Forward, type Origin, type OriginHeaders, forwarder } from "./forward.js";
import { type Guard, type Outcome, type Recency, type ReplayOptions, replayGuard } from "./guard.js";
import { type Answer, answeringHosts, assertHostRequest, fetchHeaders } from "./host-request.js";
import { logLine } from "./log-line.js";
import { readBody } from "./read-body.js";
import { checkReceiverOptions } from "./receiver-options.js";
import { verified } from "./verification.js";

/** What a handler gets besides the event. */
export interface HandlerContext extends Delivery, Recency {
  /** The request's headers. The token does not cover them, only the payload. */
  readonly headers: Headers;
  /**
   * For work after the answer: keeps the runtime alive until it is done, where the
   * runtime can. Elsewhere the work goes on all the same, and what it throws is written
   * to the console.
   */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** Handles one event. The event is acknowledged when it returns, and not when it throws. */
// Typed as a method, so that handlers of one event can stand among handlers of all
// events.
export type Handler<Event = WebhookEvent> = { handle(event: Event, context: HandlerContext): unknown }["handle"];

/**
 * Handlers by `eventName`; `"*"` takes the events that no other handler takes.
 * Known events have the type of their payload; unknown names are allowed.
 */
export interface Handlers extends KnownHandlers {
  /** Takes the events that no other handler takes. */
  readonly "*"?: Handler;
  /** Takes the events of this name, which this version of the package does not know. */
  readonly [eventName: string]: Handler | undefined;
}

/** One subscription of the Console, as its receiver knows it. */
export interface ReceiverSubscription extends Scope, OriginHeaders {
  /**
   * One secret, several, or several with a name each; or a function that gives them when
   * the first request comes, and not while an application is built.
   */
  // `undefined` is refused when the receiver is made: a variable may not be set.
  readonly secrets: Secrets | SecretsFunction | undefined;
  /** Where verified events go. Either this or `on`. */
  readonly origin?: Origin | undefined;
  /**
   * The path that a {@link Fetcher} is called with. By default it is the
   * subscription's own path, or `/` without `subscriptions`. The sender does not
   * choose it: the token covers only the payload.
   */
  readonly originPath?: string | undefined;
  /** Handlers for verified events. Either this or `origin`. */
  readonly on?: Handlers | undefined;
  /**
   * `true` for a receiver that only says whether an event is genuine, for a gateway that
   * asks before it passes a request on, such as Envoy with `ext_authz`. It answers 200
   * with the event's id in `X-Mia-Event-Id`, or refuses. In place of `origin` and `on`,
   * and without `replay`: nothing is delivered here.
   */
  readonly authorize?: boolean | undefined;
}

/** What became of one request. Holds no payload, token or secret. */
export interface Result {
  /** What became of it, such as `accepted` or `token_mismatch`; stable. */
  readonly code: Code;
  /** The status that the sender got. */
  readonly status: number;
  /**
   * The subscription's path, where there are `subscriptions`. For a request that was
   * not accepted, and that has no subscription, it is the path that the sender called,
   * without the query and cut after 200 characters.
   */
  readonly path?: string | undefined;
  /** The event's `eventName`, if the payload verified. */
  readonly eventName?: string | undefined;
  /** When the event was emitted, in milliseconds since the Unix epoch, if the payload verified. */
  readonly eventTimestamp?: number | undefined;
  /** The SHA-256 of the payload. */
  readonly id?: string | undefined;
  /** The name of the secret that matched. */
  readonly secretId?: string | undefined;
  /** The size of the body, in bytes; absent if it was not read to its end, or had to give way. */
  readonly bytes?: number | undefined;
  /**
   * How long the request took, in milliseconds. What is left of a refused body is read and
   * dropped after that, for a second at most.
   */
  readonly durationMs: number;
  /**
   * Which filter of the subscription does not match, for `event_out_of_scope`; what is
   * wrong with the payload, for `event_malformed`.
   */
  readonly reason?: ScopeMismatch | EventProblem | undefined;
  /** `true` for an event that passed although the replay guard could not reach its store. */
  readonly isUnguarded?: boolean | undefined;
  /** What the operator can do about it. */
  readonly hint?: string | undefined;
}

/** What all subscriptions of a receiver share. */
export interface Settings extends PayloadLimits {
  /**
   * The most memory that the bodies of all requests may take at the same time, in
   * bytes; 32 MiB (33,554,432) by default, or `maxBytes` if that is more. Above it,
   * the body that began to arrive first is refused with 503, unless it has verified. It
   * counts bodies alone: with their events, and what is not collected yet, large bodies
   * take up to 2.5 times as much at the peak in workerd, and 4 times in Node.
   */
  readonly maxBufferedBytes?: number | undefined;
  /** The headers that may carry the token; `X-Mia-Token` and `X-Mia-Signature` by default. */
  readonly headerNames?: readonly string[] | undefined;
  /** How long the origin may take to answer, in milliseconds; 10,000 by default. */
  readonly originTimeoutMs?: number | undefined;
  /** Keeps replays out. Without it, a captured request is delivered each time it is sent again. */
  readonly replay?: ReplayOptions | undefined;
  /**
   * Called with each result as one line of JSON; `console.log` by default. Without
   * `onResult` the line also has `detail`: what your handler, origin or store threw.
   */
  readonly log?: ((line: string) => void) | undefined;
  /**
   * Called with each result, and with the error that caused it, if there is one. The
   * `cause` of that error is what your handler, origin or store threw.
   */
  readonly onResult?: ((result: Result, error?: unknown) => void) | undefined;
}

/** One subscription for every path, or several by path. */
export type ReceiverOptions = Settings &
  (
    | (ReceiverSubscription & {
        /** Several subscriptions, by path. In place of `secrets`, `on` and the others. */
        readonly subscriptions?: undefined;
      })
    | {
        /** One subscription for each path of this receiver, such as `{ "/projects": { secrets, on } }`. */
        readonly subscriptions: Readonly<Record<string, ReceiverSubscription>>;
      }
  );

/**
 * Answers one request. Never rejects because of what the request holds. Anything but a
 * fetch `Request` is a mistake in the program, and a `TypeError` is thrown at once.
 */
// `object` too: hosts pass a second argument of their own, such as Deno's information
// about the connection and Next's parameters of the route.
export type Receiver = (request: Request, context?: WaitingContext | object) => Promise<Response>;

/** What a host may pass beside the request, such as the context of a Worker. */
interface WaitingContext {
  /** Keeps the runtime alive until the work is done. */
  waitUntil?(work: Promise<unknown>): void;
}

/** In one piece: with 1,000 paths, its memory is cold at each request. */
interface Route extends Scope {
  readonly path: string | undefined;
  readonly secrets: Verifier | AskedSecrets;
  readonly forward: Forward | undefined;
  readonly on: Handlers | undefined;
  readonly isAuthorizer: boolean;
  readonly guard: Guard | undefined;
}

/**
 * Makes a receiver. Options that cannot be used throw here, before the first
 * request.
 *
 * @throws TypeError, RangeError for options that cannot be used: also for one that there
 * is not, and for a handler of an event whose name is nearly that of a known one.
 * @throws WebhookError `secret_…` for secrets that must not be used.
 *
 * @example
 * ```ts
 * import { createReceiver } from "mia-webhooks/receiver";
 * import { signRequest } from "mia-webhooks";
 *
 * const receiver = createReceiver({
 *   secrets: "it's a secret to everybody",
 *   on: { tag_created: (event) => console.log(event.payload["tagName"]) },
 *   log: () => {},
 * });
 *
 * const body = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{"tagName":"v1"}}';
 * const request = new Request("https://example.org/", { method: "POST", body });
 * const response = await receiver(await signRequest(request, "it's a secret to everybody"));
 * response.status; // 200
 * ```
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  checkReceiverOptions(options);
  const { log = console.log, onResult, subscriptions } = options;
  const openBody = bodyBudget(bufferedBytes(options));
  const shared = { secrets: new SubscriptionSecrets(), committed: new CommittedEvents() };
  const routes = new Map<string | undefined, Route>();
  for (const [path, subscription] of subscriptions ? Object.entries(subscriptions) : [[undefined, options] as const]) {
    const key = path === undefined ? undefined : pathname(path);
    if (routes.has(key)) {
      throw new TypeError(
        `the paths ${JSON.stringify(path)} and ${JSON.stringify(routes.get(key)?.path)} are the same`,
      );
    }
    routes.set(key, route(options, subscription, path, shared));
  }
  if (routes.size === 0) {
    throw new TypeError("subscriptions must hold at least one path");
  }
  const paths = [...routes.values()].flatMap(({ path }) => path ?? []);
  const headerNames = tokenHeaderNames(options.headerNames);
  const verifying = { headerNames, limits: payloadLimits(options), read: readBody };

  // Not async: a request of another kind is a mistake in the program, and frameworks such
  // as Express see only what is thrown at once.
  return answeringHosts((request, context) => {
    assertHostRequest(request);
    return answer(request, context).then(responseOf);
  }, answer);

  async function answer(request: Request, context: object | undefined): Promise<Answer> {
    const started = Date.now();
    const body = openBody();
    const reading: Reading = {};
    let route: Route | undefined;
    let delivery: Delivery | undefined;
    let outcome: Outcome;
    try {
      route = routes.get(subscriptions === undefined ? undefined : pathOf(request));
      if (route === undefined) {
        throw failure("path_unknown");
      }
      delivery = await verified(route.secrets, verifying, request, body, reading);
      body.keep();
      outcome = await deliver(route, delivery, request, context);
    } catch (error) {
      outcome = refused(error);
    } finally {
      body.release();
    }
    const { code, answer, isUnguarded, error } = outcome;
    const path = route?.path ?? (delivery === undefined || answer.status >= 300 ? receivedPath(request) : undefined);
    const hint = evidentHint(code, {
      request,
      headerNames,
      path,
      paths,
      reading,
      status: answer.status,
      timestamp: delivery?.event.eventTimestamp,
    });
    const result: Result = {
      code,
      status: answer.status,
      path,
      eventName: delivery?.event.eventName,
      eventTimestamp: delivery?.event.eventTimestamp,
      id: delivery?.id,
      secretId: delivery?.secretId,
      bytes: reading.payload?.length,
      durationMs: Date.now() - started,
      reason: outcome.reason ?? (error as WebhookError | undefined)?.reason,
      isUnguarded,
      hint: hint ?? hintOf(code, error),
    };
    const detail = onResult === undefined ? detailOf(result, error) : undefined;
    tell("log", () => log(logLine({ message: "mia-webhooks", ...result, detail })));
    if (onResult !== undefined) {
      tell("onResult", () => onResult(result, error));
    }
    if (reading.payload === undefined) {
      await dropRest(request);
    }
    return answer;
  }
}

/** The answer does not change when the operator's own function fails: the event was already delivered or refused. */
function tell(name: string, work: () => unknown): void {
  const failed = (thrown: unknown) => console.error(`mia-webhooks: ${name} failed`, thrown);
  try {
    const answer = work();
    if (typeof answer === "object" && answer !== null) {
      Promise.resolve(answer).catch(failed);
    }
  } catch (thrown) {
    failed(thrown);
  }
}

/** In place of `waitUntil` of a host that has none. */
const goOn: HandlerContext["waitUntil"] = (work) => tell("work of a handler", () => work);

function bufferedBytes(options: Settings): number {
  const { maxBytes, bodyTimeoutMs } = payloadLimits(options);
  duration(bodyTimeoutMs, "bodyTimeoutMs");
  const bytes = positive(options.maxBufferedBytes ?? Math.max(33_554_432, maxBytes), "maxBufferedBytes");
  if (bytes < maxBytes) {
    throw new RangeError("maxBufferedBytes must be at least maxBytes");
  }
  return bytes;
}

/** What routers of many frameworks read as any path or as a part of one. */
const PATTERN = /\/[:$]\w|[*<>{}[\]^()|\\]/;

/** A path as URLs hold it: `/caff%C3%A8` for `/caffè`. */
function pathname(path: string): string {
  if (!/^\/[^?#]*$/.test(path)) {
    throw new TypeError(`the path ${shown(path)} of a subscription must start with "/", without "?" and "#"`);
  }
  if (PATTERN.test(path)) {
    throw new TypeError(
      `the path ${shown(path)} of a subscription is taken as it is written, and there are no patterns: name each path`,
    );
  }
  return new URL(`https://receiver.internal${path}`).pathname;
}

/** What a log may show of a path: not the query, which may hold secrets. */
function receivedPath(request: Request): string | undefined {
  const path = URL.canParse(request.url) ? new URL(request.url).pathname : undefined;
  return path && path.length > 200 ? `${path.slice(0, 200)}...` : path;
}

/**
 * What an address makes another path of: the parts `.` and `..`, also written as `%2e`,
 * `\\` for `/`, and tabs and line breaks, which disappear.
 */
const UNCLEAR = /[\\\t\n\r]|[\\/](\.|%2e){1,2}([\\/]|$)/i;

/**
 * The path that was called.
 *
 * @throws WebhookError `request_malformed` for an address that cannot be read, and for a
 * path that what is behind the receiver may read otherwise, such as `/a/../b`.
 */
function pathOf({ url }: Request): string {
  if (!URL.canParse(url) || UNCLEAR.test(url.replace(/[?#].*$/, ""))) {
    throw failure("request_malformed");
  }
  return new URL(url).pathname;
}

function route(
  settings: Settings,
  subscription: ReceiverSubscription,
  path: string | undefined,
  { secrets, committed }: { readonly secrets: SubscriptionSecrets; readonly committed: CommittedEvents },
): Route {
  const { origin, originPath = path ?? "/", on, authorize, tenantId, projectId, eventName } = subscription;
  const timeoutMs = duration(settings.originTimeoutMs ?? 10_000, "originTimeoutMs");
  const forwardMs = origin === undefined ? 0 : timeoutMs;
  const headerNames = tokenHeaderNames(settings.headerNames);
  return {
    path,
    on,
    isAuthorizer: authorize === true,
    forward: origin === undefined ? undefined : forwarder(origin, originPath, timeoutMs, headerNames, subscription),
    guard: settings.replay === undefined ? undefined : replayGuard(settings.replay, path, forwardMs, committed),
    tenantId,
    projectId,
    eventName,
    // Also without a value, which is refused there.
    secrets: secrets.of(subscription.secrets as Secrets, path),
  };
}

/** What happens to an event that verified. */
function deliver(
  route: Route,
  delivery: Delivery,
  request: Request,
  context: WaitingContext | undefined,
): Outcome | Promise<Outcome> {
  const { forward, on, isAuthorizer, guard } = route;
  const { event } = delivery;
  const reason = mismatch(route, event);
  if (reason !== undefined) {
    return { code: "event_out_of_scope", answer: problem(403), reason };
  }
  if (isAuthorizer) {
    return { code: "authorized", answer: { ...SUCCESS, headers: [[EVENT_ID_HEADER, delivery.id]] } };
  }
  const handler = on && handlerFor(on, event.eventName);
  const waitUntil = typeof context?.waitUntil === "function" ? context.waitUntil.bind(context) : undefined;
  const work = forward
    ? (recency: Recency) => forwardTo(forward, request, delivery, recency)
    : handler &&
      ((recency: Recency) => handle(handler, new Context(request.headers, delivery, recency, waitUntil ?? goOn)));
  if (work === undefined) {
    return { code: "unhandled", answer: { ...SUCCESS, status: 204 } };
  }
  const delivering = guard ? guard(delivery, work) : work({});
  // A sender that hangs up must not stop a delivery that has begun: the event could
  // be delivered, and not committed, and its memory would count for ever.
  waitUntil?.(delivering.catch(() => {}));
  return delivering;
}

async function forwardTo(forward: Forward, request: Request, delivery: Delivery, recency: Recency): Promise<Outcome> {
  // The origin gets the bytes. What was parsed of them takes as much memory again, or more.
  const { eventName, eventTimestamp } = delivery.event;
  (delivery as { event: WebhookEvent }).event = { eventName, eventTimestamp, payload: {} };
  try {
    const answer = await forward(request, delivery, recency);
    return { code: answer.ok ? "accepted" : "origin_refused", answer };
  } catch (error) {
    return refused(error);
  }
}

class Context implements HandlerContext {
  readonly event: WebhookEvent;
  readonly payload: Uint8Array;
  readonly secretId: string;
  readonly id: string;
  readonly waitUntil: HandlerContext["waitUntil"];
  declare readonly headers: Headers;
  readonly #received: Headers;

  constructor(received: Headers, delivery: Delivery, recency: Recency, waitUntil: HandlerContext["waitUntil"]) {
    this.event = delivery.event;
    this.payload = delivery.payload;
    this.secretId = delivery.secretId;
    this.id = delivery.id;
    this.waitUntil = waitUntil;
    this.#received = received;
    Object.defineProperty(this, "headers", Context.#HEADERS);
    Object.assign(this, recency);
  }

  // One getter for all: with a new one for each request, V8 keeps all that it can reach
  // for long, and a fifth of the time goes to that. The headers are made when they are
  // asked for: Node loads its whole `fetch` for the first, 17 ms.
  static readonly #HEADERS: PropertyDescriptor & ThisType<Context> = {
    enumerable: true,
    get() {
      return fetchHeaders(this.#received);
    },
  };
}

async function handle(handler: Handler, context: HandlerContext): Promise<Outcome> {
  try {
    await handler(context.event, context);
  } catch (cause) {
    return refused(failure("handler_failed", cause));
  }
  return { code: "accepted", answer: SUCCESS };
}

function refused(error: unknown): Outcome {
  const known = asFailure(error);
  return { code: known.code, answer: refusal(known), error };
}

const handlerFor = (on: Handlers, eventName: string): Handler | undefined =>
  (Object.hasOwn(on, eventName) ? on[eventName] : on["*"]) as Handler | undefined;
