import { isBuffer } from "./bytes.js";
import type { Secret, Secrets } from "./secrets.js";

/** Each secret with its name, or its position; `undefined` for anything that is in no form of secrets. */
export function namedSecrets(secrets: Secrets): readonly (readonly [name: string, secret: Secret])[] | undefined {
  if (typeof secrets === "string" || ArrayBuffer.isView(secrets) || isBuffer(secrets)) {
    return [["0", secrets as Secret]];
  }
  if (Array.isArray(secrets)) {
    return (secrets as readonly Secret[]).map((secret, index) => [String(index), secret]);
  }
  if (isPlain(secrets)) {
    return Object.entries(secrets as Readonly<Record<string, Secret>>);
  }
  return undefined;
}

/** Whether it is a record. A `Map`, a `Headers` or a promise has no secrets among its own keys. */
export const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};
