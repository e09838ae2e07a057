// @ts-check
/** The libraries that check a scheme of their own. They are the same code on each host like Node, so they run on one of them. */

import { jose } from "./jose.js";
import { octokit } from "./octokit.js";
import { standardWebhooks, svix } from "./standard-webhooks.js";

export const otherSchemes = [svix, standardWebhooks, octokit, jose];
