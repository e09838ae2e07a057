import { typeName } from "./bytes.js";

/**
 * Checks what a host passes as a request, by what is used of it: a `Request` may come
 * from another realm or library.
 *
 * @throws TypeError for the request of a host that has another kind, such as Node's.
 */
export function assertRequest(request: Request): void {
  if (typeof (request as Request | undefined)?.headers?.get !== "function") {
    throw new TypeError(`request must be a fetch Request, not ${typeName(request)}: use verifyHeaders`);
  }
}
