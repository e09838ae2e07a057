/** Subscriptions in every form, the options of a check, and a receiver's options from a record. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, describe, test, vi } from "vitest";
import { ISSUES } from "../../../pkg/src/generated/subscription.js";
import { CONFIGURATION_INVALID, MAX_JSON_BYTES } from "../../../pkg/src/generated/tables.js";
import { events, receiverOptions, validateSubscription } from "../../../pkg/src/subscription.js";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const any = (value: unknown) => value as never;
const RECORD = {
  eventName: "project_created",
  target: "https://example.org/webhook",
  secret: "19ff508aa83a064e6ddbb49962a35c26",
};
/** The findings, on one line. */
const found = (input: unknown, options?: Parameters<typeof validateSubscription>[1]) =>
  validateSubscription(input, options)
    .issues.map(({ path, code }) => `${path} ${code}`)
    .join();
/** The findings about the usual record with other fields. */
const findings = (fields: object) => found({ ...RECORD, ...fields });

describe("a record is its own enumerable fields", () => {
  test("as an object, as its JSON, behind a proxy, and without a prototype", () => {
    const forms = [RECORD, JSON.stringify(RECORD), new Proxy(RECORD, {}), Object.assign(Object.create(null), RECORD)];
    for (const form of forms) {
      const { valid, issues, subscription } = validateSubscription(form);
      assert.deepEqual([valid, issues, subscription], [true, [], RECORD]);
    }
  });

  for (const [name, fields, expected] of [
    ["values that JSON does not have are left out", { tenantId: Symbol("t"), projectId: undefined, a: () => 1 }, ""],
    ["a number has the wrong type, whatever it is", { tenantId: Number.NaN }, "/tenantId field_type"],
    ["a bigint has the wrong type", { tenantId: 1n }, "/tenantId field_type"],
    ["a boolean has the wrong type", { tenantId: true }, "/tenantId field_type"],
    ["null has the wrong type", { tenantId: null }, "/tenantId field_type"],
    ["an object has the wrong type", { tenantId: {} }, "/tenantId field_type"],
    ["a list has the wrong type", { tenantId: [] }, "/tenantId field_type"],
    ["a missing element is one of the wrong type", { eventName: [undefined] }, "/eventName/0 field_type"],
    ["an own __proto__ is a field", JSON.parse('{"__proto__":{"a":1}}'), "/__proto__ field_unknown"],
    ["toJSON is never called", { toJSON: () => ({}) }, ""],
    ["a field of a field counts", { proxy: { url: "ftp://a.example/" } }, "/proxy/url url_scheme"],
    ["nothing deeper counts", { proxy: { url: { url: { url: 1n } } } }, "/proxy/url field_type"],
  ] as const) {
    test(name, () => {
      const own = name.startsWith("an own") ? Object.assign(Object.create(null), RECORD) : { ...RECORD };
      for (const key of Object.keys(fields)) {
        Object.defineProperty(own, key, { value: (fields as any)[key], enumerable: true });
      }
      assert.equal(found(own), expected);
    });
  }

  test("nothing deeper than a field of a field is even read", () => {
    let reads = 0;
    const deep = { url: Object.defineProperty({}, "url", { enumerable: true, get: () => (reads += 1) }) };
    assert.equal(findings({ proxy: { url: deep } }), "/proxy/url field_type");
    assert.equal(reads, 0);
  });

  test("what is inherited or hidden does not count", () => {
    assert.equal(found(Object.create(RECORD)), "/eventName field_missing,/target field_missing,/secret field_missing");
    const hidden = Object.defineProperty({ ...RECORD }, "other", { value: 1 });
    assert.equal(found(hidden), "");
  });

  test("no value at all is a subscription", () => {
    for (const nothing of [undefined, null, 0, false, [], () => {}, Symbol("s"), 1n]) {
      assert.equal(found(nothing), " not_an_object");
    }
    assert.equal(found(""), " json_malformed");
  });

  test("a cycle ends", () => {
    const cycle: Record<string, unknown> = { ...RECORD };
    cycle["proxy"] = cycle;
    assert.equal(validateSubscription(cycle).issues[0]?.code, "field_missing");
    const list: unknown[] = [];
    list.push(list);
    assert.equal(findings({ eventName: list }), "/eventName/0 field_type");
  });
});

