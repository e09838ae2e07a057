// @ts-check
/**
 * Builds the npm package into dist/: `node pkg/build.js`, as `cargo xtask build`
 * does after the wasm modules and the tester's page.
 *
 * Each entry point becomes one file. Node takes half a millisecond for every file
 * that it imports, and with one file for each source the import took 1.7 times as
 * long as noble's. An import of another entry point stays an import, so that
 * there is one class `WebhookError` and one instance of each module; everything
 * else is bundled. What keeps state must therefore be imported through an entry
 * point, and the build fails where it is not.
 *
 * `mia-webhooks` itself becomes three files, and the row `#index` of package.json's
 * `imports` chooses one: see `IN_PLACE`.
 */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { folder, readEntryPoints } from "./entry-points.js";

const source = join(folder, "src");
const dist = join(folder, "dist");
const page = join(folder, "../target/page/tester.html");
const types = join(folder, "../target/types");

const { entryPoints, modules, hostFiles, rows } = readEntryPoints();
const required = entryPoints.filter(({ isRequired }) => isRequired);

/**
 * Which files stand in place of others, by what is written. Node, Deno, Bun and workerd
 * have a hash of their own. index-native.js also has the module inside: it is one file.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const IN_PLACE = {
  "index-native.js": { "verify/engine": "hosts/native-hash/engine", "#verify-module": "loader:verify/inline" },
  "index-workerd.js": {
    "verify/engine": "hosts/native-hash/engine",
    "hosts/native-hash/crossover": "hosts/native-hash/crossover-workerd",
  },
  "index.cjs": { "verify/engine": "hosts/native-hash/engine" },
};

/** How a module is loaded, by the condition of package.json's `imports`. */
const LOADERS = {
  // Compiled by the platform, which forbids compiling bytes; made while the
  // Worker starts, so that the first request does not wait for it.
  workerd: (/** @type {string} */ name) => `
    import module from "../../wasm/${name}.wasm";
    export const isEager = true;
    export const load = () => module;`,
  // `?module` asks Vercel for a compiled one, and Nitro for one that is not an instance.
  "edge-light": (/** @type {string} */ name) => `
    import module from "../../wasm/${name}.wasm?module";
    export const isEager = false;
    export const load = () => module;`,
  // As text inside the script: every bundler and runtime takes that without
  // configuration. Hexadecimal, not base64: twice the text, but 4.6 kB after gzip
  // against 5.6, because repeated bytes still look alike.
  inline: (/** @type {string} */ name) => `
    import { decodeHex } from "./wasm/hex.js";
    export const isEager = false;
    export const load = () => new WebAssembly.Module(decodeHex("${readFileSync(join(folder, `wasm/${name}.wasm`), "hex")}"));`,
};

/**
 * The package's own rules for imports.
 *
 * @param {string} name the file that is written, without its ending
 * @param {string} ending
 * @param {string} input what it is made from
 * @returns {import("esbuild").Plugin}
 */
const importRules = (name, ending, input) => ({
  name: "import rules",
  setup({ onResolve, onLoad }) {
    const inPlace = IN_PLACE[name + ending] ?? {};
    onResolve({ filter: /./ }, ({ path, resolveDir, importer }) => {
      const file = path.startsWith(".") ? relative(source, resolve(resolveDir, path)).replace(/\.js$/, "") : path;
      const other = inPlace[file];
      // What stands in a file's place may import that file.
      if (other === undefined || importer === join(source, `${other}.ts`)) {
        return undefined;
      }
      return other.startsWith("loader:")
        ? { path: other.slice("loader:".length), namespace: "loader" }
        : { path: join(source, `${other}.ts`) };
    });
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const other = relative(source, resolve(resolveDir, path)).replace(/\.js$/, "");
      const entry = entryPoints.find((entry) => entry.name === other);
      if (`./${other}.ts` === input || entry === undefined) {
        return undefined;
      }
      // CommonJS can load an ES module too, but only later.
      const isLater = kind === "dynamic-import" && !entry.isRequired;
      if (ending === ".cjs" && !entry.isRequired && !isLater) {
        throw new Error(`pkg/package.json: exports has no "require" for ${other}.js, which ${name}.cjs imports`);
      }
      if (other === "index" && ending === ".js") {
        return { path: "#index", external: true, sideEffects: false };
      }
      const from = relative(dirname(name), `${other}${isLater ? ".js" : ending}`);
      return { path: from.startsWith(".") ? from : `./${from}`, external: true, sideEffects: false };
    });
    onResolve({ filter: /^loader:/ }, ({ path }) => ({ path: path.slice("loader:".length), namespace: "loader" }));
    onLoad({ filter: /./, namespace: "loader" }, ({ path }) => {
      const [module = "", how] = path.split("/");
      return { contents: LOADERS[/** @type {keyof LOADERS} */ (how)](module), resolveDir: source };
    });
    // Not the file's own path: it would be in a comment of what is published.
    onResolve({ filter: /^#tester-page$/ }, () => ({ path: "tester.html", namespace: "page" }));
    onLoad({ filter: /./, namespace: "page" }, () => ({ contents: readFileSync(page, "utf8"), loader: "text" }));
    // Left to the conditions and the platform of the importer.
    onResolve({ filter: /^#|^(cloudflare|node):|\.wasm(\?module)?$/ }, ({ path }) => {
      if (path.startsWith("#") && !rows.includes(path)) {
        throw new Error(`pkg/package.json: imports has no row for ${path}, which ${name}${ending} needs`);
      }
      return { path, external: true };
    });
  },
});

