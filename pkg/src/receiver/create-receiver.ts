import {
  type Code,
  type Delivery,
  type EventProblem,
  type KnownEvent,
  type KnownEventName,
  type PayloadLimits,
  type Secrets,
  type WebhookError,
  type WebhookEvent,
  verifyRequest,
} from "../index.js";
import { type Scope, type ScopeMismatch, mismatch } from "../subscription/scope.js";
import { tokenHeaderNames } from "../verify/header-names.js";
import { payloadLimits } from "../verify/payload-limits.js";
import { positive } from "../verify/settings.js";
import { shown } from "../verify/spelling.js";
import { problem, refusal } from "./answer.js";
import { type HeldBody, bodyBudget } from "./body-budget.js";
import { asFailure, failure, hintOf } from "./codes.js";
import { CommittedEvents } from "./committed-events.js";
import { duration } from "./duration.js";
import { type Reading, evidentHint } from "./evidence.js";
import { SubscriptionSecrets } from "./subscription-secrets.js";
import { type Forward, type Origin, type OriginHeaders, forwarder } from "./forward.js";
import { type Guard, type Outcome, type Recency, type ReplayOptions, replayGuard } from "./guard.js";
import { assertHostRequest } from "./host-request.js";
import { logLine } from "./log-line.js";
import { checkReceiverOptions } from "./receiver-options.js";

/** What a handler gets besides the event. */
export interface HandlerContext extends Delivery, Recency {
  /** The request's headers. The token does not cover them, only the payload. */
  readonly headers: Headers;
  /** Keeps the runtime alive for work after the answer, where the runtime can. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

/** Handles one event. The event is acknowledged when it returns, and not when it throws. */
// Typed as a method, so that handlers of one event can stand among handlers of all
// events.
export type Handler<Event = WebhookEvent> = { handle(event: Event, context: HandlerContext): unknown }["handle"];

/**
 * Handlers by `eventName`; `"*"` takes the events that no other handler takes.
 * Known events have the type of their payload; unknown names are allowed.
 */
export type Handlers = {
  readonly [Name in KnownEventName | (string & {})]?: Handler<
    Name extends KnownEventName ? Extract<KnownEvent, { eventName: Name }> : WebhookEvent
  >;
};

/** One subscription of the Console, as its receiver knows it. */
export interface ReceiverSubscription extends Scope, OriginHeaders {
  /** One secret, several, or several with a name each. */
  readonly secrets: Secrets;
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
}

/** What became of one request. Holds no payload, token or secret. */
export interface Result {
  readonly code: Code;
  /** The status that the sender got. */
  readonly status: number;
  /**
   * The subscription's path, where there are `subscriptions`. For a request that was
   * not accepted, and that has no subscription, it is the path that the sender called,
   * without the query and cut after 200 characters.
   */
  readonly path?: string | undefined;
  readonly eventName?: string | undefined;
  readonly eventTimestamp?: number | undefined;
  /** The SHA-256 of the payload. */
  readonly id?: string | undefined;
  /** The name of the secret that matched. */
  readonly secretId?: string | undefined;
  /** The size of the body, in bytes; absent if it was not read to its end. */
  readonly bytes?: number | undefined;
  /** How long the request took, in milliseconds. */
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
   * the body that began to arrive first is refused with 503, unless it has verified.
   */
  readonly maxBufferedBytes?: number | undefined;
  /** The headers that may carry the token; `X-Mia-Token` and `X-Mia-Signature` by default. */
  readonly headerNames?: readonly string[] | undefined;
  /** How long the origin may take to answer, in milliseconds; 10,000 by default. */
  readonly originTimeoutMs?: number | undefined;
  /** Keeps replays out. Without it, a captured request is delivered each time it is sent again. */
  readonly replay?: ReplayOptions | undefined;
  /** Called with each result as one line of JSON; `console.log` by default. */
  readonly log?: ((line: string) => void) | undefined;
  /** Called with each result, and with the error that caused it, if there is one. */
  readonly onResult?: ((result: Result, error?: unknown) => void) | undefined;
}

/** One subscription for every path, or several by path. */
export type ReceiverOptions = Settings &
  (
    | (ReceiverSubscription & { readonly subscriptions?: undefined })
    | { readonly subscriptions: Readonly<Record<string, ReceiverSubscription>> }
  );

/**
 * Answers one request. Never rejects because of what the request holds. Anything but a
 * fetch `Request` is a mistake in the program, and a `TypeError` is thrown at once.
 */
export type Receiver = (request: Request, context?: { waitUntil?(work: Promise<unknown>): void }) => Promise<Response>;

interface Route {
  readonly path: string | undefined;
  readonly scope: Scope;
  readonly verify: (request: Request, body: HeldBody, reading: Reading) => Promise<Delivery>;
  readonly forward: Forward | undefined;
  readonly on: Handlers | undefined;
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