describe("a value that cannot be read is named, and not shown", () => {
  const throwing = (key: string, thrown: unknown) =>
    Object.defineProperty({ ...RECORD }, key, {
      enumerable: true,
      get: () => {
        throw thrown;
      },
    });
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const long = "x".repeat(500);
  const cause = new Error("canary");
  for (const [name, input, message] of [
    ["a getter", throwing("tenantId", cause), "subscription/tenantId cannot be read: it threw object"],
    [
      "a getter that throws text",
      throwing("tenantId", "canary"),
      "subscription/tenantId cannot be read: it threw string",
    ],
    [
      "a getter of a list's element",
      { eventName: Object.defineProperty([], "0", { get: () => assert.fail("canary") }) },
      "subscription/eventName/0 cannot be read: it threw object",
    ],
    [
      "a proxy",
      new Proxy({}, { ownKeys: () => assert.fail("canary") }),
      "subscription cannot be read: it threw object",
    ],
    ["a revoked proxy", revoked(), "subscription cannot be read: it threw object"],
    [
      "a list without a length",
      { eventName: new Proxy([], { get: () => assert.fail("canary") }) },
      "subscription/eventName cannot be read: it threw object",
    ],
    [
      "a field with a long name, which is cut",
      throwing(long, cause),
      `subscription/${long}`.slice(0, 100) + " cannot be read: it threw object",
    ],
    ["a lone surrogate in a value", { ...RECORD, secret: "canary\ud800" }, surrogate("subscription/secret")],
    ["a lone surrogate in a list", { eventName: ["canary\ud800"] }, surrogate("subscription/eventName/0")],
    ["a lone surrogate in a name", { "canary\udc00": 1 }, surrogate("a field's name in subscription")],
    ["a lone surrogate in JSON", '{"secret":"canary\ud800"}', surrogate("subscription")],
  ] as const) {
    test(name, () => {
      assert.throws(
        () => validateSubscription(input),
        (error: Error) => {
          assert.deepEqual([error.name, error.message], ["TypeError", message]);
          return true;
        },
      );
      assert.equal(validateSubscription(RECORD).valid, true);
    });
  }

  test("the error has the cause", () => {
    assert.throws(() => validateSubscription(throwing("tenantId", cause)), { cause });
  });

  function surrogate(name: string) {
    return `${name} holds a lone surrogate, which has no UTF-8: pass the bytes instead`;
  }
});

describe(`at most ${MAX_JSON_BYTES} bytes of JSON`, () => {
  const padded = (length: number) => JSON.stringify(RECORD).padEnd(length);

  test("in text", () => {
    assert.equal(found(padded(MAX_JSON_BYTES)), "");
    assert.equal(found(padded(MAX_JSON_BYTES + 1)), " too_large");
    assert.equal(found(`${padded(MAX_JSON_BYTES + 1)}\ud800`), " too_large");
  });

  describe("in an object, where everything counts", () => {
    const nearly = "a".repeat(MAX_JSON_BYTES - 100);
    const over = (what: unknown) => found(what) === " too_large";

    test("the text of a value", () => {
      assert.equal(over({ other: nearly }), false);
      assert.equal(over({ other: `${nearly}${"a".repeat(100)}` }), true);
      assert.equal(over([nearly, "a".repeat(101)]), true);
    });

    test("the name of a field, even of one that has no value", () => {
      assert.equal(over({ other: nearly, ["a".repeat(101)]: undefined }), true);
    });

    test("each field, element and object, so that no more of them are read than fit", () => {
      /** How many of the values are read of a record that is nearly too long. */
      const readsOf = (values: object, value: () => unknown) => {
        let reads = 0;
        for (let i = 0; i < 1000; i++) {
          Object.defineProperty(values, Array.isArray(values) ? i : `k${i + 100}`, {
            enumerable: true,
            get: () => ((reads += 1), value()),
          });
        }
        assert.equal(over({ a: nearly, b: values }), true);
        return reads;
      };
      // 94 are left: 100, without two brackets for each of two objects and one character for each of two names.
      assert.equal(
        readsOf({}, () => undefined),
        Math.ceil(95 / 4),
      );
      assert.equal(
        readsOf({}, () => null),
        Math.ceil(95 / 6),
      );
      assert.equal(
        readsOf({}, () => ({})),
        Math.ceil(95 / 6),
      );
      assert.equal(
        readsOf(new Array(1000), () => undefined),
        95,
      );
      assert.equal(
        readsOf(new Array(1000), () => []),
        Math.ceil(95 / 3),
      );
    });
  });

  test("and nothing is read after that", () => {
    const long = "a".repeat(MAX_JSON_BYTES + 1);
    let reads = 0;
    const after = { enumerable: true, get: () => (reads += 1) };
    assert.equal(found(Object.defineProperty({ long }, "after", after)), " too_large");
    assert.equal(found({ list: Object.defineProperty([long], "1", after) }), " too_large");
    assert.equal(found({ [long]: Object.defineProperty({}, "after", after) }), " too_large");
    assert.equal(reads, 0);
    // A string that is too long is not looked through for what has no UTF-8 either.
    assert.equal(found({ long: `${long}\ud800` }), " too_large");
  });
});

