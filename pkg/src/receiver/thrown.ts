/** What the log may show of an error that is not of this package. */

/**
 * The kind of what was thrown, such as `a ReferenceError` or `an Error (ENOENT)`, and never
 * its message: that may quote a secret.
 */
export function kindOf(thrown: unknown): string {
  if (thrown === undefined || thrown === null) {
    return String(thrown);
  }
  const name = word(thrown, "name") ?? typeof thrown;
  const code = word(thrown, "code");
  return `${/^[AEIOaeio]/.test(name) ? "an" : "a"} ${name}${code === undefined ? "" : ` (${code})`}`;
}

/** A property, if it is one short word. A getter or a proxy may throw again. */
function word(thrown: {}, property: "name" | "code"): string | undefined {
  try {
    const value = (thrown as Readonly<Record<string, unknown>>)[property];
    return typeof value === "string" && /^\w{1,40}$/.test(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
