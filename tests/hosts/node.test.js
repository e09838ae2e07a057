// @ts-check
/** The wire suite against every host that stands on Node's own servers. */

import { describe } from "node:test";
import { HOSTS } from "./node-hosts.js";
import { describeHost } from "./suite.js";

// All at the same time: most of it is waiting.
describe("on Node", { concurrency: true }, () => {
  for (const host of HOSTS) {
    describeHost(host);
  }
});