describe("now", () => {
  const { vectors } = JSON.parse(readFileSync(new URL("../../vectors/subscription.json", import.meta.url), "utf8"));
  const expired = vectors.find(
    ({ expected, value }: any) => value && expected.issues.some(([, code]: string[]) => code === "certificate_expired"),
  );
  const isExpired = (options?: object) => /certificate_expired/.test(found(expired.value, options));

  test("is the time at which certificates are looked at, as a Date or as milliseconds", () => {
    assert.equal(isExpired({ now: new Date("2100-01-01") }), true);
    assert.equal(isExpired({ now: Date.UTC(2100, 0) }), true);
    assert.equal(isExpired({ now: new Date(0) }), false);
    assert.equal(isExpired({ now: 0 }), false);
  });

  test("is this moment by default", () => {
    for (const [moment, expected] of [
      ["2100-01-01", true],
      ["1970-01-02", false],
    ] as const) {
      vi.setSystemTime(new Date(moment));
      for (const options of [undefined, {}, { now: undefined }]) {
        assert.equal(isExpired(options), expected);
      }
    }
  });

  test("must be a time", () => {
    for (const now of [Number.NaN, new Date("never"), Number.POSITIVE_INFINITY, "soon", {}]) {
      assert.throws(() => validateSubscription(RECORD, { now: any(now) }), {
        name: "TypeError",
        message: "now must be a Date or a number of milliseconds since the Unix epoch",
      });
    }
  });
});

describe("strict", () => {
  const weak = { ...RECORD, secret: "a weak secret" };

  test("counts warnings as errors", () => {
    assert.equal(validateSubscription(weak).valid, true);
    assert.equal(validateSubscription(weak, { strict: false }).valid, true);
    assert.equal(validateSubscription(weak, { strict: undefined }).valid, true);
    assert.equal(validateSubscription(weak, { strict: true }).valid, false);
    assert.equal(validateSubscription(RECORD, { strict: true }).valid, true);
  });

  test("of a receiver's options: warnings are named only then, and no secret is", () => {
    assert.equal(receiverOptions(weak).secrets, weak.secret);
    assert.equal(receiverOptions(weak, { strict: false }).secrets, weak.secret);
    assert.throws(
      () => receiverOptions(weak, { strict: true }),
      ({ message }: Error) => {
        assert.match(message, /\/secret secret_/);
        assert.doesNotMatch(message, /a weak secret/);
        return true;
      },
    );
    assert.throws(
      () => receiverOptions({ ...weak, target: "ftp://a.example/" }),
      ({ message }: Error) => {
        assert.match(message, /\/target url_scheme/);
        assert.doesNotMatch(message, /\/secret/);
        return true;
      },
    );
  });
});

describe("a receiver's options", () => {
  test("are the secret and the scope of the record", () => {
    const scope = {
      tenantId: "acme",
      projectId: "65f1c0ffee0123456789abcd",
      eventName: ["tag_created", "tag_deleted"],
    };
    assert.deepEqual(receiverOptions({ ...RECORD, ...scope }), { ...scope, secrets: RECORD.secret });
    assert.deepEqual(receiverOptions(JSON.stringify(RECORD)), {
      tenantId: undefined,
      projectId: undefined,
      eventName: "project_created",
      secrets: RECORD.secret,
    });
  });

  test("are refused with every issue, its place and its sentence", () => {
    const record = { ...RECORD, target: "ftp://example.org/", secret: "" };
    const { issues } = validateSubscription(record);
    const [, status, summary, hint] = CONFIGURATION_INVALID;
    assert.throws(() => receiverOptions(record), {
      name: "WebhookError",
      code: "configuration_invalid",
      status,
      hint,
      message: [summary, ...issues.map(({ path, code, message }) => `${path} ${code}: ${message}`)].join(" "),
    });
    assert.equal(issues.length, 2);
    assert.throws(() => receiverOptions("{"), { message: / \/ json_malformed: / });
  });

  test("now counts there as well", () => {
    assert.throws(() => receiverOptions(RECORD, { now: Number.NaN }), TypeError);
  });
});

