/**
 * Receive webhooks on anything fetch-shaped: verify, then forward or handle.
 *
 * @packageDocumentation
 */

import { problem, refusal } from "./answer.js";
import { type Code, WebhookError } from "./error.js";
import type { KnownEvent, KnownEventName, WebhookEvent } from "./event.js";
import { type Forward, type Origin, forwarder } from "./forward.js";
import { type Guard, type Outcome, type Recency, type ReplayOptions, replayGuard } from "./guard.js";
import type { PayloadLimits } from "./read-payload.js";
import { failure, row } from "./receiver-codes.js";
import { type NotDelivered, type Scope, whyNot } from "./scope.js";
import type { Secrets } from "./secrets.js";
import { positive } from "./settings.js";
import { type Delivery, requestVerifier } from "./verify-request.js";

export type { Code } from "./error.js";
export type { Fetcher, Origin } from "./forward.js";
export type { Recency, ReplayOptions } from "./guard.js";
export type { ReplayStore } from "./replay/store.js";
export type { NotDelivered, Scope } from "./scope.js";
export type { Secret, Secrets } from "./secrets.js";

/** What a handler gets beside the event. */
export interface HandlerContext extends Delivery, Recency {
  /** The request's headers. Only the payload is covered by the token: they are not. */
  readonly headers: Headers;
  /** Keeps the runtime alive for work after the answer, where the runtime can. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

/** Handles one event. The event is acknowledged when it returns, and not when it throws. */
// As a method: a handler of one event stands among handlers of all events.
export type Handler<Event = WebhookEvent> = { handle(event: Event, context: HandlerContext): unknown }["handle"];

/**
 * Handlers by `eventName`; `"*"` takes what no other takes. Known events come
 * with their payload's type; names that are not known are allowed.
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
   * The path that a {@link Fetcher} is called with; the subscription's own by
   * default, or `/` where there is one subscription. The sender does not choose
   * it: only the payload is covered by the token.
   */
  readonly originPath?: string | undefined;
  /** What is done with verified events in place. Either this or `origin`. */
  readonly on?: Handlers | undefined;
}

/** What became of one request. Holds no payload, token or secret. */
export interface Result {
  readonly code: Code;
  /** The status that the caller of the webhook got. */
  readonly status: number;
  /** The subscription's path, where subscriptions are told apart by path. */
  readonly path?: string | undefined;
  readonly eventName?: string | undefined;
  readonly eventTimestamp?: number | undefined;
  /** The SHA-256 of the payload. */
  readonly id?: string | undefined;
  /** The name of the secret that matched. */
  readonly keyId?: string | undefined;
  /** The size of the payload, in bytes. */
  readonly bytes?: number | undefined;
  /** How long the request took, in milliseconds. */
  readonly durationMs: number;
  /** Which filter of the subscription an event out of its scope does not match. */
  readonly reason?: NotDelivered | undefined;
  /** `true` for an event that passed although the replay guard's store could not be asked. */
  readonly isUnguarded?: boolean | undefined;
  /** What the operator can do about it. */
  readonly hint?: string | undefined;
}

interface Settings extends PayloadLimits {
  /** The headers that may carry the token; `X-Mia-Token` and `X-Mia-Signature` by default. */
  readonly headerNames?: readonly string[] | undefined;
  /** How long the origin may take to answer, in milliseconds; 10,000 by default. */
  readonly originTimeoutMs?: number | undefined;
  /** Keeps replays out; without it a captured request is delivered whenever it is sent again. */
  readonly replay?: ReplayOptions | undefined;
  /** Takes each result as one line of JSON; `console.log` by default. */
  readonly log?: ((line: string) => void) | undefined;
  /** Takes each result, with the error behind it where there is one. */
  readonly onResult?: ((result: Result, error?: unknown) => void) | undefined;
}

/** One subscription for every path, or several by path. */
export type ReceiverOptions = Settings &
  (
    | (ReceiverSubscription & { readonly subscriptions?: undefined })
    | { readonly subscriptions: Readonly<Record<string, ReceiverSubscription>> }
  );

/** Answers one request. Never rejects because of what the request holds. */
export type Receiver = (
  request: Request,
  context?: { waitUntil?(work: Promise<unknown>): void },
) => Promise<Response>;

interface Route {
  readonly path?: string;
  readonly scope: Scope;
  readonly verify: (request: Request) => Promise<Delivery>;
  readonly forward?: Forward;
  readonly on?: Handlers;
  readonly guard?: Guard;
}

/**
 * Makes a receiver. Everything that can be wrong with the options is thrown
 * here, before the first request.
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
      keyId: delivery?.keyId,
      bytes: delivery?.payload.length,
      durationMs: Date.now() - started,
      reason,
      isUnguarded,
      hint: row(code)[3] || undefined,
    });
    return response;

    function report(result: Result): void {
      try {
        log(JSON.stringify({ message: "mia-webhooks", ...result }));
        onResult?.(result, error);
      } catch (thrown) {
        // The answer stands: the event was delivered, or was not.
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
  const timeoutMs = positive(settings.originTimeoutMs ?? 10_000, "originTimeoutMs");
  const forwardMs = origin === undefined ? 0 : timeoutMs;
  return {
    ...(path !== undefined && { path }),
    ...(origin !== undefined && { forward: forwarder(origin, originPath, timeoutMs) }),
    ...(on !== undefined && { on }),
    ...(settings.replay !== undefined && { guard: replayGuard(settings.replay, path ?? "", forwardMs) }),
    scope: { tenantId, projectId, eventName },
    verify: requestVerifier({ ...settings, secrets }),
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
  const reason = whyNot(scope, event);
  if (reason !== undefined) {
    return { code: "event_out_of_scope", response: problem(403), reason };
  }
  const handler = on && handlerFor(on, event.eventName);
  const waitUntil = context?.waitUntil?.bind(context);
  const work = forward
    ? (recency: Recency) => forwardTo(forward, request, delivery, recency)
    : handler && ((recency: Recency) => handle(handler, { ...delivery, ...recency, headers: request.headers, waitUntil }));
  if (work === undefined) {
    return { code: "unhandled", response: new Response(null, { status: 204 }) };
  }
  if (guard === undefined) {
    return work({});
  }
  const guarded = guard(delivery, work);
  // A sender that hangs up must not end what the origin has begun to take: it
  // would be delivered, and not committed.
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
  return { code: "accepted", response: new Response(null, { status: 200 }) };
}

function refused(error: unknown): Outcome {
  const code = error instanceof WebhookError ? error.code : "engine_unavailable";
  return { code, response: refusal(code), error };
}

const handlerFor = (on: Handlers, eventName: string): Handler | undefined =>
  (Object.hasOwn(on, eventName) ? on[eventName] : on["*"]) as Handler | undefined;
