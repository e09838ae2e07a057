// @ts-check
/**
 * Builds the tester's page: one file with everything in it, which runs under the
 * strictest policy that lets it run at all. `node www/build.js --help`
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HELP = `Usage: node www/build.js [options]

Writes the tester's page as one HTML file.

  --out FILE              where to write it; target/page/tester.html by default
  --receiver-address URL  a receiver that the page may send to
  --receiver-secret TEXT  its secret, which everybody who opens the page can read
  --help                  this text
`;

const folder = import.meta.dirname;

/** @param {string | undefined} address @param {string | undefined} secret */
async function page(address, secret) {
  const script = await scriptOfPage();
  const style = (await bundled("page.css")) + (await bundled("tester.css"));
  if (/<\/script|<!--/i.test(script)) {
    throw new Error("the script of the page would end its own element");
  }
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hash(style)}'`,
    "img-src data:",
    ...(address === undefined ? [] : ["connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const meta = [`<meta http-equiv="content-security-policy" content="${policy}" />`];
  if (address !== undefined) {
    meta.push(
      `<meta name="mia-receiver" data-secret="${attribute(secret ?? "")}" data-address="${attribute(address)}" />`,
    );
  }
  const parts = {
    "<!-- policy -->": meta.join("\n    "),
    "<!-- style -->": `<style>${style}</style>`,
    "<!-- script -->": `<script type="module">${script}</script>`,
  };
  return Object.entries(parts).reduce(
    (html, [place, text]) => {
      const [before, after, ...others] = html.split(place);
      if (after === undefined || others.length > 0) {
        throw new Error(`www/tester.html must have ${place} once`);
      }
      return before + text + after;
    },
    readFileSync(join(folder, "tester.html"), "utf8"),
  );
}

/** The hash of a text, as a content security policy writes it. @param {string} text */
const hash = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** @param {string} text */
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** @param {string} entry @param {import("esbuild").Plugin[]} [plugins] */
async function bundled(entry, plugins = []) {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    plugins,
    outdir: "out",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
  return /** @type {import("esbuild").OutputFile} */ (outputFiles[0]).text;
}

/**
 * The page's script, made from the package's sources, which tsconfig.json names.
 * It carries the wasm modules that they load: compressed, because the page is one
 * file, and side by side, because text in between costs 1.5 kB after gzip.
 */
async function scriptOfPage() {
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {import("esbuild").Plugin} */
  const carried = {
    name: "carried modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#(.*-module|carried-modules)$/ }, ({ path }) => ({ path, namespace: "carried" }));
      onLoad({ filter: /-module$/, namespace: "carried" }, ({ path }) => {
        const name = path.slice("#".length, -"-module".length);
        names.add(name);
        const contents = `
          import { load as loadAny } from "./modules.js";
          export const isEager = false;
          export const load = () => loadAny("${name}");`;
        return { contents, resolveDir: folder };
      });
      onLoad({ filter: /-modules$/, namespace: "carried" }, () => {
        const modules = [...names].sort().map((name) => [name, packed(name)]);
        return { contents: JSON.stringify(Object.fromEntries(modules)), loader: "json" };
      });
    },
  };
  // The first build finds out which modules are loaded.
  await bundled("page.ts", [carried]);
  return bundled("page.ts", [carried]);
}

const packed = (/** @type {string} */ name) =>
  gzipSync(readFileSync(join(folder, `../pkg/wasm/${name}.wasm`)), { level: 9 }).toString("base64");

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(folder, "../target/page/tester.html") },
    "receiver-address": { type: "string" },
    "receiver-secret": { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(HELP);
} else {
  const html = await page(values["receiver-address"], values["receiver-secret"]);
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, html);
}