test("the catalogue is every event, each with an example", () => {
  const catalogue = JSON.parse(readFileSync(new URL("../../../src/events/catalogue.json", import.meta.url), "utf8"));
  assert.deepEqual(
    events.map(({ eventName }) => eventName),
    catalogue.map(({ eventName }: { eventName: string }) => eventName),
  );
  for (const { eventName, example } of events) {
    assert.equal(example.eventName, eventName);
  }
});

describe("the sentences are those of the tables in Rust", () => {
  /** The first issue of a record with these fields, or of this text. */
  const first = (input: object | string) =>
    validateSubscription(typeof input === "string" ? input : { ...RECORD, ...input }).issues[0];

  test("every code has its row: name, severity, message and fix, as docs/codes.md has them", () => {
    const documented = readFileSync(new URL("../../../docs/codes.md", import.meta.url), "utf8");
    assert.ok(ISSUES.length > 80);
    for (const [code, severity, message, fix] of ISSUES) {
      assert.ok(documented.includes(`| \`${code}\` | ${severity} | ${message} | ${fix} |`), code);
    }
  });

  for (const [name, input, message, fix] of [
    ["a detail follows the message", { target: 1 }, "The value has the wrong type. It is a number.", undefined],
    [
      "a suggestion leads the fix",
      { companyId: "acme" },
      "There is no such field; another one has this meaning.",
      "Did you mean tenantId? Rename it: as it is, it has no effect.",
    ],
    [
      "events of this kind are listed where none has the same meaning",
      { eventName: "user_unlocked" },
      "The documentation of the Console has no event with this name. There are: user_added, user_edited, user_removed.",
      "Check the spelling. If your Console has this event, nothing is wrong.",
    ],
    [
      "the events that a pattern means are listed",
      { eventName: "*_deleted" },
      "The Console documents no wildcards: this is taken as a name, which no event has. There are: tag_deleted.",
      undefined,
    ],
    [
      "for a pattern of everything, all events are listed",
      { eventName: ".*" },
      "The Console documents no wildcards: this is taken as a name, which no event has. There are: project_created, service_created, configuration_saved, tag_created, tag_deleted, user_added, user_edited, user_removed.",
      undefined,
    ],
    [
      "a list of records",
      JSON.stringify([RECORD, RECORD]),
      "A subscription is an object with the fields eventName, target and secret. This is a list of 2 values: give one record at a time.",
      "Give one record, not a list or a string.",
    ],
    [
      "a list of one record",
      JSON.stringify([RECORD]),
      "A subscription is an object with the fields eventName, target and secret. This is a list: give the record inside it.",
      undefined,
    ],
    [
      "JSON that was encoded twice",
      JSON.stringify(JSON.stringify(RECORD)),
      "A subscription is an object with the fields eventName, target and secret. This is JSON inside a string: it was encoded twice. Decode it once.",
      undefined,
    ],
    [
      "a byte order mark",
      `\uFEFF${JSON.stringify(RECORD)}`,
      "The text is not JSON. It starts with a byte order mark (U+FEFF), which is no part of JSON: save the file as UTF-8 without it.",
      "Correct it at the place that the message names.",
    ],
    [
      "a comment",
      '{\n  // all of them\n  "eventName": "tag_created"\n}',
      "The text is not JSON. JSON has no comments: line 2 column 3.",
      undefined,
    ],
  ] as const) {
    test(name, () => {
      const issue = first(input);
      assert.equal(issue?.message, message);
      assert.equal(issue?.fix, fix ?? ISSUES.find(([code]) => code === issue?.code)?.[3]);
    });
  }

  test("no fix says to remove a field that sounds like a filter", () => {
    for (const key of ["companyId", "orgs", "project_ids", "environment", "excludedEvents", "onlyTags"]) {
      const issue = first({ [key]: "acme" });
      assert.equal(issue?.severity, "error", key);
      assert.doesNotMatch(issue?.fix ?? "", /remove|leave .* out/i, key);
    }
  });
});
