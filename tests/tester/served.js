// @ts-check
/** Serves the published page and element. */

import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";

export { TESTER_HTML as page } from "mia-webhooks/tester";

/**
 * @param {Record<string, { body: string | Buffer, headers?: Record<string, string> }>} files By path.
 * @returns {Promise<{ address: string, requests: string[], close(): void }>}
 */
export async function serve(files) {
  /** @type {string[]} */
  const requests = [];
  const server = createServer(({ url = "/" }, response) => {
    requests.push(url);
    const path = new URL(url, "http://localhost").pathname;
    const file = files[path];
    response
      .writeHead(file ? 200 : 404, {
        "content-type": path.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8",
        ...file?.headers,
      })
      .end(file?.body ?? "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The element as a site bundles it: its page is a separate file. */
export async function bundleElement() {
  const { outputFiles } = await build({
    stdin: { contents: 'import "mia-webhooks/element/define";', resolveDir: join(root, "tests") },
    bundle: true,
    splitting: true,
    format: "esm",
    outdir: "/",
    write: false,
    logLevel: "error",
  });
  return Object.fromEntries(
    outputFiles.map(({ path, text }) => [
      path.replace("stdin.js", "element.js"),
      { body: text.replaceAll("./stdin.js", "./element.js") },
    ]),
  );
}
