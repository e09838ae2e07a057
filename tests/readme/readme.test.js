// @ts-check
/**
 * Runs the commands of every README, as a new user would: in a fresh clone, which has
 * nothing that was built from its own sources.
 *
 * What others published is not fetched and compiled a second time: the clone begins
 * with the packages of npm and the compiled crates of crates.io that this checkout
 * has. Whoever runs all tests in a fresh clone gets those from nothing.
 *
 * Takes long, because the first README builds the whole package.
 */

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { promisify } from "node:util";
import { readEntryPoints } from "../../pkg/entry-points.js";
import { root } from "../harness/checkout.js";
import { freePort } from "../harness/free-port.js";
import { output } from "../harness/installed.js";
import { copyCrates, copyPackages } from "./seed.js";

/** Only something that hangs reaches it. */
const LIMIT = 60 * 60_000;

const folder = await realpath(await mkdtemp(join(tmpdir(), "mia-webhooks-readme-")));
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** The files of the checkout that git does not ignore, with changes. */
const clone = join(folder, "mia-webhooks");
const tracked = await output("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root });
for (const file of tracked.split("\0").filter((file) => file !== "" && existsSync(join(root, file)))) {
  await mkdir(dirname(join(clone, file)), { recursive: true });
  await cp(join(root, file), join(clone, file));
}
await copyPackages(root, clone);
await copyCrates(join(root, "target"), join(clone, "target"));

/** @param {string} command @param {string} cwd */
async function shell(command, cwd) {
  const quiet = { WRANGLER_SEND_METRICS: "false", CI: "true", npm_config_audit: "false", npm_config_fund: "false" };
  const environment = { ...process.env, ...quiet, npm_config_prefer_offline: "true" };
  const options = { cwd, env: environment, timeout: LIMIT, maxBuffer: 1 << 26 };
  const { stdout, stderr } = await promisify(execFile)("sh", ["-c", command], options);
  return stdout + stderr;
}

/** A project of a user. */
const project = join(folder, "project");

/** Where `edge/cloudflare` was copied to. */
const copy = join(folder, "copy");

/**
 * How the test runs each command: unchanged, or as close to that as a test can. A
 * command without a row is a failure.
 *
 * @type {[command: RegExp, follow: (command: string, cwd: string) => Promise<unknown>][]}
 */
const COMMANDS = [
  // wrangler has built the package by the same command.
  [/^cargo xtask build$/, (command, cwd) => shell(`${command} --if-changed`, cwd)],
  [/^cargo xtask start$/, (_, cwd) => start(cwd)],
  // These commands would run this test again.
  [
    /^cargo (xtask (test|check|fmt|bench|mutants)|test)\b/,
    async (command, cwd) =>
      shell(
        `${command
          .split(" ")
          .slice(0, 3)
          .join(" ")
          .replace(/^cargo test.*/, "cargo test")} --help`,
        cwd,
      ),
  ],
  [/^npm install$/, shell],
  [
    /^npm install path\/to\/mia-webhooks\/target\/npm\/mia-webhooks\.tgz$/,
    async (command) => {
      await mkdir(project, { recursive: true });
      await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
      await shell(command.replace("path/to", folder), project);
    },
  ],
  [
    /^npm install path\/to\/mia-webhooks\.tgz$/,
    async (command) => {
      await cp(join(clone, "edge/cloudflare"), copy, {
        recursive: true,
        filter: (path) => !path.includes("node_modules") && !path.includes(".wrangler"),
      });
      await shell(command.replace("path/to", join(clone, "target/npm")), copy);
    },
  ],
  // Twelve languages take minutes to install: the test asks only whether there is such an option.
  [
    /^python3 tests\/vectors\/generate\.py --(install-)?writers$/,
    async (command, cwd) => {
      const [, , option = ""] = command.split(" ");
      assert.ok((await shell("python3 tests/vectors/generate.py --help", cwd)).includes(option));
    },
  ],
  // An upload needs an account; the test does everything before it.
  [/^npx wrangler secret put MIA_WEBHOOK_SECRET$/, (_, cwd) => shell("npx wrangler secret put --help", cwd)],
  [
    /^npx wrangler deploy$/,
    async (command, cwd) => {
      const where = existsSync(copy) ? copy : cwd;
      assert.match(await shell(`${command} --dry-run --outdir out`, where), /--dry-run: exiting now/);
      assert.ok(existsSync(join(where, "out/index.js")), "the Worker was bundled");
    },
  ],
  [/^python3 tests\/vectors\/generate\.py( --check)?$/, shell],
  // tests/tester/docusaurus.test.js installs and builds the site.
  [/^npm (ci|start)$/, async (command, cwd) => assert.ok(existsSync(join(cwd, "package-lock.json")), command)],
  // Fuzzers need a nightly toolchain; the test checks that their targets and folders exist.
  [/^cargo install cargo-fuzz$/, async () => {}],
  [/^mkdir -p fuzz\/corpus\/\w+$/, shell],
  [
    /^cargo \+nightly fuzz run \w+ /,
    async (command, cwd) => {
      const [, target = "", ...folders] = /run (\w+) (\S+) (\S+)/.exec(command) ?? [];
      for (const path of [`fuzz/fuzz_targets/${target}.rs`, ...folders]) {
        assert.ok(existsSync(join(cwd, path)), `${path} is not there`);
      }
    },
  ],
];

/** The commands of a document, one by one. @param {string} file */
const commandsOf = (file) =>
  [...readFileSync(join(clone, file), "utf8").matchAll(/^```sh\n([^]*?)^```$/gm)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.replace(/\s*(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");

/** What was run, each with its folder: what two READMEs say is run once. @type {Set<string>} */
const done = new Set();

// The Worker first: it must build the package by itself.
for (const file of [
  "edge/cloudflare/README.md",
  "README.md",
  "CONTRIBUTING.md",
  "examples/docusaurus/README.md",
  "fuzz/README.md",
  "tests/vectors/README.md",
]) {
  test(`${file}, followed in a fresh clone`, { timeout: LIMIT }, async (t) => {
    let cwd = file.startsWith("examples/") ? join(clone, dirname(file)) : clone;
    const commands = commandsOf(file);
    assert.ok(commands.length > 0, "it has no commands");
    for (const command of commands) {
      const started = Date.now();
      if (command.startsWith("cd ")) {
        cwd = join(cwd, command.slice("cd ".length));
        continue;
      }
      const [, follow] = COMMANDS.find(([pattern]) => pattern.test(command)) ?? [];
      assert.ok(follow, `nothing follows the command \`${command}\`: add a row to COMMANDS`);
      const where = command.startsWith("cargo") && !file.startsWith("examples/") ? clone : cwd;
      if (!done.has(`${where} ${command}`)) {
        await follow(command, where);
        done.add(`${where} ${command}`);
        t.diagnostic(`${command}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
      }
    }
  });
}

test("the clone's wasm modules and its tarball are this checkout's, bit for bit", () => {
  const built = ["target/npm/mia-webhooks.tgz", ...readEntryPoints().modules.map((name) => `pkg/wasm/${name}.wasm`)];
  for (const file of built) {
    assert.ok(readFileSync(join(clone, file)).equals(readFileSync(join(root, file))), `${file} differs`);
  }
});

test("every tracked README is followed", () => {
  const followed = readFileSync(import.meta.filename, "utf8");
  const readmes = tracked.split("\0").filter((file) => file.endsWith("README.md"));
  // Users of the published package read pkg/README.md without a clone, and the list of
  // hosts has no commands.
  const others = ["pkg/README.md", "docs/hosts/README.md"];
  const missing = readmes.filter((file) => !others.includes(file) && !followed.includes(`"${file}"`));
  assert.deepEqual(missing, []);
});

test("the first example of the README prints true where the package was installed", async () => {
  const [, example = ""] = /^```ts\n([^]*?)^```$/m.exec(readFileSync(join(clone, "README.md"), "utf8")) ?? [];
  await writeFile(join(project, "first.mjs"), example);
  assert.equal((await output(process.execPath, ["first.mjs"], { cwd: project })).trim(), "true");
});

/** The receiver runs, and answers the two requests that it prints as it says. @param {string} cwd */
async function start(cwd) {
  const ports = [await freePort(), await freePort(), await freePort()];
  const options = ["--port", "--origin-port", "--page-port"].flatMap((option, i) => [option, String(ports[i])]);
  // Its own process group, as in a terminal: Ctrl-C reaches every process of it.
  const child = spawn("cargo", ["xtask", "start", ...options], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  /** @type {string[]} */
  const lines = [];
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith("Ctrl-C")) {
        break;
      }
    }
    const curls = lines.join("\n").match(/^curl -i (?:.*\\\n)+.*$/gm) ?? [];
    const statuses = [];
    for (const curl of curls) {
      statuses.push(/^HTTP\/1\.1 (\d+)/.exec(await shell(curl, cwd))?.[1]);
    }
    assert.deepEqual(statuses, ["200", "401"], lines.join("\n"));
  } finally {
    if (child.exitCode === null) {
      process.kill(-(/** @type {number} */ (child.pid)), "SIGINT");
      await once(child, "close");
    }
  }
}
