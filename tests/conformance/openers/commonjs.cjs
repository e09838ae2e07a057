// @ts-check
/** Opens the suite with the CommonJS build. */

const { readFileSync } = require("node:fs");
// A class with private fields is a different type in each build, and the suite
// uses the types of the ES modules.
const library = /** @type {import("../suite.js").Library} */ (/** @type {unknown} */ (require("mia-webhooks")));
const diagnose = require("mia-webhooks/diagnose");
const receiver = require("mia-webhooks/receiver");
const replay = require("mia-webhooks/replay");
const subscription = require("mia-webhooks/subscription");

import("../suite.js").then(async ({ conformance }) => {
  const vectors = JSON.parse(readFileSync(/** @type {string} */ (process.argv[2]), "utf8"));
  console.log(JSON.stringify(await conformance({ library, diagnose, receiver, replay, subscription }, vectors)));
});
