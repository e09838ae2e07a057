// @ts-check
/** Opens the suite in a page or in the edge VM: a function of the global object. */

import * as library from "mia-webhooks";
import * as diagnose from "mia-webhooks/diagnose";
import * as receiver from "mia-webhooks/receiver";
import * as replay from "mia-webhooks/replay";
import * as subscription from "mia-webhooks/subscription";
import { conformance } from "../suite.js";

Object.assign(globalThis, {
  /** @param {string} vectors */
  runConformance: async (vectors) =>
    JSON.stringify(await conformance({ library, diagnose, receiver, replay, subscription }, JSON.parse(vectors))),
});
