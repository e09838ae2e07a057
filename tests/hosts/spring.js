// @ts-check
/** Java and Spring, which come by apt where this may be done. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

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

/** @param {string} program @param {string[]} args */
const succeeds = (program, args) => spawnSync(program, args).status === 0;
