// @ts-check
/**
 * Jest resolves and runs the package by itself, as CommonJS: it knows neither `require` of
 * ES modules nor Node's loader. With jsdom, much of what Node has is missing.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { root } from "../harness/checkout.js";
import { installed, output } from "../harness/installed.js";

const JSDOM = join(root, "node_modules/jest-environment-jsdom");

/**
 * Runs one file of Jest tests where the package is installed.
 *
 * @param {Record<string, unknown>} configuration
 * @param {string} tests
 * @param {Record<string, string>} [others] files beside it
 */
async function jest(configuration, tests, others = {}) {
  const { folder } = await installed();
  const files = {
    ...others,
    "package.json": JSON.stringify({ name: "consumer", private: true, jest: configuration }),
    "webhooks.test.js": tests,
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
  }
  await output(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), "--ci", "--cache=false"], {
    cwd: folder,
  });
}

/** The tests of somebody's receiver, with every module. */
const EVERY_MODULE = `
  const { sign, verify } = require("mia-webhooks");
  const { diagnose } = require("mia-webhooks/diagnose");
  const { createReceiver } = require("mia-webhooks/receiver");
  const { memoryReplayStore } = require("mia-webhooks/replay");
  const { validateSubscription } = require("mia-webhooks/subscription");

  const payload = \`{"eventName":"tag_created","eventTimestamp":\${Date.now()},"payload":{}}\`;
  const token = sign(payload, "secret");

  test("every module", async () => {
    expect(verify(payload, token, "secret")).toBe(true);
    expect(diagnose({ payload, token: sign(payload + "\\n", "secret"), secret: "secret" }).isProved).toBe(true);
    expect(validateSubscription({}).valid).toBe(false);
    const replay = { store: memoryReplayStore() };
    const receive = createReceiver({ secrets: "secret", on: { "*": () => {} }, replay, log: () => {} });
    const request = () => new Request("http://receiver/", { method: "POST", body: payload, headers: { "x-mia-token": token } });
    expect((await receive(request())).status).toBe(200);
  });
`;

const required = readEntryPoints().entryPoints.flatMap(({ specifier, isRequired }) => (isRequired ? [specifier] : []));

test("every entry point that can be required works in Jest", () => jest({ testEnvironment: "node" }, EVERY_MODULE));

test("with jsdom, every entry point can be required, and calls say what is missing", () =>
  jest(
    { testEnvironment: JSDOM },
    `
    const { createHash } = require("node:crypto");

    test.each(${JSON.stringify(required)})("%s", (specifier) => {
      expect(require(specifier)).toBeDefined();
    });

    const { Verifier, generateSecret, parseEvent, sign, signRequest, verify, verifyHeaders, verifyRequest } = require("mia-webhooks");
    const { diagnose } = require("mia-webhooks/diagnose");
    const { createReceiver } = require("mia-webhooks/receiver");
    const { memoryReplayStore } = require("mia-webhooks/replay");
    const { validateSubscription } = require("mia-webhooks/subscription");

    // jsdom's arrays are not Node's: the bytes come from another realm.
    const payload = Buffer.from('{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}');
    const secret = Buffer.from("secret");
    const token = createHash("sha256").update(payload).update(secret).digest("hex");
    const headers = new Headers({ "x-mia-token": token });
    const request = { method: "POST", url: "http://receiver/", headers, arrayBuffer: async () => payload };

    test("bytes need nothing that is missing", () => {
      expect(payload instanceof Uint8Array).toBe(false);
      expect(sign(payload, secret)).toBe(token);
      expect(verify(payload, token, [secret])).toBe(true);
      expect(verify(new Uint8Array(payload), token, { current: new Uint8Array(secret) })).toBe(true);
      expect(new Verifier([secret]).stream().update(payload).verify(token)).toBe(true);
      expect(verify(payload, token.replace(/./g, "0"), [secret])).toBe(false);
      expect(generateSecret()).toHaveLength(43);
      memoryReplayStore();
    });

    const calls = {
      "sign, with text": ["TextEncoder", () => sign("payload", secret)],
      "verify, with text": ["TextEncoder", () => verify(payload, token, "secret")],
      parseEvent: ["TextDecoder", () => parseEvent(payload)],
      verifyHeaders: ["TextDecoder", () => verifyHeaders(payload, headers, { secrets: [secret] })],
      verifyRequest: ["TextDecoder", () => verifyRequest(request, { secrets: [secret] })],
      signRequest: ["Request", () => signRequest(request, secret)],
      diagnose: ["TextEncoder", () => diagnose({ payload, token, secret })],
      validateSubscription: ["TextEncoder", () => validateSubscription({})],
      createReceiver: ["TextEncoder", () => createReceiver({ secrets: [secret], on: { "*": () => {} } })],
    };
    test.each(Object.entries(calls))("%s says what is missing", async (_, [missing, call]) => {
      const message = missing + ' is missing here. In Jest, set testEnvironment to "node" or define it in setupFiles';
      // Not by its class: it is the TypeError of another realm.
      await expect((async () => call())()).rejects.toMatchObject({ name: "TypeError", message });
    });

    test("the element keeps its content where the page cannot be loaded", async () => {
      const errors = jest.spyOn(console, "error").mockImplementation(() => {});
      const element = document.createElement("mia-webhook-tester");
      expect(element).toBeInstanceOf(require("mia-webhooks/element").MiaWebhookTester);
      element.textContent = "Open the tester";
      document.body.append(element);
      while (errors.mock.calls.length === 0) {
        await new Promise((resolve) => setTimeout(resolve));
      }
      expect(errors.mock.calls[0][0]).toBe("mia-webhook-tester could not be loaded");
      expect(element.shadowRoot.querySelector("slot")).not.toBeNull();
    });
    `,
  ));

test("with jsdom and the encoders, all works but what needs requests", () =>
  jest(
    { testEnvironment: JSDOM, setupFiles: ["./encoders.js"] },
    `
    const { sign, verify } = require("mia-webhooks");
    const { diagnose } = require("mia-webhooks/diagnose");
    const { createReceiver } = require("mia-webhooks/receiver");
    const { validateSubscription } = require("mia-webhooks/subscription");
    test("calls", () => {
      const payload = '{"città":"Forlì"}';
      expect(verify(payload, sign(payload, "secret"), "secret")).toBe(true);
      expect(diagnose({ payload, token: sign(payload + "\\n", "secret"), secret: "secret" }).isProved).toBe(true);
      expect(validateSubscription({ eventName: "tag_created", target: "https://città.example/è" }).issues.map(({ path }) => path)).toEqual(["/target", "/secret"]);
      const handled = [];
      const receive = createReceiver({ secrets: "secret", on: { "*": (event) => handled.push(event) }, log: () => {} });
      const request = { method: "POST", url: "http://receiver/", headers: { get: () => null }, arrayBuffer: async () => payload };
      expect(() => receive(request)).toThrow("Response is missing here.");
      expect(handled).toEqual([]);
    });
    `,
    {
      "encoders.js":
        'Object.assign(globalThis, (({ TextDecoder, TextEncoder }) => ({ TextDecoder, TextEncoder }))(require("node:util")));',
    },
  ));

test("with jsdom and what it lacks from Node, everything works", () =>
  jest({ testEnvironment: "./environment.js" }, EVERY_MODULE, {
    "environment.js": `
      const { TestEnvironment } = require(${JSON.stringify(JSDOM)});
      module.exports = class extends TestEnvironment {
        constructor(...parameters) {
          super(...parameters);
          Object.assign(this.global, { Headers, Request, Response, TextDecoder, TextEncoder, fetch });
        }
      };`,
  }));
