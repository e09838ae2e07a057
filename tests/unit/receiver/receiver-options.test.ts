/** Options that cannot be used throw when a receiver is made, and say which one and what it should be. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { type Fetcher, type ReceiverOptions, createReceiver } from "mia-webhooks/receiver";
import {
  type DenoKv,
  type ReplayStoreNamespace,
  denoKvReplayStore,
  durableObjectReplayStore,
  memoryReplayStore,
} from "mia-webhooks/replay";
import { receiverOptions } from "mia-webhooks/subscription";
import { SECRET } from "./signed.js";

const handler = () => {};
const store = memoryReplayStore();
const make = (options: object) =>
  createReceiver({ secrets: SECRET, on: { "*": handler }, ...options } as ReceiverOptions);
const refuse = (work: () => unknown, message: string | RegExp) =>
  assert.throws(work, (error: Error) => {
    assert.equal(error.name, "TypeError");
    assert.ok(!error.message.includes("canary"), "no value is shown");
    if (typeof message === "string") {
      assert.equal(error.message, message);
    } else {
      assert.match(error.message, message);
    }
    return true;
  });

describe("a misspelled option", () => {
  for (const [name, known] of [
    ["repley", "replay"],
    ["Replay", "replay"],
    ["replayGuard", "replay"],
    ["maxbyte", "maxBytes"],
    ["max_buffered_bytes", "maxBufferedBytes"],
    ["bodyTimeout", "bodyTimeoutMs"],
    ["originTimoutMs", "originTimeoutMs"],
    ["headerName", "headerNames"],
    ["onResults", "onResult"],
    ["logging", "log"],
    ["secret", "secrets"],
    ["tenantid", "tenantId"],
    ["project", "projectId"],
    ["eventNames", "eventName"],
    ["originURL", "origin"],
    ["subscription", "subscriptions"],
    ["apiKey", "secrets"],
    ["signing-secret", "secrets"],
    ["Password", "secrets"],
    ["organizationId", "tenantId"],
    ["company", "tenantId"],
    ["callbacks", "on"],
    ["listeners", "on"],
    ["endpoint", "origin"],
    ["forward_to", "origin"],
    ["topics", "eventName"],
    ["bodyLimit", "maxBytes"],
    ["maxPayloadSize", "maxBytes"],
    ["verbose", "log"],
    ["onError", "onResult"],
    ["signatureHeader", "headerNames"],
    ["dedupe", "replay"],
    ["routes", "subscriptions"],
  ] as const) {
    test(`${name} is ${known}`, () =>
      refuse(() => make({ [name]: "canary" }), `unknown option "${name}": did you mean "${known}"?`));
  }

  test("that may mean one of two is answered with both", () => {
    refuse(() => make({ timeout: 1 }), 'unknown option "timeout": did you mean "originTimeoutMs" or "bodyTimeoutMs"?');
    refuse(() => make({ Events: [] }), /: did you mean "eventName"/);
  });

  test("that is like no other is answered with all of them", () =>
    refuse(
      () => make({ middleware: "canary" }),
      /^unknown option "middleware": the options are secrets, .*, onResult$/,
    ));

  test("is refused without a value too: it may have one tomorrow", () =>
    refuse(() => make({ replays: undefined }), 'unknown option "replays": did you mean "replay"?'));

  test("of more than 40 characters is not shown: it may be a secret", () =>
    refuse(() => make({ ["canary".repeat(7)]: 1 }), /^unknown option \(a name of 42 characters\): /));

  test("in a subscription and in replay is found there", () => {
    const at = (more: object) => () =>
      createReceiver({ subscriptions: { "/a": { secrets: SECRET, on: { "*"() {} }, ...more } } });
    refuse(at({ tenatId: "canary" }), 'subscriptions["/a"]: unknown option "tenatId": did you mean "tenantId"?');
    refuse(at({ middleware: 1 }), /^subscriptions\["\/a"\]: unknown option "middleware": the options are secrets, /);
    refuse(at({ handler }), 'subscriptions["/a"]: unknown option "handler": did you mean "on"?');
    refuse(
      at({ timeout_ms: 5 }),
      'subscriptions["/a"]: unknown option "timeout_ms": did you mean "originTimeoutMs", which stands beside subscriptions, for all of them?',
    );
    const replay = (more: object) => () => make({ replay: { store, ...more } });
    refuse(replay({ windowMS: 1 }), 'replay: unknown option "windowMS": did you mean "windowMs"?');
    refuse(replay({ lease: 1 }), 'replay: unknown option "lease": did you mean "leaseMs"?');
    refuse(replay({ ttl: 1 }), /^replay: unknown option "ttl": the options are store, /);
  });
});

describe("an option in a wrong place", () => {
  const subscriptions = { "/a": { secrets: SECRET, on: { "*"() {} } } };
  for (const [name, options, message] of [
    ["of replay", { secrets: SECRET, on: { "*"() {} }, leaseMs: 1 }, "the option leaseMs stands in replay"],
    [
      "of replay, misspelled",
      { secrets: SECRET, on: { "*"() {} }, failopen: true },
      'unknown option "failopen": did you mean "failOpen", which stands in replay?',
    ],
    ["of a subscription", { subscriptions, secrets: SECRET }, "the option secrets stands in each of the subscriptions"],
    [
      "of a subscription, misspelled",
      { subscriptions, projectID: "a" },
      'unknown option "projectID": did you mean "projectId", which stands in each of the subscriptions?',
    ],
    [
      "of all subscriptions",
      { subscriptions: { "/a": { secrets: SECRET, on: { "*"() {} }, log: handler } } },
      'subscriptions["/a"]: the option log stands beside subscriptions, for all of them',
    ],
    [
      "of a store",
      { secrets: SECRET, on: { "*"() {} }, replay: memoryReplayStore() },
      "replay is a store itself: write replay: { store: memoryReplayStore() }, with your store",
    ],
  ] as const) {
    test(name, () => refuse(() => createReceiver(options as never), message));
  }

  test("that is undefined is none", () => {
    assert.ok(createReceiver({ subscriptions, secrets: undefined, on: undefined } as never));
    assert.ok(make({ windowMs: undefined }));
  });
});

describe("no options", () => {
  for (const [name, value] of Object.entries({
    undefined: undefined,
    null: null,
    string: "canary",
    function: handler,
    "an array": [],
    "a Map": new Map(),
    "a Set": new Set(),
    "a Promise: await it first": Promise.resolve({}),
    number: 7,
  })) {
    test(name, () =>
      refuse(
        () => createReceiver(value as never),
        `createReceiver needs its options, such as { secrets, on } or { secrets, origin }, not ${name}`,
      ),
    );
  }
});

describe("a value of a wrong type", () => {
  const WRONG: readonly (readonly [option: string, values: readonly unknown[], message: string])[] = [
    ["log", [true, null, console, "canary"], "log must be a function; () => {} writes no log"],
    ["onResult", [true, null, {}, "canary"], "onResult must be a function"],
    ["maxBytes", ["1mb", "1024", null, {}, 5n, true], "maxBytes must be an integer above 0"],
    ["maxBufferedBytes", ["32MiB", [1]], "maxBufferedBytes must be an integer above 0"],
    ["bodyTimeoutMs", ["10s", new Date(0)], "bodyTimeoutMs must be an integer above 0"],
    ["originTimeoutMs", ["10000"], "originTimeoutMs must be an integer above 0"],
    ["headerNames", ["X-Mia-Token", {}, [7], [undefined], null], "headerNames must be a list of strings"],
    ["tenantId", [5, "", null, ["canary"]], "tenantId must be a string that is not empty"],
    ["projectId", [5, "", {}], "projectId must be a string that is not empty"],
    [
      "eventName",
      [5, "", [], [5], null, new Set(["tag_created"]), { tag_created: true }],
      "eventName must be a name, or a list of at least one name",
    ],
    [
      "replay",
      [true, false, null, "on", [], new Map()],
      "replay must be a record of options, such as { store: memoryReplayStore() }",
    ],
    [
      "subscriptions",
      [null, [], new Map(), "canary", handler],
      'subscriptions must be a record of subscriptions by path, such as { "/hooks": { secrets, on } }',
    ],
  ];
  for (const [option, values, message] of WRONG) {
    for (const value of values) {
      test(`${option}: ${typeof value === "bigint" ? "5n" : JSON.stringify(value)}`, () => {
        const base = option === "subscriptions" ? {} : { secrets: SECRET, on: { "*"() {} } };
        refuse(() => createReceiver({ ...base, [option]: value } as never), message);
      });
    }
  }

  for (const subscription of [undefined, null, handler, "canary", []]) {
    test(`a subscription: ${typeof subscription}`, () =>
      refuse(
        () => createReceiver({ subscriptions: { "/a": subscription } } as never),
        'subscriptions["/a"] must be a record of options, such as { secrets, on } or { secrets, origin }',
      ));
  }

  test("is found where an option is inherited", () => {
    const options = Object.create({ tenantId: 5 });
    refuse(() => createReceiver(Object.assign(options, { secrets: SECRET, on: { "*"() {} } })), /^tenantId must be/);
  });
});

describe("handlers that would never be called", () => {
  class Handlers {
    tag_created() {}
  }
  const RECORD =
    "on must be a record of handlers by eventName, such as { project_created(event) {} }, and not a list, a Map or an object of a class";
  for (const [name, on, message] of [
    [
      "a function",
      handler,
      'on must be a record of handlers by eventName; for one handler of every event, write { "*": handler }',
    ],
    [
      "a class",
      Handlers,
      'on must be a record of handlers by eventName; for one handler of every event, write { "*": handler }',
    ],
    ["an object of a class", new Handlers(), RECORD],
    ["a Map", new Map([["tag_created", handler]]), RECORD],
    ["a list", [handler], RECORD],
    ["null", null, RECORD],
    ["a text", "canary", RECORD],
    ["a promise", Promise.resolve({}), "on is a promise: await it first"],
    ["a handler that is none", { tag_created: "canary" }, "on.tag_created must be a function"],
    ["a handler that is null", { "*": null }, "on.* must be a function"],
    ["a handler that is a promise", { brand_new: Promise.resolve() }, "on.brand_new must be a function"],
    ["a long name", { ["canary".repeat(7)]: 1 }, "on.(a name of 42 characters) must be a function"],
  ] as const) {
    test(name, () => refuse(() => make({ on }), message));
  }

  for (const [name, on] of Object.entries({
    "an empty record": {},
    "a handler that was called": { user_added: (() => {})() },
    "handlers that are not set": { "*": undefined, brand_new: undefined },
  })) {
    test(name, () => {
      const message = 'on has no handler, so every event would be lost; write { "*": handler } for one of every event';
      refuse(() => make({ on }), message);
      refuse(
        () => createReceiver({ subscriptions: { "/a": { secrets: SECRET, on: on as never } } }),
        `subscriptions["/a"]: ${message}`,
      );
    });
  }

  test("but one that is not set may stand beside one that is", () => {
    make({ on: { user_added: undefined, tag_created: handler } });
  });

  for (const name of [
    "Default",
    "ALL",
    "any",
    "anyEvent",
    "every_event",
    "everything",
    "onAll",
    "other",
    "others",
    "otherwise",
    "rest",
    "fallback",
    "catchAll",
    "catch-all",
    "handler",
    "_",
    "...",
    " ",
    "??",
  ]) {
    test(`${JSON.stringify(name)} is not every event`, () =>
      refuse(
        () => make({ on: { [name]: handler } }),
        `on: no event is named ${JSON.stringify(name)}; for every other event, write "*"`,
      ));
  }

  for (const name of ["!user_added", "-user_added", "~service_created", "^tag_created", " !brand_new"]) {
    test(`${name} suggests no event of the opposite meaning`, () =>
      refuse(
        () => make({ on: { [name]: handler } }),
        `on: ${JSON.stringify(name)} is not the name of one event; there is no negation`,
      ));
  }

  test("but a record of any realm, or without a prototype, is one", async () => {
    const { runInNewContext } = await import("node:vm");
    for (const on of [
      Object.assign(Object.create(null), { "*": handler }),
      runInNewContext("({ '*'() {} })"),
      await import("./signed.js"),
    ]) {
      make({ on: "SECRET" in on ? { tag_created: handler } : on });
    }
  });
});

describe("the name of an event", () => {
  const MISSPELLED = [
    ["service_create", "service_created"],
    ["service_craeted", "service_created"],
    ["Service_Created", "service_created"],
    ["serviceCreated", "service_created"],
    ["service.created", "service_created"],
    ["service-created", "service_created"],
    [" service_created", "service_created"],
    ["tga_created", "tag_created"],
    ["usser_added", "user_added"],
    ["user_addedd", "user_added"],
    ["project_crested", "project_created"],
    ["tag_createds", "tag_created"],
    ["user_edit", "user_edited"],
    ["onServiceCreated", "service_created"],
    ["service_created_event", "service_created"],
    ["TAG_DELETED", "tag_deleted"],
  ] as const;
  for (const [name, known] of MISSPELLED) {
    test(`${JSON.stringify(name)} is nearly ${known}`, () => {
      const sentence = `no event is named ${JSON.stringify(name)}: did you mean "${known}"?`;
      refuse(() => make({ on: { [name]: handler } }), `on: ${sentence}`);
      refuse(() => make({ eventName: name }), `eventName: ${sentence}`);
      refuse(() => make({ eventName: ["tag_created", name] }), `eventName: ${sentence}`);
      refuse(
        () => createReceiver({ subscriptions: { "/a": { secrets: SECRET, on: { "*"() {} }, eventName: name } } }),
        `subscriptions["/a"]: eventName: ${sentence}`,
      );
    });
  }

  for (const name of ["tag_*", "**", "* ", "tag_created,tag_deleted", "tag_created tag_deleted", "all tag_events"]) {
    test(`${JSON.stringify(name)} is not of one event`, () =>
      refuse(
        () => make({ on: { [name]: handler } }),
        /^on: ".*" is not the name of one event; there are no wildcards or lists of names$/,
      ));
  }

  test("* is no filter", () => refuse(() => make({ eventName: "*" }), /no wildcards/));

  test("may be unknown: new Consoles send new events, also of the opposite meaning", () => {
    for (const name of [
      "service_deleted",
      "tag_updated",
      "project_recreated",
      "company_user_invited",
      "x",
      "__proto__",
    ]) {
      make({ on: { [name]: handler } });
      make({ eventName: name });
    }
  });

  for (const name of [
    "services_created",
    "tags_deleted",
    "users_removed",
    "users_edited",
    "projects_created",
    "project_users_removed",
    "projects_user_added",
    "companies_user_edited",
    "companys_user_edited",
    "configurations_saved",
    "TagsDeleted",
    "user_exited",
    "bag_created",
    "tab_deleted",
    "tag_created2",
    "project_created_2",
    "tag2_created",
  ]) {
    test(`${name} is a name of its own, as validateSubscription says`, () => {
      make({ on: { [name]: handler } });
      const { secrets, ...filters } = receiverOptions({
        tenantId: "acme",
        eventName: [name],
        target: "https://acme.org/webhook",
        secret: "7Jq2vXb0Lr9TnK4wYd8HsPz3GmC6fE1u",
      });
      createReceiver({ secrets, ...filters, on: { "*": handler } });
    });
  }

  test("may be an older one", () => {
    make({ on: { company_user_added: handler }, eventName: ["company_user_removed", "user_removed"] });
  });
});

describe("a promise in place of a value", () => {
  for (const option of ["secrets", "origin"]) {
    test(option, () =>
      refuse(
        () =>
          createReceiver({
            secrets: SECRET,
            ...(option === "secrets" && { on: { "*": handler } }),
            [option]: (async () => "canary")(),
          } as never),
        `${option} is a promise: await it first`,
      ),
    );
  }
});

test("a binding that has every method is no promise", () => {
  createReceiver({ secrets: SECRET, origin: { fetch: async () => new Response(), then() {} } as Fetcher });
});

describe("the name of a header", () => {
  for (const name of ["X-Own-Token:", "X Own", "x-own*", "*", "x-own-è"]) {
    test(`${JSON.stringify(name)} cannot be one`, () => {
      const error = {
        name: "RangeError",
        message: `headerNames: ${JSON.stringify(name)} is not the name of a header; write a name alone, such as "X-Mia-Token", without a colon, spaces or wildcards`,
      };
      assert.throws(() => make({ headerNames: ["X-Own", name] }), error);
      const subscriptions = { "/a": { secrets: SECRET, on: { "*": handler } } };
      assert.throws(() => createReceiver({ subscriptions, headerNames: [name] }), error);
    });
  }
});

describe("secrets in a form that there is not", () => {
  for (const [name, secrets] of Object.entries({
    "a Map": new Map([["current", SECRET]]),
    "a Set": new Set([SECRET]),
    "a Headers": new Headers(),
  })) {
    test(name, () =>
      refuse(() => make({ secrets }), `secrets must be a secret, a list or a record of secrets, not ${name}`),
    );
  }

  for (const [name, secrets, places] of [
    ["a list", ["another", SECRET, SECRET], '"1" and "2"'],
    ["a record", { current: SECRET, previous: SECRET }, '"current" and "previous"'],
    ["bytes and a text", [SECRET, new TextEncoder().encode(SECRET)], '"0" and "1"'],
  ] as const) {
    test(`${name} with one secret twice`, () =>
      assert.throws(() => make({ secrets }), {
        code: "secret_suffix",
        message: `One secret ends with another. It is the same secret, given twice (${places}): give it once.`,
      }));
  }

  test("one that ends with another is not the same", () =>
    assert.throws(() => make({ secrets: [SECRET, `x${SECRET}`] }), {
      code: "secret_suffix",
      message: "One secret ends with another.",
    }));
});

describe("a filter that no event passes", () => {
  for (const value of [
    "*",
    "acme-*",
    "-",
    "...",
    "null",
    "NULL",
    "NaN",
    "Undefined",
    "[object Object]",
    "<project>",
    "{{id}}",
    "${PROJECT}",
    "$PROJECT",
    "%PROJECT%",
    "'acme'",
    '"acme"',
    " acme",
    "acme\n",
    " ",
  ]) {
    for (const option of ["tenantId", "projectId"]) {
      test(`${option}: ${JSON.stringify(value)}`, () =>
        refuse(
          () => make({ [option]: value }),
          `${option} is not an id, so it would refuse every event; leave it out for events of all`,
        ));
    }
  }

  test("but every other text may be an id", () => {
    for (const id of ["65f1c0ffee0123456789abcd", "a", "7", "nullable", "undefined-behaviour", "x.y_z~1", "caffè"]) {
      make({ tenantId: id, projectId: id });
    }
  });
});

describe("a path that is a pattern", () => {
  for (const path of [
    "/hooks/:tenant",
    "/hooks/*",
    "/**",
    "/hooks/{id}",
    "/hooks/[...rest]",
    "/hooks/<id>",
    "/hooks/(.*)",
    "/$id",
    "/hooks|/hook",
    "/\\d",
  ]) {
    test(path, () =>
      refuse(
        () => createReceiver({ subscriptions: { [path]: { secrets: SECRET, on: { "*": handler } } } }),
        `the path ${JSON.stringify(path)} of a subscription is taken as it is written, and there are no patterns: name each path`,
      ),
    );
  }

  test("but a colon, a dollar sign and a plus sign may be in a path", () => {
    for (const path of ["/a:b", "/a$b", "/a+b", "/caffè", "/%5Ba%5D", "/", "/hooks/:"]) {
      createReceiver({ subscriptions: { [path]: { secrets: SECRET, on: { "*": handler } } } });
    }
  });
});

describe("an origin that no event reaches", () => {
  const PLACEHOLDER = "origin holds a placeholder that nothing has filled in";
  const HOST = "origin must be an absolute http or https address; no host has the name that stands in it";
  for (const [origin, message] of [
    ["https://${ORIGIN_HOST}/hooks", PLACEHOLDER],
    ["https://{{host}}/", PLACEHOLDER],
    ["https://origin.example/${TENANT}", PLACEHOLDER],
    ["https://origin.example/<tenant>/hooks", PLACEHOLDER],
    ["https://origin.example/%PATH_NAME%", PLACEHOLDER],
    ["https://$ORIGIN/", PLACEHOLDER],
    ["http://$(hostname):3000/", PLACEHOLDER],
    ["http://https://origin.example", HOST],
    ["https://http://origin.example/hooks", HOST],
    ["https://https/origin.example", HOST],
    ["https://origin,example/", HOST],
    ["https://origin.example;/", HOST],
    ["https://origin'example'/", HOST],
  ] as const) {
    test(origin, () => {
      refuse(() => createReceiver({ secrets: SECRET, origin }), message);
      refuse(() => createReceiver({ secrets: SECRET, origin: new URL(origin) }), message);
    });
  }

  test("but every other address may be one", () => {
    for (const origin of [
      "http://localhost:3000",
      "http://[::1]:8080/hooks",
      "https://bücher.example/%20%AB%20",
      "https://my_service.default.svc.cluster.local/$metadata?a=b$c",
      "https://10.0.0.7/a:b,c;d",
    ]) {
      createReceiver({ secrets: SECRET, origin });
    }
  });

  for (const name of ["*", "x-*", "X-Request-*"]) {
    test(`headers by a wildcard: ${name}`, () =>
      refuse(
        () => createReceiver({ secrets: SECRET, origin: "https://origin.example/", forwardHeaders: [name] }),
        `forwardHeaders: there are no wildcards: name each header in place of ${JSON.stringify(name)}`,
      ));
  }
});

describe("what only an origin uses", () => {
  for (const [name, value] of Object.entries({
    originPath: "/hooks",
    originHeaders: { "x-secret": "canary" },
    forwardHeaders: ["x-request-id"],
  })) {
    test(`${name} is refused beside handlers`, () => {
      refuse(() => make({ [name]: value }), `${name} needs an origin; handlers (on) do not use it`);
      refuse(
        () => createReceiver({ subscriptions: { "/a": { secrets: SECRET, on: { "*"() {} }, [name]: value } } }),
        `subscriptions["/a"]: ${name} needs an origin; handlers (on) do not use it`,
      );
    });
  }

  test("originPath is refused beside an address, which has a path of its own", () => {
    for (const origin of ["https://origin.example/", new URL("https://origin.example/")]) {
      refuse(
        () => createReceiver({ secrets: SECRET, origin, originPath: "/hooks" }),
        "originPath is for an origin that has fetch; write the path into the address of origin",
      );
    }
  });

  for (const origin of ["localhost:3000", "origin.example", "/hooks", "ws://origin.example/"]) {
    test(`an origin without http or https: ${origin}`, () =>
      refuse(() => createReceiver({ secrets: SECRET, origin }), "origin must be an absolute http or https address"));
  }
});

describe("the options of a store", () => {
  const namespace = { idFromName: String, get: () => store } as unknown as ReplayStoreNamespace;
  const kv = { atomic() {} } as unknown as DenoKv;
  test("of Durable Objects", () => {
    refuse(
      () => durableObjectReplayStore(namespace, { shard: 2 } as object),
      'the store: unknown option "shard": did you mean "shards"?',
    );
    refuse(() => durableObjectReplayStore(namespace, 2 as never), "the store: the options must be a record of shards");
  });
  test("of Deno KV", () => {
    refuse(() => denoKvReplayStore(kv, { prefix: "canary" as never }), "the store.prefix must be a list of strings");
    refuse(
      () => denoKvReplayStore(kv, { prefixes: [] } as object),
      'the store: unknown option "prefixes": did you mean "prefix"?',
    );
  });
  test("in memory: there are none", () => {
    const withOptions = memoryReplayStore as (options?: object) => unknown;
    refuse(
      () => withOptions({ cap: 5 }),
      /^memoryReplayStore takes no options: cap, windowMs and the other limits stand in replay$/,
    );
    assert.ok(withOptions(undefined));
  });
});
