/**
 * Serves the page of `cargo xtask start`, and takes its requests on to the
 * receiver and the origin, so that the page needs no permission to reach them.
 */

const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", json: "application/json" };

export default {
  async fetch(request, { FILES, RECEIVER, ORIGIN }) {
    const { pathname } = new URL(request.url);
    if (pathname === "/receiver") {
      return RECEIVER.fetch(request);
    }
    if (pathname === "/origin") {
      return ORIGIN.fetch("http://origin/");
    }
    const file = pathname === "/" ? "/index.html" : pathname;
    const response = await FILES.fetch(`http://files${file}`);
    const headers = new Headers(response.headers);
    headers.set("content-type", `${TYPES[file.split(".").pop()] ?? "application/octet-stream"}; charset=utf-8`);
    headers.set(
      "content-security-policy",
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'",
    );
    return new Response(response.body, { status: response.status, headers });
  },
};
