/** Writes a subscription that came as a JavaScript value as JSON. */

import { MAX_JSON_BYTES } from "../generated/tables.js";
import { assertWellFormed, typeName } from "../verify/bytes.js";

/** Nothing below this depth is read: the deepest field is `proxy.url`. */
const MAX_DEPTH = 3;

/**
 * The own enumerable fields as JSON. Not `JSON.stringify`: it calls `toJSON`,
 * refuses cycles and bigints, and walks through everything.
 *
 * @throws TypeError for a value that cannot be read, and for a string without
 * UTF-8.
 */
export function subscriptionJson(value: unknown): string {
  let length = 0;
  return write(value, "subscription", MAX_DEPTH) ?? "null";

  function write(value: unknown, name: string, depth: number): string | undefined {
    // The module refuses a value that is longer than any subscription by its
    // length.
    if (length > MAX_JSON_BYTES) {
      return " ".repeat(MAX_JSON_BYTES);
    }
    switch (typeof value) {
      case "string":
        length += value.length;
        if (length > MAX_JSON_BYTES) {
          return write(undefined, name, depth);
        }
        assertWellFormed(value, name);
        return JSON.stringify(value);
      case "object":
        length += 2;
        if (value === null || depth === 0) {
          return value === null ? "null" : "{}";
        }
        return read(name, () => Array.isArray(value))
          ? writeList(value as readonly unknown[], name, depth - 1)
          : writeFields(value, name, depth - 1);
      case "number":
      case "bigint":
        return "0"; // of the wrong type, whatever its value
      case "boolean":
        return `${value}`; // `enabled: false` is told from `enabled: true`
      default:
        return undefined;
    }
  }

  function writeList(list: readonly unknown[], name: string, depth: number): string {
    const elements: string[] = [];
    const count = read(name, () => list.length);
    for (let i = 0; i < count && length <= MAX_JSON_BYTES; i++) {
      length += 1;
      elements.push(
        write(
          read(`${name}/${i}`, () => list[i]),
          `${name}/${i}`,
          depth,
        ) ?? "null",
      );
    }
    return `[${elements}]`;
  }

  function writeFields(value: object, name: string, depth: number): string {
    const fields: string[] = [];
    for (const key of read(name, () => Object.keys(value))) {
      assertWellFormed(key, `a field's name in ${name}`);
      length += key.length;
      const inner = `${name}/${key}`;
      const text = write(
        read(inner, () => (value as Record<string, unknown>)[key]),
        inner,
        depth,
      );
      if (text !== undefined) {
        fields.push(`${JSON.stringify(key)}:${text}`);
      }
      if (length > MAX_JSON_BYTES) {
        break;
      }
    }
    return `{${fields}}`;
  }
}

/** Getters and proxies run their owner's code, which may throw anything. */
function read<T>(name: string, get: () => T): T {
  try {
    return get();
  } catch (cause) {
    throw new TypeError(`${name.slice(0, 100)} cannot be read: it threw ${typeName(cause)}`, { cause });
  }
}
