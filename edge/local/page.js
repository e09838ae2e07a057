// @ts-check
/**
 * Serves the page of `cargo xtask start`, and passes its requests on to the
 * receiver and the origin, so that the page needs no permission to reach them.
 *
 * A receiver tells its sender a status, and only its operator why. Here both are one
 * person, so the page gets both: workerd hands what the receiver logged to `tail`, as
 * it does with the tail worker of a deployed one. The receiver is the one that people
 * deploy, and knows nothing of it.
 */

/** @typedef {{ fetch: typeof fetch }} Service */
/** @typedef {{ event: { request?: { method: string, headers: Record<string, string> } } | null, eventTimestamp: number | null, logs: { message: unknown }[] }} Trace What workerd recorded of a request */
/** @typedef {{ number: number, delivery: string | undefined, at: number, method: string, result: object }} Entry */

const LIMIT = 20;
/** What the receiver logged, the newest first. @type {Entry[]} */
const log = [];
let last = 0;

/** Names a request of the page. The receiver neither reads it nor passes it on. */
const DELIVERY = "x-local-delivery";

/** How long the page waits for what was logged, in milliseconds. It comes within some 5. */
const LOG_MS = 5000;

export default {
  /** @param {Request} request @param {{ FILES: Service, RECEIVER: Service, ORIGIN: Service }} env */
  async fetch(request, { FILES, RECEIVER, ORIGIN }) {
    const { pathname } = new URL(request.url);
    if (pathname === "/receiver") {
      return json(request.method === "GET" ? log : await deliver(request, RECEIVER));
    }
    if (pathname === "/origin") {
      return ORIGIN.fetch("http://origin/");
    }
    if (pathname !== "/") {
      return new Response("There is one page: /\n", { status: 404 });
    }
    // The page has its own policy with the script's hash, stricter than a header here could be.
    const { body } = await FILES.fetch("http://files/index.html");
    return new Response(body, {
      headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": "frame-ancestors 'none'" },
    });
  },

  /** @param {Trace[]} traces */
  tail(traces) {
    for (const { event, eventTimestamp, logs } of traces) {
      const line = logs
        .flatMap(({ message }) => message)
        .find((part) => `${part}`.startsWith('{"message":"mia-webhooks"'));
      if (event?.request !== undefined && line !== undefined) {
        const { method, headers } = event.request;
        const at = eventTimestamp ?? Date.now();
        log.unshift({ number: ++last, delivery: headers[DELIVERY], at, method, result: JSON.parse(`${line}`) });
        log.length = Math.min(log.length, LIMIT);
      }
    }
  },
};

/** What the sender of a request gets, and what the receiver logged about it. @param {Request} request @param {Service} receiver */
async function deliver(request, receiver) {
  const delivery = request.headers.get(DELIVERY);
  const answer = await receiver.fetch(new Request("http://receiver/", request));
  const body = await answer.text();
  // What is logged comes after the answer, when the receiver's work has ended.
  const end = Date.now() + LOG_MS;
  let entry;
  while (delivery !== null && entry === undefined && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    entry = log.find((entry) => entry.delivery === delivery);
  }
  return { status: answer.status, headers: [...answer.headers], body, result: entry?.result };
}

/** @param {unknown} value */
const json = (value) => Response.json(value, { headers: { "cache-control": "no-store" } });
