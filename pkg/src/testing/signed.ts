/** Requests as the Console sends them, for tests. */

import { type Bytes, type Secret, TOKEN_HEADER, sign } from "../index.js";
import { isBuffer, typeName } from "../verify/bytes.js";
import { HEADER_NAME } from "../verify/header-names.js";
import { CHECKED_LATER, type Kinds, checkOptions } from "../verify/options.js";

/** How to sign. */
export interface SignedPayloadOptions {
  /** The secret of the receiver that is tested; the one that signs, if it has several. */
  readonly secret: Secret;
  /** The header of the token: `X-Mia-Token` by default, `X-Mia-Signature` for newer Consoles. */
  readonly headerName?: string | undefined;
}

/** How to sign a request, and where it goes. */
export interface SignedRequestOptions extends SignedPayloadOptions {
  /** Where the request goes, or only the path; `http://localhost/webhook` by default. */
  readonly url?: string | URL | undefined;
}

/** A body and its headers. */
export interface SignedPayload<Payload = string> {
  /** The body to send, byte for byte. */
  readonly payload: Payload;
  /** The content type and the token. */
  readonly headers: Record<string, string>;
}

const KINDS = {
  secret: CHECKED_LATER,
  headerName: [
    "the name of a header, such as X-Mia-Signature",
    (value) => typeof value === "string" && HEADER_NAME.test(value),
  ],
} satisfies Kinds<SignedPayloadOptions>;

const REQUEST_KINDS = {
  ...KINDS,
  url: [
    "an address such as http://localhost:3000/webhook, or a path",
    // Not `instanceof`: test runners have classes of their own.
    (value) => typeof ((value as URL | null)?.href ?? value) === "string" && URL.canParse(value as string, HERE),
  ],
} satisfies Kinds<SignedRequestOptions>;

const HERE = "http://localhost/webhook";

/**
 * A request that brings a signed event: pass it to a receiver, or to `fetch`.
 *
 * @param event - An event, which is written as JSON; or a payload (a string or bytes),
 * which is sent as it is, also if no receiver takes it for an event.
 * @throws TypeError for anything else, for several secrets, and for options that cannot
 * be used.
 * @throws WebhookError `secret_…` for a secret that must not be used.
 *
 * @example
 * ```ts
 * import { createReceiver } from "mia-webhooks/receiver";
 * import { exampleEvent, signedRequest } from "mia-webhooks/testing";
 *
 * const names: string[] = [];
 * const receiver = createReceiver({
 *   secrets: "a secret for tests",
 *   on: { tag_created: (event) => names.push(String(event.payload.tagName)) },
 *   log: () => {},
 * });
 *
 * const request = signedRequest(exampleEvent("tag_created"), { secret: "a secret for tests" });
 * const response = await receiver(request);
 * response.status; // 200
 * names; // ["v1.2.0"]
 * ```
 */
export function signedRequest(event: Bytes | object, options: SignedRequestOptions): Request {
  const { url = HERE, ...signing } = checked(options, REQUEST_KINDS, "signedRequest");
  const { payload, headers } = signed(event, signing);
  if (typeof Request !== "function") {
    throw new TypeError(
      "this environment has no Request, as jsdom in Jest: run the test with `@jest-environment node`, or use signedPayload",
    );
  }
  return new Request(new URL(url, HERE), { method: "POST", headers, body: payload as BodyInit });
}

/**
 * The body and the headers that bring a signed event, where there is no `Request`: for
 * Fastify's `inject`, supertest, an event of AWS Lambda.
 *
 * @param event - An event, which is written as JSON; or a payload (a string or bytes),
 * which stays as it is.
 * @throws TypeError for anything else, for several secrets, and for options that cannot
 * be used.
 * @throws WebhookError `secret_…` for a secret that must not be used.
 *
 * @example
 * ```ts
 * import { verifyHeaders } from "mia-webhooks";
 * import { exampleEvent, signedPayload } from "mia-webhooks/testing";
 *
 * const { payload, headers } = signedPayload(exampleEvent("tag_created"), { secret: "secret" });
 * verifyHeaders(payload, headers, { secrets: "secret" }).event.eventName; // "tag_created"
 * ```
 */
export function signedPayload<Event extends Bytes | object>(
  event: Event,
  options: SignedPayloadOptions,
): SignedPayload<Event extends string ? string : Event extends ArrayBuffer | ArrayBufferView ? Event : string> {
  return signed(event, checked(options, KINDS, "signedPayload")) as ReturnType<typeof signedPayload<Event>>;
}

function signed(
  event: Bytes | object,
  { secret, headerName = TOKEN_HEADER }: SignedPayloadOptions,
): SignedPayload<Bytes> {
  const payload = payloadOf(event);
  // The Console's requests carry JSON, whatever is tested here.
  return {
    payload,
    headers: { "content-type": "application/json", [headerName.toLowerCase()]: sign(payload, secret) },
  };
}

function payloadOf(event: Bytes | object): Bytes {
  if (typeof event === "string" || ArrayBuffer.isView(event) || isBuffer(event)) {
    return event as Bytes;
  }
  const { then, headers } = (event ?? {}) as { then?: unknown; headers?: unknown };
  if (typeof event !== "object" || event === null || Array.isArray(event) || then || headers) {
    throw new TypeError(
      typeof then === "function"
        ? "event is a promise: await it first"
        : headers
          ? "event is a request, not an event: signRequest of mia-webhooks signs a request"
          : `event must be one event, a string or bytes, not ${typeName(event)}: for example exampleEvent("project_created")`,
    );
  }
  return JSON.stringify(event);
}

function checked<Options extends SignedPayloadOptions>(options: Options, kinds: Kinds<Options>, name: string): Options {
  if ((options as Partial<Options> | null | undefined)?.secret === undefined) {
    throw new TypeError(`${name} needs the secret of the receiver: ${name}(event, { secret: "…" })`);
  }
  checkOptions(options, kinds, "");
  return options;
}
