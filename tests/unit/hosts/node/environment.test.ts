/** A receiver's options from the environment of a server. */

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { describe, test, vi } from "vitest";
import { type ReceiverOptions, createReceiver } from "mia-webhooks/receiver";
import { environmentOptions } from "../../../../pkg/src/hosts/node/environment.js";
import { VARIABLES } from "../../../../pkg/src/receiver/environment.js";
import { SECRET, eventOf, resultsOf, signed } from "../../receiver/signed.js";
import { folderOfEachTest } from "./folder.js";

const { warnings, at } = folderOfEachTest();

/** The path of a file with this text. */
function file(text: string): string {
  const path = at(String(warnings.length) + text.length);
  writeFileSync(path, text);
  return path;
}

/** A receiver with handlers and this environment. */
function receive(env?: Parameters<typeof environmentOptions>[0]) {
  const lines: string[] = [];
  const options = { ...environmentOptions(env), on: { "*": () => {} }, log: (line: string) => void lines.push(line) };
  const receiver = createReceiver(options as ReceiverOptions);
  return async (secret = SECRET, number = 1) => {
    const { status } = await receiver(signed(eventOf(number), { secret }));
    const { code, secretId } = resultsOf(lines).at(-1) ?? {};
    return [status, code, secretId].filter((part) => part !== undefined).join(" ");
  };
}

describe("a secret in a variable", () => {
  test("is what events are signed with, and the one before is accepted beside it", async () => {
    const deliver = receive({ MIA_WEBHOOK_SECRET: SECRET, MIA_WEBHOOK_SECRET_PREVIOUS: "the one before" });
    assert.equal(await deliver(), "200 accepted current");
    assert.equal(await deliver("the one before", 2), "200 accepted previous");
  });

  test("is checked when the receiver is made", () => {
    assert.throws(() => receive({}), { code: "secret_missing" });
    assert.throws(() => receive({ MIA_WEBHOOK_SECRET: "" }), { code: "secret_empty" });
    assert.throws(() => receive({ MIA_WEBHOOK_SECRET_PREVIOUS: SECRET }), { code: "secret_missing" });
  });

  test("is taken from the environment of the process, where no other is given", async () => {
    vi.stubEnv("MIA_WEBHOOK_SECRET", SECRET);
    assert.equal(await receive()(), "200 accepted current");
  });
});

