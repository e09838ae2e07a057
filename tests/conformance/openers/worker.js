// @ts-check
/** Opens the suite in workerd: it gets the vectors by POST and returns the answers. */

import * as library from "mia-webhooks";
import * as diagnose from "mia-webhooks/diagnose";
import * as receiver from "mia-webhooks/receiver";
import * as replay from "mia-webhooks/replay";
import * as subscription from "mia-webhooks/subscription";
import { conformance } from "../suite.js";

export default {
  /** @param {Request} request */
  async fetch(request) {
    return Response.json(
      await conformance({ library, diagnose, receiver, replay, subscription }, await request.json()),
    );
  },
};
