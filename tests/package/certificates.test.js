// @ts-check
/**
 * openssl makes certificates during the test: the package must report the same
 * about them as openssl.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { installed } from "../harness/installed.js";

const { package: dir } = await installed();
const { validateSubscription } = await import(pathToFileURL(join(dir, "dist/subscription.js")).href);

const folder = mkdtempSync(join(tmpdir(), "mia-webhooks-certificates-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** @param {string[]} args */
const openssl = (...args) =>
  execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const KEYS = {
  RSA: ["-newkey", "rsa:2048"],
  EC: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  Ed25519: ["-newkey", "ed25519"],
};
const AUTHORITY = ["-addext", "basicConstraints=critical,CA:TRUE"];

/**
 * A certificate that signed itself. Returns its name.
 *
 * @param {string} name
 * @param {string[]} args
 */
function selfSigned(name, ...args) {
  openssl("req", "-x509", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.pem`, ...args);
  return name;
}

/** @param {string} name */
const pem = (name) => readFileSync(join(folder, `${name}.pem`), "utf8");

/** @param {string} base64CA @param {number} [now] */
const validate = (base64CA, now) =>
  validateSubscription(
    {
      eventName: "project_created",
      target: "https://example.org/webhook",
      secret: "19ff508aa83a064e6ddbb49962a35c26",
      base64CA,
    },
    now === undefined ? {} : { now },
  );

/** @param {{ issues: readonly { code: string }[] }} report */
const codes = ({ issues }) => issues.map(({ code }) => code);

/** What openssl says about a certificate. @param {string} name */
function asOpenssl(name) {
  const text = openssl(
    "x509",
    "-in",
    `${name}.pem`,
    "-noout",
    "-nameopt",
    "RFC2253,utf8,-esc_msb",
    "-subject",
    "-issuer",
    "-dates",
    "-fingerprint",
    "-sha256",
  );
  const field = (/** @type {string} */ key) => new RegExp(`^${key}=(.*)$`, "m").exec(text)?.[1] ?? "";
  return {
    subject: field("subject"),
    issuer: field("issuer"),
    notBefore: Date.parse(field("notBefore")),
    notAfter: Date.parse(field("notAfter")),
    fingerprint: field("sha256 Fingerprint").replaceAll(":", "").toLowerCase(),
  };
}

for (const [algorithm, key] of Object.entries(KEYS)) {
  test(`an authority with a key of ${algorithm}, in every form`, () => {
    const name = selfSigned(
      `ca-${algorithm}`,
      ...key,
      ...AUTHORITY,
      "-days",
      "30",
      "-subj",
      `/C=IT/O=Example, Inc./CN=${algorithm} été 東`,
      "-utf8",
    );
    openssl("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
    const der = readFileSync(join(folder, `${name}.der`));
    for (const [form, text] of [
      ["pem", pem(name)],
      ["base64-pem", Buffer.from(pem(name)).toString("base64")],
      ["base64-der", der.toString("base64")],
      ["base64-der", der.toString("base64url")],
    ]) {
      const report = validate(/** @type {string} */ (text));
      assert.deepEqual(codes(report), []);
      assert.equal(report.authority.form, form);
      assert.deepEqual(report.authority.certificates, [{ ...asOpenssl(name), isAuthority: true }]);
      assert.equal(Buffer.from(report.subscription.base64CA, "base64").toString(), pem(name));
    }
  });
}

test("a leaf, and the chain with its authority", () => {
  selfSigned("root", ...KEYS.EC, ...AUTHORITY, "-days", "30", "-subj", "/CN=Root");
  openssl("req", "-nodes", ...KEYS.EC, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=leaf.example.org");
  openssl(
    "x509",
    "-req",
    "-in",
    "leaf.csr",
    "-CA",
    "root.pem",
    "-CAkey",
    "root.key",
    "-days",
    "10",
    "-out",
    "leaf.pem",
  );
  const leaf = validate(pem("leaf"));
  assert.deepEqual(codes(leaf), ["certificate_not_authority"]);
  assert.deepEqual(leaf.authority.certificates, [{ ...asOpenssl("leaf"), isAuthority: false }]);
  const chain = validate(pem("leaf") + pem("root"));
  assert.deepEqual(codes(chain), ["certificate_not_authority", "certificate_several"]);
  assert.deepEqual(
    chain.authority.certificates.map((/** @type {{ subject: string }} */ { subject }) => subject),
    ["CN=leaf.example.org", "CN=Root"],
  );
});

test("the day before, the day after, and the exact milliseconds of the limits", () => {
  const name = selfSigned("days", ...KEYS.EC, ...AUTHORITY, "-days", "1", "-subj", "/CN=Days");
  const { notBefore, notAfter } = asOpenssl(name);
  assert.deepEqual(codes(validate(pem(name), notBefore - 1)), ["certificate_not_yet_valid"]);
  assert.deepEqual(codes(validate(pem(name), notBefore)), []);
  assert.deepEqual(codes(validate(pem(name), notAfter)), []);
  assert.deepEqual(codes(validate(pem(name), notAfter + 1)), ["certificate_expired"]);
});

test("a key is refused, and the report contains nothing of it", () => {
  selfSigned("with-key", ...KEYS.RSA, ...AUTHORITY, "-subj", "/CN=With key");
  const key = readFileSync(join(folder, "with-key.key"), "utf8");
  for (const text of [key, pem("with-key") + key, Buffer.from(key).toString("base64")]) {
    const report = validate(text);
    assert.deepEqual(codes(report), ["certificate_private_key"]);
    const said = JSON.stringify(report);
    assert.deepEqual(
      key.split("\n").filter((line) => line.length > 40 && said.includes(line)),
      [],
    );
  }
});

test("a request for a certificate is not a certificate", () => {
  openssl("req", "-nodes", ...KEYS.EC, "-keyout", "request.key", "-out", "request.pem", "-subj", "/CN=Request");
  assert.deepEqual(codes(validate(pem("request"))), ["certificate_request"]);
});