describe("a secret in a file", () => {
  test.for<[string, string | undefined, string, number]>([
    [SECRET, undefined, SECRET, 0],
    [`${SECRET}\n`, undefined, `${SECRET}\n`, 1],
    [`${SECRET}\n`, "keep", `${SECRET}\n`, 0],
    [`${SECRET}\n`, "drop", SECRET, 0],
  ])("%j with SECRET_FINAL_NEWLINE=%s is %j", async ([text, SECRET_FINAL_NEWLINE, secret, count]) => {
    const deliver = receive({ MIA_WEBHOOK_SECRET_FILE: file(text), SECRET_FINAL_NEWLINE });
    assert.equal(await deliver(secret), "200 accepted current");
    assert.equal(warnings.length, count);
    assert.ok(warnings.every((line) => line.includes("SECRET_FINAL_NEWLINE=drop")));
  });

  test("may stand beside one in a variable", async () => {
    const one = receive({ MIA_WEBHOOK_SECRET: SECRET, MIA_WEBHOOK_SECRET_PREVIOUS_FILE: file("the one before") });
    assert.equal(await one(), "200 accepted current");
    assert.equal(await one("the one before", 2), "200 accepted previous");
    const other = receive({ MIA_WEBHOOK_SECRET_FILE: file(SECRET), MIA_WEBHOOK_SECRET_PREVIOUS: "the one before" });
    assert.equal(await other(), "200 accepted current");
    assert.equal(await other("the one before", 2), "200 accepted previous");
  });

  test("of before may be missing, and the current one may not", async () => {
    const missing = at("missing");
    const deliver = receive({ MIA_WEBHOOK_SECRET_FILE: file(SECRET), MIA_WEBHOOK_SECRET_PREVIOUS_FILE: missing });
    assert.equal(await deliver(), "200 accepted current");
    assert.equal(warnings.length, 1);
    assert.equal(await receive({ MIA_WEBHOOK_SECRET_FILE: missing })(), "503 secrets_unavailable");
  });

  test.for<[string, Record<string, string>, RegExp]>([
    [
      "and in a variable too",
      { MIA_WEBHOOK_SECRET: SECRET, MIA_WEBHOOK_SECRET_FILE: "/secret" },
      /^MIA_WEBHOOK_SECRET and MIA_WEBHOOK_SECRET_FILE are both set: remove one of them$/,
    ],
    [
      "and in a variable too, for the one before",
      { MIA_WEBHOOK_SECRET: SECRET, MIA_WEBHOOK_SECRET_PREVIOUS: "a", MIA_WEBHOOK_SECRET_PREVIOUS_FILE: "/secret" },
      /^MIA_WEBHOOK_SECRET_PREVIOUS and MIA_WEBHOOK_SECRET_PREVIOUS_FILE are both set/,
    ],
    ["without a path", { MIA_WEBHOOK_SECRET_FILE: " " }, /^MIA_WEBHOOK_SECRET_FILE must not be empty/],
    [
      "of before alone",
      { MIA_WEBHOOK_SECRET_PREVIOUS_FILE: "/secret" },
      /^MIA_WEBHOOK_SECRET_PREVIOUS_FILE needs the current secret beside it: set MIA_WEBHOOK_SECRET or MIA_WEBHOOK_SECRET_FILE$/,
    ],
    [
      "whose line break is treated in another way",
      { MIA_WEBHOOK_SECRET_FILE: "/secret", SECRET_FINAL_NEWLINE: "trim" },
      /^SECRET_FINAL_NEWLINE must be drop or keep$/,
    ],
    [
      "that is not there, while its line break is spoken of",
      { MIA_WEBHOOK_SECRET: SECRET, SECRET_FINAL_NEWLINE: "drop" },
      /^SECRET_FINAL_NEWLINE is for a secret in a file, and no variable names one$/,
    ],
  ])("%s is refused", ([, env, message]) => {
    assert.throws(() => environmentOptions(env), { name: "TypeError", message });
  });
});

