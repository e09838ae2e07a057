/**
 * The wasm module, made on the first call, and the bytes that cross into it.
 *
 * The module has no imports, allocates nothing and never grows its memory, so
 * the views into it are made once. A call writes into them and gets an integer
 * back: 0 or more, or a code's number below 0. Nothing is decided here.
 */

import { isEager, verifyModule } from "#verify-module";
import { WebhookError, codeByNumber } from "./error.js";

interface Exports {
  readonly memory: WebAssembly.Memory;
  address(part: number): number;
  state_length(): number;
  check_secrets(count: number): number;
  check_token(length: number): number;
  absorb(length: number, fresh: number): number;
  sign(length: number): number;
  verify(length: number, tokenLength: number, count: number, identify: number): number;
  save(): number;
  restore(): number;
}

interface Engine {
  readonly wasm: Exports;
  readonly input: Uint8Array;
  readonly token: Uint8Array;
  readonly tokenWords: Uint32Array;
  readonly secrets: Uint8Array;
  readonly secretLengths: Uint32Array;
  readonly state: Uint8Array;
}

/** The hash state of a payload that arrives in pieces; `undefined` before the first. */
export type PayloadState = Uint8Array | undefined;

// The sizes of src/bindings/verify.rs, whose tests hold them together.
const INPUT_BYTES = 65_536;
const TOKEN_BYTES = 71;
const MAX_SECRETS = 8;
const MAX_SECRET_BYTES = 4096;

let compiled: WebAssembly.Module | undefined;
let current: Engine | undefined = isEager ? /* @__PURE__ */ warmUp() : undefined;

/**
 * Throws when these secrets may not verify together.
 *
 * @throws WebhookError `secret_…`
 */
export function checkSecrets(secrets: readonly Uint8Array[]): void {
  call((engine) => {
    putSecrets(engine, secrets);
    return engine.wasm.check_secrets(secrets.length);
  });
}

/** Whether a text has a token's grammar. */
export const isToken = (token: string): boolean =>
  call((engine) => engine.wasm.check_token(putToken(engine, token))) === 0;

/** The token of a payload: 64 lower-case hexadecimal digits. */
export function signPayload(payload: Uint8Array, secret: Uint8Array): string {
  call((engine) => {
    const length = putPayload(engine, payload);
    putSecrets(engine, [secret]);
    return engine.wasm.sign(length);
  });
  return readDigits();
}

/**
 * The index of the secret that a token was made with, or -1.
 *
 * @throws WebhookError `secret_…`
 */
// Not by `call`: this is the path that the benchmark measures.
export function findSecret(payload: Uint8Array, token: string, secrets: readonly Uint8Array[]): number {
  const engine = (current ??= start());
  let answer: number;
  try {
    const length = putPayload(engine, payload);
    putSecrets(engine, secrets);
    answer = engine.wasm.verify(length, putToken(engine, token), secrets.length, 0);
  } catch (cause) {
    throw broken(cause);
  }
  return answer < 0 ? notFound(answer) : answer;
}

/** As {@link findSecret}, with the SHA-256 of the payload where one was found. */
export function identify(
  payload: Uint8Array,
  token: string,
  secrets: readonly Uint8Array[],
): { index: number; id: string } | undefined {
  const index = call((engine) => {
    const length = putPayload(engine, payload);
    putSecrets(engine, secrets);
    return engine.wasm.verify(length, putToken(engine, token), secrets.length, 1);
  });
  return index < 0 ? undefined : { index, id: readDigits() };
}

/** The state after one more piece of the payload. */
export function absorb(state: PayloadState, piece: Uint8Array): PayloadState {
  call((engine) => {
    restore(engine, state);
    engine.wasm.absorb(putPieces(engine, piece, false), 0);
    return engine.wasm.save();
  });
  return (current as Engine).state.slice();
}

/** As {@link findSecret}, for a payload that was absorbed. */
export const findSecretOfState = (
  state: PayloadState,
  token: string,
  secrets: readonly Uint8Array[],
): number =>
  call((engine) => {
    restore(engine, state);
    putSecrets(engine, secrets);
    return engine.wasm.verify(0, putToken(engine, token), secrets.length, 0);
  });

function call(work: (engine: Engine) => number): number {
  const engine = (current ??= start());
  let answer: number;
  try {
    answer = work(engine);
  } catch (cause) {
    throw broken(cause);
  }
  return answer < 0 ? notFound(answer) : answer;
}

