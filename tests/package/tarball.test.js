// @ts-check
/** The content of the tarball: every file by name, no path of the machine that built it, and one version everywhere. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { root } from "../harness/checkout.js";
import { filesIn, installed } from "../harness/installed.js";

const { package: dir } = await installed();
const files = await filesIn(dir);
const { entryPoints, modules, hostFiles } = readEntryPoints();

test("has these files and no others", () => {
  const expected = [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "package.json",
    "subscription.schema.json",
    ...modules.flatMap((name) => [
      `wasm/${name}.wasm`,
      ...["workerd.js", "edge-light.js", "inline.js", "inline.cjs"].map((way) => `dist/loaders/${name}-${way}`),
    ]),
    ...entryPoints.flatMap(({ name, isRequired }) =>
      ["js", "d.ts", ...(isRequired ? ["cjs", "d.cts"] : [])].map((ending) => `dist/${name}.${ending}`),
    ),
    ...hostFiles.map((name) => `dist/${name}.js`),
    "dist/index-native.js",
    "dist/index-workerd.js",
  ];
  // Types that several entry points share: the tool that rolls them up names the files.
  const isShared = (/** @type {string} */ file) => /^dist\/types\/[\w-]+\.d\.c?ts$/.test(file);
  assert.deepEqual(
    files.filter((file) => !isShared(file)),
    expected.sort(),
  );
});

test("links only to files of the package or to addresses", () => {
  for (const document of files.filter((file) => file.endsWith(".md"))) {
    const text = readFileSync(join(dir, document), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)) {
      const path = target.split("#")[0] ?? "";
      const isThere = /^https:/.test(target) || path === "" || files.includes(normalize(join(dirname(document), path)));
      assert.ok(isThere, `${document} links to ${target}, which is not in the package`);
    }
  }
});

test("has the tester's page once", () => {
  const page = readFileSync(join(root, "target/page/tester.html"), "utf8");
  const needle = JSON.stringify(page.slice(page.indexOf("<script"), page.indexOf("<script") + 2000)).slice(1, -1);
  const holds = files.filter((file) => {
    const text = readFileSync(join(dir, file), "utf8");
    return text.includes(needle) || text.includes("<!doctype html>\\n") || text.startsWith("<!doctype html>");
  });
  assert.deepEqual(holds, ["dist/tester.js"]);
});

test("no file has a path of the machine that built it", () => {
  const paths = [root, `${homedir()}/`, ".cargo", ".rustup", "toolchains/", "registry/src", "/node_modules/"];
  // The inlined modules are hexadecimal digits, so paths are also searched in that form.
  const needles = paths.flatMap((path) => [path, Buffer.from(path).toString("hex")]);
  const found = files.flatMap((file) => {
    const content = readFileSync(join(dir, file), "latin1");
    return needles.filter((needle) => content.includes(needle)).map((needle) => `${file}: ${needle}`);
  });
  assert.deepEqual(found, []);
});

test("refers to no source map, because the sources are not in the package", () => {
  const scripts = files.filter((file) => /\.(js|ts)$/.test(file));
  assert.deepEqual(
    scripts.filter((file) => readFileSync(join(dir, file), "utf8").includes("sourceMappingURL")),
    [],
  );
});

for (const name of modules) {
  test(`has the ${name} module as a file, and as text once for each build that holds it`, () => {
    const built = readFileSync(join(root, `pkg/wasm/${name}.wasm`));
    const digits = built.toString("hex");
    const holders = files.filter((file) => {
      const content = readFileSync(join(dir, file));
      return content.equals(built) || content.includes(digits);
    });
    assert.deepEqual(holders, [
      ...(name === "verify" ? ["dist/index-native.js"] : []),
      `dist/loaders/${name}-inline.cjs`,
      `dist/loaders/${name}-inline.js`,
      `wasm/${name}.wasm`,
    ]);
  });
}

test("only the builds for hosts that have node:crypto ask for it", () => {
  const asking = files.filter((file) => readFileSync(join(dir, file), "utf8").includes("getBuiltinModule"));
  assert.deepEqual(asking, ["dist/index-native.js", "dist/index-workerd.js", "dist/index.cjs"]);
});

test("the types contain no copy of the module", () => {
  const types = files.filter((file) => file.endsWith(".d.ts"));
  assert.deepEqual(
    types.filter((file) => readFileSync(join(dir, file), "utf8").includes("0061736d")),
    [],
  );
});

const text = (/** @type {string} */ path) => readFileSync(join(root, path), "utf8");
const json = (/** @type {string} */ path) => JSON.parse(text(path));

/** The group of the first match, which must exist. */
const find = (/** @type {string} */ path, /** @type {RegExp} */ pattern) => {
  const found = pattern.exec(text(path))?.[1];
  assert.ok(found, `${path} does not say ${pattern}`);
  return found;
};

test("one version everywhere", () => {
  const version = find("Cargo.toml", /^\[package\]\n(?:[^[]*\n)?version = "([^"]+)"/m);
  assert.equal(json("pkg/package.json").version, version);
  assert.equal(JSON.parse(readFileSync(join(dir, "package.json"), "utf8")).version, version);
  assert.equal(json("edge/cloudflare/package.json").dependencies["mia-webhooks"], version);
  assert.equal(json("package-lock.json").packages.pkg.version, version);
  assert.equal(find("Cargo.lock", /name = "mia-webhooks"\nversion = "([^"]+)"/), version);
});
