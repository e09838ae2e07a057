/**
 * A ready Cloudflare Worker: verify, then forward to the origin.
 *
 * @packageDocumentation
 */

import { problem } from "./answer.js";
import { type Code, WebhookError, row } from "./error.js";
import { parseEvent } from "./event.js";
import { type Fetcher, type Receiver, createReceiver } from "./receiver.js";
import { Verifier } from "./verifier.js";

/** The Worker's environment. */
export interface Env {
  /** The secret of the subscription. */
  readonly MIA_WEBHOOK_SECRET: string;
  /** The secret before, while it is being rotated out. */
  readonly MIA_WEBHOOK_SECRET_PREVIOUS?: string;
  /** Where verified events go: a service binding … */
  readonly ORIGIN?: Fetcher;
  /** … or an absolute address. */
  readonly ORIGIN_URL?: string;
  /** Only events of this company. */
  readonly TENANT_ID?: string;
  /** Only events of this project. */
  readonly PROJECT_ID?: string;
  /** Only events of these names, separated by commas. */
  readonly EVENT_NAMES?: string;
  /** The largest payload, in bytes; 1 MiB by default. */
  readonly MAX_BYTES?: string;
  /** How long the body may take to arrive, in milliseconds; 10,000 by default. */
  readonly BODY_TIMEOUT_MS?: string;
  /** How long the origin may take, in milliseconds; 10,000 by default. */
  readonly ORIGIN_TIMEOUT_MS?: string;
}

// An isolate has one environment for all its requests.
const receivers = warmUp();

/**
 * The Worker. Point `main` of `wrangler.jsonc` at a file that says
 * `export { default } from "mia-webhooks/cloudflare"`.
 *
 * With an environment that cannot be used it answers 500 and logs why: nothing
 * passes.
 */
export default {
  async fetch(request: Request, env: Env, context: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
    let receiver = receivers.get(env);
    if (receiver === undefined) {
      try {
        receiver = receiverFor(env);
      } catch (error) {
        return misconfigured(error);
      }
      receivers.set(env, receiver);
    }
    return receiver(request, context);
  },
};

function receiverFor(env: Env): Receiver {
  const { MIA_WEBHOOK_SECRET: current, MIA_WEBHOOK_SECRET_PREVIOUS: previous } = env;
  return createReceiver({
    secrets: previous === undefined ? { current } : { current, previous },
    origin: env.ORIGIN ?? env.ORIGIN_URL,
    tenantId: env.TENANT_ID,
    projectId: env.PROJECT_ID,
    eventName: env.EVENT_NAMES?.split(",").map((name) => name.trim()),
    maxBytes: integer(env.MAX_BYTES),
    bodyTimeoutMs: integer(env.BODY_TIMEOUT_MS),
    originTimeoutMs: integer(env.ORIGIN_TIMEOUT_MS),
  });
}

/**
 * As in verify.ts: what the first request needs is compiled while the Worker
 * starts. Here and not in verify-request.ts, where every entry would carry it.
 */
function warmUp(): WeakMap<Env, Receiver> {
  const event = '{"eventName":"e","eventTimestamp":0,"payload":{}}';
  new Verifier("secret").match(event, "0".repeat(64));
  parseEvent(event);
  return new WeakMap();
}

const integer = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function misconfigured(error: unknown): Response {
  const code: Code = error instanceof WebhookError ? error.code : "configuration_invalid";
  const detail = error instanceof Error ? error.message : undefined;
  console.error(JSON.stringify({ message: "mia-webhooks", code, status: 500, detail, hint: row(code)[3] }));
  return problem(500);
}
