import { WebhookError } from "./error.js";
import { TOKEN_HEADER } from "../generated/tables.js";
import { platform } from "./platform.js";
import type { Secret } from "./secrets.js";
import { sign } from "./sign.js";

/**
 * Signs a request as the Console does. Reads its body, and returns a new request
 * with the same body and the token.
 *
 * @param options - `headerName`: the header to sign with; `X-Mia-Token` by
 * default, `X-Mia-Signature` for newer Consoles.
 * @throws TypeError for a request that cannot carry a payload (GET, HEAD).
 * @throws WebhookError `payload_consumed` when the body was already read;
 * `secret_…` for a secret that must not be used.
 *
 * @example
 * ```ts
 * import { signRequest } from "mia-webhooks";
 *
 * const request = new Request("https://example.org/", { method: "POST", body: "{}" });
 * const signed = await signRequest(request, "secret");
 * signed.headers.get("x-mia-token")?.length; // 64
 * ```
 */
export async function signRequest(
  request: Request,
  secret: Secret,
  { headerName = TOKEN_HEADER }: { readonly headerName?: string | undefined } = {},
): Promise<Request> {
  if (request.method === "GET" || request.method === "HEAD") {
    throw new TypeError("request must be a POST: a GET carries no payload");
  }
  if (request.bodyUsed) {
    throw new WebhookError("payload_consumed");
  }
  const body = new Uint8Array(await request.arrayBuffer());
  const headers = new Headers(request.headers);
  headers.set(headerName, sign(body, secret));
  return new (platform("Request"))(request.url, { method: request.method, headers, body });
}
