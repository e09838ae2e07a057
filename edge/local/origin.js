// @ts-check
/** The origin of `cargo xtask start`: shows what reached it. */

const LIMIT = 20;
/** @type {{ at: string, eventName: string, payload: string }[]} */
const received = [];

export default {
  /** @param {Request} request */
  async fetch(request) {
    if (request.method === "GET") {
      return Response.json(received, { headers: { "cache-control": "no-store" } });
    }
    const payload = await request.text();
    const { eventName } = JSON.parse(payload);
    received.unshift({ at: new Date().toISOString(), eventName, payload });
    received.length = Math.min(received.length, LIMIT);
    console.log(`origin: ${eventName} reached it, ${payload.length} characters`);
    return new Response(`The origin received ${eventName}.\n`);
  },
};
