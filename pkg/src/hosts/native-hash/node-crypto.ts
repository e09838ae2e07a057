/**
 * `node:crypto` of Node, Deno, Bun and workerd, asked for when it is needed: an import would be
 * resolved by every bundler for browsers, and loaded by every cold start.
 */

/** A `Hash` of `node:crypto`. */
export interface NativeHash {
  update(bytes: Uint8Array): NativeHash;
  copy(): NativeHash;
  digest(encoding: "hex"): string;
}

export interface NodeCrypto {
  createHash(algorithm: "sha256"): NativeHash;
  hash?(algorithm: "sha256", bytes: Uint8Array, encoding: "hex"): string;
}

const host = globalThis as unknown as {
  readonly process?: { getBuiltinModule?(name: "node:crypto"): NodeCrypto | undefined };
};

/** The SHA-256 of no bytes (FIPS 180-4). */
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** "none" where there is none, as in a browser, or where it is not SHA-256; `undefined` where asking failed. */
export function nodeCrypto(): NodeCrypto | "none" | undefined {
  try {
    const found = host.process?.getBuiltinModule?.("node:crypto");
    // Both ways, because a host or a mock may have changed only one.
    const digits = [found?.createHash("sha256").digest("hex"), found?.hash?.("sha256", new Uint8Array(), "hex")];
    return found && digits[0] === EMPTY && (digits[1] ?? EMPTY) === EMPTY ? found : "none";
  } catch {
    return undefined;
  }
}
