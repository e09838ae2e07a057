/** Signed requests, the clock that the tests turn, and what the tests read of a receiver's log. */

import { createHash } from "node:crypto";
import { vi } from "vitest";
import type { Result } from "mia-webhooks/receiver";

export const SECRET = "canary-secret";
export const NOW = Date.UTC(2026, 0, 1);

/** The outside oracle is Node's OpenSSL. */
export const sha256 = (...texts: string[]): string =>
  texts.reduce((hash, text) => hash.update(text), createHash("sha256")).digest("hex");

/** An event as the Console writes it; `number` makes it another event. */
export const eventOf = (number: number, { eventTimestamp = NOW, eventName = "tag_created", ...payload } = {}): string =>
  JSON.stringify({ eventName, eventTimestamp, payload: { number, ...payload } });

export function signed(body: string, { secret = SECRET, path = "/", headers = {} } = {}): Request {
  return new Request(`https://receiver.example${path}`, {
    method: "POST",
    body,
    headers: { "x-mia-token": sha256(body, secret), ...headers },
  });
}

/** A signed request whose body never ends. */
export function endless({ chunk = new Uint8Array(), onCancel = () => {} } = {}): Request {
  const body = new ReadableStream({ start: (controller) => controller.enqueue(chunk), cancel: onCancel });
  const headers = { "x-mia-token": sha256("", SECRET) };
  return new Request("https://receiver.example/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

/** Stops the clock at {@link NOW}. `AbortSignal.timeout` goes by the same clock. */
export function stopClock(): void {
  vi.useFakeTimers({ now: NOW, toFake: ["Date", "setTimeout", "clearTimeout"] });
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("too late", "TimeoutError")), ms);
    return controller.signal;
  });
}

/** How many milliseconds pass until a promise settles; it must not take more than a day. */
export async function timeOf(promise: Promise<unknown>): Promise<number> {
  let isSettled = false;
  const settle = () => (isSettled = true);
  promise.then(settle, settle);
  const started = Date.now();
  await settled();
  while (!isSettled && Date.now() - started < 86_400_000 && vi.getTimerCount() > 0) {
    await vi.advanceTimersToNextTimerAsync();
    await settled();
  }
  if (!isSettled) {
    throw new Error("it would never settle");
  }
  return Date.now() - started;
}

/** Lets everything happen that waits for no timer. Streams need some rounds of the event loop. */
async function settled(): Promise<void> {
  for (let round = 0; round < 10; round++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** An origin as a service binding; `null` never answers. */
export function originWith(answer: (() => Response | Promise<Response>) | null = () => new Response("taken")) {
  const arrivals: { url: string; init: RequestInit; headers: Headers }[] = [];
  return {
    arrivals,
    fetch(url: string, init: RequestInit): Promise<Response> {
      arrivals.push({ url, init, headers: init.headers as Headers });
      const { signal } = init;
      return new Promise((resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        if (answer) {
          resolve(answer());
        }
      });
    },
  };
}

/** The lines of the log, read. */
export const resultsOf = (
  lines: readonly string[],
): (Result & { readonly message: string; readonly detail?: string })[] => lines.map((line) => JSON.parse(line));
