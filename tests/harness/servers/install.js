// @ts-check
/**
 * Installs the database servers that are missing: Redis and Postgres by apt as root on
 * Debian, and the emulator of MongoDB from PyPI, into `target/`.
 *
 * `node tests/harness/servers/install.js`
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onPath } from "../on-path.js";
import { EMULATOR, EMULATOR_PACKAGES, emulatorFolder, findMongo, findPostgres, findRedis } from "./programs.js";

const MINUTE = 60_000;

/** The scripts of packages ask the first file before they start a service; 101 is "no". */
const INSTALL = `set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod +x $policy
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@"`;

/** @returns {string[]} Debian's packages */
const missingPackages = () => [
  ...(findRedis() === undefined ? ["redis-server"] : []),
  ...(findPostgres("postgres") === undefined ? ["postgresql"] : []),
];

/**
 * Installs the servers that are missing.
 *
 * @param {(line: string) => void} [say]
 * @throws Error that names what is still missing, and the commands that failed.
 */
export function installServers(say = console.log) {
  /** @type {(string | undefined)[]} */
  const failures = [];
  const packages = missingPackages();
  const isRoot = process.getuid?.() === 0;
  // On CI sudo asks for no password.
  if (packages.length > 0 && onPath("apt-get") && (isRoot || process.env["CI"])) {
    say(`servers: installing ${packages.join(", ")} with apt-get`);
    const [program = "", ...args] = [...(isRoot ? [] : ["sudo", "-n"]), "sh", "-c", INSTALL, "sh", ...packages];
    failures.push(run(program, args));
  }
  if (findMongo() === undefined) {
    say(`servers: installing ${EMULATOR} from PyPI`);
    failures.push(installEmulator());
  }
  const missing = [...missingPackages(), ...(findMongo() === undefined ? [EMULATOR] : [])];
  if (missing.length > 0) {
    throw new Error(
      [
        `servers: ${missing.join(", ")} could not be installed.`,
        ...failures.filter((failure) => failure !== undefined),
        "Install them by hand: as root `apt-get install redis-server postgresql python3-venv`.",
      ].join("\n"),
    );
  }
  say("servers: Redis, Postgres, and MongoDB or its emulator are installed");
}

/** @returns {string | undefined} What went wrong. */
function installEmulator() {
  mkdirSync(dirname(emulatorFolder), { recursive: true });
  // Several processes may do it at the same time.
  const folder = mkdtempSync(`${emulatorFolder}-`);
  try {
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target"];
    const failure =
      run("python3", ["-m", "venv", join(folder, "venv")]) ??
      run(join(folder, "venv/bin/python"), [...pip, join(folder, "packages"), ...EMULATOR_PACKAGES]);
    if (failure === undefined && findMongo() === undefined) {
      renameSync(join(folder, "packages"), emulatorFolder);
    }
    return failure;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} program @param {string[]} args @returns {string | undefined} What went wrong. */
function run(program, args) {
  const { status, signal, error } = spawnSync(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: 30 * MINUTE,
  });
  const ended = error?.message ?? (signal ? `was ended by ${signal}` : `exited with ${status}`);
  return status === 0 ? undefined : `\`${[program, ...args].join(" ")}\` ${ended}.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    installServers();
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
