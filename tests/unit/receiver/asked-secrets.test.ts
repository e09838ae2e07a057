/** Secrets that a function gives: when it is asked, what happens when it fails, and what the operator learns. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { WebhookError } from "mia-webhooks";
import { type ReceiverOptions, type Result, createReceiver } from "mia-webhooks/receiver";
import { eventOf, sha256, signed, stopClock, timeOf } from "./signed.js";

let warnings: string[];
beforeEach(() => {
  stopClock();
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((line) => void warnings.push(line));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Given = () => unknown;

/** A receiver with these secrets, and what its operator got. */
function receive(secrets: Given | Record<string, unknown>, refreshMs?: number) {
  const results: Result[] = [];
  const lines: string[] = [];
  const errors: unknown[] = [];
  const handled: unknown[] = [];
  const asked = { times: 0 };
  const subscription = (given: unknown) => ({
    secrets: typeof given === "function" ? given : () => given,
    on: { "*": (event: unknown) => void handled.push(event) },
  });
  const counted = Object.assign(
    () => {
      asked.times++;
      return (secrets as Given)();
    },
    refreshMs === undefined ? {} : { refreshMs },
  );
  const receiver = createReceiver({
    ...(typeof secrets === "function"
      ? subscription(counted)
      : {
          subscriptions: Object.fromEntries(
            Object.entries(secrets).map(([path, given]) => [path, subscription(given)]),
          ),
        }),
    log: (line: string) => void lines.push(line),
    onResult: (result: Result, error: unknown) => {
      results.push(result);
      errors.push(error);
    },
  } as unknown as ReceiverOptions);
  const send = async (request: Request) => {
    const { status } = await receiver(request);
    return `${status} ${results.at(-1)?.code}`;
  };
  const deliver = (secret: string, { number = 1, path = "/" } = {}) => send(signed(eventOf(number), { secret, path }));
  return { receiver, send, deliver, results, lines, errors, handled, asked };
}

/** What a test decides about later. */
function later<T>() {
  let resolve: (value: T) => void = () => assert.fail();
  let reject: (error: unknown) => void = () => assert.fail();
  const promise = new Promise<T>((...functions) => ([resolve, reject] = functions));
  return { promise, resolve, reject };
}

/** Lets everything happen that waits for no timer. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Waits until it is so, and for no timer. */
async function until(isSo: () => boolean): Promise<void> {
  for (let round = 0; !isSo(); round++) {
    assert.ok(round < 1_000, "it never was so");
    await settled();
  }
}

