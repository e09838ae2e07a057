// @ts-check
/** Opens the suite in runtimes that can read files: Node, Deno and Bun. */

import { readFileSync } from "node:fs";
import * as library from "mia-webhooks";
import * as diagnose from "mia-webhooks/diagnose";
import * as receiver from "mia-webhooks/receiver";
import * as replay from "mia-webhooks/replay";
import * as subscription from "mia-webhooks/subscription";
import { conformance } from "../suite.js";

const vectors = JSON.parse(readFileSync(/** @type {string} */ (process.argv[2]), "utf8"));
console.log(JSON.stringify(await conformance({ library, diagnose, receiver, replay, subscription }, vectors)));
