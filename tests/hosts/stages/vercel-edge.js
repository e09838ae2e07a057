/**
 * Runs an edge function of Vercel's build output in the virtual machine with which
 * Vercel tests its edge, `@edge-runtime/vm`, with the modules of Node that it has.
 */

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { EdgeVM } from "@edge-runtime/vm";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: [/** @type {string} */ (process.argv[2])],
  bundle: true,
  write: false,
  format: "cjs",
  external: ["node:*"],
  logLevel: "error",
});

const require = createRequire(import.meta.url);
const MODULES = ["assert", "async_hooks", "buffer", "events", "util"];
const vm = new EdgeVM({
  extend: (context) =>
    Object.assign(context, {
      process: { env: { ...process.env } },
      module: { exports: {} },
      require(/** @type {string} */ name) {
        if (!MODULES.includes(name.replace("node:", ""))) {
          throw new Error(`the edge has no module ${name}`);
        }
        return require(name);
      },
    }),
});
vm.evaluate(/** @type {import("esbuild").OutputFile} */ (outputFiles[0]).text);
const handler = vm.evaluate("module.exports.default");

createServer(async (request, response) => {
  const pieces = [];
  try {
    for await (const piece of request) {
      pieces.push(piece);
    }
  } catch {
    // The client is gone.
    return;
  }
  const headers = new vm.context.Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    values?.forEach((value) => headers.append(name, value));
  }
  const { method = "GET", url } = request;
  const body = ["GET", "HEAD"].includes(method) ? null : Buffer.concat(pieces);
  const address = `http://${request.headers.host}${url}`;
  const answer = await handler(new vm.context.Request(address, { method, headers, body }), { waitUntil() {} });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(Number(process.env["PORT"]), "127.0.0.1");