describe("a function for secrets", () => {
  test.for<[string, Given]>([
    ["a secret", () => "first secret"],
    ["bytes", () => new TextEncoder().encode("first secret")],
    ["a promise", () => Promise.resolve(["another one", "first secret"])],
    ["a record", () => ({ one: "first secret", two: "another one" })],
  ])("may give %s", async ([, secrets]) => {
    const { deliver, results } = receive(secrets);
    assert.equal(await deliver("first secret"), "200 accepted");
    assert.equal(await deliver("a wrong one"), "401 token_mismatch");
    assert.ok(results[0]?.secretId !== undefined);
  });

  test("is asked at the first request that may be genuine, and then never again", async () => {
    const { asked, send, deliver } = receive(() => "first secret");
    assert.equal(asked.times, 0);
    assert.equal(await send(new Request("https://receiver.example/")), "405 method_not_allowed");
    assert.equal(
      await send(new Request("https://receiver.example/", { method: "POST", body: "{}" })),
      "401 token_missing",
    );
    assert.equal(asked.times, 0);
    assert.equal(await deliver("first secret"), "200 accepted");
    vi.setSystemTime(Date.now() + 86_400_000);
    assert.equal(await deliver("first secret"), "200 accepted");
    assert.equal(await deliver("a wrong one"), "401 token_mismatch");
    assert.equal(asked.times, 1);
  });

  test("is asked once for all requests that wait for it", async () => {
    const { promise, resolve } = later<string>();
    const { asked, receiver, handled } = receive(() => promise);
    const answers = Promise.all([1, 2, 3].map((number) => receiver(signed(eventOf(number), { secret: "given late" }))));
    resolve("given late");
    assert.deepEqual(
      (await answers).map(({ status }) => status),
      [200, 200, 200],
    );
    assert.deepEqual([asked.times, handled.length], [1, 3]);
  });

  test("that fails is asked again at the next request; the sender learns nothing, and the operator why", async () => {
    const thrown = new Error("the manager says: canary-secret");
    for (const fails of [() => Promise.reject(thrown), () => assert.fail(thrown), () => Promise.reject("text")]) {
      let isBroken = true;
      const { receiver, deliver, results, errors, asked } = receive(() => (isBroken ? fails() : "first secret"));
      const answer = await receiver(signed(eventOf(1), { secret: "first secret" }));
      assert.deepEqual(
        [answer.status, answer.headers.get("retry-after"), await answer.json()],
        [503, "5", { type: "about:blank", title: "Service Unavailable", status: 503 }],
      );
      assert.equal(results[0]?.code, "secrets_unavailable");
      assert.ok(!JSON.stringify(results).includes("canary"));
      assert.match(
        results[0]?.hint ?? "",
        / The function threw (an Error|an AssertionError \(ERR_ASSERTION\)|a string)\.$/,
      );
      assert.ok((errors[0] as WebhookError).cause !== undefined);
      isBroken = false;
      assert.equal(await deliver("first secret"), "200 accepted");
      assert.equal(asked.times, 2);
    }
  });

  test("that failed twice is not asked during a pause, which doubles up to 5 seconds", async () => {
    let given: Given = () => assert.fail("no");
    const { deliver, errors, asked } = receive(() => given());
    const pauses = [];
    for (let failures = 1; failures <= 8; failures++) {
      const started = Date.now();
      while (asked.times < failures) {
        assert.equal(await deliver("first secret"), "503 secrets_unavailable");
        if (asked.times < failures) {
          vi.setSystemTime(Date.now() + 10);
        }
      }
      pauses.push(Date.now() - started);
      for (let number = 0; number < 20 && failures > 1; number++) {
        await deliver("a wrong one", { number });
      }
      assert.equal(asked.times, failures);
    }
    assert.deepEqual(pauses, [0, 0, 250, 500, 1_000, 2_000, 4_000, 5_000]);
    assert.equal(errors.at(-1), errors.at(-2), "the same failure is told again");
    given = () => "first secret";
    vi.setSystemTime(Date.now() + 5_000);
    assert.equal(await deliver("first secret"), "200 accepted");
    vi.setSystemTime(Date.now() + 5_000);
    assert.equal(await deliver("first secret"), "200 accepted");
  });

  test("is not kept from an answer by failures from before", async () => {
    let isBroken = true;
    const { deliver, asked } = receive(() => (isBroken ? assert.fail("no") : "its secret"), 100);
    const fail = async () => assert.equal(await deliver("its secret"), "503 secrets_unavailable");
    await fail();
    await fail();
    isBroken = false;
    await fail();
    vi.setSystemTime(Date.now() + 100);
    assert.equal(await deliver("its secret"), "200 accepted", "no pause is longer than refreshMs");
    isBroken = true;
    vi.setSystemTime(Date.now() + 1_000);
    await fail();
    const { times } = asked;
    await fail();
    assert.equal(asked.times, times + 1, "the first failure of another row has no pause");
  });

  test("whose failure is not an error that can be read fails as any other", async () => {
    const getter = Object.defineProperty({}, "name", { get: () => assert.fail("canary-secret") });
    for (const [thrown, kind] of [
      [Object.assign(new Error("canary-secret"), { name: "NotCapable" }), "a NotCapable"],
      [Object.assign(new Error("canary-secret"), { code: "ENOENT" }), "an Error (ENOENT)"],
      [Object.assign(new Error("canary-secret"), { code: 7 }), "an Error"],
      [Object.assign(new Error("canary-secret"), { name: "its canary-secret", code: "canary-secret" }), "an object"],
      [Object.assign(new Error("canary-secret"), { name: "x".repeat(41) }), "an object"],
      [getter, "an object"],
      [Proxy.revocable({}, {}).proxy, "an object"],
      [null, "null"],
      [undefined, "undefined"],
      ["canary-secret", "a string"],
    ] as const) {
      const { deliver, results } = receive(() => {
        throw thrown;
      });
      assert.equal(await deliver("any"), "503 secrets_unavailable");
      assert.ok(results[0]?.hint?.endsWith(` The function threw ${kind}.`), results[0]?.hint);
      assert.ok(!JSON.stringify(results).includes("canary"));
    }
  });

  test("cannot answer with a code of another kind", async () => {
    const { deliver } = receive(() => Promise.reject(new WebhookError("token_mismatch")));
    assert.equal(await deliver("first secret"), "503 secrets_unavailable");
  });

  test.for<[string, unknown, string]>([
    ["nothing", undefined, "500 secret_missing"],
    ["null", null, "500 secret_missing"],
    ["an empty list", [], "500 secret_missing"],
    ["an empty text", "", "500 secret_empty"],
    ["white space", "\n", "500 secret_empty"],
    ["a placeholder", "undefined", "500 secret_placeholder"],
    ["a template", "${SECRET}", "500 secret_placeholder"],
    ["a long text", "x".repeat(4097), "500 secret_too_long"],
    ["many secrets", Array.from("abcdefghi"), "500 secret_too_many"],
    ["a suffix", ["a secret", "secret"], "500 secret_suffix"],
    ["a missing one", { current: "a secret", previous: undefined }, "500 secret_missing"],
    ["a number", 7, "500 configuration_invalid"],
    ["another function", () => "a secret", "500 configuration_invalid"],
    ["a Map", new Map(), "500 configuration_invalid"],
    ["a record of fields", { secret: "a secret", id: "1" }, "500 configuration_invalid"],
  ])("that gives %s is told so, and asked again", async ([, given, expected]) => {
    let secrets = given;
    const { deliver, results, handled } = receive(() => secrets);
    assert.equal(await deliver(""), expected);
    assert.ok(results[0]?.hint);
    assert.equal(handled.length, 0);
    secrets = "a good one";
    assert.equal(await deliver("a good one"), "200 accepted");
  });

  test("that gives what is no secret is told in the log what it gave", async () => {
    const { deliver, results } = receive(() => new Map());
    await deliver("any");
    assert.equal(
      results[0]?.hint,
      "Read the error's message: it names the setting. secrets must be a secret, a list or a record of secrets, not a Map",
    );
  });

  test("that never answers holds no request for more than 5 seconds, and is asked again", async () => {
    let answer: Given = () => new Promise(() => {});
    const { receiver, deliver, results, errors, asked } = receive(() => answer());
    assert.equal(await timeOf(receiver(signed(eventOf(1), { secret: "first secret" }))), 5_000);
    assert.equal(results[0]?.code, "secrets_unavailable");
    assert.match(String((errors[0] as WebhookError).cause), /the function for secrets did not answer within 5000 ms/);
    assert.match(results[0]?.hint ?? "", / The function did not answer within 5 seconds\.$/);
    answer = () => "first secret";
    assert.equal(await deliver("first secret"), "503 secrets_unavailable", "at once, and without asking");
    assert.equal(asked.times, 1);
    vi.setSystemTime(Date.now() + 5_000);
    assert.equal(await deliver("first secret"), "200 accepted");
    assert.equal(asked.times, 2);
    assert.equal(vi.getTimerCount(), 0);
  });

  test("that never answers is asked once, also where others still wait for the first answer", async () => {
    const { receiver, asked } = receive(() => new Promise(() => {}));
    const wait = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      await settled();
    };
    const waiting: Promise<Response>[] = [];
    const send = async () => {
      waiting.push(receiver(signed(eventOf(waiting.length), { secret: "its secret" })));
      await settled();
    };
    await send();
    await wait(4_000);
    await send();
    await wait(1_000);
    // The first has given up, and then the second.
    await send();
    await wait(4_000);
    await send();
    assert.equal(asked.times, 1);
    assert.deepEqual(
      (await Promise.all(waiting)).map(({ status }) => status),
      [503, 503, 503, 503],
    );
  });

  test("that answers late is taken, but never in place of a newer answer", async () => {
    const [first, second] = [later<string>(), later<string>()];
    const answers = [first.promise, second.promise];
    const { receiver, deliver, asked } = receive(() => answers.shift());
    await timeOf(receiver(signed(eventOf(1), { secret: "slow" })));
    vi.setSystemTime(Date.now() + 5_000);
    const waiting = receiver(signed(eventOf(2), { secret: "new" }));
    second.resolve("new");
    assert.equal((await waiting).status, 200);
    first.resolve("slow");
    await settled();
    assert.equal(await deliver("slow"), "401 token_mismatch");
    assert.equal(await deliver("new"), "200 accepted");
    assert.equal(asked.times, 2);

    const slow = later<string>();
    const other = receive(() => slow.promise);
    await timeOf(other.receiver(signed(eventOf(1), { secret: "slow" })));
    slow.resolve("slow");
    await settled();
    assert.equal(await other.deliver("slow"), "200 accepted");
    assert.equal(other.asked.times, 1);
  });

  test("that never answers is asked again after 10 seconds, and then more and more rarely", async () => {
    const { receiver, asked } = receive(() => new Promise(() => {}));
    const times = [];
    for (const started = Date.now(); Date.now() - started < 200_000; vi.setSystemTime(Date.now() + 1_000)) {
      const before = asked.times;
      await timeOf(Promise.all([1, 2, 3].map((number) => receiver(signed(eventOf(number))))));
      // The requests that asked waited for 5 seconds.
      times.push(...(asked.times > before ? [Date.now() - started - 5_000] : []));
    }
    assert.deepEqual(times, [0, 10_000, 30_000, 70_000, 130_000, 190_000]);
  });

  test("is joined by later requests, each with 5 seconds of its own", async () => {
    const { promise, resolve } = later<string>();
    const { receiver, deliver, asked } = receive(() => promise);
    const first = receiver(signed(eventOf(1), { secret: "slow" }));
    await settled();
    vi.advanceTimersByTime(4_000);
    const second = receiver(signed(eventOf(2), { secret: "slow" }));
    await settled();
    vi.advanceTimersByTime(3_000);
    assert.equal((await first).status, 503);
    assert.equal(await deliver("slow"), "503 secrets_unavailable", "who comes too late is answered at once");
    resolve("slow");
    assert.equal((await second).status, 200);
    assert.equal(asked.times, 1);
  });

  test("whose answer came late is not asked as rarely any more", async () => {
    const slow = later<string>();
    const answers: unknown[] = [slow.promise, new Promise(() => {}), "its secret"];
    const { receiver, deliver, asked } = receive(() => answers.shift());
    await timeOf(receiver(signed(eventOf(1))));
    slow.reject(new Error("late"));
    await settled();
    await timeOf(receiver(signed(eventOf(1))));
    vi.setSystemTime(Date.now() + 5_000);
    assert.equal(await deliver("its secret"), "200 accepted");
    assert.equal(asked.times, 3);
  });

  test("whose late failure nobody waits for any more fails nothing", async () => {
    const slow = later<string>();
    const { receiver, results } = receive(() => slow.promise);
    await timeOf(receiver(signed(eventOf(1), { secret: "slow" })));
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    slow.reject(new Error("late"));
    await settled();
    process.off("unhandledRejection", unhandled);
    assert.deepEqual([unhandled.mock.calls.length, results.length], [0, 1]);
  });
});

