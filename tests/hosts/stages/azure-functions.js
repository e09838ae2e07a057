/**
 * Calls a function as the worker of Azure Functions does: `@azure/functions` registers
 * it with `@azure/functions-core`, which only that worker has, and converts what the
 * worker gets from the host, and back.
 */

import { createServer } from "node:http";
import Module from "node:module";

/** What the library registers. @type {any} */
const registered = {};
const core = {
  version: "4.0.0",
  setProgrammingModel: (/** @type {unknown} */ model) => Object.assign(registered, { model }),
  registerFunction: (/** @type {unknown} */ metadata, /** @type {unknown} */ callback) =>
    Object.assign(registered, { metadata, callback }),
  log() {},
};
const loader = /** @type {any} */ (Module);
const load = loader._load;
loader._load = (/** @type {string} */ name, /** @type {unknown[]} */ ...rest) =>
  name === "@azure/functions-core" ? core : load(name, ...rest);

await import(`${process.cwd()}/function.mjs`);
const { model, metadata, callback } = registered;
await model.getCapabilities({});
const [inputName, input] = /** @type {[string, { route?: string, methods: string[] }]} */ (
  Object.entries(metadata.bindings)[0]
);

/** The host's own router, without its usual prefix `api`. */
const path = `/${input.route ?? metadata.name}`;

createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const isItsPath = pathname === path;
  if (!isItsPath || !input.methods.some((method) => method.toUpperCase() === request.method)) {
    request.resume();
    response.writeHead(isItsPath ? 405 : 404).end();
    return;
  }
  const pieces = [];
  try {
    for await (const piece of request) {
      pieces.push(piece);
    }
  } catch {
    // The client is gone.
    return;
  }
  const http = {
    url: `http://${request.headers.host}${request.url}`,
    method: request.method,
    nullableHeaders: Object.fromEntries(
      Object.entries(request.headersDistinct).map(([name, values]) => [name, { value: values?.join(",") }]),
    ),
    body: { bytes: Buffer.concat(pieces) },
  };
  const invocation = model.getInvocationModel({
    invocationId: "1",
    metadata,
    request: { inputData: [{ name: inputName, data: { http } }], triggerMetadata: {} },
    log: (/** @type {unknown[]} */ ..._) => {},
  });
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, callback);
  const { returnValue } = await invocation.getResponse(context, result);
  const { statusCode, headers, body } = returnValue.http;
  response.writeHead(Number(statusCode), headers).end(body?.bytes ?? body?.string ?? "");
}).listen(Number(process.env["PORT"]), "127.0.0.1");
