// @ts-check
/**
 * The tester in a Docusaurus site: the test installs `examples/docusaurus`
 * from its lock file with the packed package, builds it and opens it in Chromium.
 *
 * Takes long, because npm writes 250 MB on the first run, and Docusaurus compiles the
 * site for the browser and for the server. What npm wrote is kept in target/, by the
 * hash of the lock file, and moved to the site and back; only the package itself is
 * installed anew each time.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

import { findEngine } from "../harness/browser/engines.js";
import { openPage } from "../harness/browser/launch.js";
import { root } from "../harness/checkout.js";
import { filesIn, installed, output, tarball } from "../harness/installed.js";
import { isPresent } from "../harness/runtimes.js";

const MINUTES = 60_000;
const example = join(root, "examples/docusaurus");

const CHROMIUM = findEngine("chromium")?.path ?? "chromium";

/** Why the test is skipped, if it is. */
const missing = await (async () => {
  const { package: dir } = await installed();
  const { exports } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  return "./element/define" in exports ? undefined : "the packed package has no mia-webhooks/element/define";
})();
if (missing !== undefined) {
  if (process.env["CI"]) {
    throw new Error(`${missing}, and on CI nothing may be skipped`);
  }
  console.error(`SKIPPED: docusaurus: ${missing}`);
}
const options = { skip: missing ?? false };

/** The installed copy of the example: outside this repository, where nothing else resolves. */
let site = "";

before(
  async () => {
    if (missing !== undefined) {
      return;
    }
    site = await realpath(await mkdtemp(join(tmpdir(), "mia-webhooks-docusaurus-")));
    // Also removed when the installation fails: then `after` would not run.
    process.once("exit", () => rmSync(site, { recursive: true, force: true, maxRetries: 3 }));
    // Files of a person who tried the example are not copied.
    const left = ["node_modules", "build", ".docusaurus"];
    await cp(example, site, { recursive: true, filter: (path) => !left.includes(basename(path)) });
    // The copy is elsewhere, so the path to the package differs.
    for (const file of ["package.json", "package-lock.json"]) {
      const text = await readFile(join(site, file), "utf8");
      const moved = text.replaceAll("../../target/npm/mia-webhooks.tgz", tarball.replaceAll("\\", "/"));
      assert.notEqual(moved, text, `${file} does not name the package`);
      await writeFile(join(site, file), moved);
    }
    if (await take()) {
      return;
    }
    const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await output("npm", ["ci", ...flags], { cwd: site, timeout: 20 * MINUTES, shell: process.platform === "win32" });
  },
  { timeout: 25 * MINUTES },
);

const lock = readFileSync(join(example, "package-lock.json"));
/** What npm installed for this lock file, without the package itself. */
const kept = join(root, "target/docusaurus", createHash("sha256").update(lock).digest("hex").slice(0, 16));

/** Moves what is kept to the site. Another run that needs it at the same time installs its own. */
async function take() {
  const modules = join(site, "node_modules");
  try {
    await rename(kept, modules);
  } catch {
    return false;
  }
  const { package: packed } = await installed();
  await cp(packed, join(modules, "mia-webhooks"), { recursive: true });
  return true;
}

/** Moves it back, without what was built with this build of the package. */
async function giveBack() {
  const modules = join(site, "node_modules");
  for (const own of ["mia-webhooks", ".cache"]) {
    await rm(join(modules, own), { recursive: true, force: true });
  }
  await mkdir(dirname(kept), { recursive: true });
  // A rename to another disk fails: then the next run installs it again.
  await rename(modules, kept).catch(() => {});
}

test("the lock file accepts any build of the package", async () => {
  const { packages } = JSON.parse(await readFile(join(example, "package-lock.json"), "utf8"));
  const entry = packages["node_modules/mia-webhooks"];
  assert.equal(entry.integrity, undefined, "npm wrote the hash of one build: remove `integrity` of mia-webhooks");
  const { version } = JSON.parse(await readFile(join(root, "pkg/package.json"), "utf8"));
  assert.equal(entry.version, version);
});