describe("the other variables", () => {
  test("are those of the Worker", () => {
    const env = { MIA_WEBHOOK_SECRET: SECRET, ORIGIN_URL: "https://origin.example/", TENANT_ID: "a", MAX_BYTES: "10" };
    const options = environmentOptions(env);
    assert.deepEqual(
      { ...options, replay: undefined },
      {
        secrets: { current: SECRET },
        origin: "https://origin.example/",
        tenantId: "a",
        maxBytes: 10,
        replay: undefined,
      },
    );
    createReceiver(options);
    for (const name of Object.keys(VARIABLES)) {
      assert.throws(() => environmentOptions({ ...env, [name]: 7 as never }), TypeError, name);
    }
  });

  test("keep replays out, unless REPLAY is off", async () => {
    const guarded = receive({ MIA_WEBHOOK_SECRET: SECRET });
    assert.equal(await guarded(), "200 accepted current");
    assert.equal(await guarded(), "200 event_duplicate current");
    assert.equal(await receive({ MIA_WEBHOOK_SECRET: SECRET })(), "200 accepted current", "each has its own store");
    const open = receive({ MIA_WEBHOOK_SECRET: SECRET, REPLAY: "off" });
    assert.equal(await open(), "200 accepted current");
    assert.equal(await open(), "200 accepted current");
  });

  test("name a database, whose store can be closed, as the one in memory can", async () => {
    const env = { MIA_WEBHOOK_SECRET: SECRET, REPLAY_STORE_TIMEOUT_MS: "700" };
    const { replay } = environmentOptions({ ...env, REPLAY_URL: "https://db.example", REPLAY_TOKEN: "a" });
    assert.equal(replay?.storeTimeoutMs, 700);
    await replay?.store.close();
    await environmentOptions(env).replay?.store.close();
  });

  test("of a database have an effect, or are refused", () => {
    for (const [env, message] of [
      [
        { REPLAY_URL: "https://h", REPLAY_TOKEN: "a", REPLAY: "off" },
        "REPLAY_URL has no effect while REPLAY is off: remove one of them",
      ],
      [{ REPLAY_URL: "https://canary" }, "REPLAY_URL begins with https:// and needs REPLAY_TOKEN beside it"],
      [{ REPLAY_TOKEN: "canary" }, "REPLAY_TOKEN is for a database, and no REPLAY_URL names one"],
      [
        { REPLAY_URL: "redis://h", REPLAY_TOKEN: "canary" },
        "REPLAY_URL begins with redis://, where REPLAY_TOKEN has no effect: remove it",
      ],
      [{ REPLAY_URL: " " }, "REPLAY_URL must not be empty; remove it if it has no value"],
    ] as const) {
      assert.throws(() => environmentOptions({ MIA_WEBHOOK_SECRET: SECRET, ...env }), { name: "TypeError", message });
    }
  });

  test("that are misspelled are refused", () => {
    for (const [name, meant] of [
      ["MIA_WEBHOOK_SECRETS", "MIA_WEBHOOK_SECRET"],
      ["MIA_WEBHOOK_SECRET_FILES", "MIA_WEBHOOK_SECRET_FILE"],
      ["TENANTID", "TENANT_ID"],
      ["SECRET_FINAL_NEW_LINE", "SECRET_FINAL_NEWLINE"],
      ["REPLAY_URI", "REPLAY_URL"],
    ] as const) {
      assert.throws(() => environmentOptions({ [name]: "a" }), {
        name: "TypeError",
        message: `"${name}" is no variable of this receiver: did you mean ${meant}?`,
      });
      environmentOptions({ [name]: undefined });
    }
    assert.throws(() => environmentOptions({ MIA_WEBHOOK_TARGET: "a" }), /no variable of this receiver: it knows MIA_/);
  });

  test("that Kubernetes sets for a service of that name are no misspelled ones", () => {
    const prefixes = ["MIA_WEBHOOK", "MIA_WEBHOOK_SECRET", "REPLAY", "ORIGIN_URL"];
    const ends = ["SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT", "PORT_80_TCP", "PORT_80_TCP_ADDR"];
    const env = prefixes.flatMap((prefix) => ends.map((end) => [`${prefix}_${end}`, "10.0.0.1"]));
    environmentOptions(Object.fromEntries(env));
  });

  test("that other programs know are no misspelled ones", () => {
    const names =
      "PATH HOME HOSTNAME PORT HOST NODE_ENV NODE_OPTIONS LANG TZ PWD SHELL USER ORIGIN EVENT_NAME_PREFIX " +
      "GOOGLE_CLOUD_PROJECT GCP_PROJECT K_SERVICE FUNCTION_TARGET AWS_REGION AWS_LAMBDA_FUNCTION_NAME LOG_LEVEL " +
      "HTTP_PORT USERID_HEADER_KEY GROUPS_HEADER_KEY CLIENTTYPE_HEADER_KEY BACKOFFICE_HEADER_KEY MICROSERVICE_GATEWAY_SERVICE_NAME " +
      "TRUSTED_PROXIES KUBERNETES_SERVICE_HOST KUBERNETES_PORT npm_config_cache INIT_CWD SECRET_KEY SECRET API_KEY";
    environmentOptions(Object.fromEntries(names.split(" ").map((name) => [name, "a"])));
  });
});
