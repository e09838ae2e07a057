// @ts-check
/**
 * What a sender gets for each status: the title of RFC 9110, and the header that it
 * asks for or that says when to come back.
 *
 * @type {Readonly<Record<number, readonly [title: string, headers?: Readonly<Record<string, string>>]>>}
 */
export const ANSWERS = {
  400: ["Bad Request"],
  401: ["Unauthorized", { "www-authenticate": "X-Mia-Token" }],
  403: ["Forbidden"],
  404: ["Not Found"],
  405: ["Method Not Allowed", { allow: "POST" }],
  408: ["Request Timeout"],
  409: ["Conflict", { "retry-after": "5" }],
  413: ["Content Too Large"],
  415: ["Unsupported Media Type"],
  500: ["Internal Server Error"],
  502: ["Bad Gateway"],
  503: ["Service Unavailable", { "retry-after": "5" }],
  504: ["Gateway Timeout"],
};
