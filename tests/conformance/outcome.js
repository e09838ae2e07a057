// @ts-check
/** What a call comes to, as one value: the value that it returns, or the kind of its error. */

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
 * By name, not by `instanceof`: in an edge VM the host's errors come from
 * another realm than the script's.
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
 * One answer for several that must be equal; all of them where they are not.
 *
 * @param {Record<string, unknown>} answers
 */
export function unanimous(answers) {
  const [first, ...others] = Object.values(answers);
  return others.every((other) => other === first)
    ? first
    : Object.entries(answers)
        .map(([name, answer]) => `${name}: ${String(answer)}`)
        .join(", ");
}
