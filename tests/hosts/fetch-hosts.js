// @ts-check
/**
 * How the program of each page of a fetch-shaped host is built and started: with the
 * host's own tools, in a folder where it finds the frameworks and the packed package.
 * Builds have no secret; only what they built gets it.
 */

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { root } from "../harness/checkout.js";
import { fileOf } from "../harness/code-blocks.js";
import { freePort } from "../harness/free-port.js";
import { bundleWorker } from "../harness/workerd/bundle.js";
import { startWorkerd } from "../harness/workerd/process.js";
import { frameworks, programFolder } from "../harness/frameworks.js";
import { NODE_22, onNode, runtime } from "./on-node.js";
import { atPort, started } from "./start.js";

/** @typedef {import("./start.js").Running} Running */
/** @typedef {(program: string, secret: string | undefined) => Promise<Running>} Start */
/** @typedef {(folder: string, program: string) => Promise<void>} Build */

export const installed = frameworks("fetch-frameworks");

/** Where the frameworks themselves are. */
const modules = join(installed.programs, "../node_modules");

/** Programs that host a platform in place of the platform. */
const stages = join(root, "tests/hosts/stages");

/** What a build must not have, and what none of them may send. */
const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  NITRO_TELEMETRY_DISABLED: "1",
  NUXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_LOG_PATH: join(installed.programs, "wrangler.log"),
  CI: "1",
};

let folders = 0;

/**
 * A folder with the program, under the name that its first comment gives it, and with
 * other files.
 *
 * @param {string} name
 * @param {string} program
 * @param {Readonly<Record<string, string>>} [files]
 */
export function folderOf(name, program, files = {}) {
  const folder = programFolder(installed, `${name} ${(folders += 1)}`);
  const all = {
    "package.json": '{ "name": "app", "private": true, "type": "module" }\n',
    [fileOf(program) ?? "server.ts"]: program,
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** Tools that wait for those that run: two at a time, so that the tests of other hosts go on. */
const waiting = /** @type {(() => void)[]} */ ([]);
let free = 2;

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function inTurn(work) {
  if (free === 0) {
    await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  } else {
    free -= 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) {
      next();
    } else {
      free += 1;
    }
  }
}

/**
 * Runs a tool to its end, without a secret, once it is its turn.
 *
 * @param {string} cwd
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string>>} [more]
 */
export function run(cwd, [program = "", ...args], more = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ...QUIET, ...more };
  delete env["MIA_WEBHOOK_SECRET"];
  delete env["NODE_TEST_CONTEXT"];
  const ran = () =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: 600_000 });
      let printed = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text) => (printed += text));
      }
      child.on("error", reject);
      child.on("close", (status) =>
        status === 0 ? resolve(printed) : reject(new Error(`${program} ${args.join(" ")}: ${status}\n${printed}`)),
      );
    });
  return inTurn(ran);
}

/**
 * Starts building a program at once, so that it is built while others are tested, and
 * gives the folder once it is.
 *
 * @param {string} name
 * @param {string} program
 * @param {Readonly<Record<string, string>>} files
 * @param {(folder: string) => Promise<unknown>} work
 */
function built(name, program, files, work) {
  if (installed.missing !== undefined) {
    return () => Promise.reject(new Error(installed.missing));
  }
  const folder = folderOf(name, program, files);
  const building = work(folder).then(() => folder);
  // It is reported by the test that needs it.
  building.catch(() => {});
  return () => building;
}

/** @param {string} path */
const module = (path) => join(modules, path);

/** A command that serves the folder of a build. @param {() => Promise<string>} build @param {readonly string[]} command @param {(port: number) => Readonly<Record<string, string>>} [env] @returns {Start} */
const served =
  (build, command, env = (port) => ({ PORT: String(port), HOST: "127.0.0.1" })) =>
  async (_, secret) => {
    const [cwd, port] = [await build(), await freePort()];
    return started({ cwd, port, secret, command, env: { ...QUIET, ...env(port) } });
  };

/** Runs a file of a build on workerd. @param {() => Promise<string>} build @param {string} file @returns {Start} */
const onWorkerd = (build, file) => {
  /** @type {ReturnType<typeof bundleWorker> | undefined} */
  let bundle;
  return async (_, secret) => {
    const folder = await build();
    bundle ??= bundleWorker(relative(root, join(folder, file)));
    const receiver = {
      ...(await bundle),
      ...(secret !== undefined && { text: { MIA_WEBHOOK_SECRET: secret } }),
      // What serves the files of a project: none has any.
      services: { ASSETS: "assets" },
    };
    const assets = { script: 'export default { fetch: () => new Response("", { status: 404 }) };' };
    const { urls, lines, stop } = await startWorkerd({ receiver, assets });
    return { port: Number(new URL(/** @type {string} */ (urls["receiver"])).port), lines, stop };
  };
};

/** @type {(name: string, program: string, files?: Readonly<Record<string, string>>) => () => Promise<string>} */
const asItIs = (name, program, files = {}) => built(name, program, files, async () => {});

/** @returns {Start} */
export const onDeno = () => {
  const flags = ["--quiet", "--no-remote", "--node-modules-dir=manual", "--allow-net", "--allow-env"];
  return onNode(installed, "deno", (file) => [runtime("Deno").command, "run", ...flags, file]);
};

