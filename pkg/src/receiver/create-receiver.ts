import {
  type Code,
  type Delivery,
  type KnownEvent,
  type KnownEventName,
  type PayloadLimits,
  type Secrets,
  Verifier,
  type WebhookEvent,
  verifyRequest,
} from "../index.js";
import { type Scope, type ScopeMismatch, mismatch } from "../subscription/scope.js";
import { tokenHeaderNames } from "../verify/header-names.js";
import { payloadLimits } from "../verify/payload-limits.js";
import { positive } from "../verify/settings.js";
import { problem, refusal } from "./answer.js";
import { asFailure, failure, hintOf } from "./codes.js";
import { type Forward, type Origin, forwarder } from "./forward.js";
import { type Guard, type Outcome, type Recency, type ReplayOptions, replayGuard } from "./guard.js";
import { logLine } from "./log-line.js";

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
export interface ReceiverSubscription extends Scope {
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
  /** The subscription's path, where there are `subscriptions`. */
  readonly path?: string | undefined;
  readonly eventName?: string | undefined;
  readonly eventTimestamp?: number | undefined;
  /** The SHA-256 of the payload. */
  readonly id?: string | undefined;
  /** The name of the secret that matched. */
  readonly secretId?: string | undefined;
  /** The size of the payload, in bytes. */
  readonly bytes?: number | undefined;
  /** How long the request took, in milliseconds. */
  readonly durationMs: number;
  /** Which filter of the subscription does not match, for an event outside its scope. */
  readonly reason?: ScopeMismatch | undefined;
  /** `true` for an event that passed although the replay guard could not reach its store. */
  readonly isUnguarded?: boolean | undefined;
  /** What the operator can do about it. */
  readonly hint?: string | undefined;
}

interface Settings extends PayloadLimits {
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

/** Answers one request. Never rejects because of what the request holds. */
export type Receiver = (request: Request, context?: { waitUntil?(work: Promise<unknown>): void }) => Promise<Response>;

interface Route {
  readonly path: string | undefined;
  readonly scope: Scope;
  readonly verify: (request: Request) => Promise<Delivery>;
  readonly forward: Forward | undefined;
  readonly on: Handlers | undefined;
  readonly guard: Guard | undefined;
}

/**
 * Makes a receiver. Options that cannot be used throw here, before the first
 * request.
 *
 * @throws TypeError, RangeError for options that cannot be used.
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
  const { log = console.log, onResult } = options;
  const routes = options.subscriptions
    ? Object.entries(options.subscriptions).map(([path, subscription]) => route(options, subscription, path))
    : [route(options, options)];
  if (routes.length === 0) {
    throw new TypeError("subscriptions must hold at least one path");
  }

  return async (request, context) => {
    const started = Date.now();
    const path = options.subscriptions && new URL(request.url).pathname;
    const route = routes.find((route) => route.path === path);
    let delivery: Delivery | undefined;
    let outcome: Outcome;
    try {
      if (route === undefined) {
        throw failure("path_unknown");
      }
      delivery = await route.verify(request);
      outcome = await deliver(route, delivery, request, context);
    } catch (error) {
      outcome = refused(error);
    }
    const { code, response, reason, isUnguarded, error } = outcome;
    report({
      code,
      status: response.status,
      path: route?.path,
      eventName: delivery?.event.eventName,
      eventTimestamp: delivery?.event.eventTimestamp,
      id: delivery?.id,
      secretId: delivery?.secretId,
      bytes: delivery?.payload.length,
      durationMs: Date.now() - started,
      reason,
      isUnguarded,
      hint: hintOf(code, error),
    });
    return response;

    function report(result: Result): void {
      try {
        log(logLine({ message: "mia-webhooks", ...result }));
        onResult?.(result, error);
      } catch (thrown) {
        // The answer does not change: the event was already delivered or refused.
        console.error("mia-webhooks: log or onResult threw", thrown);
      }
    }
  };
}

function route(settings: Settings, subscription: ReceiverSubscription, path?: string): Route {
  const { secrets, origin, originPath = path ?? "/", on, tenantId, projectId, eventName } = subscription;
  if (path !== undefined && !path.startsWith("/")) {
    throw new TypeError(`the path ${JSON.stringify(path)} of a subscription must start with "/"`);
  }
  if ((origin === undefined) === (on === undefined)) {
    throw new TypeError("a subscription needs either an origin or handlers (on)");
  }
  for (const [name, handler] of Object.entries(on ?? {})) {
    if (handler !== undefined && typeof handler !== "function") {
      throw new TypeError(`on.${name} must be a function`);
    }
  }
  const timeoutMs = positive(settings.originTimeoutMs ?? 10_000, "originTimeoutMs");
  const forwardMs = origin === undefined ? 0 : timeoutMs;
  const verification = {
    secrets: new Verifier(secrets),
    headerNames: tokenHeaderNames(settings.headerNames),
    ...payloadLimits(settings),
  };
  return {
    path,
    on,
    forward: origin === undefined ? undefined : forwarder(origin, originPath, timeoutMs),
    guard: settings.replay === undefined ? undefined : replayGuard(settings.replay, path ?? "", forwardMs),
    scope: { tenantId, projectId, eventName },
    verify: (request) => verifyRequest(request, verification),
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
  if (guard === undefined) {
    return work({});
  }
  const guarded = guard(delivery, work);
  // A sender that hangs up must not stop a delivery that has begun: the event could
  // be delivered, and not committed.
  waitUntil?.(guarded.catch(() => {}));
  return guarded;
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
