// @ts-check
/**
 * Serves the page of `cargo xtask start`, and passes its requests on to the
 * receiver and the origin, so that the page needs no permission to reach them.
 */

/** @typedef {{ fetch: typeof fetch }} Service */

export default {
  /** @param {Request} request @param {{ FILES: Service, RECEIVER: Service, ORIGIN: Service }} env */
  async fetch(request, { FILES, RECEIVER, ORIGIN }) {
    const { pathname } = new URL(request.url);
    if (pathname === "/receiver") {
      return RECEIVER.fetch(request);
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
};
