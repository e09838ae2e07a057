/** An answer in the format of the event that it belongs to. */

import { type Answer, bytesOf } from "../../receiver/host-request.js";
import { bodyOf } from "./body.js";
import { type LambdaEvent, type LambdaResponse, contextOf } from "./formats.js";

export async function answerOf(answer: Answer, event: LambdaEvent): Promise<LambdaResponse> {
  const { http, elb } = contextOf(event);
  const { status: statusCode, statusText = "" } = answer;
  const content = bodyOf((await bytesOf(answer)) ?? new Uint8Array());
  const headers = [...answer.headers];
  const cookies = headers.filter(([name]) => name === "set-cookie").map(([, value]) => value);
  // The length is that of the bytes, and the gateway counts them itself.
  const others = headers.filter(([name]) => name !== "set-cookie" && name !== "content-length");
  if (http) {
    return { statusCode, headers: Object.fromEntries(others), ...(cookies.length > 0 && { cookies }), ...content };
  }
  const all = [...others, ...cookies.map((cookie) => ["set-cookie", cookie] as const)];
  return {
    statusCode,
    ...(elb && { statusDescription: `${statusCode} ${statusText}`.trim() }),
    ...(event.multiValueHeaders ? { multiValueHeaders: listed(all) } : { headers: Object.fromEntries(all) }),
    ...content,
  };
}

function listed(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const names = new Set(pairs.map(([name]) => name));
  const valuesOf = (name: string) => pairs.filter(([other]) => other === name).map(([, value]) => value);
  return Object.fromEntries([...names].map((name) => [name, valuesOf(name)]));
}
