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

/** What the receiver sends itself, and what makes frameworks use another method or path. */
export const REQUEST_DROPPED = [
  "content-length",
  "expect",
  "host",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
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
