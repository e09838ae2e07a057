/** What a text that is pasted into a field stands for, if it is more than that field's value. */

import { TOKEN_HEADERS } from "mia-webhooks";
import { type PastedRequest, readPastedRequest } from "../../pkg/src/request/pasted-request.js";

/** A line with the token's header, as tools and logs show it. */
const HEADER_LINE = new RegExp(
  `^\\s*(?:-H\\s*)?["'\`]?(${TOKEN_HEADERS.join("|")})["'\`]?\\s*[:=]\\s*["'\`]?([^\\s"'\`]+)["'\`,;]*\\s*$`,
  "i",
);

export type Pasted = { readonly form: "header"; readonly headerName: string; readonly token: string } | PastedRequest;

/**
 * Reads a request or the token's header.
 *
 * @param isAsked whether a request was asked for; elsewhere only what is surely more than
 *   the value of one field is read
 */
export function readPasted(text: string, isAsked: boolean): Pasted | undefined {
  const [, headerName, token] = HEADER_LINE.exec(text.length < 1000 ? text : "") ?? [];
  if (headerName !== undefined && token !== undefined) {
    return { form: "header", headerName, token };
  }
  const request = readPastedRequest(text);
  if (isAsked || request === undefined) {
    return request;
  }
  const isRecord = request.form === "record" || request.form === "har";
  const hasBody = !isRecord && request.payload.length > 0;
  return request.form !== "refused" && (request.token !== undefined || hasBody) ? request : undefined;
}
