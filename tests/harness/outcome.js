// @ts-check
/** The outcome of a call as one value: the value that it returns, or the kind of its error. */

/**
 * The value, or `"TypeError"`, `"RangeError"`, or the code of a `WebhookError`.
 *
 * @param {() => unknown} get
 * @returns {Promise<unknown>}
 */
export async function outcome(get) {
  try {
    return await get();
  } catch (error) {
    return kindOf(error);
  }
}

/**
 * As {@link outcome}, for a call that must not return a promise.
 *
 * @param {() => unknown} get
 * @returns {unknown}
 */
export function outcomeNow(get) {
  try {
    return get();
  } catch (error) {
    return kindOf(error);
  }
}

/**
 * By name, not by `instanceof`: in an edge VM the errors of the host and of the
 * script come from different realms.
 *
 * @param {unknown} error
 */
function kindOf(error) {
  const { name, code, message, stack } = /** @type {any} */ (error ?? {});
  if (name === "WebhookError") {
    return code;
  }
  return name === "TypeError" || name === "RangeError" ? name : `${name}: ${message}\n${stack}`;
}

/**
 * One answer where several are equal, as they must be; otherwise all of them.
 *
 * @param {Record<string, unknown> | readonly unknown[]} answers
 */
export function unanimous(answers) {
  const [first, ...others] = Object.values(answers);
  return others.every((other) => other === first)
    ? first
    : Object.entries(answers)
        .map(([name, answer]) => `${name}: ${String(answer)}`)
        .join(", ");
}
