// @ts-check
/** Starts each receiver program of the view Code as its first comment says. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";
import { freePort } from "../harness/free-port.js";
import { startWorker } from "../harness/workerd/receiver.js";
import { GO_ENVIRONMENT, installLanguages, installSpring } from "./languages.js";

/**
 * @typedef {object} Running
 * @property {number} port
 * @property {readonly string[]} lines everything that it printed
 * @property {() => unknown} stop
 *
 * @typedef {object} Host
 * @property {string} id of its program
 * @property {string} name
 * @property {string | undefined} [missing] why it cannot run here
 * @property {(program: string, secret: string | undefined) => Promise<Running>} start Rejects when the program ends by itself.
 */

/** In the checkout, where `mia-webhooks` and the frameworks are found. @param {string} name */
function freshFolder(name) {
  const folder = join(root, "target/receivers", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The program with another port. @param {string} program @param {number} port */
function atPort(program, port) {
  if (program.split("3000").length !== 2) {
    throw new Error(`the port 3000 is not in the program, or more than once:\n${program}`);
  }
  return program.replace("3000", String(port));
}

/**
 * @param {string} cwd
 * @param {number} port
 * @param {string | undefined} secret
 * @param {readonly [program: string, ...args: string[]]} command
 * @returns {Promise<Running>}
 */
async function started(cwd, port, secret, [program, ...args]) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env };
  delete env["MIA_WEBHOOK_SECRET"];
  const child = spawn(program, args, {
    cwd,
    env: { ...env, ...(secret !== undefined && { MIA_WEBHOOK_SECRET: secret }) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => (printed += text));
  }
  let isOver = false;
  const closed = once(child, "close").then(() => {
    isOver = true;
    process.off("exit", end);
  });
  const stop = async () => {
    end();
    await closed;
  };
  while (!(await answers(port))) {
    if (isOver) {
      throw new Error(`it ended with ${child.exitCode}: ${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    port,
    stop,
    get lines() {
      return printed.split("\n");
    },
  };
}

/** @param {number} port @returns {Promise<boolean>} */
const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

/** @param {string} program @param {string[]} args @param {import("node:child_process").SpawnSyncOptions} [options] */
function ran(program, args, options) {
  const { status, error, stderr } = spawnSync(program, args, options);
  if (status !== 0) {
    throw new Error(error?.message ?? String(stderr));
  }
}

/** A program for Node. @param {string} id @param {string} name @returns {Host} */
const nodeHost = (id, name) => ({
  id,
  name,
  async start(program, secret) {
    const [folder, port] = [freshFolder(id), await freePort()];
    writeFileSync(join(folder, "server.mjs"), atPort(program, port));
    return started(folder, port, secret, [process.execPath, "server.mjs"]);
  },
});

/**
 * A function that a platform calls, which is not to be had here: a small server calls
 * it as the platform does.
 *
 * @param {string} id
 * @param {string} name
 * @param {string} file
 * @param {string} call
 * @returns {Host}
 */
const calledHost = (id, name, file, call) => ({
  id,
  name,
  async start(program, secret) {
    const [folder, port] = [freshFolder(name.replaceAll(/\W+/g, "-")), await freePort()];
    writeFileSync(join(folder, file), program);
    await build({
      entryPoints: [join(folder, file)],
      outfile: join(folder, "program.mjs"),
      bundle: true,
      packages: "external",
      format: "esm",
      logLevel: "error",
    });
    writeFileSync(
      join(folder, "server.mjs"),
      `import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import * as program from "./program.mjs";
createServer(async (request, response) => {
  try {
    const body = await buffer(request);
    ${call}
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}).listen(${port});
`,
    );
    return started(folder, port, secret, [process.execPath, "server.mjs"]);
  },
});

const NEXT = `
    const headers = new Headers();
    for (let i = 0; i < request.rawHeaders.length; i += 2) headers.append(request.rawHeaders[i], request.rawHeaders[i + 1]);
    for (const name of ["transfer-encoding", "connection", "content-length"]) headers.delete(name);
    const answer = await program.POST(new Request("https://example.org/webhook", { method: "POST", headers, body }));
    response.writeHead(answer.status).end(await answer.text());`;

/** An event of a function URL. It has no body where the request has none. @param {string} isBase64 */
const lambda = (isBase64) => `
    const isBase64Encoded = ${isBase64};
    const headers = Object.fromEntries(Object.entries(request.headersDistinct).map(([name, all]) => [name, all.join(",")]));
    const { statusCode } = await program.handler({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/",
      rawQueryString: "",
      headers,
      requestContext: { http: { method: "POST", path: "/" } },
      ...(body.length > 0 && { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
      isBase64Encoded,
    });
    response.writeHead(statusCode).end();`;

const { python, go, reason } = installLanguages();
const spring = installSpring();
let compiled = "";

/** @param {string} id @param {string} name @param {(port: string) => string[]} args @returns {Host} */
const pythonHost = (id, name, args) => ({
  id,
  name,
  missing: reason,
  async start(program, secret) {
    const [folder, port] = [freshFolder(id), await freePort()];
    writeFileSync(join(folder, "receiver.py"), program);
    return started(folder, port, secret, [python, "-B", "-m", ...args(String(port))]);
  },
});

/** Every program, some of them in more than one way. @type {readonly Host[]} */
export const HOSTS = [
  nodeHost("express", "Express"),
  nodeHost("fastify", "Fastify"),
  nodeHost("node", "Node"),
  nodeHost("hono", "Hono on Node"),
  {
    id: "workers",
    name: "workerd",
    async start(program, secret) {
      writeFileSync(join(freshFolder("workers"), "index.ts"), program);
      return startWorker(
        "target/receivers/workers/index.ts",
        secret === undefined ? {} : { MIA_WEBHOOK_SECRET: secret },
      );
    },
  },
  calledHost("next", "the route handler of Next", "route.ts", NEXT),
  calledHost(
    "lambda",
    "the handler of Lambda, with text",
    "index.mjs",
    lambda("!body.equals(Buffer.from(body.toString()))"),
  ),
  calledHost("lambda", "the handler of Lambda, with base64", "index.mjs", lambda("true")),
  pythonHost("flask", "Flask", (port) => ["flask", "--app", "receiver", "run", "--port", port]),
  pythonHost("fastapi", "FastAPI", (port) => ["uvicorn", "receiver:app", "--port", port]),
  {
    id: "go",
    name: "Go",
    missing: reason,
    async start(program, secret) {
      const [folder, port] = [freshFolder("go"), await freePort()];
      writeFileSync(join(folder, "main.go"), atPort(program, port));
      ran(go, ["build", "-o", "receiver", "main.go"], { cwd: folder, env: { ...process.env, ...GO_ENVIRONMENT } });
      return started(folder, port, secret, [join(folder, "receiver")]);
    },
  },
  {
    id: "spring",
    name: "Spring",
    missing: spring.reason,
    async start(program, secret) {
      const port = await freePort();
      const folder = join(root, "target/receivers/spring");
      const classPath = [folder, ...spring.classPath].join(":");
      // The port is an option, so it is compiled once.
      if (compiled !== program) {
        freshFolder("spring");
        writeFileSync(join(folder, "Receiver.java"), program);
        const boot = join(root, "tests/tester/spring-boot");
        const sources = readdirSync(boot).map((file) => join(boot, file));
        ran("javac", ["-proc:none", "-cp", classPath, "-d", folder, join(folder, "Receiver.java"), ...sources]);
        compiled = program;
      }
      // Spring 4 defines classes as Java 8 did.
      const options = ["--add-opens=java.base/java.lang=ALL-UNNAMED", `-Dserver.port=${port}`, "-cp", classPath];
      return started(folder, port, secret, ["java", ...options, "receiver.Receiver"]);
    },
  },
];
