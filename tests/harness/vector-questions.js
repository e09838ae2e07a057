// @ts-check
/** The question that each file of vectors asks; see tests/vectors/README.md. */

import { hex } from "./checks.js";
import { outcome, outcomeNow, unanimous } from "./outcome.js";
import { textOf, unevenPieces, withLastDigitChanged } from "./vector-bytes.js";

/** @typedef {typeof import("mia-webhooks")} Library */
/** @typedef {typeof import("mia-webhooks/diagnose")} DiagnoseLibrary */
/** @typedef {typeof import("mia-webhooks/replay")} ReplayLibrary */
/** @typedef {typeof import("mia-webhooks/subscription")} SubscriptionLibrary */

/**
 * The question of one vector. Its answer is compared with `expected` by `===`.
 *
 * @typedef {object} Question
 * @property {unknown} expected
 * @property {() => unknown} get May throw or return a promise.
 * @property {() => boolean} [isHidden] Whether this host's own classes altered the vector on its way to the library.
 */

const QUESTIONS = {
  signature: askSignature,
  token: askToken,
  "token-surrogates": askToken,
  header: askHeader,
  secrets: askSecrets,
  event: askEvent,
};

const SUBSCRIPTION_QUESTIONS = {
  subscription: askSubscription,
  scope: askScope,
};

/**
 * @param {{ library: Library, diagnose: DiagnoseLibrary, replay: ReplayLibrary, subscription: SubscriptionLibrary }} entryPoints
 * @param {string} file
 * @param {any} vector
 * @returns {Question}
 */
export function ask({ library, diagnose, replay, subscription }, file, vector) {
  if (file === "diagnose") {
    return askDiagnosis(diagnose, vector);
  }
  if (file === "replay") {
    return askReplay(replay, vector);
  }
  if (file in SUBSCRIPTION_QUESTIONS) {
    return SUBSCRIPTION_QUESTIONS[/** @type {keyof typeof SUBSCRIPTION_QUESTIONS} */ (file)](subscription, vector);
  }
  const question = QUESTIONS[/** @type {keyof typeof QUESTIONS} */ (file)];
  if (question === undefined) {
    throw new TypeError(`no question is known for ${file}.json`);
  }
  return question(library, vector);
}

/** No search of a vector takes as many. */
const MOST_SLICES = 100_000;

/**
 * How was the token made? In slices, and one time in eight also at once.
 *
 * @param {DiagnoseLibrary} library
 * @param {any} vector
 */
function askDiagnosis({ diagnose, startDiagnosis }, { payload, token, secret, others, deviations }) {
  const question = { payload: hex(payload), token, secret, otherSecrets: others };
  const say = (/** @type {import("mia-webhooks/diagnose").Diagnosis} */ { isValid, isProved, isWeak, deviations }) =>
    JSON.stringify([isValid, isProved, isWeak, deviations.map(({ code }) => code)]);
  return {
    expected: JSON.stringify([
      deviations?.length === 0,
      deviations !== null,
      (deviations ?? []).some((/** @type {string} */ one) => ["payload_only", "secret_placeholder"].includes(one)),
      deviations ?? [],
    ]),
    get() {
      // How fast the host is decides nothing here.
      const options = { maxMs: Infinity };
      const search = startDiagnosis(question, options);
      let inSlices = search.goOn({ candidates: 997, bytes: 500_000 });
      for (let slices = 1; slices < MOST_SLICES && inSlices === undefined; slices++) {
        inSlices = search.goOn({ candidates: 997, bytes: 500_000 });
      }
      if (inSlices === undefined || inSlices.isProved !== (search.signed() !== undefined)) {
        return inSlices ? "what was signed is not known, or it is and should not be" : "the search does not end";
      }
      const atOnce = /[02]$/.test(token) ? [say(diagnose(question, options))] : [];
      return unanimous([say(inSlices), ...atOnce]);
    },
  };
}

/**
 * What is the token? Every way to sign and to verify must agree.
 *
 * @param {Library} library
 * @param {any} vector
 */