/**
 * Writes one file.
 *
 * @param {"esm" | "cjs"} format
 * @param {string} name the file that is written, without its ending
 * @param {string} [input] what it is made from
 */
async function bundle(format, name, input = `./${name}.ts`) {
  const ending = format === "esm" ? ".js" : ".cjs";
  const { metafile } = await build({
    absWorkingDir: source,
    entryPoints: { [name]: input },
    outdir: dist,
    outExtension: { ".js": ending },
    plugins: [importRules(name, ending, input)],
    format,
    bundle: true,
    metafile: true,
    target: "es2022",
    // For CommonJS: lists the exports where Node's `import` can read them.
    platform: format === "esm" ? "neutral" : "node",
    logLevel: "warning",
  });
  return metafile;
}

/** Fails if two files would each keep a state of their own. @param {import("esbuild").Metafile[]} metafiles */
function checkState(metafiles) {
  /** @type {Map<string, string>} */
  const homes = new Map();
  for (const [output, { inputs }] of metafiles.flatMap(({ outputs }) => Object.entries(outputs))) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const file = join(source, input);
      if (
        bytesInOutput === 0 ||
        !existsSync(file) ||
        !/^(export )?(let|class) |from "#/m.test(readFileSync(file, "utf8"))
      ) {
        continue;
      }
      const home = homes.get(input);
      if (home !== undefined) {
        const names = [home, output].map((path) => basename(path)).join(" and ");
        throw new Error(`pkg/src/${input} keeps state and is in ${names}: import it through an entry point of pkg/src`);
      }
      homes.set(input, output);
    }
  }
}

/** One file of types for each entry point, and what they share. */
async function bundleTypes() {
  rmSync(types, { recursive: true, force: true });
  execFileSync(process.execPath, [join(folder, "../node_modules/typescript/bin/tsc"), "--project", folder], {
    stdio: "inherit",
  });
  for (const [list, ending] of /** @type {const} */ ([
    [entryPoints, "ts"],
    [required, "cts"],
  ])) {
    const bundle = await rollup({
      input: Object.fromEntries(list.map(({ name }) => [name, join(types, `${name}.d.ts`)])),
      plugins: [
        {
          name: "types of files that a condition chooses",
          resolveId: (id) =>
            id === "#durable-object" ? join(types, "hosts/cloudflare/durable-object.d.ts") : undefined,
        },
        dts(),
      ],
      onwarn: ({ message }) => {
        throw new Error(`the types: ${message}`);
      },
    });
    await bundle.write({
      dir: dist,
      entryFileNames: `[name].d.${ending}`,
      chunkFileNames: ({ name }) => `types/${name.replace(/\.d$/, "")}.d.${ending}`,
    });
    await bundle.close();
  }
}

if (!existsSync(page)) {
  throw new Error("target/page/tester.html is missing: run `node www/build.js` first, as `cargo xtask build` does");
}
rmSync(dist, { recursive: true, force: true });
const loadersOf = (/** @type {readonly string[]} */ ways) =>
  modules.flatMap((module) =>
    ways.map((way) => /** @type {const} */ ([`loaders/${module}-${way}`, `loader:${module}/${way}`])),
  );
checkState(
  await Promise.all([
    ...entryPoints.map(({ name }) => bundle("esm", name)),
    ...hostFiles.map((name) => bundle("esm", name)),
    ...loadersOf(Object.keys(LOADERS)).map(([name, input]) => bundle("esm", name, input)),
  ]),
);
await Promise.all([
  bundle("esm", "index-native", "./index.ts"),
  bundle("esm", "index-workerd", "./index.ts"),
  ...required.map(({ name }) => bundle("cjs", name)),
  ...loadersOf(["inline"]).map(([name, input]) => bundle("cjs", name, input)),
]);
await bundleTypes();
