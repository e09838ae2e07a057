/** Whether a function is a class: a client that was not made, where a function is accepted too. */
export const isClass = (value: unknown): boolean => /^class\b/.test(Function.prototype.toString.call(value));
