/** A receiver: the effect of each option, what a handler gets, and what the log and the sender learn. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { type HandlerContext, type ReceiverOptions, type Result, createReceiver } from "mia-webhooks/receiver";
import type { Delivery } from "mia-webhooks";
import { type ReplayStore, memoryReplayStore } from "mia-webhooks/replay";
import { NOW, SECRET, endless, eventOf, originWith, resultsOf, sha256, signed, stopClock, timeOf } from "./signed.js";

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Every option, with any value. */
type Options = {
  [
    Name in
      | keyof ReceiverOptions
      | "secrets"
      | "origin"
      | "originPath"
      | "originHeaders"
      | "forwardHeaders"
      | "on"
      | "authorize"
      | "tenantId"
      | "projectId"
      | "eventName"
  ]?: unknown;
};

/** A receiver with these options, and what its handler, its log and its operator got. */
function receive(options: Options = {}) {
  const handled: HandlerContext[] = [];
  const results: [Result, unknown][] = [];
  const lines: string[] = [];
  const receiver = createReceiver({
    ...(!("origin" in options) &&
      !("subscriptions" in options) && {
        on: { "*": (_: unknown, context: HandlerContext) => void handled.push(context) },
      }),
    ...(!("subscriptions" in options) && { secrets: SECRET }),
    log: (line: string) => void lines.push(line),
    onResult: (result: Result, error: unknown) => void results.push([result, error]),
    ...options,
  } as ReceiverOptions);
  const send = async (request: Request, context?: Parameters<typeof receiver>[1]) => {
    const response = await receiver(request, context);
    // The newest with this status: another request may have been answered since.
    return `${response.status} ${results.findLast(([{ status }]) => status === response.status)?.[0].code}`;
  };
  const deliver = (number: number, event = {}) => send(signed(eventOf(number, event)));
  return { receiver, send, deliver, handled, results, lines };
}

type Effects = Readonly<Record<string, () => void | Promise<void>>>;