describe("what a function for secrets gives", () => {
  const canary = (): never => {
    throw new TypeError("canary-secret");
  };
  const trap = () => new Proxy({}, { get: canary, getPrototypeOf: canary, ownKeys: canary });
  class Bytes extends Uint8Array {
    override get length(): number {
      return canary();
    }
  }

  test.for<[string, () => unknown]>([
    ["a getter", () => Object.defineProperty({}, "current", { enumerable: true, get: canary })],
    [
      "a getter of another error of this package",
      () => ({
        get current() {
          throw new WebhookError("secret_empty", { detail: "canary-secret" });
        },
      }),
    ],
    ["a proxy", trap],
    ["a proxy of a function", () => new Proxy(() => {}, { get: canary })],
    ["a proxy in a list", () => ["a secret", trap()]],
    ["a proxy of a function in a list", () => [new Proxy(() => {}, { get: canary })]],
    ["a proxy in a record", () => ({ current: trap() })],
    ["a list that cannot be listed", () => Object.assign(["a secret"], { [Symbol.iterator]: canary })],
    ["bytes with a getter", () => new Bytes(8)],
    ["a class with a getter", () => Object.defineProperty(new Map(), "constructor", { get: canary })],
    [
      "an object with a tag",
      () => [
        {
          get [Symbol.toStringTag]() {
            return canary();
          },
        },
      ],
    ],
  ])("may be %s that throws: its words are not shown, and no subscription is", async ([, given]) => {
    const { deliver, lines, errors } = receive({ "/one": given, "/two": "its own secret" });
    assert.match(await deliver("any", { path: "/one" }), /^50[03] (secrets_unavailable|configuration_invalid)$/);
    assert.deepEqual([lines.length, lines[0]?.includes("canary")], [1, false], lines[0]);
    const { cause } = errors[0] as WebhookError;
    assert.ok(!(cause as Error).message.includes("/one") || !(cause as Error).message.includes("canary"));
    assert.equal(await deliver("its own secret", { path: "/two" }), "200 accepted");
  });

  test("is read once, and may change afterwards", async () => {
    const bytes = new TextEncoder().encode("first secret");
    const secrets = { current: bytes };
    const { deliver } = receive(() => secrets);
    assert.equal(await deliver("first secret"), "200 accepted");
    bytes.fill(0);
    secrets.current = new TextEncoder().encode("another one");
    assert.equal(await deliver("first secret"), "200 accepted");
  });

  test("is told with the subscription that it is about, in an error of this package", async () => {
    const { deliver, errors } = receive({ "/one": () => 7, "/two": () => "" });
    assert.equal(await deliver("any", { path: "/one" }), "500 configuration_invalid");
    assert.equal(await deliver("any", { path: "/two" }), "500 secret_empty");
    assert.match(
      String((errors[0] as WebhookError).cause),
      /^TypeError: .* not number It is about the subscription \/one\.$/,
    );
    assert.match(String(errors[1]), /It is about the subscription \/two\.$/);
  });
});