function askSignature({ sign, verify, Verifier }, { payload, secret, token, payloadId }) {
  const expected = `${token}, ${payloadId}`;
  const get = () => {
    const bytes = hex(payload);
    const secretBytes = hex(secret);
    const other = withLastDigitChanged(token);
    const verifier = new Verifier(secretBytes);
    const stream = verifier.stream();
    for (const piece of unevenPieces(bytes)) {
      stream.update(piece);
    }
    const text = textOf(bytes);
    const secretText = textOf(secretBytes);
    const signed = unanimous({
      bytes: sign(bytes, secretBytes),
      buffer: sign(bytes.buffer, secretBytes.buffer),
      ...(text !== undefined && { text: sign(text, secretBytes) }),
      ...(secretText !== undefined && { "text of the secret": sign(bytes, secretText) }),
    });
    const genuine = unanimous({
      verify: verify(bytes, token, secretBytes),
      Verifier: verifier.verify(bytes, token),
      VerifyStream: stream.verify(token),
      ...(text !== undefined && { text: verify(text, token, secretBytes) }),
    });
    const forged = unanimous({
      verify: verify(bytes, other, secretBytes),
      Verifier: verifier.verify(bytes, other),
      match: verifier.match(bytes, other) !== undefined,
      VerifyStream: stream.verify(other),
    });
    if (genuine !== true || forged !== false) {
      return `genuine: ${String(genuine)}, last digit changed: ${String(forged)}`;
    }
    return `${String(signed)}, ${verifier.match(bytes, token)?.id}`;
  };
  return { expected, get };
}

/**
 * Is this string the token? It never throws.
 *
 * @param {Library} library
 * @param {any} vector
 */
function askToken({ verify, Verifier }, { payload, secret, token, result }) {
  const get = () => {
    const bytes = hex(payload);
    const secretBytes = hex(secret);
    const verifier = new Verifier(secretBytes);
    return unanimous({
      verify: outcomeNow(() => verify(bytes, token, secretBytes)),
      Verifier: outcomeNow(() => verifier.verify(bytes, token)),
      match: outcomeNow(() => verifier.match(bytes, token) !== undefined),
      VerifyStream: outcomeNow(() => verifier.stream().update(bytes).verify(token)),
    });
  };
  return { expected: result === "valid", get };
}

/**
 * Does a request with these headers verify, and by which secret? The payload of
 * each of these vectors is an event, so nothing else can refuse it.
 *
 * @param {Library} library
 * @param {any} vector
 */
function askHeader({ TOKEN_HEADERS, verifyHeaders, verifyRequest }, { headers, payload, secrets, code, secretId }) {
  const expected = code === "accepted" ? `accepted by ${secretId}` : code;
  const received = new Headers();
  try {
    for (const [name, value] of headers) {
      received.append(name, value);
    }
  } catch {
    // A host that cannot build this header never delivers it either.
    return { expected, get: () => undefined, isHidden: () => true };
  }
  const request = new Request("https://receiver.example/", { method: "POST", headers: received, body: hex(payload) });
  const options = { secrets: secrets.map(hex) };
  /** @type {Record<string, string[]>} */
  const record = {};
  for (const [name, value] of headers) {
    (record[name] ??= []).push(value);
  }
  const accepted = (/** @type {{ secretId: string }} */ { secretId }) => `accepted by ${secretId}`;
  const get = async () =>
    unanimous({
      verifyRequest: await outcome(async () => accepted(await verifyRequest(request, options))),
      "verifyHeaders, Headers": await outcome(() => accepted(verifyHeaders(hex(payload), request.headers, options))),
      "verifyHeaders, pairs": await outcome(() => accepted(verifyHeaders(hex(payload), headers, options))),
      "verifyHeaders, a record": await outcome(() => accepted(verifyHeaders(hex(payload), record, options))),
    });
  // From the request, not from `received`: Deno changes them when it makes the request.
  const isHidden = () => TOKEN_HEADERS.some((name) => joined(request.headers, name) !== joined(headers, name));
  return { expected, get, isHidden };
}

/**
 * The lines of a header as one value, without white space; `null` for none. A
 * host may remove white space beside a comma, but it must keep the comma, or
 * nobody can see that there were two lines.
 *
 * @param {Iterable<[string, string]>} headers
 * @param {string} name
 */
function joined(headers, name) {
  const lines = [...headers].filter(([other]) => other.toLowerCase() === name.toLowerCase());
  return lines.length === 0 ? null : lines.map(([, value]) => value.replace(/\s/g, "")).join(",");
}

/**
 * May these secrets verify together? If so, each of them does.
 *
 * @param {Library} library
 * @param {any} vector
 */
function askSecrets({ Verifier, sign, verify }, { secrets, code }) {
  const get = async () => {
    /** @type {Uint8Array[]} */
    const list = secrets.map(hex);
    return unanimous({
      Verifier: await outcome(() => {
        const verifier = new Verifier(list);
        return list.map((secret) => verifier.match("payload", sign("payload", secret))?.secretId).join();
      }),
      verify: await outcome(() => {
        verify("payload", null, list);
        return list.map((_, index) => index).join();
      }),
    });
  };
  return {
    expected: code ?? secrets.map((/** @type {unknown} */ _, /** @type {number} */ index) => index).join(),
    get,
  };
}

