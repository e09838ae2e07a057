// @ts-check
/** One call of a Lambda function, in this process: nothing but the function takes time. */

import { lambdaHandler } from "mia-webhooks/aws-lambda";
import { createReceiver } from "mia-webhooks/receiver";
import { interleave } from "../interleave.js";
import { SECRET, makeSample } from "../sample.js";
import { tokenOf, verified } from "./by-hand.js";
import { BY_HAND, OURS, PLAIN } from "./contenders.js";

/** @param {number} rounds */
export async function measureLambda(rounds) {
  const { text, token } = await makeSample(1024);
  const seen = { events: 0, characters: 0 };
  const handle = (/** @type {{ eventName: string }} */ { eventName }) => void (seen.events += eventName.length);
  const log = (/** @type {string} */ line) => void (seen.characters += line.length);
  const event = {
    version: "2.0",
    rawPath: "/webhook",
    rawQueryString: "",
    headers: { "content-type": "application/json", host: "receiver.example", "x-mia-token": token },
    requestContext: { http: { method: "POST", path: "/webhook" } },
    body: text,
    isBase64Encoded: false,
  };
  const ours = lambdaHandler(createReceiver({ secrets: SECRET, on: { "*": handle }, log }));
  /** @type {Record<string, (received: any) => Promise<unknown>>} */
  const contenders = {
    [OURS]: ours,
    async [PLAIN]({ body, isBase64Encoded }) {
      handle(JSON.parse(isBase64Encoded ? String(Buffer.from(body, "base64")) : body));
      return { statusCode: 200 };
    },
    async [BY_HAND]({ headers, body, isBase64Encoded, requestContext }) {
      const payload = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
      const request = /** @type {any} */ ({ method: requestContext.http.method, headers });
      const { id, event } = verified(payload, tokenOf(request), Buffer.from(SECRET));
      handle(event);
      const { eventName, eventTimestamp } = event;
      log(JSON.stringify({ code: "accepted", status: 200, eventName, eventTimestamp, id, bytes: payload.length }));
      return { statusCode: 200 };
    },
  };
  for (const [name, handler] of Object.entries(contenders)) {
    const { statusCode } = /** @type {{ statusCode: number }} */ (await handler(event));
    if (statusCode !== 200) {
      throw new Error(`${name} answered ${statusCode}`);
    }
  }
  return interleave({
    names: Object.keys(contenders),
    rounds: rounds * 3,
    batchMs: 20,
    async time(name, count) {
      const handler = /** @type {(received: any) => Promise<unknown>} */ (contenders[name]);
      const started = performance.now();
      for (let i = 0; i < count; i++) {
        await handler(event);
      }
      return performance.now() - started;
    },
  });
}
