// @ts-check
/**
 * The one list of entry points and wasm modules: `exports` and `imports` of
 * package.json. Everything that needs the list reads it here.
 *
 * - `exports["./a"]` is the entry point src/a.ts. It becomes dist/a.js and
 *   dist/a.d.ts; with a `require` row dist/a.cjs and dist/a.d.cts as well.
 * - `imports["#a-module"]` is the module wasm/a.wasm. The build writes its loaders.
 * - `imports["#index"]` and `exports["."]` choose between three builds of src/index.ts, by
 *   the same conditions, so that a program has one of them.
 * - Any other row of `imports` names files that are built from src/, path by path.
 * - Every file at the top of src/ is an entry point.
 */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

export const folder = import.meta.dirname;

/**
 * @typedef {object} EntryPoint
 * @property {string} name of its files, without their endings
 * @property {string} specifier what an application imports
 * @property {boolean} isRequired whether CommonJS gets it too
 *
 * @typedef {object} EntryPoints
 * @property {EntryPoint[]} entryPoints
 * @property {string[]} modules the names of the wasm modules
 * @property {string[]} rows the names of all rows of `imports`
 * @property {string[]} hostFiles the files that the other rows of `imports` name,
 * without `./dist/` and `.js`
 */

/**
 * Reads the list and compares it with the files that exist.
 *
 * @param {string} [at] the folder of the package
 * @returns {EntryPoints}
 * @throws {Error} that names the file and the row to mend
 */
export function readEntryPoints(at = folder) {
  const { exports, imports, ...manifest } = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  const sources = readdirSync(join(at, "src"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"));

  const entryPoints = Object.entries(exports).flatMap(([path, row]) => {
    if (typeof row === "string") {
      check(existsSync(join(at, row)), `exports["${path}"] names ${row}, which does not exist`);
      return [];
    }
    const name = path === "." ? "index" : path.slice("./".length);
    check(
      existsSync(join(at, `src/${name}.ts`)),
      `exports["${path}"] needs the source pkg/src/${name}.ts, which does not exist`,
    );
    const isRequired = "require" in row;
    const expected = isRequired ? rowForBoth(name) : rowForModules(name);
    check(isSame(row, expected), `exports["${path}"] must be ${JSON.stringify(expected)}`);
    return [{ name, specifier: path.replace(".", "mia-webhooks"), isRequired }];
  });
  for (const name of sources) {
    const isKnown = entryPoints.some((entry) => entry.name === name);
    check(isKnown, `exports has no row for pkg/src/${name}.ts: add one, or move the file into a folder`);
  }

  const modules = Object.keys(imports).flatMap((row) => /^#(.*)-module$/.exec(row)?.[1] ?? []);
  for (const name of modules) {
    const file = `./wasm/${name}.wasm`;
    const expected = rowForLoaders(name);
    check(
      isSame(imports[`#${name}-module`], expected),
      `imports["#${name}-module"] must be ${JSON.stringify(expected)}`,
    );
    check(
      exports[`./${name}.wasm`] === file,
      `exports["./${name}.wasm"] must be "${file}", as imports["#${name}-module"] names the module`,
    );
    check(
      existsSync(join(at, file)),
      `imports["#${name}-module"] needs ${file}; the modules are built by xtask/src/wasm.rs`,
    );
  }
  check(isSame(imports["#index"], INDEX), `imports["#index"] must be ${JSON.stringify(INDEX)}`);
  const hostFiles = Object.entries(imports)
    .filter(([row]) => !/^#(index|.*-module)$/.test(row))
    .flatMap(([row, targets]) => Object.values(targets).map((target) => hostFile(at, row, String(target))));
  for (const path of Object.keys(exports)) {
    const name = /^\.\/(.*)\.wasm$/.exec(path)?.[1];
    check(name === undefined || modules.includes(name), `imports has no row "#${name}-module" for exports["${path}"]`);
  }
  for (const [field, expected] of Object.entries(FIELDS)) {
    check(JSON.stringify(manifest[field]) === JSON.stringify(expected), `${field} must be ${JSON.stringify(expected)}`);
  }
  return { entryPoints, modules, hostFiles, rows: Object.keys(imports) };
}

/** @param {string} at @param {string} row @param {string} target */
function hostFile(at, row, target) {
  const name = /^\.\/dist\/(.*)\.js$/.exec(target)?.[1];
  check(
    name && existsSync(join(at, `src/${name}.ts`)),
    `imports["${row}"] names ${target}, which is not built from any file of pkg/src`,
  );
  return /** @type {string} */ (name);
}

/** For TypeScript's `node10`, which knows no `exports`, and for bundlers that drop what nothing uses. */
const FIELDS = {
  main: "./dist/index.cjs",
  types: "./dist/index.d.cts",
  typesVersions: { "*": { "*": ["./dist/*.d.cts", "./dist/*.d.ts", "./*"] } },
  sideEffects: ["./dist/element/define.js", "./dist/element/define.cjs"],
};

/** @param {string} name */
const rowForModules = (name) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });

/** Hosts that have a hash of their own get a build that may ask for it; Node's is also one file. */
const INDEX = {
  workerd: "./dist/index-workerd.js",
  "edge-light": "./dist/index.js",
  node: "./dist/index-native.js",
  default: "./dist/index.js",
};

/** @param {string} name */
const rowForBoth = (name) => ({
  import: name === "index" ? { types: "./dist/index.d.ts", ...INDEX } : rowForModules(name),
  require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
  // What resolves by `node` or `workerd` alone must choose the build that `#index` is for it.
  default: name === "index" ? INDEX : `./dist/${name}.js`,
});

/**
 * Nitro's plugin for wasm, whose condition is `unwasm`, makes an instance of what is
 * imported without `?module`, and cannot read this module's vector instructions.
 *
 * @param {string} name
 */
const rowForLoaders = (name) => ({
  workerd: { unwasm: `./dist/loaders/${name}-edge-light.js`, default: `./dist/loaders/${name}-workerd.js` },
  "edge-light": `./dist/loaders/${name}-edge-light.js`,
  require: `./dist/loaders/${name}-inline.cjs`,
  default: `./dist/loaders/${name}-inline.js`,
});

/** In the same order too: the first condition that applies wins. @param {unknown} row @param {unknown} expected */
const isSame = (row, expected) => JSON.stringify(row) === JSON.stringify(expected);

/** @param {unknown} holds @param {string} message */
function check(holds, message) {
  if (!holds) {
    throw new Error(`pkg/package.json: ${message}`);
  }
}
