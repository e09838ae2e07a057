// @ts-check
/** The origin of `cargo xtask start`: shows what reached it. */

const LIMIT = 20;
/** The newest first; the number of the first one is how many there were. @type {{ number: number, at: string, eventName: string, payload: string }[]} */
const received = [];

export default {
  /** @param {Request} request */
  async fetch(request) {
    if (request.method === "GET") {
      return Response.json(received, { headers: { "cache-control": "no-store" } });
    }
    const payload = await request.text();
    const { eventName } = JSON.parse(payload);
    received.unshift({ number: (received[0]?.number ?? 0) + 1, at: new Date().toISOString(), eventName, payload });
    received.length = Math.min(received.length, LIMIT);
    console.log(`origin: ${eventName} reached it, ${payload.length} characters`);
    return new Response(`The origin received ${eventName}.\n`);
  },
};
