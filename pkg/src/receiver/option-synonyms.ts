/** What people and other programs call the options of a receiver. */

import type { ReceiverSubscription, Settings } from "./create-receiver.js";

type Option = keyof ReceiverSubscription | keyof Settings | "subscriptions";

const WORDS: readonly (readonly [words: string, ...options: Option[]])[] = [
  [
    "secretkey key keys token tokens password passphrase apikey credentials signingsecret signingkey webhooksecret sharedsecret hmacsecret hmackey",
    "secrets",
  ],
  ["company companyid companies org orgid organization organizationid organisation", "tenantId"],
  ["handler handlers handle onevent callback callbacks listener listeners consumer consumers", "on"],
  ["target url uri endpoint destination upstream backend service forward forwardto proxy proxyto proxypass", "origin"],
  ["events", "eventName", "on"],
  ["event topic topics", "eventName"],
  ["timeout timeoutms requesttimeout timeoutseconds", "originTimeoutMs", "bodyTimeoutMs"],
  ["maxsize maxbodysize maxbody maxlength limit bodylimit sizelimit maxpayload maxpayloadsize", "maxBytes"],
  ["debug verbose silent quiet console", "log"],
  ["onerror onsuccess onfailure onfail ondelivery", "onResult"],
  ["header tokenheader tokenheaders signatureheader signatureheaders", "headerNames"],
  ["dedupe deduplicate deduplication idempotency idempotent antireplay", "replay"],
  ["path paths route routes hooks webhooks endpoints", "subscriptions"],
];

/** The options that each word may mean; words in small letters, without separators. */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = /* @__PURE__ */ Object.fromEntries(
  WORDS.flatMap(([words, ...options]) => words.split(" ").map((word) => [word, options])),
);
