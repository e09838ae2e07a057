/**
 * The `verify` wasm module, made on the first call, and the bytes that are copied
 * into it. No other TypeScript touches the module. For hosts with a hash of their own,
 * the build puts hosts/native-hash/engine.ts between this file and all that import it.
 *
 * The module has no imports, allocates nothing and never grows its memory, so the
 * views into it are made once. A call writes into them and returns the module's
 * answer, an integer: 0 or more, or the number of a code, negated. answer.ts says
 * what it means.
 */

import { isEager, load } from "#verify-module";
import {
  INPUT_BYTES,
  MAX_SECRETS,
  MAX_SECRET_BYTES,
  MAX_TOKENS,
  MAX_TOKEN_BYTES,
  TOKEN_SLOT_BYTES,
} from "../generated/tables.js";
import { accepted } from "./answer.js";
import { WebhookError } from "./error.js";
import type { SecretSet } from "./secrets.js";

interface Exports {
  readonly memory: WebAssembly.Memory;
  address(part: number): number;
  state_length(): number;
  check_secrets(count: number): number;
  check_tokens(count: number): number;
  absorb(length: number): number;
  sign(length: number): number;
  verify(length: number, tokenCount: number, secretCount: number, identify: number): number;
  compare(tokenCount: number, secretCount: number): number;
}

interface Engine {
  readonly wasm: Exports;
  readonly input: Uint8Array;
  readonly inputWords: Uint32Array;
  readonly tokens: Uint8Array;
  readonly tokenWords: Uint32Array;
  readonly tokenLengths: Uint32Array;
  readonly secrets: Uint8Array;
  readonly secretLengths: Uint32Array;
  readonly state: Uint8Array;
  /** The state before any payload. */
  readonly idle: Uint8Array;
}

/** The hash state of a payload that arrives in pieces; `undefined` before the first. */
export type PayloadState = Uint8Array | undefined;

let compiled: WebAssembly.Module | undefined;
let current: Engine | undefined = isEager ? /* @__PURE__ */ warmUp() : undefined;

/** 0 if these secrets may be used together. */
export const checkSecrets = (bytes: readonly Uint8Array[]): number =>
  call((engine) => {
    putSecrets(engine, { bytes });
    return engine.wasm.check_secrets(bytes.length);
  });

/** 0 if the values of a request's token headers can all be the same token. */
export const checkTokens = (tokens: readonly string[]): number =>
  call((engine) => engine.wasm.check_tokens(putTokens(engine, tokens)));

/** 0; then {@link readDigits} returns the token of the payload and the first secret. */
export const signPayload = (payload: Uint8Array, secrets: SecretSet): number =>
  call((engine) => {
    const length = putPayload(engine, payload);
    putSecrets(engine, secrets);
    return engine.wasm.sign(length);
  });

/** The index of the secret that the token was made with. */
// Not through `call`: this is the path that the benchmark measures.
export function findSecret(payload: Uint8Array, token: string, secrets: SecretSet): number {
  try {
    const engine = take();
    const length = putPayload(engine, payload);
    putSecrets(engine, secrets);
    putToken(engine, 0, token);
    const answer = engine.wasm.verify(length, 1, secrets.bytes.length, 0);
    current = engine;
    return answer;
  } catch (cause) {
    throw broken(cause);
  }
}

/** As {@link findSecret}, for all token headers; then {@link readDigits} returns the SHA-256 of the payload. */
export const identify = (payload: Uint8Array, tokens: readonly string[], secrets: SecretSet): number =>
  call((engine) => {
    const length = putPayload(engine, payload);
    putSecrets(engine, secrets);
    return engine.wasm.verify(length, putTokens(engine, tokens), secrets.bytes.length, 1);
  });

/**
 * As {@link identify}, where something else has hashed.
 *
 * @param made - The token that each secret makes, in 64 digits each.
 */
export const findMade = (made: readonly string[], tokens: readonly string[]): number =>
  call((engine) => {
    for (let i = 0; i < made.length; i++) {
      putText(engine.input, engine.inputWords, i * 64, made[i] as string);
    }
    return engine.wasm.compare(putTokens(engine, tokens), made.length);
  });

/** The state after one more piece of the payload. */
export function absorb(state: PayloadState, piece: Uint8Array): PayloadState {
  let next: PayloadState;
  call((engine) => {
    restore(engine, state);
    accepted(engine.wasm.absorb(putPieces(engine, piece)));
    next = engine.state.slice();
    engine.state.set(engine.idle);
    return 0;
  });
  return next;
}

/** As {@link findSecret}, for a payload that was absorbed. */
export const findSecretOfState = (state: PayloadState, token: string, secrets: SecretSet): number =>
  call((engine) => {
    restore(engine, state);
    putSecrets(engine, secrets);
    putToken(engine, 0, token);
    return engine.wasm.verify(0, 1, secrets.bytes.length, 0);
  });

function call(work: (engine: Engine) => number): number {
  try {
    const engine = take();
    const answer = work(engine);
    current = engine;
    return answer;
  } catch (cause) {
    throw broken(cause);
  }
}

