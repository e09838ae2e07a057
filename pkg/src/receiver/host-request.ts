/** What a host passes to a receiver: a fetch `Request`, or what an adapter makes in its place. */

import { typeName } from "../verify/bytes.js";
import { platform } from "../verify/platform.js";

/** Where an adapter has the body from. Reading may begin again where it was left. */
export interface HostBody {
  /** Whether its sender waits until it is asked for it, which the first `getReader` does. */
  isAwaited?(): boolean;
  /** As that of a `ReadableStream`. It must not close the connection when it is cancelled. */
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
    releaseLock(): void;
  };
}

/** What a host writes: a `Response`, or what costs Node less. */
export interface Answer {
  readonly status: number;
  readonly statusText?: string;
  /** Several cookies are several headers. */
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly body: Uint8Array | ReadableStream | null;
}

type Answering = (request: Request, context?: object) => Promise<Answer>;

/** A receiver that adapters can also get an {@link Answer} from. */
export const answeringHosts = <Receiver extends object>(receiver: Receiver, answering: Answering): Receiver =>
  // Not enumerable: what wraps a receiver, and copies what it finds on it, must not be passed by.
  Object.defineProperty(receiver, "answering", { value: answering });

/** What an adapter calls: the receiver, or what was put around it. */
export const answeringOf = (receiver: Answering): Answering =>
  (receiver as { readonly answering?: Answering }).answering ?? receiver;

/** The bytes of an answer that need not be written as a stream; `undefined` where it has no body. */
export function bytesOf(answer: Answer): Uint8Array | undefined | Promise<Uint8Array> {
  const { body } = answer;
  return body === null || body instanceof Uint8Array
    ? (body ?? undefined)
    : (answer as Response).arrayBuffer().then((bytes) => new Uint8Array(bytes));
}

/** A request of a host that has no fetch `Request`. */
export interface HostRequestParts {
  readonly method: string;
  /** What the sender asked for: a path with its query, or a whole address. */
  readonly target: string;
  /** By names in lower case, such as Node's `request.headers`. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes, or where they come from; `undefined` if something has read them before. */
  readonly body: Uint8Array | HostBody | undefined;
  /** What the operator can do where the body is gone. */
  readonly cure?: string | undefined;
}

/**
 * Makes what a receiver uses of a `Request`. It costs Node a tenth of a `Request` of its
 * own, which also cannot be made of every request: not of a `TRACE`, and not of one with
 * a host that no address can have.
 */
export function hostRequest({ method, target, headers, body, cure }: HostRequestParts): Request {
  const light = {
    method,
    url: target.startsWith("/") ? `http://receiver.internal${target}` : target,
    headers: {
      get: (name: string) => valueOf(headers, name.toLowerCase()),
      [Symbol.iterator]: () => pairsOf(headers)[Symbol.iterator](),
      [Symbol.toStringTag]: "Headers",
    },
    body: ArrayBuffer.isView(body) ? inOnePiece(body) : (body ?? null),
    bodyUsed: body === undefined,
    // With it, `isRequest` also accepts a request whose body is gone.
    arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)),
    cure,
  };
  return light as unknown as Request;
}

/** What to do about a body that is gone, where an adapter knows it. */
export const cureOf = (request: Request): string | undefined => (request as { readonly cure?: string }).cure;

/** The headers of a request as the runtime has them. */
export function fetchHeaders(headers: Headers): Headers {
  if ("set" in headers) {
    return headers;
  }
  const made = new Headers();
  for (const [name, value] of headers as Iterable<readonly [string, string]>) {
    try {
      made.append(name, value);
    } catch {
      // HTTP/2 has names that begin with a colon, and some hosts have values that no
      // header can have.
    }
  }
  return made;
}

function inOnePiece(bytes: Uint8Array): HostBody {
  let isRead = bytes.length === 0;
  return {
    getReader: () => ({
      read() {
        const done = isRead;
        isRead = true;
        return Promise.resolve(done ? { done } : { done, value: bytes });
      },
      cancel: () => Promise.resolve(),
      releaseLock() {},
    }),
  };
}

/** Several lines of one header are joined by commas (RFC 9110, section 5.3). */
function valueOf(headers: HostRequestParts["headers"], name: string): string | null {
  const lines = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return lines === undefined ? null : typeof lines === "string" ? lines : lines.join(", ");
}

const pairsOf = (headers: HostRequestParts["headers"]): readonly (readonly [string, string])[] =>
  Object.keys(headers).flatMap((name) => {
    const value = valueOf(headers, name);
    return value === null ? [] : [[name, value] as const];
  });

/**
 * Checks the argument of a receiver, by what is used of it: a `Request` may come from
 * another realm or library, or be wrapped in a proxy.
 *
 * @throws TypeError for anything else, which says what to pass instead.
 */
export function assertHostRequest(value: unknown): void {
  if (!isRequest(value)) {
    throw new TypeError(`request must be a fetch Request, not ${nameOf(value)}${adviceFor(value)}`);
  }
  // Before anything is delivered: without it, no delivery could be answered.
  platform("Response");
}

function adviceFor(value: unknown): string {
  if (value === undefined || value === null) {
    return "";
  }
  if (isPromise(value)) {
    return AWAIT;
  }
  const place = PLACES.find((path) => isRequest(at(value, path)));
  return place === undefined ? adviceForHost(value) : `: pass its ${place}`;
}

/** For the requests of hosts that have an adapter, and of those that have none. */
function adviceForHost(value: unknown): string {
  if (typeof at(value, "rawHeaders.length") === "number" || typeof at(value, "req.rawHeaders.length") === "number") {
    return ": use nodeListener of mia-webhooks/node, which takes Node's requests";
  }
  if (typeof at(value, "raw.rawHeaders.length") === "number") {
    return ": use mia-webhooks/fastify, which takes Fastify's requests";
  }
  if (typeof at(value, "requestContext") === "object") {
    return ": use lambdaHandler of mia-webhooks/aws-lambda, which takes the events of a function";
  }
  return ": read the body as bytes, before any body parser, and call verifyHeaders of mia-webhooks with it and the headers, or make a Request of them";
}

/** Whether it is a promise, of any class. */
export const isPromise = (value: unknown): boolean => typeof at(value, "then") === "function";

export const AWAIT = ": await it first";

/** Where frameworks keep the `Request`: SvelteKit, Astro and Pages; h3; Hono's own request, and its context; Oak. */
const PLACES = ["request", "req", "raw", "req.raw", "request.source"];

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);

function isRequest(value: unknown): boolean {
  const { method, headers, body, arrayBuffer } = (value ?? {}) as Partial<Request>;
  return (
    typeof method === "string" &&
    typeof headers?.get === "function" &&
    typeof (body?.getReader ?? arrayBuffer) === "function"
  );
}

/** The name of its class, such as `IncomingMessage`, or its type. */
export function nameOf(value: unknown): string {
  const name: unknown = typeof value === "object" ? value?.constructor?.name : undefined;
  return typeof name === "string" && /^\w{1,40}$/.test(name) && name !== "Object" && name !== "Array"
    ? `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`
    : typeName(value);
}