/** @returns {Start} */
export const onBun = () => {
  const { command, args } = runtime("Bun");
  return onNode(installed, "bun", (file) => [command, ...args, file]);
};

/** @param {string} program @returns {Start} */
export const onWorkers = (program) => onWorkerd(asItIs("workers", program), /** @type {string} */ (fileOf(program)));

/** @param {string} program @param {boolean} [isChecked] whether the build also checks types, as it does by itself @returns {Start} */
export function onNext(program, isChecked = true) {
  // The frameworks are beside the folder of the package, and Turbopack looks in one root.
  const top = JSON.stringify(join(modules, ".."));
  const types = `typescript: { ignoreBuildErrors: ${!isChecked} }`;
  const config = `export default { turbopack: { root: ${top} }, outputFileTracingRoot: ${top}, ${types} };\n`;
  const next = [process.execPath, module("next/dist/bin/next")];
  const build = built("next", program, { "next.config.mjs": config }, (folder) => run(folder, [...next, "build"]));
  return async (_, secret) => {
    const [cwd, port] = [await build(), await freePort()];
    const command = [...next, "start", "--hostname", "127.0.0.1", "--port", String(port)];
    return started({ cwd, port, secret, command, env: QUIET });
  };
}

/** @param {string} program @param {string} server @returns {Start} */
export const onHonoNode = (program, server) => async (_, secret) => {
  const port = await freePort();
  const folder = folderOf("hono", program, { "src/server.ts": atPort(server, port) });
  // Node 20 does not run TypeScript.
  const options = /** @type {const} */ ({ bundle: true, packages: "external", format: "esm", platform: "node" });
  await build({ absWorkingDir: folder, entryPoints: ["src/server.ts"], outfile: "server.mjs", ...options });
  return started({ cwd: folder, port, secret, command: [process.execPath, "server.mjs"] });
};

/** @param {string} program @returns {Start} */
export const onHonoWorkers = (program) =>
  onWorkerd(asItIs("hono workers", program), /** @type {string} */ (fileOf(program)));

const NITRO_CONFIG = {
  nitropack: `import { defineNitroConfig } from "nitropack/config";
export default defineNitroConfig({ compatibilityDate: "2026-03-01", experimental: { wasm: true } });
`,
  nitro: `import { defineConfig } from "nitro";
export default defineConfig({ compatibilityDate: "2026-03-01", serverDir: "." });
`,
};

/** @param {"nitropack" | "nitro"} version @param {string} preset @param {string} program */
function nitro(version, preset, program) {
  const files = { "nitro.config.ts": NITRO_CONFIG[version] };
  const cli = module(`${version}/dist/cli/index.mjs`);
  return built(`${version} ${preset}`, program, files, (folder) =>
    run(folder, [process.execPath, cli, "build", "--preset", preset]),
  );
}

/** @param {"nitropack" | "nitro"} version @param {string} program @returns {Start} */
export const onNitroNode = (version, program) =>
  served(nitro(version, "node_server", program), [process.execPath, ".output/server/index.mjs"]);

/** @param {"nitropack" | "nitro"} version @param {string} program @returns {Start} */
export const onNitroCloudflare = (version, program) =>
  onWorkerd(nitro(version, "cloudflare_module", program), ".output/server/index.mjs");

/** In the virtual machine that Vercel tests its edge with. @param {string} program @returns {Start} */
export const onNitroVercelEdge = (program) =>
  served(nitro("nitropack", "vercel_edge", program), [
    process.execPath,
    join(stages, "vercel-edge.js"),
    ".vercel/output/functions/__fallback.func/index.mjs",
  ]);

/** @param {string} program @returns {Start} */
export function onSvelteKit(program) {
  const node22 = runtime(NODE_22).command;
  const files = {
    "src/app.html": "<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>\n",
    "vite.config.js": `import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
export default defineConfig({ plugins: [sveltekit({ adapter: adapter(), csrf: { trustedOrigins: ["*"] } })] });
`,
  };
  const build = built("sveltekit", program, files, (folder) =>
    run(folder, [node22, module("vite/bin/vite.js"), "build"]),
  );
  return served(build, [node22, "build/index.js"], (port) => ({
    PORT: String(port),
    HOST: "127.0.0.1",
    BODY_SIZE_LIMIT: "2M",
  }));
}

/** @param {string} program @returns {Start} */
export function onPages(program) {
  const wrangler = join(root, "node_modules/wrangler/bin/wrangler.js");
  const flags = ["--compatibility-date=2026-03-01", "--outdir=out"];
  const build = built("pages", program, {}, (folder) =>
    run(folder, [process.execPath, wrangler, "pages", "functions", "build", ...flags]),
  );
  return onWorkerd(build, "out/index.js");
}

/** The program as plain JavaScript, called by a stage. @param {string} stage @param {string} program @returns {Start} */
const onStage = (stage, program) => {
  const build_ = built(stage, program, {}, async (folder) => {
    await build({
      absWorkingDir: folder,
      entryPoints: [/** @type {string} */ (fileOf(program))],
      outfile: "function.mjs",
      format: "esm",
    });
    cpSync(join(stages, `${stage}.js`), join(folder, "stage.mjs"));
  });
  return served(build_, [process.execPath, "stage.mjs"]);
};

/** @param {string} program @returns {Start} */
export const onNetlify = (program) => onStage("netlify", program);

/** @param {string} program @returns {Start} */
export const onAzure = (program) => onStage("azure-functions", program);
