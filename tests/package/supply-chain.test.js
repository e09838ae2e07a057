// @ts-check
/** What runs on the machine of whoever installs, builds or releases the package. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";

const { package: dir } = await installed();
const text = (/** @type {string} */ path) => readFileSync(join(root, path), "utf8");

test("the published package runs no script when it is installed, and brings no other package", () => {
  const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  const run = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];
  assert.deepEqual(
    run.filter((name) => name in (manifest.scripts ?? {})),
    [],
  );
  const brought = ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies", "gypfile"];
  assert.deepEqual(
    brought.filter((name) => name in manifest),
    [],
  );
});

test("of the packages that the project installs, only these run a script, each to get its program", () => {
  const expected = {
    "package-lock.json": ["@parcel/watcher", "bun", "classic-level", "deno", "esbuild", "sharp", "workerd"],
    "examples/docusaurus/package-lock.json": ["core-js"],
    // Installed with --ignore-scripts.
    "tests/hosts/fetch-frameworks/package-lock.json": ["esbuild"],
    "tests/hosts/frameworks/package-lock.json": ["protobufjs"],
  };
  for (const [file, names] of Object.entries(expected)) {
    /** @type {Record<string, { hasInstallScript?: boolean }>} */
    const packages = JSON.parse(text(file)).packages;
    const found = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.split("node_modules/").at(-1));
    assert.deepEqual([...new Set(found)].sort(), names, file);
  }
});

test("every package in a lock file has the hash of its content", () => {
  const example = "examples/docusaurus/package-lock.json";
  const frameworks = ["frameworks", "fetch-frameworks"].map((name) => `tests/hosts/${name}/package-lock.json`);
  for (const file of ["package-lock.json", example, ...frameworks]) {
    /** @type {Record<string, { integrity?: string, link?: boolean, bundled?: boolean, inBundle?: boolean }>} */
    const packages = JSON.parse(text(file)).packages;
    const without = Object.entries(packages)
      .filter(([path]) => path.includes("node_modules/"))
      .filter(([, { integrity, link, inBundle }]) => !integrity?.startsWith("sha512-") && !link && !inBundle)
      .map(([path]) => path);
    // The example installs this checkout's own tarball.
    assert.deepEqual(without, file === example ? ["node_modules/mia-webhooks"] : [], file);
  }
});

/**
 * @typedef {object} Step
 * @property {string} [uses]
 * @property {string} [run]
 * @property {Record<string, unknown>} [with]
 *
 * @typedef {object} Job
 * @property {string[]} [needs]
 * @property {string} [uses]
 * @property {string} [environment]
 * @property {Record<string, string>} [permissions]
 * @property {Step[]} [steps]
 *
 * @typedef {{ on: Record<string, any>, permissions: Record<string, string>, jobs: Record<string, Job> }} Workflow
 */

// It has no types.
const { safeLoad } = createRequire(import.meta.url)("js-yaml");
const WORKFLOWS = ".github/workflows";
/** @type {Record<string, Workflow>} */
const workflows = Object.fromEntries(
  readdirSync(join(root, WORKFLOWS)).map((file) => [file, safeLoad(text(`${WORKFLOWS}/${file}`))]),
);
const steps = Object.entries(workflows).flatMap(([file, { jobs }]) =>
  Object.entries(jobs).flatMap(([name, job]) => (job.steps ?? []).map((step) => ({ where: `${file}: ${name}`, step }))),
);

describe("a workflow", () => {
  test("names each action by its commit, and the version beside it", () => {
    const used = Object.keys(workflows).flatMap((file) =>
      [...text(`${WORKFLOWS}/${file}`).matchAll(/\buses: (.*)/g)].map(([, action = ""]) => action),
    );
    assert.ok(used.length > 10, used.join());
    assert.deepEqual(
      used.filter(
        (action) => !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action) && !action.startsWith("./"),
      ),
      [],
    );
  });

  test("leaves no token in the checkout", () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    assert.ok(checkouts.length >= 4);
    for (const { where, step } of checkouts) {
      assert.equal(step.with?.["persist-credentials"], false, where);
    }
  });

  test("may only read, except where a registry must know who publishes", () => {
    const more = [];
    for (const [file, { permissions, jobs }] of Object.entries(workflows)) {
      const all = [["all jobs", permissions], ...Object.entries(jobs).map(([name, job]) => [name, job.permissions])];
      for (const [name, granted] of /** @type {[string, Record<string, string> | undefined][]} */ (all)) {
        assert.ok(name !== "all jobs" || typeof granted === "object", `${file} does not limit its permissions`);
        for (const [what, level] of Object.entries(granted ?? {})) {
          if (`${what}: ${level}` !== "contents: read") {
            more.push(`${file}: ${name}: ${what}: ${level}`);
          }
        }
      }
    }
    assert.deepEqual(more, ["release.yml: npm: id-token: write", "release.yml: crate: id-token: write"]);
  });

  test("has no secret of a registry", () => {
    for (const file of Object.keys(workflows)) {
      assert.doesNotMatch(text(`${WORKFLOWS}/${file}`), /\bsecrets\b|NPM_TOKEN|NODE_AUTH_TOKEN/, file);
    }
  });
});

describe("the release", () => {
  const { on, permissions, jobs } = /** @type {Workflow} */ (workflows["release.yml"]);

  test("starts with a tag only, and gives its jobs no permission by itself", () => {
    assert.deepEqual(on, { push: { tags: ["v*"] } });
    assert.deepEqual(permissions, {});
  });

  test("publishes only after the tests, the dry run and the advisories, and when somebody approved", () => {
    assert.equal(jobs["test"]?.uses, "./.github/workflows/ci.yml");
    assert.equal(jobs["advisories"]?.uses, "./.github/workflows/advisories.yml");
    assert.ok(jobs["check"]?.steps?.some(({ run }) => run?.includes("cargo xtask release --dry-run --tag")));
    const publishing = steps.filter(({ step }) => /\bpublish\b/.test(step.run ?? "")).map(({ where }) => where);
    assert.deepEqual(publishing, ["release.yml: npm", "release.yml: crate"]);
    for (const name of ["npm", "crate"]) {
      assert.deepEqual(jobs[name]?.needs, ["test", "check", "advisories"]);
      assert.equal(jobs[name]?.environment, "release");
    }
  });

  test("publishes the tarball of the dry run to npm with its provenance, and runs nothing else there", () => {
    const npm = jobs["npm"]?.steps ?? [];
    assert.deepEqual(
      npm.flatMap(({ run }) => run ?? []),
      ["npm publish ./mia-webhooks.tgz --provenance --access public"],
    );
    assert.deepEqual(
      npm.flatMap(({ uses }) => uses?.split("@")[0] ?? []),
      ["actions/download-artifact", "actions/setup-node"],
    );
    assert.deepEqual(jobs["npm"]?.permissions, { "id-token": "write" });
  });
});

test("advisories are asked for every week, for the workspace and for the fuzz targets", () => {
  const { on, jobs } = /** @type {Workflow} */ (workflows["advisories.yml"]);
  assert.match(on["schedule"][0].cron, /^\d+ \d+ \* \* \d$/);
  assert.ok("workflow_call" in on);
  const run = Object.values(jobs).flatMap((job) => (job.steps ?? []).flatMap((step) => step.run ?? []));
  assert.equal(run.filter((command) => /^cargo deny .*--locked check$/.test(command)).length, 2);
  assert.ok(run.some((command) => command.includes("--workspace")));
  assert.ok(run.some((command) => command.includes("--manifest-path fuzz/Cargo.toml")));
});
