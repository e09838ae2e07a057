// @ts-check
/** What a diagnosis must never do, for any question. */

import { check, thrown } from "../../harness/checks.js";

/** No search has as many candidates. */
const MOST_SLICES = 100_000;

/**
 * @param {import("../suite.js").EntryPoints} entryPoints
 * @returns {Record<string, () => void>}
 */
export function diagnosis({ library: { sign }, diagnose: library }) {
  /** How fast the host is decides nothing here. */
  const options = { maxMs: Infinity };
  /** @type {typeof library.diagnose} */
  const diagnose = (question) => library.diagnose(question, options);
  /** @type {typeof library.startDiagnosis} */
  const startDiagnosis = (question) => library.startDiagnosis(question, options);
  const question = {
    payload: '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}',
    token: "0".repeat(64),
    secret: "secret",
  };

  /** A type error that names the argument, but nothing of its value. @param {object} fields @param {RegExp} message */
  const refuses = (fields, message) => {
    const error = thrown(() => diagnose(/** @type {any} */ ({ ...question, ...fields })));
    check(error?.name, "TypeError");
    check(message.test(error.message) ? "named" : error.message, "named");
  };

  return {
    diagnose_refuses_a_parsed_payload: () => refuses({ payload: {} }, /^payload must be the raw body/),
    diagnose_refuses_a_missing_token: () => refuses({ token: undefined }, /^token must be a string, not undefined$/),
    diagnose_refuses_a_secret_that_is_none: () => refuses({ secret: 1 }, /^secret must be /),
    diagnose_refuses_another_secret_that_is_none: () =>
      refuses({ otherSecrets: ["a", null] }, /^otherSecrets\[1\] must be /),
    diagnose_refuses_a_budget_of_nothing: () => {
      const search = startDiagnosis(question);
      check(thrown(() => search.goOn({ candidates: 0 }))?.name, "TypeError");
      check(thrown(() => search.goOn({ bytes: 1.5 }))?.name, "TypeError");
      search.cancel();
    },
    diagnose_says_that_it_stopped_before_everything_was_tried: () => {
      let now = 0;
      const clock = () => (now += 1_000);
      const stopped = library.diagnose({ ...question, payload: " ".repeat(1 << 20) }, { clock });
      check(`${stopped.code} ${stopped.isFinished} ${stopped.isProved}`, "unfinished false false");
      const { code, isFinished } = diagnose(question);
      check(`${code} ${isFinished}`, "no_cause_found true");
    },
    diagnose_names_hints_where_nothing_is_proved: () => {
      const { code, isProved, hints, tried } = diagnose({ ...question, payload: '{ "a": "\u00a0" }' });
      check(isProved, false);
      check(code, "payload_formatted");
      check(
        hints.map(({ code }) => code).join(),
        "payload_formatted,payload_typographic,payload_no_event,request_mixed,secret_unconfirmed",
      );
      check(tried > 1000, true);
    },
    diagnose_counts_what_it_tried_and_stops_when_it_is_cancelled: () => {
      const search = startDiagnosis(question);
      check(search.goOn({ candidates: 10 }), undefined);
      check(search.tried, 10);
      search.cancel();
      search.cancel();
      check(thrown(() => search.goOn())?.message, "the search was cancelled");
      check(search.tried, 10);
    },
    diagnose_says_what_was_signed_beside_the_diagnosis: () => {
      const token = sign('{"eventName": "tag_created", "eventTimestamp": 1767225600000, "payload": {}}', "secret\n");
      const search = startDiagnosis({ ...question, token, secret: '"secret"' });
      check(search.signed(), undefined);
      const diagnosis = search.goOn();
      check(diagnosis?.isProved, true);
      check(JSON.stringify(diagnosis).includes("secret\\n"), false);
      const signed = search.signed();
      const text = (/** @type {Uint8Array | undefined} */ bytes) => new TextDecoder().decode(bytes);
      check(
        [text(signed?.payload), text(signed?.secret), text(signed?.between)].join("|"),
        '{"eventName": "tag_created", "eventTimestamp": 1767225600000, "payload": {}}|secret\n|',
      );
      check(
        `${signed?.order} ${signed?.isKeyed} ${signed?.hash} ${signed?.notation}`,
        "payload,secret false sha256 hex",
      );
      check(sign(signed?.payload ?? "", signed?.secret ?? ""), token);
      search.cancel();
      check(search.signed(), undefined);
    },
    diagnose_says_a_whole_difference_in_one_sentence: () => {
      const { message, deviations } = diagnose({ ...question, token: sign(question.payload, "s"), secret: '"s"\n' });
      check(deviations.map(({ code }) => code).join(), "secret_trimmed,secret_unquoted");
      check(
        message,
        "The token was made with the same secret without the spaces or line breaks around it, and without the quotes around it.",
      );
    },
    diagnose_asks_the_host_for_normal_forms_and_doubles: () => {
      const composed = '{"name":"\uac00\u00e9","n":12345678901234567890}';
      const rounded = JSON.stringify(JSON.parse(composed));
      check(
        diagnose({ ...question, payload: composed, token: sign(rounded, "secret") }).code,
        "payload_numbers_rewritten",
      );
      const decomposed = composed.normalize("NFD");
      check(
        diagnose({ ...question, payload: composed, token: sign(decomposed, "secret") }).code,
        "payload_normal_form",
      );
      check(
        diagnose({ ...question, payload: decomposed, token: sign(composed, "secret") }).code,
        "payload_normal_form",
      );
    },
    diagnose_keeps_searches_apart: () => {
      const one = startDiagnosis({ ...question, token: sign("{}\n", "one"), payload: "{}", secret: "one" });
      const two = startDiagnosis({ ...question, token: sign("{}", "two\n"), payload: "{}", secret: "two" });
      let [first, second] = [one.goOn({ candidates: 1 }), two.goOn({ candidates: 1 })];
      for (let slices = 1; slices < MOST_SLICES && (first === undefined || second === undefined); slices++) {
        [first, second] = [one.goOn({ candidates: 1 }), two.goOn({ candidates: 1 })];
      }
      check(first?.code, "payload_final_newline_added");
      check(second?.code, "secret_final_newline");
      check(one.goOn(), first);
    },
    diagnose_tries_long_payloads_as_they_stand: () => {
      const payload = new Uint8Array(2 ** 20 + 1).fill(0x20);
      check(diagnose({ ...question, payload, token: sign(payload, "secret") }).code, "valid");
      check(diagnose({ ...question, payload, token: sign(payload, "secret\n") }).code, "secret_final_newline");
    },
    diagnose_does_not_trap_on_deep_or_broken_json: () => {
      for (const payload of [
        "[".repeat(100_000),
        '{"a":'.repeat(100_000),
        '"\\u',
        "\0\uffff",
        "[".repeat(200) + "]".repeat(200),
      ]) {
        check(diagnose({ ...question, payload }).isProved, false);
      }
      check(diagnose(question).isProved, false);
    },
    diagnose_calls_a_token_behind_an_empty_secret_weak: () => {
      const token = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"; // sha256("{}"), by openssl
      for (const fields of [{ secret: "" }, { secret: "  " }, { otherSecrets: [""] }]) {
        const { code, isValid, isWeak } = diagnose({ ...question, payload: "{}", token, ...fields });
        check([code, isValid, isWeak].join(), "payload_only,false,true");
      }
      check(
        diagnose({ ...question, payload: "{}", secret: "" }).hints.some(({ code }) => code === "secret_missing"),
        true,
      );
    },
    diagnose_finds_what_a_secret_of_bytes_was: () => {
      const secret = Uint8Array.of(200, 201, 202);
      check(diagnose({ ...question, payload: "{}", token: sign("{}", "yMnK"), secret }).code, "secret_base64_encoded");
    },
    diagnose_stays_within_its_budget_where_indenting_would_not_end: () => {
      const payload = `${"[".repeat(128)}${"0,".repeat(100_000)}0${"]".repeat(128)}`;
      const search = startDiagnosis({ ...question, payload });
      let calls = 0;
      while (calls < 50 && search.goOn({ candidates: 1, bytes: 1 }) === undefined) {
        calls += 1;
      }
      search.cancel();
      check(calls, 50);
    },
    diagnose_never_echoes_what_it_was_asked: () => {
      const said = JSON.stringify(
        diagnose({ payload: '{"canary-1":1}', token: "canary-2", secret: "canary-3", otherSecrets: ["canary-4"] }),
      );
      check(said.includes("canary"), false);
    },
  };
}