test("the site builds", { ...options, timeout: 25 * MINUTES }, async () => {
  const cli = join(site, "node_modules/@docusaurus/core/bin/docusaurus.mjs");
  const written = await output(process.execPath, [cli, "build"], {
    cwd: site,
    timeout: 20 * MINUTES,
    env: {
      ...process.env,
      NODE_ENV: "production",
      // Docusaurus would look for a newer version of itself.
      NO_UPDATE_NOTIFIER: "1",
      NO_COLOR: "1",
    },
  });
  assert.match(written, /Generated static files/);
  assert.doesNotMatch(written, /\[WARNING\]/);
});

/**
 * Text without the tags that colour it.
 *
 * @param {string} html
 */
const textOf = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&quot;", '"')
    .replace(/&#(x27|39);/g, "'");

/**
 * The testers in the HTML of a page: their attributes, and the text inside.
 *
 * @param {string} html
 */
const testersIn = (html) =>
  [...html.matchAll(/<mia-webhook-tester\b([^>]*)>(.*?)<\/mia-webhook-tester>/gs)].map(
    ([, attributes = "", inside = ""]) => ({
      attributes: Object.fromEntries(
        [...attributes.matchAll(/([\w-]+)="?([^"\s]*)"?/g)].map(([, name, value]) => [name, value]),
      ),
      text: textOf(inside),
    }),
  );

test("without JavaScript the page has the tag, and the command for a shell", options, async () => {
  const [tester, ...others] = testersIn(await readFile(join(site, "build/index.html"), "utf8"));
  assert.deepEqual(others, []);
  assert.deepEqual(tester?.attributes, { view: "verify", case: "pretty-printed" });
  assert.match(tester.text, /printf '%s%s' "\$body" "\$secret" \| openssl dgst -sha256 -r/);

  const both = testersIn(await readFile(join(site, "build/sign/index.html"), "utf8"));
  assert.deepEqual(
    both.map(({ attributes }) => attributes["view"]),
    ["sign", "subscription"],
  );
  for (const { text } of both) {
    assert.match(text, /Without it/);
  }
});

test("no other site may show it in a frame", options, async (t) => {
  const server = createServer(await staticFiles(join(site, "build")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close().closeAllConnections());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const response = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(response.headers.get("content-security-policy"), "frame-ancestors 'none'");
});

test("in Chromium", { ...options, timeout: 20 * MINUTES }, async (t) => {
  if (!isPresent(t, CHROMIUM)) {
    return;
  }
  const server = createServer(await staticFiles(join(site, "build")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close().closeAllConnections());
  const address = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  const page = await openPage("chromium");
  t.after(() => page.close());

  /**
   * Waits until an expression is true in the page, or in a frame of it.
   *
   * @param {string} expression
   * @param {{ evaluate: (expression: string) => Promise<unknown> }} [place]
   */
  const becomes = async (expression, place = page) => {
    const isTrue = await place.evaluate(`(async () => {
      // Only a page that hangs reaches the end.
      for (let frames = 0; frames < 10_000; frames++) {
        if (${expression}) return true;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return false;
    })()`);
    assert.ok(isTrue, `never true: ${expression}`);
  };
  /** The views of the page's testers whose frames are ready. */
  const SHOWN = `[...document.querySelectorAll("mia-webhook-tester")]
    .filter((tester) => tester.shadowRoot?.querySelector("iframe:not([hidden])"))
    .map((tester) => tester.getAttribute("view")).join()`;

  await t.test("a page without a tester does not load it", async () => {
    await page.goto(`${address}/nowhere`);
    // The switch of the theme is enabled when the page's script runs.
    await becomes(`document.querySelector("button[class*=toggleButton]:not([disabled])")`);
    assert.equal(await page.evaluate(`customElements.get("mia-webhook-tester") === undefined`), true);
  });

  await t.test("a link to a page with a tester loads it", async () => {
    await page.evaluate(`void (globalThis.isSameDocument = true, document.querySelector("a.navbar__brand").click())`);
    await becomes(`${SHOWN} === "verify"`);
    assert.equal(await page.evaluate("isSameDocument"), true);
    assert.equal(await page.evaluate(`customElements.get("mia-webhook-tester") !== undefined`), true);
  });

  await t.test("a link to a page with two shows both", async () => {
    await page.evaluate(`document.querySelector('a.menu__link[href="/sign"]').click()`);
    await becomes(`${SHOWN} === "sign,subscription"`);
    assert.equal(await page.evaluate("isSameDocument"), true);
  });

  await t.test("the first page shows its tester, and keeps the text inside the tag", async () => {
    await page.goto(`${address}/`);
    await becomes(`${SHOWN} === "verify"`);
    assert.equal(await page.evaluate("typeof isSameDocument"), "undefined");
    const inside = `document.querySelector("mia-webhook-tester").textContent`;
    assert.match(await page.evaluate(inside), /openssl dgst -sha256/);
  });

  await t.test(
    "the tester of the first page begins with a delivery whose body was formatted, and proves it",
    async () => {
      const codes = `(() => {
      const tester = document.querySelector("mia-webhook-tester");
      globalThis.codes ??= (tester.addEventListener("mia-verdict", ({ detail }) => codes.push(detail.code)), []);
      return codes.join();
    })()`;
      await page.evaluate(`void (${codes}, document.querySelector("mia-webhook-tester").setAttribute("case", "hmac"))`);
      await becomes(`${codes}.endsWith("hmac")`);
      await page.evaluate(`document.querySelector("mia-webhook-tester").setAttribute("case", "pretty-printed")`);
      await becomes(`${codes}.endsWith("payload_minified")`);
    },
  );

  await t.test("the tester inherits the colour scheme of the page", async () => {
    const scheme = `getComputedStyle(document.querySelector("mia-webhook-tester").shadowRoot.querySelector("iframe")).colorScheme`;
    for (const theme of ["dark", "light"]) {
      await page.evaluate(`document.documentElement.setAttribute("data-theme", "${theme}")`);
      assert.equal(await page.evaluate(scheme), theme);
    }
  });

  await t.test("its frame has the colour scheme of the page", async (t) => {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    t.after(() => browser.close());
    // By default Playwright sets the light colour scheme in every frame.
    const page = await browser.newPage({ colorScheme: null });
    await page.goto(`${address}/`);
    await page.waitForSelector("mia-webhook-tester iframe");
    const [, frame] = page.frames();
    assert.ok(frame);
    for (const theme of ["dark", "light", "dark"]) {
      await page.evaluate(`document.documentElement.setAttribute("data-theme", "${theme}")`);
      await becomes(`matchMedia("(prefers-color-scheme: ${theme})").matches`, frame);
    }
  });
});

/**
 * Serves the files of a folder as a host of static sites does: index.html for a
 * folder, and 404.html for a path that does not exist.
 *
 * @param {string} folder
 * @returns {Promise<import("node:http").RequestListener>}
 */
async function staticFiles(folder) {
  /** @type {Readonly<Record<string, string>>} */
  const types = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
  };
  // Only listed files are served, for any path.
  const files = new Set(await filesIn(folder));
  // As hosts of static files read it.
  const [, policy = ""] =
    /^\/\*\n {2}Content-Security-Policy: (.*)$/m.exec(await readFile(join(folder, "_headers"), "utf8")) ?? [];
  return (request, response) => {
    const path = new URL(/** @type {string} */ (request.url), "http://localhost").pathname.slice(1);
    const candidates = [path, `${path}/index.html`.replace(/^\//, "")];
    const found = candidates.find((candidate) => files.has(candidate));
    const file = found ?? "404.html";
    response.writeHead(found === undefined ? 404 : 200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-security-policy": policy,
    });
    response.end(readFileSync(join(folder, file)));
  };
}

after(async () => {
  if (site !== "") {
    await giveBack();
    rmSync(site, { recursive: true, force: true, maxRetries: 3 });
  }
});