/**
 * Is this payload an event?
 *
 * @param {Library} library
 * @param {any} vector
 */
function askEvent({ parseEvent }, { payload, valid, eventName, eventTimestamp }) {
  /** @param {Parameters<typeof parseEvent>[0]} raw */
  const read = (raw) => {
    const event = parseEvent(raw);
    const isEqual = event.eventName === eventName && event.eventTimestamp === eventTimestamp;
    return isEqual && isObject(event.payload) ? "event" : `${event.eventName} at ${event.eventTimestamp}`;
  };
  const get = async () => {
    const bytes = hex(payload);
    const text = textOf(bytes);
    return unanimous({
      bytes: await outcome(() => read(bytes)),
      ...(text !== undefined && { text: await outcome(() => read(text)) }),
    });
  };
  return { expected: valid ? "event" : "event_malformed", get };
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** 2026-01-01, the time now in every vector that does not say otherwise. */
const NOW = 1_767_225_600_000;

/**
 * What is wrong with this subscription? A value and its JSON get the same answer.
 *
 * @param {SubscriptionLibrary} library
 * @param {any} vector
 */
function askSubscription({ validateSubscription }, { json, value, repeat, now = NOW, expected }) {
  const { normalised, ...verdict } = expected;
  const get = () => {
    let text = json ?? JSON.stringify(value);
    if (repeat !== undefined) {
      text = repeat.path === "" ? text + repeat.text.repeat(repeat.times) : withLonger(text, repeat);
    }
    /** @param {unknown} input */
    const verdictOf = (input) => {
      const report = validateSubscription(input, { now });
      const { valid: strictValid } = validateSubscription(input, { now, strict: true });
      const suggested = report.issues.filter(({ suggestion }) => suggestion !== undefined);
      return canonical({
        valid: report.valid,
        strictValid,
        issues: report.issues.map(({ path, code }) => [path, code]),
        ...(suggested.length > 0 && {
          suggestions: Object.fromEntries(suggested.map(({ path, suggestion }) => [path, suggestion])),
        }),
        ...(report.coverage !== undefined && { coverage: report.coverage.kind }),
        ...(report.authority !== undefined && { form: report.authority.form }),
        ...(normalised !== undefined && { normalised: report.subscription }),
      });
    };
    return unanimous({
      text: verdictOf(text),
      ...(json === undefined && { value: verdictOf(JSON.parse(text)) }),
    });
  };
  return { expected: canonical({ ...verdict, ...(normalised !== undefined && { normalised }) }), get };
}

/** @param {string} json @param {{ path: string, text: string, times: number }} repeat */
function withLonger(json, { path, text, times }) {
  const value = JSON.parse(json);
  const steps = path.slice(1).split("/");
  const last = /** @type {string} */ (steps.pop());
  const parent = steps.reduce((inner, step) => inner[step], value);
  parent[last] += text.repeat(times);
  return JSON.stringify(value);
}

/**
 * JSON with sorted keys, so that it can be compared.
 *
 * @param {unknown} value
 */
const canonical = (value) =>
  JSON.stringify(value, (_, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/**
 * Does this subscription match this event?
 *
 * @param {SubscriptionLibrary} library
 * @param {any} vector
 */
function askScope({ matches }, { subscription, event, expected }) {
  const get = () => {
    const answer = matches(subscription, event);
    return answer.matches ? "matches" : answer.reason;
  };
  return { expected, get };
}

/**
 * What does the replay guard decide?
 *
 * @param {ReplayLibrary} library
 * @param {any} vector
 */
function askReplay(library, { call, entry, bounds, attempt, limits, count, expected }) {
  const known = entry ?? undefined;
  const claim = { partition: "", id: "", ...attempt, limits };
  const calls = {
    claim() {
      const decision = library.decideClaim(known, bounds, claim);
      return decision.code === "claimed" && decision.entry.lease === claim.lease ? decision.entry.until : decision.code;
    },
    commit: () => library.decideCommit(known, bounds, claim)?.latest ?? null,
    release: () => library.decideRelease(known, claim),
    prune: () => library.decidePrune(entry, attempt.timestamp, count, bounds, attempt.now, limits)?.floor ?? null,
  };
  return { expected, get: calls[/** @type {keyof typeof calls} */ (call)] };
}
