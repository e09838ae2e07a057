/**
 * Calls a function as Netlify does: the default export of its module, with a `Request`
 * and a context, for the path of its `config`.
 */

import { serve } from "@hono/node-server";

const { default: handler, config } = await import(`${process.cwd()}/function.mjs`);

serve({
  port: Number(process.env["PORT"]),
  hostname: "127.0.0.1",
  async fetch(request) {
    if (new URL(request.url).pathname !== config.path) {
      return new Response("", { status: 404 });
    }
    // Netlify has read the whole body by then.
    const { url, method, headers } = request;
    const body = method === "GET" ? null : await request.arrayBuffer();
    const context = { waitUntil: (/** @type {Promise<unknown>} */ work) => void work, params: {}, requestId: "1" };
    return handler(new Request(url, { method, headers, body }), context);
  },
});
