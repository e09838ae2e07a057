// @ts-check
/**
 * Runs before wrangler bundles the Worker (`build` in wrangler.jsonc): makes sure
 * that the package is there. In the repository it is built when its sources have
 * changed; elsewhere it has to be installed.
 */

import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

const repository = join(import.meta.dirname, "../..");

/** The folder of the package, as Node would find it from here; `undefined` where it is not installed. */
function installed() {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules/mia-webhooks");
    if (existsSync(join(found, "package.json"))) {
      return realpathSync(found);
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
}

const folder = installed();
if (folder === undefined) {
  console.error(
    "mia-webhooks is not installed. Pack it in its repository with `cargo xtask build`, " +
      "then install it here: npm install path/to/target/npm/mia-webhooks.tgz",
  );
  process.exit(1);
}
const isBuilt = existsSync(join(folder, "dist/cloudflare.js"));
const source = join(repository, "pkg");
if (existsSync(source) && folder === realpathSync(source)) {
  if (!isBuilt) {
    console.log("Building mia-webhooks: this takes a minute or two.");
  }
  execFileSync("cargo", ["xtask", "build", "--if-changed"], { cwd: repository, stdio: "inherit" });
} else if (!isBuilt) {
  console.error(`${folder} holds no build of mia-webhooks: install it again`);
  process.exit(1);
}