/**
 * Takes the instance out of its place, and a call puts it back when it has returned.
 * A call that did not return (the stack was full) leaves the module's own stack and
 * lock in an unknown state, so the next call gets a new instance. Nothing has to run
 * for that: where the stack is full, nothing may be able to.
 */
function take(): Engine {
  const engine = current ?? start();
  current = undefined;
  return engine;
}

/**
 * The error of a call that failed. What the runtime says tells the cases apart: no
 * WebAssembly, a policy that forbids it, a full stack.
 */
export const broken = (cause: unknown) =>
  new WebhookError("engine_unavailable", { cause, detail: (cause as Error).message });

function start(): Engine {
  compiled ??= load();
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as Exports;
  const view = (part: number, length: number) => new Uint8Array(wasm.memory.buffer, wasm.address(part), length);
  const words = (part: number, length: number) => new Uint32Array(wasm.memory.buffer, wasm.address(part), length);
  const state = view(4, wasm.state_length());
  return {
    wasm,
    input: view(0, INPUT_BYTES),
    inputWords: words(0, INPUT_BYTES >> 2),
    tokens: view(1, MAX_TOKENS * TOKEN_SLOT_BYTES),
    tokenWords: words(1, (MAX_TOKENS * TOKEN_SLOT_BYTES) >> 2),
    tokenLengths: words(5, MAX_TOKENS),
    secrets: view(2, MAX_SECRETS * (MAX_SECRET_BYTES + 1)),
    secretLengths: words(3, MAX_SECRETS),
    state,
    idle: state.slice(),
  };
}

/** A first call compiles what the first request would otherwise wait for. */
function warmUp(): Engine {
  const engine = start();
  engine.secretLengths[0] = 1;
  engine.tokenLengths[0] = MAX_TOKEN_BYTES;
  engine.wasm.verify(0, 1, 1, 0);
  return engine;
}

/** Writes a payload, and returns how many of its bytes are not absorbed yet. */
const putPayload = (engine: Engine, payload: Uint8Array): number => {
  if (payload.length > INPUT_BYTES) {
    return putPieces(engine, payload);
  }
  engine.input.set(payload);
  return payload.length;
};

function putPieces(engine: Engine, payload: Uint8Array): number {
  let offset = 0;
  for (; payload.length - offset > INPUT_BYTES; offset += INPUT_BYTES) {
    engine.input.set(payload.subarray(offset, offset + INPUT_BYTES));
    engine.wasm.absorb(INPUT_BYTES);
  }
  engine.input.set(payload.subarray(offset));
  return payload.length - offset;
}

/**
 * Writes secrets one after the other. A secret that is too long is cut one byte
 * after the limit, so that the module still sees that it is too long.
 */
function putSecrets(engine: Engine, { bytes, joined }: Pick<SecretSet, "bytes" | "joined">): void {
  if (joined !== undefined) {
    engine.secrets.set(joined);
  }
  let offset = 0;
  for (let i = 0; i < bytes.length && i < MAX_SECRETS; i++) {
    let secret = bytes[i] as Uint8Array;
    if (secret.length > MAX_SECRET_BYTES) {
      secret = secret.subarray(0, MAX_SECRET_BYTES + 1);
    }
    if (joined === undefined) {
      engine.secrets.set(secret, offset);
    }
    engine.secretLengths[i] = secret.length;
    offset += secret.length;
  }
}

/** Writes tokens, and returns how many there are. */
function putTokens(engine: Engine, tokens: readonly string[]): number {
  for (let i = 0; i < tokens.length && i < MAX_TOKENS; i++) {
    putToken(engine, i, tokens[i] as string);
  }
  return tokens.length;
}

/**
 * Writes a token and its length. If a character is not ASCII, it writes a length
 * that no token has: cut to 8 bits, some of these characters look like digits.
 */
function putToken(engine: Engine, place: number, token: string): void {
  const { length } = token;
  engine.tokenLengths[place] =
    length > MAX_TOKEN_BYTES || putText(engine.tokens, engine.tokenWords, place * TOKEN_SLOT_BYTES, token) > 0x7f
      ? TOKEN_SLOT_BYTES
      : length;
}

/** Writes a text, and returns all bits of its characters. */
function putText(bytes: Uint8Array, words: Uint32Array, start: number, text: string): number {
  const { length } = text;
  let seen = 0;
  let i = 0;
  // Four characters a write: 45 of 1,500 ns at 300 bytes. wasm is little-endian,
  // and so is every machine that runs it.
  for (; i + 4 <= length; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    seen |= a | b | c | d;
    words[(start + i) >> 2] = a | (b << 8) | (c << 16) | (d << 24);
  }
  for (; i < length; i++) {
    const character = text.charCodeAt(i);
    seen |= character;
    bytes[start + i] = character;
  }
  return seen;
}

/** The result of `signPayload` or `identify`: 64 hexadecimal digits. */
export const readDigits = (): string =>
  String.fromCharCode.apply(null, (current as Engine).tokens.subarray(0, 64) as unknown as number[]);

function restore(engine: Engine, state: PayloadState): void {
  if (state !== undefined) {
    engine.state.set(state);
  }
}
