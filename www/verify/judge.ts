/** Judges what was entered, in slices that are short enough to draw in between. */

import { Verifier, WebhookError, type WebhookEvent, parseEvent, sign } from "mia-webhooks";
import { type Diagnosis, type DiagnosisSearch, MAX_DIAGNOSED_BYTES, startDiagnosis } from "mia-webhooks/diagnose";

interface Delivery {
  /** A file is read piece by piece, and never held as a whole. */
  readonly payload: Uint8Array<ArrayBuffer> | Blob;
  readonly token: string;
  readonly secrets: readonly Uint8Array[];
}

export type Outcome =
  /** `secret`: the place of the secret that verified, where there are several and it is known. */
  | {
      readonly state: "valid";
      readonly secret: number | undefined;
      readonly event: WebhookEvent | "malformed" | "unread";
    }
  | ({ readonly state: "invalid" } & Explanation)
  /** Too long to search for a reason. */
  | { readonly state: "unexplained" }
  /** The secrets cannot be used, or the module cannot run. */
  | { readonly state: "refused"; readonly code: string; readonly message: string; readonly hint: string };

/** Why a token does not match. */
export interface Explanation {
  readonly diagnosis: Diagnosis;
  /** How it was made, if that is proved. Its secret must not be shown. */
  readonly signed: ReturnType<DiagnosisSearch["signed"]>;
  /** The token that the payload and the first secret have. */
  readonly digestHere: string;
  /** How long the search has computed, in milliseconds. */
  readonly ms: number;
}

/** What is known while the work goes on: the share of a file, or how many mistakes were tried. */
export type Progress = { readonly share: number } | { readonly tried: number };

/** A piece of a file: 3 ms of hashing. */
const PIECE_BYTES = 1 << 20;

/** Some 10 ms, so that the page reacts to a key at once. */
const SLICE = { candidates: 400, bytes: 2 << 20 };

/** How long a reason is searched for. Longer than the default: the page reacts meanwhile, and has a button that stops. */
export const SEARCH_MS = 10_000;

/**
 * Hashes a payload with every secret; `undefined` if it was aborted.
 *
 * @param restMs how long nobody must have typed before reasons are searched for, in milliseconds
 */
export async function judge(
  { payload, token, secrets }: Delivery,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
  restMs = 0,
): Promise<Outcome | undefined> {
  try {
    const verifier = new Verifier(secrets as Uint8Array[]);
    const stream = verifier.stream();
    for await (const piece of pieces(payload, signal)) {
      stream.update(piece.bytes);
      onProgress({ share: piece.share });
    }
    if (signal.aborted) {
      return undefined;
    }
    const bytes = await small(payload);
    if (stream.verify(token)) {
      // The stream knows that one of them matched, but not which one.
      const secret = bytes && secrets.length > 1 ? Number(verifier.match(bytes, token)?.secretId) : undefined;
      return { state: "valid", secret, event: bytes === undefined ? "unread" : eventOf(bytes) };
    }
    if (bytes === undefined) {
      return { state: "unexplained" };
    }
    if (restMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    const explanation = await explain(bytes, token, secrets, signal, onProgress);
    return explanation && { state: "invalid", ...explanation };
  } catch (error) {
    if (error instanceof WebhookError) {
      return { state: "refused", code: error.code, message: error.message, hint: error.hint };
    }
    throw error;
  }
}

/** Searches for the reason, by a clock in milliseconds; `undefined` if it was aborted. */
export async function explain(
  payload: Uint8Array,
  token: string,
  [secret, ...otherSecrets]: readonly Uint8Array[],
  signal: AbortSignal,
  onProgress: (progress: Progress) => void = () => {},
  clock?: () => number,
): Promise<Explanation | undefined> {
  if (signal.aborted || secret === undefined) {
    return undefined;
  }
  const question = { payload, token, secret, otherSecrets } as Parameters<typeof startDiagnosis>[0];
  let ms = 0;
  const timed = <Result>(act: () => Result): Result => {
    const started = performance.now();
    const result = act();
    ms += performance.now() - started;
    return result;
  };
  const search = timed(() => startDiagnosis(question, { maxMs: SEARCH_MS, clock }));
  let diagnosis = timed(() => search.goOn(SLICE));
  while (diagnosis === undefined) {
    onProgress({ tried: search.tried });
    await pause();
    if (signal.aborted) {
      search.cancel();
      return undefined;
    }
    diagnosis = timed(() => search.goOn(SLICE));
  }
  const digestHere = sign(payload as Uint8Array<ArrayBuffer>, secret as Uint8Array<ArrayBuffer>);
  return { diagnosis, signed: search.signed(), digestHere, ms };
}

async function* pieces(
  payload: Uint8Array | Blob,
  signal: AbortSignal,
): AsyncGenerator<{ bytes: Uint8Array<ArrayBuffer>; share: number }> {
  const size = payload instanceof Blob ? payload.size : payload.length;
  for (let start = 0; start < size && !signal.aborted; start += PIECE_BYTES) {
    const piece = payload.slice(start, start + PIECE_BYTES);
    const bytes = piece instanceof Blob ? new Uint8Array(await piece.arrayBuffer()) : new Uint8Array(piece);
    yield { bytes, share: Math.min(1, (start + bytes.length) / size) };
    if (size > PIECE_BYTES) {
      await pause();
    }
  }
}

/** The payload, if it is short enough to search for a reason; otherwise `undefined`. */
export async function small(payload: Uint8Array<ArrayBuffer> | Blob): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!(payload instanceof Blob)) {
    return payload.length <= MAX_DIAGNOSED_BYTES ? payload : undefined;
  }
  return payload.size <= MAX_DIAGNOSED_BYTES ? new Uint8Array(await payload.arrayBuffer()) : undefined;
}

function eventOf(payload: Uint8Array): WebhookEvent | "malformed" {
  try {
    return parseEvent(payload as Uint8Array<ArrayBuffer>);
  } catch {
    return "malformed";
  }
}

/** Lets the page draw and answer; a timer would wait 4 ms each time. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