test("an error that is not of this package keeps its message, also of secrets that are known", () => {
  const error = Object.freeze(new Error("its message"));
  const secrets = Object.defineProperty({}, "current", {
    enumerable: true,
    get: () => {
      throw error;
    },
  });
  const make = () => createReceiver({ subscriptions: { "/one": { secrets, on: { "*": () => {} } } } });
  assert.throws(make, (thrown) => thrown === error);
});

describe("secrets of several subscriptions", () => {
  test("are compared when they are known, whichever comes first", async () => {
    for (const [one, two, failing] of [
      ["the long secret", "secret", "/two"],
      ["secret", "the long secret", "/two"],
    ]) {
      const { deliver, errors } = receive({ "/one": one, "/two": () => two });
      assert.equal(await deliver(one ?? "", { path: "/one" }), "200 accepted");
      assert.equal(await deliver(two ?? "", { path: failing ?? "" }), "500 secret_suffix");
      assert.match(String(errors[1]), /They are secrets of \/one and \/two/);
      assert.equal(await deliver(one ?? "", { path: "/one" }), "200 accepted");
    }
  });

  test("that are the same get one warning", async () => {
    const { deliver } = receive({ "/one": "the same", "/two": "the same", "/three": "the same" });
    for (const path of ["/one", "/two", "/three", "/one"]) {
      assert.equal(await deliver("the same", { path }), "200 accepted");
    }
    assert.equal(warnings.length, 2);
    assert.match(warnings[1] ?? "", /the subscriptions \/one and \/three have the same secret/);
  });

  test("may be any again when one of them has changed", async () => {
    let one = "the secret";
    const { deliver } = receive({
      "/one": Object.assign(() => one, { refreshMs: 1_000 }),
      "/two": Object.assign(() => "secret", { refreshMs: 1_000 }),
    });
    assert.equal(await deliver("the secret", { path: "/one" }), "200 accepted");
    assert.equal(await deliver("secret", { path: "/two" }), "500 secret_suffix");
    one = "another one";
    vi.setSystemTime(Date.now() + 1_000);
    assert.equal(await deliver("another one", { path: "/one" }), "200 accepted");
    assert.equal(await deliver("secret", { path: "/two" }), "200 accepted");
  });

  test("fail each alone", async () => {
    const { deliver } = receive({ "/one": () => assert.fail("no"), "/two": "its secret" });
    assert.equal(await deliver("any", { path: "/one" }), "503 secrets_unavailable");
    assert.equal(await deliver("its secret", { path: "/two" }), "200 accepted");
  });
});

