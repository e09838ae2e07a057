// @ts-check
/** The parts of a test library that the suite needs, for any host. */

/** What a check returns that has no means in this host. */
export const LEFT_OUT = "left out";

/** @param {unknown} got @param {unknown} expected */
export function check(got, expected) {
  if (!Object.is(got, expected)) {
    throw new Error(`expected ${String(expected)}, got ${String(got)}`);
  }
}

/** The error that a call throws; `undefined` when it returns. @param {() => unknown} call @returns {any} */
export function thrown(call) {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The error that a promise rejects with. @param {Promise<unknown>} promise @returns {Promise<any>} */
export const rejection = (promise) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

/** The bytes of a vector's field. @param {any} field @returns {Uint8Array<ArrayBuffer>} */
export function hex(field) {
  if (typeof field !== "string") {
    const once = hex(field.repeat);
    const bytes = new Uint8Array(once.length * field.times);
    for (let i = 0; i < field.times; i++) {
      bytes.set(once, i * once.length);
    }
    return bytes;
  }
  const bytes = new Uint8Array(field.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(field.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}
