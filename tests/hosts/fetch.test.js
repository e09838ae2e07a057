// @ts-check
/**
 * The receivers of the hosts that pass a fetch `Request`: each is taken from its page,
 * built by the host's own tools without a secret, started and sent the wire suite. Their
 * types are those that the host declares.
 *
 * Takes long, because the builders and compilers of six frameworks run at the same time.
 */

import { join } from "node:path";
import { describe, test } from "node:test";
import { isPresent, skipped } from "../harness/runtimes.js";
import {
  folderOf,
  installed,
  onAzure,
  onBun,
  onDeno,
  onHonoNode,
  onHonoWorkers,
  onNetlify,
  onNext,
  onNitroCloudflare,
  onNitroNode,
  onNitroVercelEdge,
  onPages,
  onSvelteKit,
  onWorkers,
  run,
} from "./fetch-hosts.js";
import { NODE_22, missingRuntime, runtime } from "./on-node.js";
import { secondOf, snippetOf } from "./snippet.js";
import { describeHost } from "./suite.js";

const programs = Object.fromEntries(
  [
    "azure-functions",
    "bun",
    "cloudflare-pages",
    "cloudflare-workers",
    "deno",
    "hono",
    "netlify",
    "next",
    "nitro",
    "sveltekit",
  ].map((page) => [page, snippetOf(page)]),
);
/** @param {string} page */
const programOf = (page) => /** @type {import("./snippet.js").Snippet} */ (programs[page]).program;

const nitro3 = secondOf("nitro");
const honoServer = secondOf("hono");
const nextEdge = `${programOf("next")}\nexport const runtime = "edge";\n`;

/** workerd, without the proxies that Cloudflare has in front of it. */
const WORKERD = { neverAsks: true, stopsWithClient: true, dropsUnended: true, takesMany: true };

/**
 * In the order in which they are built: the slowest first.
 *
 * @type {readonly (Omit<import("./suite.js").Host, "startsLate" | "program"> & { program: string })[]}
 */
const HOSTS = [
  { name: "Next on Node", program: programOf("next"), start: onNext(programOf("next")) },
  // It answers when the body has ended, and not before. It differs in one line, so its types are checked above.
  { name: "Next on the edge", program: nextEdge, start: onNext(nextEdge, false), buffers: true },
  {
    name: "Nitro 2, node_server",
    program: programOf("nitro"),
    start: onNitroNode("nitropack", programOf("nitro")),
    dropsUnended: true,
    dropsEmpty: true,
  },
  {
    name: "Nitro 2, cloudflare_module on workerd",
    program: programOf("nitro"),
    start: onNitroCloudflare("nitropack", programOf("nitro")),
    ...WORKERD,
    buffers: true,
    dropsEmpty: true,
  },
  {
    name: "Nitro 2, vercel_edge in Vercel's virtual machine",
    program: programOf("nitro"),
    start: onNitroVercelEdge(programOf("nitro")),
    buffers: true,
    dropsEmpty: true,
  },
  { name: "Nitro 3, node_server", program: nitro3, start: onNitroNode("nitro", nitro3) },
  {
    name: "Nitro 3, cloudflare_module on workerd",
    program: nitro3,
    start: onNitroCloudflare("nitro", nitro3),
    ...WORKERD,
  },
  {
    name: "SvelteKit on Node",
    program: programOf("sveltekit"),
    start: onSvelteKit(programOf("sveltekit")),
    cutsOff: true,
    missing: missingRuntime(NODE_22),
  },
  {
    name: "Cloudflare Pages",
    program: programOf("cloudflare-pages"),
    start: onPages(programOf("cloudflare-pages")),
    ...WORKERD,
  },
  {
    name: "Cloudflare Workers",
    program: programOf("cloudflare-workers"),
    start: onWorkers(programOf("cloudflare-workers")),
    ...WORKERD,
  },
  { name: "Deno", program: programOf("deno"), start: onDeno(), missing: missingRuntime("Deno"), tooMany: 400 },
  { name: "Bun", program: programOf("bun"), start: onBun(), missing: missingRuntime("Bun") },
  { name: "Hono on Node", program: programOf("hono"), start: onHonoNode(programOf("hono"), honoServer) },
  { name: "Hono on Workers", program: programOf("hono"), start: onHonoWorkers(programOf("hono")), ...WORKERD },
  { name: "Netlify", program: programOf("netlify"), start: onNetlify(programOf("netlify")), buffers: true },
  {
    name: "Azure Functions",
    program: programOf("azure-functions"),
    start: onAzure(programOf("azure-functions")),
    buffers: true,
  },
];

/** What a page's program is compiled with: the types that its host declares. */
const TYPES = {
  Node: {
    types: ["node"],
    pages: ["azure-functions", "hono", "netlify", "next", "nitro", "sveltekit"],
    more: { "nitro-3.ts": nitro3 },
  },
  Bun: { types: ["bun"], pages: ["bun"], more: {} },
  Cloudflare: {
    types: ["@cloudflare/workers-types"],
    pages: ["cloudflare-pages", "cloudflare-workers"],
    // As `wrangler types` writes it.
    more: { "env.d.ts": "declare namespace Cloudflare { interface Env { MIA_WEBHOOK_SECRET: string } }\n" },
  },
};

// All at the same time: most of it is waiting, for builds and for limits of time.
describe("fetch-shaped hosts", { concurrency: true }, () => {
  for (const { missing = installed.missing, ...host } of HOSTS) {
    describeHost({ ...host, missing, startsLate: true });
  }

  for (const [name, { types, pages, more }] of Object.entries(TYPES)) {
    test(
      `the programs of ${pages.join(", ")} compile with the types of ${name}`,
      { skip: skipped(installed.missing) },
      async () => {
        const compilerOptions = {
          types,
          target: "ES2022",
          lib: ["ES2023", ...(name === "Node" ? ["DOM", "DOM.Iterable"] : [])],
          module: "ESNext",
          moduleResolution: "bundler",
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          skipLibCheck: true,
        };
        const folder = folderOf(`types ${name}`, "", {
          ...Object.fromEntries(pages.map((page) => [`${page}.ts`, programOf(page)])),
          ...more,
          "tsconfig.json": JSON.stringify({ compilerOptions }),
        });
        const tsc = join(installed.programs, "../node_modules/typescript/bin/tsc");
        await run(folder, [process.execPath, tsc]);
      },
    );
  }

  test("the program of deno passes deno check", async (t) => {
    const { command } = runtime("Deno");
    if (isPresent(t, command) && installed.missing === undefined) {
      const { file, program } = snippetOf("deno");
      const flags = ["--quiet", "--no-remote", "--node-modules-dir=manual"];
      const folder = folderOf("deno check", program);
      await run(folder, [command, "check", ...flags, file]);
    }
  });
});
