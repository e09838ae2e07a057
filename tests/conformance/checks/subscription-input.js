// @ts-check
/** What validateSubscription must never do, for any input. */

import { check, thrown } from "../../harness/checks.js";

const RECORD = {
  eventName: "project_created",
  target: "https://example.org/webhook",
  secret: "19ff508aa83a064e6ddbb49962a35c26",
};

/**
 * @param {import("../suite.js").EntryPoints} entryPoints
 * @returns {Record<string, () => void>}
 */
export function subscriptionInput({
  library: { WebhookError },
  subscription: { events, receiverOptions, validateSubscription },
}) {
  /** The findings about the usual record with other fields, on one line. @param {unknown} fields */
  const findings = (fields) =>
    validateSubscription(typeof fields === "object" ? { ...RECORD, .../** @type {any} */ (fields) } : fields)
      .issues.map(({ path, code }) => `${path} ${code}`)
      .join();

  /** A type error that says what is wrong, but nothing of the value. @param {unknown} input @param {RegExp} message */
  const refuses = (input, message) => {
    const error = thrown(() => validateSubscription(input));
    check(error?.name, "TypeError");
    check(message.test(error.message) ? "named" : error.message, "named");
    check(validateSubscription(RECORD).valid, true);
  };

  return {
    reports_a_cycle: () => {
      /** @type {any} */
      const cycle = { ...RECORD };
      cycle.proxy = cycle;
      check(validateSubscription(cycle).issues[0]?.code, "field_missing");
    },
    reports_a_cycle_of_lists: () => {
      /** @type {any[]} */
      const list = [];
      list.push(list);
      check(findings({ eventName: list }), "/eventName/0 field_type");
    },
    names_a_getter_that_throws: () =>
      refuses(
        Object.defineProperty({ ...RECORD }, "tenantId", {
          enumerable: true,
          get: () => {
            throw new Error("no");
          },
        }),
        /tenantId/,
      ),
    names_a_proxy_that_throws: () =>
      refuses(
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new RangeError("no");
            },
          },
        ),
        /subscription/,
      ),
    names_a_revoked_proxy: () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      refuses(proxy, /subscription/);
    },
    reads_a_proxy_that_behaves: () => check(validateSubscription(new Proxy(RECORD, {})).valid, true),
    names_a_lone_surrogate: () => refuses({ ...RECORD, secret: "\ud800 0123456789 abcdefghijklmnopqrst" }, /secret/),
    names_a_lone_surrogate_in_a_key: () => refuses({ ...RECORD, "\udc00": 1 }, /name/),
    names_a_lone_surrogate_in_text: () => refuses('{"secret":"\ud800"}', /subscription/),
    reports_a_bigint: () => check(findings({ tenantId: 1n }), "/tenantId field_type"),
    reports_a_symbol_as_nothing: () => check(findings({ tenantId: Symbol("tenant") }), ""),
    reports_a_function_as_nothing: () => check(findings({ secret: () => "secret" }), "/secret field_missing"),
    reports_null_and_nan: () =>
      check(findings({ tenantId: null, projectId: Number.NaN }), "/tenantId field_type,/projectId field_type"),
    reports_own_proto: () =>
      check(
        findings(JSON.parse('{"__proto__":{"secret":"x"},"constructor":1}')),
        "/__proto__ field_unknown,/constructor field_unknown",
      ),
    reports_own_proto_in_text: () =>
      check(findings(`${JSON.stringify(RECORD).slice(0, -1)},"__proto__":{"secret":"x"}}`), "/__proto__ field_unknown"),
    ignores_what_is_inherited: () =>
      check(
        validateSubscription(Object.create(RECORD))
          .issues.map(({ code }) => code)
          .join(),
        "field_missing,field_missing,field_missing",
      ),
    never_calls_to_json: () => check(findings({ toJSON: () => ({}) }), ""),
    reports_nothing_at_all: () => {
      for (const nothing of [undefined, null, 0, false, [], () => {}, Symbol("s"), 1n]) {
        check(validateSubscription(nothing).issues[0]?.code, "not_an_object");
      }
    },
    reports_empty_text: () => check(findings(""), " json_malformed"),
    reports_text_nested_deep: () => {
      for (const depth of [1_000, 100_000, 500_000]) {
        const deep = "[".repeat(depth) + "]".repeat(depth);
        check(findings(`{"x":${deep}}`).replaceAll("/", "").includes("field_unknown"), true);
        check(findings("[".repeat(depth)), " json_malformed");
        check(
          findings('{"x":'.repeat(depth)).endsWith("json_malformed") ||
            findings('{"x":'.repeat(depth)).endsWith("too_large"),
          true,
        );
      }
    },
    reports_an_object_nested_deep: () => {
      /** @type {any} */
      let deep = {};
      for (let i = 0; i < 100_000; i++) {
        deep = { deep };
      }
      check(findings({ comment: deep }), "/comment field_unknown");
    },
    reports_ten_megabytes: () => {
      const long = "a".repeat(10_000_000);
      check(findings(JSON.stringify({ ...RECORD, comment: long })), " too_large");
      check(findings({ tenantId: long }), " too_large");
      check(findings({ eventName: Array.from({ length: 100_000 }, () => "project_created") }), " too_large");
      check(findings({ eventName: Array.from({ length: 101 }, () => "project_created") }), "/eventName too_large");
    },
    reports_a_megabyte_of_base64: () => {
      check(findings({ base64CA: "A".repeat(1_000_000) }), "/base64CA too_large");
      check(findings({ base64CA: "A".repeat(500_000) }), "/base64CA certificate_malformed");
    },
    reports_many_fields: () => {
      const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`field${i}`, i]));
      check(findings(fields), " too_large");
      check(findings({ proxy: fields }), "/proxy too_large");
    },
    refuses_a_time_that_is_none: () => {
      for (const now of [Number.NaN, new Date("never"), Number.POSITIVE_INFINITY]) {
        check(thrown(() => validateSubscription(RECORD, { now }))?.name, "TypeError");
      }
    },
    tells_line_and_column: () => {
      const [issue] = validateSubscription('{\n  "eventName": project_created\n}').issues;
      check(issue?.message.includes("line 2 column 16"), true);
    },
    knows_every_event_by_its_example: () => {
      check(events.length, 13);
      for (const { eventName, example } of events) {
        check(example.eventName, eventName);
      }
    },
    gives_a_receiver_its_options: () => {
      const options = receiverOptions({ ...RECORD, tenantId: "acme" });
      check(JSON.stringify(options), `{"tenantId":"acme","eventName":"project_created","secrets":"${RECORD.secret}"}`);
    },
    refuses_a_receiver_its_options: () => {
      const error = thrown(() => receiverOptions({ ...RECORD, target: "ftp://example.org/", secret: "" }));
      check(error instanceof WebhookError, true);
      check(error.code, "configuration_invalid");
      check(error.message.startsWith("The receiver is not configured correctly."), true);
      check(error.hint !== "", true);
      check(error.message.includes("/target url_scheme") && error.message.includes("/secret secret_empty"), true);
    },
    counts_warnings_where_a_receiver_is_strict: () => {
      const weak = { ...RECORD, secret: "a weak secret" };
      check(receiverOptions(weak).secrets, weak.secret);
      check(thrown(() => receiverOptions(weak, { strict: true }))?.code, "configuration_invalid");
      check(thrown(() => receiverOptions(weak, { strict: true })).message.includes(weak.secret), false);
    },
  };
}