/** A token that is not right is an answer; everything else is an error. */
function notFound(answer: number): -1 {
  const code = codeByNumber(-answer);
  if (!code.startsWith("token_")) {
    throw new WebhookError(code);
  }
  return -1;
}

/**
 * A call that did not return (the stack was full) leaves the module's own stack
 * and lock as they were in the middle: the next call gets a new instance.
 */
function broken(cause: unknown): WebhookError {
  current = undefined;
  return new WebhookError("engine_unavailable", { cause });
}

function start(): Engine {
  let wasm: Exports;
  try {
    compiled ??= verifyModule();
    wasm = new WebAssembly.Instance(compiled).exports as unknown as Exports;
  } catch (cause) {
    throw broken(cause);
  }
  const view = (part: number, length: number) => new Uint8Array(wasm.memory.buffer, wasm.address(part), length);
  return {
    wasm,
    input: view(0, INPUT_BYTES),
    token: view(1, TOKEN_BYTES),
    tokenWords: new Uint32Array(wasm.memory.buffer, wasm.address(1), TOKEN_BYTES >> 2),
    secrets: view(2, MAX_SECRETS * (MAX_SECRET_BYTES + 1)),
    secretLengths: new Uint32Array(wasm.memory.buffer, wasm.address(3), MAX_SECRETS),
    state: view(4, wasm.state_length()),
  };
}

/** A first call makes the engine compile what the first request would wait for. */
function warmUp(): Engine {
  const engine = start();
  engine.secretLengths[0] = 1;
  engine.wasm.verify(0, TOKEN_BYTES, 1, 0);
  return engine;
}

/** Writes a payload, and returns how much of it is still to be absorbed. */
const putPayload = (engine: Engine, payload: Uint8Array): number => {
  if (payload.length > INPUT_BYTES) {
    return putPieces(engine, payload, true);
  }
  engine.input.set(payload);
  return payload.length;
};

function putPieces(engine: Engine, payload: Uint8Array, fresh: boolean): number {
  let offset = 0;
  for (; payload.length - offset > INPUT_BYTES; offset += INPUT_BYTES) {
    engine.input.set(payload.subarray(offset, offset + INPUT_BYTES));
    engine.wasm.absorb(INPUT_BYTES, fresh && offset === 0 ? 1 : 0);
  }
  engine.input.set(payload.subarray(offset));
  return payload.length - offset;
}

/**
 * Writes secrets one behind the other. What is too many or too long is cut one
 * past the limit: enough for the module to see it.
 */
function putSecrets(engine: Engine, secrets: readonly Uint8Array[]): void {
  let offset = 0;
  for (let i = 0; i < secrets.length && i < MAX_SECRETS; i++) {
    let secret = secrets[i] as Uint8Array;
    if (secret.length > MAX_SECRET_BYTES) {
      secret = secret.subarray(0, MAX_SECRET_BYTES + 1);
    }
    engine.secrets.set(secret, offset);
    engine.secretLengths[i] = secret.length;
    offset += secret.length;
  }
}

/**
 * Writes a token and returns its length, or a length that no token has where
 * a character is not ASCII: cut to 8 bits, some of those look like digits.
 */
function putToken(engine: Engine, token: string): number {
  const { length } = token;
  if (length > TOKEN_BYTES) {
    return TOKEN_BYTES + 1;
  }
  let seen = 0;
  let i = 0;
  // Four characters a write: 45 of 1,500 ns at 300 bytes. wasm is little-endian,
  // and so is every machine that runs it.
  for (; i + 4 <= length; i += 4) {
    const a = token.charCodeAt(i);
    const b = token.charCodeAt(i + 1);
    const c = token.charCodeAt(i + 2);
    const d = token.charCodeAt(i + 3);
    seen |= a | b | c | d;
    engine.tokenWords[i >> 2] = a | (b << 8) | (c << 16) | (d << 24);
  }
  for (; i < length; i++) {
    const character = token.charCodeAt(i);
    seen |= character;
    engine.token[i] = character;
  }
  return seen > 0x7f ? TOKEN_BYTES + 1 : length;
}

const readDigits = (): string =>
  String.fromCharCode.apply(null, (current as Engine).token.subarray(0, 64) as unknown as number[]);

function restore(engine: Engine, state: PayloadState): void {
  if (state === undefined) {
    engine.wasm.absorb(0, 1);
  } else {
    engine.state.set(state);
    engine.wasm.restore();
  }
}
