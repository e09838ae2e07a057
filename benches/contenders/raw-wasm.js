// @ts-check
/**
 * The floor: our own module, called directly. The views are made once, and only
 * the copies are timed with the calls: no checks, no encoding.
 */

const INPUT_BYTES = 65_536;

/**
 * @param {WebAssembly.Module} module
 * @returns {import("./contender.js").Contender}
 */
export const rawWasm = (module) => ({
  name: "raw wasm floor",
  prepare({ payload, secretBytes, token, forged }) {
    const wasm = /** @type {any} */ (new WebAssembly.Instance(module).exports);
    const view = (/** @type {number} */ part, /** @type {number} */ length) =>
      new Uint8Array(wasm.memory.buffer, wasm.address(part), length);
    const input = view(0, INPUT_BYTES);
    const tokenArea = view(1, 64);
    const secretArea = view(2, secretBytes.length);
    new Uint32Array(wasm.memory.buffer, wasm.address(3), 1)[0] = secretBytes.length;
    new Uint32Array(wasm.memory.buffer, wasm.address(5), 1)[0] = token.length;
    /** @type {Uint8Array[]} */
    const pieces = [];
    for (let i = 0; i < payload.length; i += INPUT_BYTES) {
      pieces.push(payload.subarray(i, i + INPUT_BYTES));
    }
    const last = /** @type {Uint8Array} */ (pieces.pop());

    const check = (/** @type {string} */ text) => {
      const digits = new TextEncoder().encode(text);
      return () => {
        for (let i = 0; i < pieces.length; i++) {
          input.set(/** @type {Uint8Array} */ (pieces[i]));
          wasm.absorb(INPUT_BYTES);
        }
        input.set(last);
        tokenArea.set(digits);
        secretArea.set(secretBytes);
        return wasm.verify(last.length, 1, 1, 0) === 0;
      };
    };
    return { good: check(token), bad: check(forged) };
  },
});
