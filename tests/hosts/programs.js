// @ts-check
/** Starts receiver programs of the view Code as their first comments say: those that no other test starts from a page. */

import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../harness/checkout.js";
import { freePort } from "../harness/free-port.js";
import { GO_ENVIRONMENT, installLanguages } from "../harness/languages.js";
import { installSpring } from "./spring.js";
import { atPort, started } from "./start.js";

/** @typedef {Omit<import("./suite.js").Host, "program"> & { id: string }} ProgramHost With the id of its program. */

/** For what is not JavaScript. @param {string} name */
function freshFolder(name) {
  const folder = join(root, "target/hosts", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs a compiler to its end, while others are tested. Rejects with what it printed. */
const ran = promisify(execFile);

const { python, go, reason } = installLanguages();
const spring = installSpring();

/** Compiled once for each program. @type {Map<string, Promise<unknown>>} */
const compiled = new Map();

/** @param {string} program @param {() => unknown} compile */
function compiledOnce(program, compile) {
  const compiling = compiled.get(program) ?? Promise.resolve().then(compile);
  compiled.set(program, compiling);
  return compiling;
}

/** @param {string} id @param {string} name @param {(port: string) => string[]} args @param {Partial<ProgramHost>} [more] @returns {ProgramHost} */
const pythonHost = (id, name, args, more) => ({
  ...more,
  id,
  name,
  missing: reason,
  async start(program, secret) {
    const [cwd, port] = [freshFolder(`${id}-${secret?.length}`), await freePort()];
    writeFileSync(join(cwd, "receiver.py"), program);
    return started({ cwd, port, secret, command: [python, "-B", "-m", ...args(String(port))] });
  },
});

/** The programs that have no page. @type {readonly ProgramHost[]} */
export const HOSTS = [
  pythonHost("flask", "Flask", (port) => ["flask", "--app", "receiver", "run", "--port", port]),
  pythonHost("fastapi", "FastAPI", (port) => ["uvicorn", "receiver:app", "--port", port], {
    tooMany: 400,
    takesMany: true,
  }),
  {
    id: "go",
    name: "Go",
    missing: reason,
    async start(program, secret) {
      const port = await freePort();
      const folder = freshFolder(`go-${secret?.length}`);
      writeFileSync(join(folder, "main.go"), atPort(program, port));
      await ran(go, ["build", "-o", "receiver", "main.go"], {
        cwd: folder,
        env: { ...process.env, ...GO_ENVIRONMENT },
      });
      return started({ cwd: folder, port, secret, command: [join(folder, "receiver")] });
    },
  },
  {
    id: "spring",
    name: "Spring",
    missing: spring.reason,
    async start(program, secret) {
      const port = await freePort();
      const folder = join(root, "target/hosts/spring");
      const classPath = [folder, ...spring.classPath].join(":");
      // The port is an option, so it is compiled once.
      await compiledOnce(program, () => {
        freshFolder("spring");
        writeFileSync(join(folder, "Receiver.java"), program);
        const boot = join(root, "tests/hosts/spring-boot");
        const sources = readdirSync(boot).map((file) => join(boot, file));
        return ran("javac", ["-proc:none", "-cp", classPath, "-d", folder, join(folder, "Receiver.java"), ...sources]);
      });
      // Spring 4 defines classes as Java 8 did.
      const options = ["--add-opens=java.base/java.lang=ALL-UNNAMED", `-Dserver.port=${port}`, "-cp", classPath];
      return started({ cwd: folder, port, secret, command: ["java", ...options, "receiver.Receiver"] });
    },
  },
];
