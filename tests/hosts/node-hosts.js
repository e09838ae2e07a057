// @ts-check
/** The hosts that stand on Node's own servers, each started from the program of its page. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { fileOf } from "../harness/code-blocks.js";
import { freePort } from "../harness/free-port.js";
import { frameworks, programFolder } from "../harness/frameworks.js";
import { NODE_22, missingRuntime, onNode, runtime } from "./on-node.js";
import { snippetOf } from "./snippet.js";
import { atPort, started } from "./start.js";

/** @typedef {import("./suite.js").Host} Host */
/** @typedef {Host["start"]} Start */

export const installed = frameworks("frameworks");

/**
 * A host with the program of its page.
 *
 * @param {string} name
 * @param {string} page
 * @param {Partial<Host> & { start: Start, heading?: string }} host with the heading of its program, where it is not the first
 * @returns {Host}
 */
const fromPage = (name, page, { heading, ...host }) => ({
  name,
  program: snippetOf(page, heading).program,
  missing: installed.missing,
  ...host,
});

/** A page on this Node. @param {string} name @param {string} [page] @param {(program: string) => string} [change] */
const onThisNode = (name, page = name.toLowerCase(), change = (program) => program) => {
  const start = onNode(installed, name);
  return fromPage(name, page, { start: (program, secret) => start(change(program), secret) });
};

/** The page of Node on another runtime, if that is installed. @param {string} where */
function nodeOn(where) {
  const { command, args } = runtime(where);
  const more = where === "Deno" ? ["--allow-net", "--allow-env"] : [];
  return fromPage(`Node on ${where}`, "node", {
    missing: missingRuntime(where) ?? installed.missing,
    start: onNode(installed, `Node on ${where}`, (file) => [command, ...args, ...more, file]),
  });
}

const missingNode22 = missingRuntime(NODE_22) ?? installed.missing;

/** The module that the page imports, as the Nest command line makes it. */
const APP_MODULE = `import { Module } from "@nestjs/common";

@Module({})
export class AppModule {}
`;

let nests = 0;

/** Compiled to CommonJS, as the Nest command line does it. @type {Start} */
async function startNest(program, secret) {
  const [cwd, port] = [programFolder(installed, `nest ${(nests += 1)}`), await freePort()];
  const file = fileOf(program) ?? "src/main.ts";
  mkdirSync(join(cwd, dirname(file)), { recursive: true });
  writeFileSync(join(cwd, file), atPort(program, port));
  writeFileSync(join(cwd, dirname(file), "app.module.ts"), APP_MODULE);
  await build({
    entryPoints: [join(cwd, file)],
    outfile: join(cwd, "dist/main.cjs"),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    logLevel: "error",
  });
  return started({ cwd, port, secret, command: [process.execPath, "-r", "reflect-metadata", "dist/main.cjs"] });
}

/** A command that a framework brings. @param {string} name */
const bin = (name) => join(installed.programs, "../node_modules/.bin", name);

let services = 0;

/** Mia-Platform's launcher of services, on the Node that it needs. @type {Start} */
async function startService(program, secret) {
  const [cwd, port] = [programFolder(installed, `service ${(services += 1)}`), await freePort()];
  writeFileSync(join(cwd, fileOf(program) ?? "index.js"), program);
  // A service is CommonJS, and has a name.
  writeFileSync(join(cwd, "package.json"), '{ "name": "service", "description": "A service", "version": "1.0.0" }\n');
  const command = [runtime(NODE_22).command, bin("lc39"), `--port=${port}`, fileOf(program) ?? "index.js"];
  return started({ cwd, port, secret, command, env: SERVICE });
}

/** The variables that the Console sets for each service. */
const SERVICE = {
  USERID_HEADER_KEY: "miauserid",
  GROUPS_HEADER_KEY: "miausergroups",
  CLIENTTYPE_HEADER_KEY: "miaclienttype",
  BACKOFFICE_HEADER_KEY: "isbackoffice",
  MICROSERVICE_GATEWAY_SERVICE_NAME: "microservice-gateway",
};

/** @type {readonly Host[]} */
export const HOSTS = [
  onThisNode("Node"),
  onThisNode("Express"),
  onThisNode("Express 4", "express", (text) => text.replace('from "express"', 'from "express4"')),
  onThisNode("Connect"),
  onThisNode("Koa"),
  fromPage("NestJS", "nestjs", { start: startNest }),
  fromPage("Functions Framework", "functions-framework", {
    buffers: true,
    start: onNode(installed, "functions-framework", (file, port) => [
      process.execPath,
      bin("functions-framework"),
      `--source=${file}`,
      "--target=webhook",
      `--port=${port}`,
    ]),
  }),
  onThisNode("Fastify"),
  fromPage("lc39", "fastify", { heading: "lc39", missing: missingNode22, start: startService }),
  fromPage("custom-plugin-lib", "fastify", {
    heading: "custom-plugin-lib",
    missing: missingNode22,
    start: startService,
  }),
  ...[NODE_22, "Node 24 (npm)", "Deno", "Bun"].map(nodeOn),
];