describe("refreshMs", () => {
  test("is how old secrets may be before a request is verified: one that is taken back stops working", async () => {
    let secret = "old secret";
    const { deliver, asked } = receive(() => secret, 1_000);
    assert.equal(await deliver("old secret"), "200 accepted");
    secret = "new secret";
    vi.setSystemTime(Date.now() + 999);
    assert.equal(await deliver("old secret"), "200 accepted");
    assert.equal(asked.times, 1);
    vi.setSystemTime(Date.now() + 1);
    assert.equal(await deliver("old secret"), "401 token_mismatch");
    assert.equal(await deliver("new secret"), "200 accepted");
  });

  test("also counts where the clock was set back", async () => {
    let secret = "old secret";
    const { deliver } = receive(() => secret, 1_000);
    assert.equal(await deliver("old secret"), "200 accepted");
    secret = "new secret";
    vi.setSystemTime(Date.now() - 86_400_000);
    assert.equal(await deliver("old secret"), "401 token_mismatch");
    assert.equal(await deliver("new secret"), "200 accepted");
  });

  test("where a token does not match, secrets are asked for at once, and the same payload is verified again", async () => {
    let secret = "old secret";
    const { deliver, handled, asked, results } = receive(() => ({ current: secret }), 1_000);
    assert.equal(await deliver("old secret"), "200 accepted");
    secret = "new secret";
    assert.equal(await deliver("new secret", { number: 2 }), "200 accepted");
    assert.deepEqual([asked.times, handled.length, results[1]?.id], [2, 2, sha256(eventOf(2))]);
    assert.equal(await deliver("old secret"), "401 token_mismatch");
  });

  test("who sends wrong tokens makes it be asked once in that time, and no more", async () => {
    const { deliver, asked } = receive(() => "its secret", 1_000);
    const flood = async () => {
      for (let number = 0; number < 20; number++) {
        assert.equal(await deliver("a wrong one", { number }), "401 token_mismatch");
      }
    };
    await flood();
    assert.equal(asked.times, 2, "before the first, and for the first");
    vi.setSystemTime(Date.now() + 1_000);
    await flood();
    assert.equal(asked.times, 4);
  });

  test("wrong tokens that come at the same time wait for one question", async () => {
    let secret: unknown = "old secret";
    const { receiver, deliver, asked } = receive(() => secret, 1_000);
    assert.equal(await deliver("old secret"), "200 accepted");
    const { promise, resolve } = later<string>();
    secret = promise;
    const answers = ["new secret", "new secret", "a wrong one"].map((by, number) =>
      receiver(signed(eventOf(number), { secret: by })),
    );
    await vi.waitFor(() => assert.equal(asked.times, 2));
    resolve("new secret");
    assert.deepEqual(
      (await Promise.all(answers)).map(({ status }) => status),
      [200, 200, 401],
    );
    assert.equal(asked.times, 2);
  });

  test("a token that needs no new secret is not refused where they cannot be asked for", async () => {
    let isBroken = false;
    const { deliver } = receive(() => (isBroken ? assert.fail("no") : "its secret"), 1_000);
    assert.equal(await deliver("its secret"), "200 accepted");
    isBroken = true;
    assert.equal(await deliver("a wrong one"), "401 token_mismatch");
    assert.equal(await deliver("its secret"), "200 accepted");
  });

  test("where a refresh fails, the old secrets are used for ten times that time, with one warning", async () => {
    let given: Given = () => "its secret";
    const { deliver, asked } = receive(() => given(), 1_000);
    assert.equal(await deliver("its secret"), "200 accepted");
    for (const broken of [() => assert.fail("canary"), () => "", () => Promise.reject(new Error("canary"))]) {
      warnings.length = 0;
      given = broken;
      for (let second = 1; second < 10; second++) {
        vi.setSystemTime(Date.now() + 1_000);
        assert.equal(await deliver("its secret"), "200 accepted");
        assert.equal(await deliver("its secret"), "200 accepted");
      }
      assert.equal(warnings.length, 1);
      const { code, hint } = JSON.parse(warnings[0] ?? "") as { code: string; hint: string };
      assert.match(code, /^secrets_unavailable|secret_empty$/);
      assert.match(hint, / The secrets from before are used for 10 seconds at most\.$/);
      assert.ok(!warnings[0]?.includes("canary"));
      vi.setSystemTime(Date.now() + 1_000);
      const times = asked.times;
      assert.match(await deliver("its secret"), /^50[03] secret/);
      assert.match(await deliver("its secret"), /^50[03] secret/);
      assert.equal(asked.times, times + 1, "from then on requests ask, but not all of them");
      given = () => "its secret";
      vi.setSystemTime(Date.now() + 1_000);
      assert.equal(await deliver("its secret"), "200 accepted");
    }
  });

  test("while a refresh never ends, only who asked waits, and the old secrets are used", async () => {
    let given: Given = () => "its secret";
    const { receiver, deliver, asked, results } = receive(() => given(), 60_000);
    assert.equal(await deliver("its secret"), "200 accepted");
    given = () => new Promise(() => {});
    vi.setSystemTime(Date.now() + 60_000);
    const waiting = receiver(signed(eventOf(2), { secret: "its secret" }));
    assert.equal(await deliver("its secret"), "200 accepted");
    assert.equal(await timeOf(waiting), 5_000);
    assert.equal((await waiting).status, 200);
    const known = Date.now();
    for (const [after, times] of [
      [0, 2],
      [54_999, 2],
      [55_000, 3],
    ] as const) {
      vi.setSystemTime(known + after);
      const more = [1, 2, 3].map((number) => receiver(signed(eventOf(number), { secret: "its secret" })));
      assert.equal(await timeOf(Promise.all(more)), times === 3 ? 5_000 : 0);
      assert.equal(asked.times, times);
    }
    assert.equal(await timeOf(receiver(signed(eventOf(3), { secret: "a wrong one" }))), 0, "nor does a wrong token");
    assert.deepEqual([...new Set(results.map(({ status }) => status))], [200, 401]);
    assert.equal(asked.times, 3);
  });

  test("while a refresh of short-lived secrets never ends, only who asked waits", async () => {
    let given: Given = () => "its secret";
    const { receiver, deliver, asked } = receive(() => given(), 1_000);
    assert.equal(await deliver("its secret"), "200 accepted");
    given = () => new Promise(() => {});
    vi.setSystemTime(Date.now() + 1_000);
    const waiting = receiver(signed(eventOf(2), { secret: "its secret" }));
    await settled();
    for (let second = 1; second <= 8; second++) {
      vi.advanceTimersByTime(1_000);
      await settled();
      assert.equal(await deliver("its secret"), "200 accepted");
    }
    assert.deepEqual([(await waiting).status, asked.times], [200, 2]);
    vi.setSystemTime(Date.now() + 1_000);
    assert.equal(await deliver("its secret"), "503 secrets_unavailable", "ten times that time have passed");
    assert.equal(asked.times, 2);
    vi.setSystemTime(Date.now() + 1_000);
    assert.equal(await timeOf(receiver(signed(eventOf(2), { secret: "its secret" }))), 5_000);
    assert.equal(asked.times, 3);
  });

  test("after ten times that time without a request, all that come at once wait for the answer", async () => {
    let given: unknown = "taken back";
    const { receiver, deliver, asked, results } = receive(() => given, 1_000);
    assert.equal(await deliver("taken back"), "200 accepted");
    const { promise, resolve } = later<string>();
    given = promise;
    vi.setSystemTime(Date.now() + 10_000);
    const answers = [2, 3].map((number) => receiver(signed(eventOf(number), { secret: "taken back" })));
    await settled();
    assert.deepEqual([results.length, asked.times], [1, 2]);
    resolve("new secret");
    assert.deepEqual(
      (await Promise.all(answers)).map(({ status }) => status),
      [401, 401],
    );
  });

  test("that cannot be used is refused when the receiver is made", () => {
    for (const refreshMs of [0, -1, 1.5, NaN, "1000", null, 2 ** 31]) {
      assert.throws(() => receive(() => "a secret", refreshMs as number), /secrets\.refreshMs must be/);
    }
  });
});

