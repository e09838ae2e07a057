/**
 * Serves the page of `cargo xtask start`, and takes its requests on to the
 * receiver and the origin, so that the page needs no permission to reach them.
 */

export default {
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
    // It brings its own policy, stricter than a header could be: the script's hash.
    const { body } = await FILES.fetch("http://files/index.html");
    return new Response(body, {
      headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": "frame-ancestors 'none'" },
    });
  },
};