  // Not async: a request of another kind is a mistake in the program, and frameworks such
  // as Express see only what is thrown at once.
  return (request, context) => {
    assertHostRequest(request);
    return answer(request, context);
  };

  async function answer(request: Request, context: Parameters<Receiver>[1]): Promise<Response> {
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
      delivery = await route.verify(request, body, reading);
      body.keep();
      outcome = await deliver(route, delivery, request, context);
    } catch (error) {
      outcome = refused(error);
    } finally {
      body.release();
    }
    const { code, response, isUnguarded, error } = outcome;
    const path = route?.path ?? (delivery === undefined || !response.ok ? receivedPath(request) : undefined);
    const hint = evidentHint(code, {
      request,
      headerNames,
      path,
      paths,
      reading,
      status: response.status,
      timestamp: delivery?.event.eventTimestamp,
    });
    const result: Result = {
      code,
      status: response.status,
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
    void told("log", () => log(logLine({ message: "mia-webhooks", ...result })));
    void told("onResult", () => onResult?.(result, error));
    return response;
  }
}

/** The answer does not change when the operator's own function fails: the event was already delivered or refused. */
async function told(name: string, tell: () => unknown): Promise<void> {
  try {
    await tell();
  } catch (thrown) {
    console.error(`mia-webhooks: ${name} failed`, thrown);
  }
}

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

function pathOf(request: Request): string {
  try {
    return new URL(request.url).pathname;
  } catch (cause) {
    throw failure("request_malformed", cause);
  }
}

function route(
  settings: Settings,
  subscription: ReceiverSubscription,
  path: string | undefined,
  { secrets, committed }: { readonly secrets: SubscriptionSecrets; readonly committed: CommittedEvents },
): Route {
  const { origin, originPath = path ?? "/", on, tenantId, projectId, eventName } = subscription;
  const timeoutMs = duration(settings.originTimeoutMs ?? 10_000, "originTimeoutMs");
  const forwardMs = origin === undefined ? 0 : timeoutMs;
  const headerNames = tokenHeaderNames(settings.headerNames);
  const verification = {
    secrets: secrets.verifierOf(subscription.secrets, path),
    headerNames,
    ...payloadLimits(settings),
  };
  return {
    path,
    on,
    forward: origin === undefined ? undefined : forwarder(origin, originPath, timeoutMs, headerNames, subscription),
    guard: settings.replay === undefined ? undefined : replayGuard(settings.replay, path, forwardMs, committed),
    scope: { tenantId, projectId, eventName },
    verify: (request, { hold }, reading) =>
      verifyRequest(request, {
        ...verification,
        hold: (stop) => {
          const grow = hold(stop);
          return (size) => {
            grow(size);
            reading.hasBegun = true;
          };
        },
        onRead: (payload) => void (reading.payload = payload),
      }),
  };
}

/** What happens to an event that verified. */
async function deliver(
  { scope, forward, on, guard }: Route,
  delivery: Delivery,
  request: Request,
  context: Parameters<Receiver>[1],
): Promise<Outcome> {
  const { event } = delivery;
  const reason = mismatch(scope, event);
  if (reason !== undefined) {
    return { code: "event_out_of_scope", response: problem(403), reason };
  }
  const handler = on && handlerFor(on, event.eventName);
  const waitUntil = context?.waitUntil?.bind(context);
  const work = forward
    ? (recency: Recency) => forwardTo(forward, request, delivery, recency)
    : handler &&
      ((recency: Recency) => handle(handler, { ...delivery, ...recency, headers: request.headers, waitUntil }));
  if (work === undefined) {
    return { code: "unhandled", response: new Response(null, { status: 204 }) };
  }
  const delivering = guard ? guard(delivery, work) : work({});
  // A sender that hangs up must not stop a delivery that has begun: the event could
  // be delivered, and not committed, and its memory would count for ever.
  waitUntil?.(delivering.catch(() => {}));
  return delivering;
}

async function forwardTo(forward: Forward, request: Request, delivery: Delivery, recency: Recency): Promise<Outcome> {
  try {
    const response = await forward(request, delivery, recency);
    return { code: response.ok ? "accepted" : "origin_refused", response };
  } catch (error) {
    return refused(error);
  }
}

async function handle(handler: Handler, context: HandlerContext): Promise<Outcome> {
  try {
    await handler(context.event, context);
  } catch (cause) {
    return refused(failure("handler_failed", cause));
  }
  return { code: "accepted", response: new Response(null) };
}

function refused(error: unknown): Outcome {
  const known = asFailure(error);
  return { code: known.code, response: refusal(known), error };
}

const handlerFor = (on: Handlers, eventName: string): Handler | undefined =>
  (Object.hasOwn(on, eventName) ? on[eventName] : on["*"]) as Handler | undefined;
