// @ts-check
/** The contenders that run on every host, in this order. */

import { jose } from "./jose.js";
import { noble } from "./noble.js";
import { octokit } from "./octokit.js";
import { ours } from "./ours.js";
import { rawWasm } from "./raw-wasm.js";
import { standardWebhooks, svix } from "./standard-webhooks.js";
import { webCrypto } from "./webcrypto.js";

/** @param {WebAssembly.Module} module */
export const everywhere = (module) => [ours, rawWasm(module), webCrypto, noble, svix, standardWebhooks, octokit, jose];