describe("a body whose token does not match, while newer secrets are asked for", () => {
  const settings = { refreshMs: 1_000 };
  const forged = (size: number) => signed("x".repeat(size), { secret: "a wrong one" });

  /** A receiver whose secrets are known, and then never come again. */
  async function hanging(options: object) {
    let given: unknown = "its secret";
    const results: Result[] = [];
    const receiver = createReceiver({
      secrets: Object.assign(() => given, settings),
      on: { "*": () => {} },
      log: () => {},
      onResult: (result: Result) => void results.push(result),
      ...options,
    } as unknown as ReceiverOptions);
    assert.equal((await receiver(signed(eventOf(1), { secret: "its secret" }))).status, 200);
    given = new Promise(() => {});
    results.length = 0;
    return { receiver, results };
  }

  test("counts as memory, and when it gives way its sender is answered at once", async () => {
    const { receiver, results } = await hanging({ maxBytes: 1_000_000, maxBufferedBytes: 2_000_000 });
    const answers = [];
    for (let number = 1; number <= 20; number++) {
      answers.push(receiver(forged(900_000)));
      // Each is read before the next one comes. The budget has room for two.
      await until(() => vi.getTimerCount() === number && results.length >= number - 2);
    }
    assert.deepEqual(
      [...new Set(results.map(({ code, status, bytes }) => `${status} ${code} ${bytes}`))],
      ["503 receiver_overloaded undefined"],
    );
    await timeOf(Promise.all(answers));
    assert.deepEqual((await Promise.all(answers)).map(({ status }) => status).sort(), [
      401,
      401,
      ...Array(18).fill(503),
    ]);
  });

  test("gives way at any moment", async () => {
    for (let moment = 0; moment < 60; moment++) {
      const { receiver, results } = await hanging({ maxBytes: 9_000, maxBufferedBytes: 9_000 });
      const answers = [receiver(forged(8_000))];
      for (let turn = 0; turn < moment; turn++) {
        await Promise.resolve();
      }
      answers.push(receiver(forged(8_000)));
      await until(() => results.length === 1);
      assert.equal(results[0]?.code, "receiver_overloaded");
      await timeOf(Promise.all(answers));
    }
  });
});

test("secrets that are known are checked when the receiver is made, and no function is asked then", () => {
  assert.throws(() => createReceiver({ secrets: "", on: { "*": () => {} } }), { code: "secret_empty" });
  const { asked } = receive(() => assert.fail("not now"));
  assert.equal(asked.times, 0);
});
