// @ts-check
/** What a receiver keeps from the origin, and from the sender: written here again, so that a header lost from its lists is noticed. */

/** RFC 9110, section 7.6.1, and the one that old browsers send to proxies. */
export const CONNECTION_HEADERS = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** What the receiver sets itself. */
export const OWN_HEADERS = ["accept-encoding", "content-length", "content-type", "expect", "host"];

/** What a sender may write, and what the origin must not get: it would believe some of it. */
export const SENDERS_HEADERS = [
  "accept",
  "accept-language",
  "authorization",
  "cf-connecting-ip",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-location",
  "content-range",
  "cookie",
  "cookie2",
  "forwarded",
  "from",
  "if-match",
  "if-none-match",
  "if-modified-since",
  "max-forwards",
  "origin",
  "pragma",
  "prefer",
  "priority",
  "proxy",
  "range",
  "referer",
  "sec-fetch-site",
  "sec-websocket-key",
  "traceparent",
  "true-client-ip",
  "upgrade-insecure-requests",
  "user-agent",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-prefix",
  "x-forwarded-proto",
  "x-forwarded-user",
  "x-http-method",
  "x-http-method-override",
  "x_http_method_override",
  "x.http.method.override",
  "x-method-override",
  "x-mia-event",
  "x-original-method",
  "x-original-uri",
  "x-original-url",
  "x_original_url",
  "x-real-ip",
  "x-requested-with",
  "x-rewrite-url",
  "x-user-id",
  "x_mia_token",
];

/** The headers that the origin trusts, in spellings that CGI, WSGI and PHP take for them. */
export const RESERVED_SPELLINGS = [
  "X-Mia-Event-Id",
  "X_MIA_EVENT_ID",
  "x-mia_event-id",
  "X.Mia.Event.Id",
  "X-Mia-Event-Latest",
  "x_mia_event_latest",
  "X_Mia-Event_Latest",
  "X.Mia.Event.Latest",
];

/** What is no longer true of an answer that was decoded. */
export const ANSWER_DROPPED = ["content-encoding", "content-length"];
