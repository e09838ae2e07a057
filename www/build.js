// @ts-check
/**
 * Builds the tester's page: one file with everything in it, which runs under the
 * strictest policy that lets it run at all. `node www/build.js --help`
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { minify } from "terser";

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
  const plugins = address === undefined ? [noReceiver] : [];
  const script = await smaller(await scriptOfPage(plugins));
  const style = (await bundled("page.css")) + (await bundled("tester.css", plugins));
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
 * Leaves out the panel of a receiver: a page without one never calls it.
 * @type {import("esbuild").Plugin}
 */
const noReceiver = {
  name: "no-receiver",
  setup({ onLoad }) {
    const local = (/** @type {string} */ file) => new RegExp(`\\blocal/${file.replace(".", "\\.")}$`);
    onLoad({ filter: local("receiver-panel.ts") }, () => ({ contents: "export const receiverPanel = undefined;" }));
    onLoad({ filter: local("texts.ts") }, () => ({ contents: "export const LOCAL_TEXTS = {};" }));
    onLoad({ filter: local("local.css") }, () => ({ contents: "", loader: "css" }));
  },
};

/** What a source exports. @param {string} path */
const imported = async (path) =>
  import(`data:text/javascript;base64,${Buffer.from(await bundled(path)).toString("base64")}`);

// Its sources, which are its types, do not pass the checks of this project.
const { compress } = await import(/** @type {string} */ ("lzma1"));

/** The names of modules begin with this, which is before those of sources. */
const MODULE = " ";
/** Smaller modules come first: a module is joined after those before it. @param {string} name @param {Buffer} wasm */
const nameOf = (name, wasm) => `${MODULE}${String(wasm.length).padStart(9)} ${name}`;

/** Sources that export data and nothing else. */
const DATA = /generated.(catalogue|findings|subscription|tables)\.ts$|\b(texts|codes-it|receivers)\.ts$/;
/** It has functions too. */
const ALL_TEXTS = join(folder, "texts/texts.ts");

/** Shorter data is smaller where it is used. */
const LEAST_CARRIED = 100;

/** What no view reads of the catalogue of events, and is much of it. */
const UNREAD = ["fields", "companyIdPaths", "projectIdPaths", "since"];

/**
 * The page's script, made from the package's sources, which tsconfig.json names. The
 * wasm modules that they load and the data that they import are in its archive.
 *
 * @param {import("esbuild").Plugin[]} plugins
 */
async function scriptOfPage(plugins) {
  const walk = await imported("wasm-streams.ts");
  /** What a source would carry, by its name. @type {Map<string, Buffer>} */
  const found = new Map();
  /** The names of what the archive has: modules, then data. @type {string[]} */
  let carried = [];
  /** The call that gets it. */
  const call = (/** @type {string} */ getter, /** @type {string} */ name, /** @type {Buffer} */ bytes) => {
    found.set(name, bytes);
    const place = carried.indexOf(name);
    return `/* @__PURE__ */ ${getter}(${place < 0 ? `"carried ${name}"` : place})`;
  };
  /** @type {import("esbuild").Plugin} */
  const archive = {
    name: "archive",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#(.*-module|archive)$/ }, ({ path }) => ({ path, namespace: "archive" }));
      onLoad({ filter: /-module$/, namespace: "archive" }, ({ path }) => {
        const name = path.slice("#".length, -"-module".length);
        const wasm = readFileSync(join(folder, `../pkg/wasm/${name}.wasm`));
        const contents = `
          import { moduleAt } from "./carried.js";
          export const isEager = false;
          export const load = () => ${call("moduleAt", nameOf(name, wasm), wasm)};`;
        return { contents, resolveDir: folder };
      });
      onLoad({ filter: DATA }, async ({ path }) => {
        if (path === ALL_TEXTS) {
          return undefined;
        }
        const isCatalogue = path.endsWith("catalogue.ts");
        const lines = Object.entries(await imported(path)).map(([name, value]) => {
          const text = JSON.stringify(
            // A list with holes, which JSON does not have, becomes an object.
            Array.isArray(value) && value.includes(undefined) ? { ...value } : value,
            (key, part) => (isCatalogue && UNREAD.includes(key) ? undefined : part),
          );
          const carriedText = call("dataAt", `${relative(folder, path)} ${name}`, Buffer.from(text));
          return `export const ${name} = ${text.length < LEAST_CARRIED ? text : carriedText};`;
        });
        return { contents: [`import { dataAt } from "./carried.js";`, ...lines].join("\n"), resolveDir: folder };
      });
      onLoad({ filter: /^#archive$/, namespace: "archive" }, () => {
        /** @type {number[][]} */
        const streams = Array.from({ length: walk.STREAMS }, () => []);
        /** Where the code of each module is. @type {[start: number, length: number][]} */
        const codes = [];
        const parts = carried.map((name) => {
          const bytes = found.get(name) ?? Buffer.of();
          if (!name.startsWith(MODULE)) {
            return bytes;
          }
          const [start, end] = codeOf(bytes);
          let next = start;
          walk.walkCode((/** @type {number} */ stream) => {
            const byte = bytes[next++];
            if (byte === undefined) {
              throw new Error(`www/wasm-streams.ts cannot read the module ${name}`);
            }
            streams[stream]?.push(byte);
            return byte;
          });
          if (next !== end) {
            throw new Error(`www/wasm-streams.ts cannot read the module ${name}`);
          }
          codes.push([start, end - start]);
          return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
        });
        const all = [...parts, ...streams.map((stream) => Buffer.from(stream))];
        const packed = Buffer.from(compress(Buffer.concat(all), 7)).toString("base64");
        return {
          contents: JSON.stringify({ packed, lengths: all.map(({ length }) => length), codes }),
          loader: "json",
        };
      });
    },
  };
  const all = [...plugins, archive];
  // The first build finds out what is used.
  const used = (await bundled("page.ts", all)).matchAll(/"carried ([^"]+)"/g);
  carried = [...new Set(Array.from(used, ([, name = ""]) => name))].sort();
  return bundled("page.ts", all);
}

/** 3 % smaller than esbuild writes it. @param {string} script */
async function smaller(script) {
  const { code } = await minify(script, {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
    // As esbuild does, so that its hash does not depend on a server's charset.
    format: { ascii_only: true },
  });
  return code ?? "";
}

/** Where the code of a module begins and ends. @param {Buffer} module @returns {[start: number, end: number]} */
function codeOf(module) {
  const CODE = 10;
  let at = 8;
  for (;;) {
    const section = module[at++];
    let length = 0;
    for (let shift = 0, digit = 128; digit > 127; shift += 7) {
      digit = module[at++] ?? 0;
      length += (digit & 127) << shift;
    }
    if (section === CODE) {
      return [at, at + length];
    }
    at += length;
  }
}

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