/** What each option does, and what happens without it. */
const EFFECTS: Readonly<Record<keyof Options, Effects>> = {
  secrets: {
    "are what events are signed with, and the log names the one that matched": async () => {
      const { send, results } = receive({ secrets: { one: "first secret", two: "second one" } });
      assert.equal(await send(signed(eventOf(1), { secret: "second one" })), "200 accepted");
      assert.equal(results[0]?.[0].secretId, "two");
      assert.equal(await send(signed(eventOf(1))), "401 token_mismatch");
    },
    "are checked at once": () => assert.throws(() => receive({ secrets: "" }), { code: "secret_empty" }),
    "are taken where only a part of them looks like a template, or nothing is in it": () => {
      for (const secret of [
        "%not a name%",
        "%name",
        "name%",
        "%%",
        "${}",
        "<>",
        "${a} b",
        "a ${b}",
        "a <b>",
        "\ufeffundefined",
      ]) {
        receive({ secrets: secret });
        receive({ secrets: [new TextEncoder().encode(secret)] });
      }
    },
    "are looked at in every form, also where a buffer denies what it is": () => {
      const placeholder = new TextEncoder().encode("${SECRET}");
      const denying = Object.defineProperty(placeholder.slice().buffer, Symbol.toStringTag, { value: "Nothing" });
      for (const secrets of [placeholder, placeholder.buffer, denying, [placeholder], { current: "${SECRET}" }]) {
        assert.throws(() => receive({ secrets }), { code: "secret_placeholder" });
      }
    },
    "of white space alone are refused, and the error says so": () => {
      for (const secrets of [" ", "\n", new TextEncoder().encode("\u2003\t"), new TextEncoder().encode(" ").buffer]) {
        assert.throws(() => receive({ secrets }), {
          code: "secret_empty",
          message: "A secret is empty. It holds white space only.",
        });
      }
    },
    "are refused where validateSubscription refuses them": () => {
      const { vectors } = JSON.parse(
        readFileSync(new URL("../../vectors/subscription.json", import.meta.url), "utf8"),
      ) as { vectors: { value?: { secret?: unknown }; repeat?: unknown; expected: { issues: string[][] } }[] };
      const codes: Record<string, string> = {
        secret_empty: "secret_empty",
        secret_blank: "secret_empty",
        secret_placeholder: "secret_placeholder",
      };
      const seen = new Set<string>();
      for (const { value, repeat, expected } of vectors) {
        const secret = value?.secret;
        if (typeof secret !== "string" || !secret.isWellFormed() || repeat !== undefined) {
          continue;
        }
        const issue = expected.issues.find(([path, code = ""]) => path === "/secret" && code in codes)?.[1];
        for (const secrets of [secret, { current: new TextEncoder().encode(secret) }]) {
          if (issue === undefined) {
            receive({ secrets });
          } else {
            assert.throws(() => receive({ secrets }), { code: codes[issue] }, JSON.stringify(secret));
            seen.add(issue);
          }
        }
      }
      assert.deepEqual([...seen].sort(), Object.keys(codes).sort());
    },
  },
  origin: {
    "is where events go, and its answer is the sender's": async () => {
      const origin = originWith(() => new Response("taken", { status: 202 }));
      const { receiver } = receive({ origin });
      const answer = await receiver(signed(eventOf(1)));
      assert.deepEqual([answer.status, await answer.text()], [202, "taken"]);
      assert.deepEqual(Buffer.from(origin.arrivals[0]?.init.body as Uint8Array).toString(), eventOf(1));
    },
    "that does not take an event is reported, and its answer is the sender's": async () => {
      for (const status of [300, 302, 404, 500]) {
        const answered = new Response("no", { status });
        const { receiver, results } = receive({ origin: originWith(() => answered) });
        assert.equal(await receiver(signed(eventOf(1))), answered);
        assert.equal(results[0]?.[0].code, "origin_refused");
        assert.equal(results[0]?.[0].status, status);
      }
    },
  },
  originPath: {
    "is the path that a service is called with": async () => {
      const origin = originWith();
      await receive({ origin, originPath: "/hooks" }).deliver(1);
      await receive({ origin }).deliver(1);
      assert.deepEqual(
        origin.arrivals.map(({ url }) => new URL(url).pathname),
        ["/hooks", "/"],
      );
    },
    "is checked at once": () =>
      assert.throws(() => receive({ origin: originWith(), originPath: "hooks" }), {
        message: "originPath must start with /",
      }),
  },
  on: {
    "handles the events of its name, and * those of no other": async () => {
      const called: string[] = [];
      const on = {
        tag_created: () => void called.push("tag_created"),
        tag_deleted: undefined,
        "*": () => void called.push("*"),
      };
      const { deliver } = receive({ on });
      for (const eventName of ["tag_created", "project_created", "toString", "__proto__"]) {
        assert.equal(await deliver(1, { eventName }), "200 accepted");
      }
      assert.deepEqual(called, ["tag_created", "*", "*", "*"]);
      assert.equal(await deliver(1, { eventName: "tag_deleted" }), "204 unhandled");
    },
    "acknowledges an event that it has no handler for, without a body": async () => {
      const { receiver, results } = receive({ on: { tag_created() {} }, replay: { store: memoryReplayStore() } });
      const answer = await receiver(signed(eventOf(1, { eventName: "toString" })));
      assert.deepEqual([answer.status, answer.body, results[0]?.[0].code], [204, null, "unhandled"]);
    },
    "must be functions": () =>
      assert.throws(() => receive({ on: { tag_created: "no function" } }), {
        name: "TypeError",
        message: "on.tag_created must be a function",
      }),
    "and origin are one too many, and neither is one too few": () => {
      assert.throws(() => receive({ origin: originWith(), on: { "*"() {} } }), {
        name: "TypeError",
        message: "a subscription has either an origin or handlers (on), not both",
      });
      assert.throws(() => receive({ on: undefined }), {
        name: "TypeError",
        message: "a subscription needs an origin, handlers (on) or authorize",
      });
    },
  },
  authorize: {
    "answers whether an event is genuine, with its id alone, and delivers nothing": async () => {
      const { receiver, results, lines } = receive({ on: undefined, authorize: true });
      const answer = await receiver(signed(eventOf(1), { headers: { "X-Mia-Event-Id": "the sender's" } }));
      const id = sha256(eventOf(1));
      assert.deepEqual([answer.status, await answer.text()], [200, ""]);
      assert.deepEqual(
        [...answer.headers].filter(([name]) => name !== "content-length"),
        [["x-mia-event-id", id]],
      );
      assert.deepEqual([results[0]?.[0].code, results[0]?.[0].id, results[0]?.[1]], ["authorized", id, undefined]);
      const [line] = resultsOf(lines);
      assert.deepEqual(
        [lines.length, line?.code, line?.status, line?.eventName, line?.id],
        [1, "authorized", 200, "tag_created", id],
      );
    },
    "refuses what is not genuine or out of scope, and names no event then": async () => {
      const { receiver, results } = receive({ on: undefined, authorize: true, tenantId: "acme" });
      for (const [request, status, code] of [
        [signed(eventOf(1), { secret: "guessed" }), 401, "token_mismatch"],
        [signed(eventOf(1, { tenantId: "other" } as object)), 403, "event_out_of_scope"],
        [signed(eventOf(1, { tenantId: "acme" } as object)), 200, "authorized"],
      ] as const) {
        const answer = await receiver(request);
        assert.deepEqual([answer.status, results.at(-1)?.[0].code], [status, code]);
        assert.equal(answer.headers.has("x-mia-event-id"), status === 200);
      }
    },
    "stands alone: where nothing is delivered, what is about a delivery has no effect": () => {
      const store = memoryReplayStore();
      const useless =
        "with authorize, nothing is delivered here, so replay has no effect: use it where events are delivered";
      for (const [options, message] of [
        [{ replay: { store } }, useless],
        [{ on: { "*"() {} } }, "with authorize, nothing is delivered here: leave out on, or authorize"],
        [{ origin: originWith() }, "with authorize, nothing is delivered here: leave out origin, or authorize"],
        [{ originPath: "/hooks" }, "originPath needs an origin; authorize does not use it"],
        [{ originHeaders: {} }, "originHeaders needs an origin; authorize does not use it"],
        [{ authorize: false }, "a subscription needs an origin, handlers (on) or authorize"],
        [{ authorize: "true" }, /^authorize must be/],
      ] as const) {
        assert.throws(() => receive({ on: undefined, authorize: true, ...options }), { name: "TypeError", message });
      }
      const subscriptions = {
        "/one": { secrets: "first secret", on: { "*"() {} } },
        "/two": { secrets: "second one", authorize: true },
      };
      receive({ subscriptions });
      assert.throws(() => receive({ subscriptions, replay: { store } }), {
        name: "TypeError",
        message: `subscriptions["/two"]: ${useless}`,
      });
    },
  },
  tenantId: scope("tenantId", "acme", { tenantId: "acme" }, { tenantId: "other" }, "company_differs"),
  projectId: scope("projectId", "shop", { projectId: "shop" }, { projectId: "other" }, "project_differs"),
  eventName: scope("eventName", "tag_created", {}, { eventName: "tag_deleted" }, "event_name_differs"),
  subscriptions: {
    "have a path each, with secrets, scope, origin and path at the origin of its own": async () => {
      const origin = originWith();
      const { send, results } = receive({
        subscriptions: {
          "/one": { secrets: "first secret", origin },
          "/two": { secrets: "second one", origin, originPath: "/hooks", tenantId: "acme" },
        },
      });
      const at = (path: string, secret: string, event = {}) => send(signed(eventOf(1, event), { path, secret }));
      assert.equal(await at("/one?query", "first secret"), "200 accepted");
      assert.equal(await at("/one", "second one"), "401 token_mismatch");
      assert.equal(await at("/two", "second one"), "403 event_out_of_scope");
      assert.equal(await at("/two", "second one", { tenantId: "acme" }), "200 accepted");
      assert.deepEqual(
        origin.arrivals.map(({ url }) => new URL(url).pathname),
        ["/one", "/hooks"],
      );
      assert.deepEqual(
        results.map(([{ path }]) => path),
        ["/one", "/one", "/two", "/two"],
      );
    },
    "have no other path": async () => {
      const { send, results } = receive({ subscriptions: { "/one": { secrets: SECRET, on: { "*"() {} } } } });
      for (const path of ["/", "/one/", "/ONE", "/one//", "/toString", "/__proto__"]) {
        assert.equal(await send(signed(eventOf(1), { path })), "404 path_unknown", path);
      }
      assert.equal(results[1]?.[0].path, "/one/");
    },
    "have a part of the store each": async () => {
      const at = { secrets: SECRET, on: { "*": () => {} } };
      const { send } = receive({ subscriptions: { "/one": at, "/two": at }, replay: { store: memoryReplayStore() } });
      for (const path of ["/one", "/two"]) {
        assert.equal(await send(signed(eventOf(1), { path })), "200 accepted");
        assert.equal(await send(signed(eventOf(1), { path })), "200 event_duplicate");
      }
    },
    "must hold a path, which starts with /": () => {
      assert.throws(() => receive({ subscriptions: {} }), {
        name: "TypeError",
        message: "subscriptions must hold at least one path",
      });
      assert.throws(() => receive({ subscriptions: { "no/slash": { secrets: SECRET, on: { "*"() {} } } } }), {
        name: "TypeError",
        message: 'the path "no/slash" of a subscription must start with "/", without "?" and "#"',
      });
      for (const path of ["", "x/", "/a?b", "/a#b", "https://receiver.example/"]) {
        assert.throws(() => receive({ subscriptions: { [path]: { secrets: SECRET, on: { "*"() {} } } } }), TypeError);
      }
    },
    "have paths as URLs write them": async () => {
      const at = (secrets: string) => ({ secrets, on: { "*": () => {} } });
      const { send, results } = receive({ subscriptions: { "/caffè": at("first secret"), "/a b": at("second one") } });
      for (const path of ["/caffè", "/caff%C3%A8"]) {
        assert.equal(await send(signed(eventOf(1), { path, secret: "first secret" })), "200 accepted");
      }
      assert.equal(await send(signed(eventOf(1), { path: "/a%20b", secret: "second one" })), "200 accepted");
      assert.deepEqual(
        results.map(([{ path }]) => path),
        ["/caffè", "/caffè", "/a b"],
      );
      assert.throws(() => receive({ subscriptions: { "/a b": at("first secret"), "/a%20b": at("second one") } }), {
        name: "TypeError",
        message: 'the paths "/a%20b" and "/a b" are the same',
      });
    },
    "answer 400 to a request whose address cannot be read, in one line": async () => {
      const { receiver, results, lines } = receive({
        subscriptions: { "/one": { secrets: SECRET, on: { "*"() {} } } },
      });
      for (const url of ["http://[/one", "", "/one", undefined]) {
        const request = { method: "POST", url, headers: new Headers(), body: null, arrayBuffer: async () => {} };
        const answer = await receiver(request as unknown as Request);
        assert.deepEqual([answer.status, results.at(-1)?.[0].code], [400, "request_malformed"]);
      }
      assert.equal(lines.length, 4);
    },
    "must not share a token: no secret of one ends with a secret of another": () => {
      const at = (secrets: unknown) => ({ secrets, on: { "*"() {} } });
      for (const [one, two] of [
        ["a long secret", "secret"],
        ["secret", "a long secret"],
        [{ current: "other", previous: "a long secret" }, ["another", new TextEncoder().encode("secret")]],
      ]) {
        assert.throws(() => receive({ subscriptions: { "/one": at(one), "/two": at(two) } }), {
          code: "secret_suffix",
          message: "One secret ends with another. They are secrets of /one and /two.",
        });
      }
    },
    "are named by the error of a secret": () => {
      const ok = { secrets: SECRET, on: { "*"() {} } };
      for (const [secrets, code, message] of [
        [undefined, "secret_missing", "No secret is configured. It is about the subscription /two."],
        ["", "secret_empty", "A secret is empty. It is about the subscription /two."],
        [" ", "secret_empty", "A secret is empty. It holds white space only. It is about the subscription /two."],
        [
          { a: undefined },
          "secret_missing",
          'No secret is configured. It is the one named "a". It is about the subscription /two.',
        ],
        [7, undefined, /^secrets must be .* It is about the subscription \/two\.$/],
      ] as const) {
        const subscriptions = { "/one": ok, "/two": { secrets, on: { "*"() {} } } };
        assert.throws(() => receive({ subscriptions }), { ...(code && { code }), message });
      }
      assert.throws(() => receive({ secrets: "" }), { message: "A secret is empty." });
    },
    "share what is known to be committed": async () => {
      let claims = 0;
      const store = memoryReplayStore();
      const counting = { ...store, claim: (claim: never) => (claims++, store.claim(claim)) };
      const at = (secrets: string) => ({ secrets, on: { "*": () => {} } });
      const { send } = receive({
        subscriptions: { "/one": at("first secret"), "/two": at("second one") },
        replay: { store: counting, partition: () => "both" },
      });
      assert.equal(await send(signed(eventOf(1), { path: "/one", secret: "first secret" })), "200 accepted");
      assert.equal(await send(signed(eventOf(1), { path: "/two", secret: "second one" })), "200 event_duplicate");
      assert.equal(claims, 1);
    },
    "may share a secret, and the operator is warned once": () => {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
      const at = (secrets: unknown) => ({ secrets, on: { "*"() {} } });
      const bytes = new TextEncoder().encode("canary");
      receive({ subscriptions: { "/one": at("canary"), "/two": at({ old: bytes.buffer }), "/three": at("other") } });
      assert.deepEqual(warn.mock.calls, [
        [
          "mia-webhooks: the subscriptions /one and /two have the same secret, so an event of one is genuine for the other too. Give each its own.",
        ],
      ]);
    },
  },
  originHeaders: {
    "are sent to the origin": async () => {
      const origin = originWith();
      await receive({ origin, originHeaders: { "X-Origin-Secret": "canary" } }).deliver(1);
      assert.equal(origin.arrivals[0]?.headers.get("x-origin-secret"), "canary");
    },
    "are checked at once": () =>
      assert.throws(() => receive({ origin: originWith(), originHeaders: { host: "x" } }), TypeError),
  },
  forwardHeaders: {
    "are forwarded, beside those that carry the token": async () => {
      const origin = originWith();
      const { send } = receive({ origin, forwardHeaders: ["X-Request-Id"], headerNames: ["X-Other"] });
      const headers = { "X-Other": sha256(eventOf(1), SECRET), "X-Request-Id": "42", "X-Origin": "1" };
      assert.equal(await send(signed(eventOf(1), { headers })), "200 accepted");
      assert.deepEqual([...(origin.arrivals[0]?.headers.keys() ?? [])].sort(), [
        "accept-encoding",
        "content-type",
        "x-mia-event-id",
        "x-other",
        "x-request-id",
      ]);
    },
    "are checked at once": () =>
      assert.throws(() => receive({ origin: originWith(), forwardHeaders: ["host"] }), TypeError),
  },
  headerNames: {
    "carry the token, and no other header does": async () => {
      const { send } = receive({ headerNames: ["X-Other"] });
      const body = eventOf(1);
      assert.equal(await send(signed(body)), "401 token_missing");
      assert.equal(await send(signed(body, { headers: { "X-Other": sha256(body, SECRET) } })), "200 accepted");
    },
    "are checked at once": () => assert.throws(() => receive({ headerNames: [] }), { name: "RangeError" }),
  },
  maxBufferedBytes: {
    "is how much the bodies of all requests may take: the one that began first gives way": async () => {
      const { send, receiver } = receive({ maxBytes: 1000, maxBufferedBytes: 1000 });
      let cancelled = 0;
      const waiting = send(endless({ chunk: new Uint8Array(900), onCancel: () => cancelled++ }));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(await send(signed(eventOf(1).padEnd(200))), "200 accepted");
      assert.equal(await waiting, "503 receiver_overloaded");
      assert.equal(cancelled, 1);
      const refused = receiver(endless({ chunk: new Uint8Array(900) }));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(await send(signed(eventOf(2).padEnd(200))), "200 accepted");
      assert.equal((await refused).headers.get("retry-after"), "5");
    },
    "counts a body until it is answered": async () => {
      let take: (answer: Response) => void = () => {};
      const taken = new Promise<Response>((resolve) => (take = resolve));
      const origin = originWith(() => taken);
      const { send } = receive({ origin, maxBytes: 1000, maxBufferedBytes: 1000 });
      const first = send(signed(eventOf(1).padEnd(900)));
      while (origin.arrivals.length === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal(await send(signed(eventOf(2).padEnd(200))), "503 receiver_overloaded");
      take(new Response());
      assert.equal(await first, "200 accepted");
      assert.equal(await send(signed(eventOf(2).padEnd(200))), "200 accepted");
    },
    "is 32 MiB by default, or maxBytes if that is more": async () => {
      const mebibyte = new Uint8Array(1_048_576);
      const { send } = receive();
      const waiting = Array.from({ length: 32 }, () => send(endless({ chunk: mebibyte })));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(await Promise.race([...waiting, "none was refused"]), "none was refused");
      assert.equal(await send(signed(eventOf(1))), "200 accepted");
      assert.equal(await waiting[0], "503 receiver_overloaded");
      const most = 33_554_433;
      assert.equal(await receive({ maxBytes: most }).send(signed(eventOf(1).padEnd(most))), "200 accepted");
    },
    "is checked at once": () => {
      for (const maxBufferedBytes of [0, -1, 1.5, "9"]) {
        assert.throws(() => receive({ maxBufferedBytes }), {
          name: maxBufferedBytes === "9" ? "TypeError" : "RangeError",
          message: "maxBufferedBytes must be an integer above 0",
        });
      }
      assert.throws(() => receive({ maxBytes: 1001, maxBufferedBytes: 1000 }), {
        name: "RangeError",
        message: "maxBufferedBytes must be at least maxBytes",
      });
    },
  },
  maxBytes: {
    "is the largest payload": async () => {
      const { deliver } = receive({ maxBytes: eventOf(1).length });
      assert.equal(await deliver(1), "200 accepted");
      assert.equal(await deliver(10), "413 payload_too_large");
    },
    "is where the reading ends: the rest of a body is dropped for a second, and cancelled then": async () => {
      let isCancelled = false;
      const onCancel = () => (isCancelled = true);
      const answer = receive({ maxBytes: 9 }).send(endless({ chunk: new Uint8Array(10), onCancel }));
      assert.equal(await timeOf(answer), 1000);
      assert.equal(await answer, "413 payload_too_large");
      assert.equal(isCancelled, true);
    },
    "is checked at once": () => assert.throws(() => receive({ maxBytes: 0 }), { name: "RangeError" }),
  },
  bodyTimeoutMs: {
    "is how long a body may take, and then it is cancelled": async () => {
      let isCancelled = false;
      const onCancel = () => (isCancelled = true);
      const answer = receive({ bodyTimeoutMs: 300 }).send(endless({ onCancel }));
      assert.equal(await timeOf(answer), 300);
      assert.equal(await answer, "408 payload_timeout");
      assert.equal(isCancelled, true);
    },
    "is checked at once": () => assert.throws(() => receive({ bodyTimeoutMs: 1.5 }), { name: "RangeError" }),
  },
  originTimeoutMs: {
    "is how long the origin may take": async () => {
      const answer = receive({ origin: originWith(null), originTimeoutMs: 300 }).deliver(1);
      assert.equal(await timeOf(answer), 300);
      assert.equal(await answer, "504 origin_timeout");
    },
    "is ten seconds by default": async () =>
      assert.equal(await timeOf(receive({ origin: originWith(null) }).deliver(1)), 10_000),
    "is checked at once, also where events are handled": () => {
      const expected = { name: "RangeError", message: "originTimeoutMs must be an integer above 0" };
      assert.throws(() => receive({ origin: originWith(), originTimeoutMs: 0 }), expected);
      assert.throws(() => receive({ originTimeoutMs: 0 }), expected);
    },
    "is part of the shortest lease, but not where events are handled": () => {
      const replay = { store: memoryReplayStore(), leaseMs: 5_000 };
      assert.throws(() => receive({ origin: originWith(), replay }), { name: "RangeError" });
      assert.throws(() => receive({ origin: originWith(), originTimeoutMs: 1, replay }), { name: "RangeError" });
      assert.ok(receive({ replay }));
      assert.ok(receive({ origin: originWith(), originTimeoutMs: 1, replay: { ...replay, leaseMs: 5_001 } }));
    },
  },
  replay: {
    "does not change what its partition was named for, also when its event has been forwarded": async () => {
      const named: Delivery[] = [];
      const replay = { store: memoryReplayStore(), partition: (of: Delivery) => (named.push(of), "a name") };
      assert.equal(await receive({ origin: originWith(), replay }).deliver(1), "200 accepted");
      const [of] = named;
      assert.deepEqual(of?.event, JSON.parse(new TextDecoder().decode(of?.payload)));
    },
    "keeps replays out; without it they are handled again": async () => {
      const guarded = receive({ replay: { store: memoryReplayStore() } });
      assert.deepEqual([await guarded.deliver(1), await guarded.deliver(1)], ["200 accepted", "200 event_duplicate"]);
      assert.equal(guarded.handled.length, 1);
      const bare = receive();
      assert.deepEqual([await bare.deliver(1), await bare.deliver(1)], ["200 accepted", "200 accepted"]);
      assert.equal(bare.handled.length, 2);
      assert.equal("isLatest" in (bare.handled[0] ?? {}), false);
    },
    "is checked at once: what is no guard does not switch it off": () => {
      for (const replay of [null, false, {}]) {
        assert.throws(() => receive({ replay }), { name: "TypeError" });
      }
    },
    "tells a handler what the store knows of the latest event": async () => {
      const { deliver, handled } = receive({ replay: { store: memoryReplayStore() } });
      await deliver(1, { eventTimestamp: NOW });
      await deliver(2, { eventTimestamp: NOW - 1 });
      assert.deepEqual(
        handled.map(({ isLatest, latestEventTimestamp }) => [isLatest, latestEventTimestamp]),
        [
          [true, undefined],
          [false, NOW],
        ],
      );
    },
    "tells the origin what the store knows of the latest event": async () => {
      const origin = originWith();
      await receive({ origin, replay: { store: memoryReplayStore() } }).deliver(1);
      assert.equal(origin.arrivals[0]?.headers.get("x-mia-event-latest"), "true");
    },
  },
  log: {
    "gets each result as a line of JSON": async () => {
      const { deliver, lines, results } = receive();
      await deliver(1);
      const defined = Object.fromEntries(
        Object.entries(results[0]?.[0] ?? {}).filter(([, value]) => value !== undefined),
      );
      assert.deepEqual(resultsOf(lines), [{ message: "mia-webhooks", ...defined }]);
    },
    "escapes what a terminal or a viewer would obey": async () => {
      const { deliver, lines } = receive();
      const eventName = "a\u009b2J\u202eb\u2028c\u2066";
      assert.equal(await deliver(1, { eventName }), "200 accepted");
      assert.match(lines[0] ?? "", /^[ -~]*$/);
      assert.equal(resultsOf(lines)[0]?.eventName, eventName);
    },
    "is console.log by default": async () => {
      const spy = vi.spyOn(console, "log").mockImplementation(() => {});
      await receive({ log: undefined }).deliver(1);
      assert.equal(resultsOf(spy.mock.calls.map(([line]) => line))[0]?.code, "accepted");
    },
    "may fail: the event was delivered, the sender learns it, and the operator too": async () => {
      const thrown = new Error("no disk");
      const fails = [
        () => {
          throw thrown;
        },
        () => Promise.reject(thrown),
      ];
      for (const [name, other] of [
        ["log", "onResult"],
        ["onResult", "log"],
      ] as const) {
        for (const fail of fails) {
          const spy = vi.spyOn(console, "error").mockImplementation(() => {});
          const told: unknown[] = [];
          const { receiver, handled } = receive({ [name]: fail, [other]: (result: unknown) => told.push(result) });
          assert.equal((await receiver(signed(eventOf(1)))).status, 200);
          assert.equal((await receiver(signed(eventOf(1), { secret: "guessed" }))).status, 401);
          assert.equal(handled.length, 1);
          assert.equal(told.length, 2);
          await new Promise((resolve) => setImmediate(resolve));
          assert.deepEqual(spy.mock.calls, Array(2).fill([`mia-webhooks: ${name} failed`, thrown]));
          spy.mockRestore();
        }
      }
    },
  },
  onResult: {
    "may be left out": async () => {
      const spy = vi.spyOn(console, "error").mockImplementation(() => {});
      assert.equal((await receive({ onResult: undefined }).receiver(signed(eventOf(1)))).status, 200);
      assert.equal(spy.mock.calls.length, 0);
    },
    "gets everything that is known of an event": async () => {
      const { send, results } = receive();
      const answer = send(signed(eventOf(1)));
      vi.setSystemTime(NOW + 42);
      await answer;
      assert.deepEqual(results, [
        [
          {
            code: "accepted",
            status: 200,
            path: undefined,
            eventName: "tag_created",
            eventTimestamp: NOW,
            id: sha256(eventOf(1)),
            secretId: "0",
            bytes: eventOf(1).length,
            durationMs: 42,
            reason: undefined,
            isUnguarded: undefined,
            hint: undefined,
          },
          undefined,
        ],
      ]);
    },
    "gets the error of a refused request, and what to do about it": async () => {
      const { send, results } = receive();
      await send(signed(eventOf(1), { secret: "guessed" }));
      const [[result, error] = []] = results;
      assert.equal(result?.id, undefined);
      assert.match(String(result?.hint), /forged/);
      assert.equal((error as { code?: unknown }).code, "token_mismatch");
    },
    "gets the error of a store that an event passed without": async () => {
      const gone = new Error("the store is gone");
      const store: ReplayStore = { ...memoryReplayStore(), claim: () => Promise.reject(gone) };
      const { deliver, results } = receive({ replay: { store, failOpen: true } });
      assert.equal(await deliver(1), "200 accepted");
      assert.equal(results[0]?.[0].isUnguarded, true);
      assert.equal(results[0]?.[1], gone);
    },
  },
};

for (const [name, effects] of Object.entries(EFFECTS)) {
  describe(name, () => {
    for (const [sentence, run] of Object.entries(effects)) {
      test(sentence, run);
    }
  });
}

function scope(option: keyof Options, value: string, inside: object, outside: object, reason: string): Effects {
  return {
    "lets in the events that it names, and the log says why another is out": async () => {
      const { deliver, results, handled } = receive({ [option]: value });
      assert.equal(await deliver(1, inside), "200 accepted");
      assert.equal(await deliver(2, outside), "403 event_out_of_scope");
      assert.equal(results[1]?.[0].reason, reason);
      assert.match(String(results[1]?.[0].hint), /^Compare the subscription's/);
      assert.equal(handled.length, 1);
    },
  };
}

describe("a handler", () => {
  test("gets the event, its id, its payload, its secret's name, the headers and waitUntil", async () => {
    const waited: unknown[] = [];
    const context = {
      tasks: waited,
      waitUntil(work: Promise<unknown>) {
        this.tasks.push(work);
      },
    };
    const on = vi.fn();
    const { send } = receive({ on: { tag_created: on } });
    assert.equal(await send(signed(eventOf(1), { headers: { "x-request-id": "42" } }), context), "200 accepted");
    const [event, { headers, waitUntil, payload, ...rest }] = on.mock.calls[0] as [unknown, HandlerContext];
    assert.deepEqual(event, JSON.parse(eventOf(1)));
    assert.deepEqual(rest, { event, id: sha256(eventOf(1)), secretId: "0" });
    assert.equal(new TextDecoder().decode(payload), eventOf(1));
    assert.equal(headers.get("x-request-id"), "42");
    const work = Promise.resolve();
    waitUntil?.(work);
    assert.ok(waited.includes(work));
  });

  test("can pass on a copy of what it got, and its headers are made by one getter for all requests", async () => {
    const on = vi.fn();
    const { send } = receive({ on: { "*": on } });
    await send(signed(eventOf(1), { headers: { "x-request-id": "42" } }));
    await send(signed(eventOf(2)));
    const [one, two] = on.mock.calls.map(([, context]) => context as HandlerContext);
    assert.equal({ ...one }.headers?.get("x-request-id"), "42");
    const getter = (context?: HandlerContext) => Object.getOwnPropertyDescriptor(context, "headers")?.get;
    assert.ok(getter(one));
    assert.equal(getter(one), getter(two), "with one of its own, each request is kept for long");
  });

  test("can use waitUntil where the runtime has none: the work goes on, and its failure is written", async () => {
    const written = vi.spyOn(console, "error").mockImplementation(() => {});
    for (const context of [undefined, {}, { waitUntil: "no function" }]) {
      const failure = new Error("the work failed");
      const { send } = receive({
        on: { "*": (_: unknown, { waitUntil }: HandlerContext) => waitUntil(Promise.reject(failure)) },
      });
      assert.equal(await send(signed(eventOf(1)), context as object), "200 accepted");
      await new Promise(setImmediate);
      assert.deepEqual(written.mock.calls.at(-1), ["mia-webhooks: work of a handler failed", failure]);
    }
    written.mockRestore();
  });

  test("that throws is in the log where no onResult gets the error", async () => {
    const lines: string[] = [];
    const options = { secrets: SECRET, on: { "*": () => Promise.reject(new Error("no database\u009b")) } };
    const log = (line: string) => void lines.push(line);
    await createReceiver({ ...options, log })(signed(eventOf(1)));
    await createReceiver({ ...options, log, onResult() {} })(signed(eventOf(1)));
    await createReceiver({ ...options, log, secrets: () => Promise.reject(new Error("canary")) })(signed(eventOf(1)));
    const [shown, given, secret] = lines.map((line) => JSON.parse(line).detail);
    assert.match(shown, /^Error: no database\u009b\n +at /);
    assert.ok(!lines[0]?.includes("\u009b"), "a terminal obeys it");
    assert.deepEqual([given, secret], [undefined, undefined]);
  });

  test("is waited for", async () => {
    let finish: () => void = () => {};
    const { send, results } = receive({ on: { "*": () => new Promise<void>((resolve) => (finish = resolve)) } });
    const answer = send(signed(eventOf(1)));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(results.length, 0);
    finish();
    assert.equal(await answer, "200 accepted");
  });

  test("that throws is a 500, and the operator gets its error", async () => {
    const thrown = new Error("canary in an error");
    for (const handler of [() => Promise.reject(thrown), () => assert.fail(thrown)]) {
      const { receiver, results, lines } = receive({ on: { "*": handler } });
      const answer = await receiver(signed(eventOf(1)));
      assert.equal(answer.status, 500);
      assert.ok(!(await answer.text()).includes("canary") && !lines.join().includes("canary"));
      const [[result, error] = []] = results;
      assert.equal(result?.code, "handler_failed");
      assert.equal(
        result?.hint,
        "Read the error: detail in the log has it, or onResult received it. The event was not acknowledged.",
      );
      assert.equal((error as Error).cause, thrown);
    }
  });

  test("that succeeded is a 200 without a body", async () => {
    const answer = await receive().receiver(signed(eventOf(1)));
    assert.deepEqual([answer.status, answer.body], [200, null]);
  });
});

describe("a sender that hangs up", () => {
  test("does not stop a guarded delivery: the runtime waits for it, and a failure breaks nothing", async () => {
    const waited: Promise<unknown>[] = [];
    const context = { waitUntil: (work: Promise<unknown>) => void waited.push(work) };
    const store = { ...memoryReplayStore(), claim: () => Promise.reject(new Error("gone")) };
    const { send } = receive({ replay: { store } });
    assert.equal(await send(signed(eventOf(1)), context), "503 replay_store_unreachable");
    assert.equal(await waited[0], undefined);
    assert.equal(waited.length, 1);
  });

  test("keeps an unguarded delivery alive too: its memory has to be given back", async () => {
    const kept: Promise<unknown>[] = [];
    const context = { waitUntil: (work: Promise<unknown>) => void kept.push(work) };
    assert.equal(await receive().send(signed(eventOf(1)), context), "200 accepted");
    assert.equal(kept.length, 1);
    await kept[0];
  });
});

test("a store that answers nonsense is an unexpected error, and the operator gets it", async () => {
  const store = { ...memoryReplayStore(), claim: () => undefined };
  const { deliver, results } = receive({ replay: { store } });
  assert.equal(await deliver(1), "500 unexpected_error");
  assert.equal((results[0]?.[1] as Error).name, "TypeError");
});

test("an origin that cannot be reached is a 502, and the operator gets the error", async () => {
  const thrown = new TypeError("no such host");
  const { deliver, results } = receive({ origin: originWith(() => Promise.reject(thrown)) });
  assert.equal(await deliver(1), "502 origin_unreachable");
  assert.equal((results[0]?.[1] as Error).cause, thrown);
});

for (const name of ["bodyTimeoutMs", "originTimeoutMs"]) {
  test(`${name} is at most what a timer can wait: with more, it would not wait at all`, () => {
    receive({ origin: originWith(), [name]: 2_147_483_647, replay: undefined });
    assert.throws(() => receive({ origin: originWith(), [name]: 2_147_483_648 }), {
      name: "RangeError",
      message: `${name} must be at most 2147483647`,
    });
  });
}
