/** Secrets in real files: what is read, when it is read again, and what the operator is told. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, test, vi } from "vitest";
import { type Result, type SecretsFunction, createReceiver } from "mia-webhooks/receiver";
import { secretFile } from "../../../../pkg/src/hosts/node/secret-file.js";
import { secretsOfFiles } from "../../../../pkg/src/receiver/secret-files.js";
import { eventOf, resultsOf, signed, timeOf } from "../../receiver/signed.js";
import { folderOfEachTest } from "./folder.js";

const { warnings, at } = folderOfEachTest();

/** A receiver with these secrets, and the lines of its log. */
function receive(secrets: SecretsFunction) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const receiver = createReceiver({ secrets, on: { "*": () => {} }, log });
  const deliver = async (secret: string) => {
    const { status } = await receiver(signed(eventOf(lines.length), { secret }));
    return `${status} ${last().code}`;
  };
  const last = () => resultsOf(lines).at(-1) as Result;
  return { deliver, last };
}

/** The next request comes this much later. */
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe("a secret in a file", () => {
  test("is its bytes, also those that are no text", async () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0x80, 0x0d);
    writeFileSync(at("secret"), bytes);
    assert.deepEqual(await secretFile(at("secret"))(), { 0: bytes });
    assert.deepEqual(await secretFile(pathToFileURL(at("secret")))(), { 0: bytes });
  });

  test.for<[string, string | undefined, string, number]>([
    ["secret", undefined, "secret", 0],
    ["secret\n", undefined, "secret\n", 1],
    ["secret\r\n", undefined, "secret\r\n", 1],
    ["secret\n", "keep", "secret\n", 0],
    ["secret\n", "drop", "secret", 0],
    ["secret\r\n", "drop", "secret", 0],
    ["secret\n\n", "drop", "secret\n", 0],
    ["secret\r", "drop", "secret\r", 0],
    ["secret", "drop", "secret", 0],
    ["\nsecret \n", "drop", "\nsecret ", 0],
  ])("%j with finalNewline %j is %j", async ([text, finalNewline, secret, count]) => {
    writeFileSync(at("secret"), text);
    const { deliver } = receive(secretFile(at("secret"), { finalNewline: finalNewline as "keep" }));
    assert.equal(await deliver(secret), "200 accepted");
    wait(1_000);
    assert.equal(await deliver(secret), "200 accepted");
    assert.equal(warnings.length, count, "and it warns once");
    assert.ok(warnings.every((line) => line.includes("ends with a line break") && line.includes(at("secret"))));
  });

  test("is read when the first request comes, and not before", async () => {
    const { deliver, last } = receive(secretFile(at("secret")));
    assert.equal(await deliver("a secret"), "503 secrets_unavailable");
    assert.ok(
      last().hint?.endsWith(` The file ${at("secret")} cannot be read: it is not there (ENOENT).`),
      last().hint,
    );
    writeFileSync(at("secret"), "a secret");
    assert.equal(await deliver("a secret"), "200 accepted");
  });

  test("has at most 4096 bytes, without its line break", async () => {
    for (const [length, end, expected] of [
      [4096, "", "200 accepted"],
      [4096, "\r\n", "200 accepted"],
      [4097, "", "500 secret_too_long"],
      [4097, "\r\n", "500 secret_too_long"],
      [100_000, "\n", "500 secret_too_long"],
    ] as const) {
      writeFileSync(at("secret"), "x".repeat(length) + end);
      const { deliver } = receive(secretFile(at("secret"), { finalNewline: "drop" }));
      assert.equal(await deliver("x".repeat(length)), expected);
    }
  });

  test.for<[string, () => void, string, string]>([
    ["a directory", () => mkdirSync(at("secret")), "503 secrets_unavailable", "it is a directory (EISDIR)"],
    ["a file in a file", () => writeFileSync(at("secret"), ""), "503 secrets_unavailable", "it is not there (ENOTDIR)"],
    [
      "a loop of links",
      () => symlinkSync(at("secret"), at("secret")),
      "503 secrets_unavailable",
      "the system refuses it (ELOOP)",
    ],
    ["an empty file", () => writeFileSync(at("secret"), ""), "500 secret_empty", "Its variable or file is empty"],
    ["a file with a line break alone", () => writeFileSync(at("secret"), "\n"), "500 secret_empty", ""],
    ["a placeholder", () => writeFileSync(at("secret"), "${SECRET}"), "500 secret_placeholder", ""],
  ])("that is %s is refused, and the log says why", async ([what, make, expected, words]) => {
    make();
    const path = what === "a file in a file" ? join(at("secret"), "inner") : at("secret");
    const { deliver, last } = receive(secretFile(path, { finalNewline: "drop" }));
    assert.equal(await deliver(""), expected);
    assert.ok(last().hint?.includes(words), last().hint);
  });

  // To wait for somebody who writes would be for ever, so it ends long before the limit.
  test("that is a pipe that nobody writes to is refused at once", { timeout: 20_000 }, async () => {
    execFileSync("mkfifo", [at("secret")]);
    assert.equal(await receive(secretFile(at("secret"))).deliver(""), "503 secrets_unavailable");
  });

  test("that stands where its path should is not shown", async () => {
    const { deliver, last } = receive(secretFile("canary-secret"));
    assert.equal(await deliver("a secret"), "503 secrets_unavailable");
    assert.ok(last().hint?.includes("The file (a relative path of 13 characters) cannot be read"), last().hint);
    for (const path of ["./canary", "../canary", "C:\\canary", "\\\\server\\canary"]) {
      const other = receive(secretFile(path));
      await other.deliver("a secret");
      assert.ok(other.last().hint?.includes(`The file ${path} cannot be read`), path);
    }
  });
});

describe("a file that changes", () => {
  test("is read again after a second: a secret that was taken back stops working", async () => {
    writeFileSync(at("secret"), "old secret");
    const { deliver } = receive(secretFile(at("secret")));
    assert.equal(await deliver("old secret"), "200 accepted");
    writeFileSync(at("secret"), "new secret");
    wait(1_000);
    assert.equal(await deliver("old secret"), "401 token_mismatch");
    assert.equal(await deliver("new secret"), "200 accepted");
  });

  test("is read again at once where a token does not match, also if its size and its times are the same", async () => {
    const time = new Date(1_700_000_000_000);
    writeFileSync(at("secret"), "old secret");
    utimesSync(at("secret"), time, time);
    const { deliver } = receive(secretFile(at("secret")));
    assert.equal(await deliver("old secret"), "200 accepted");
    writeFileSync(at("secret"), "new secret");
    utimesSync(at("secret"), time, time);
    assert.equal(await deliver("new secret"), "200 accepted");
  });

  test("as Kubernetes changes it: a link to a folder is replaced by another", async () => {
    for (const [name, secret] of [
      ["..2026_01", "old secret"],
      ["..2026_02", "new secret"],
    ] as const) {
      mkdirSync(at(name));
      writeFileSync(join(at(name), "secret"), secret);
    }
    symlinkSync("..2026_01", at("..data"));
    symlinkSync(join("..data", "secret"), at("secret"));
    const { deliver } = receive(secretFile(at("secret")));
    assert.equal(await deliver("old secret"), "200 accepted");
    symlinkSync("..2026_02", at("..data_tmp"));
    renameSync(at("..data_tmp"), at("..data"));
    rmSync(at("..2026_01"), { recursive: true });
    wait(1_000);
    assert.equal(await deliver("old secret"), "401 token_mismatch");
    assert.equal(await deliver("new secret"), "200 accepted");
    assert.deepEqual(warnings, []);
  });

  test("and is gone for a moment keeps its secret for 10 seconds, with a warning", async () => {
    writeFileSync(at("secret"), "a secret");
    const { deliver } = receive(secretFile(at("secret")));
    assert.equal(await deliver("a secret"), "200 accepted");
    for (const gone of [() => unlinkSync(at("secret")), () => writeFileSync(at("secret"), "")]) {
      warnings.length = 0;
      gone();
      wait(9_999);
      assert.equal(await deliver("a secret"), "200 accepted");
      assert.equal(warnings.length, 1);
      wait(1_000);
      assert.match(await deliver("a secret"), /^50[03] secret/);
      writeFileSync(at("secret"), "a secret");
      wait(250);
      assert.equal(await deliver("a secret"), "200 accepted");
    }
  });
});

describe("several files", () => {
  test("are one secret each, by name", async () => {
    writeFileSync(at("current"), "new secret\n");
    writeFileSync(at("previous"), "old secret\n");
    const files = { current: at("current"), previous: pathToFileURL(at("previous")) };
    const { deliver, last } = receive(secretFile(files, { finalNewline: "drop" }));
    assert.equal(await deliver("old secret"), "200 accepted");
    assert.equal(last().secretId, "previous");
    assert.equal(await deliver("new secret"), "200 accepted");
    assert.equal(last().secretId, "current");
  });

  test("need the first of them: the others may come and go", async () => {
    const files = { current: at("current"), previous: at("previous") };
    const { deliver, last } = receive(secretFile(files));
    writeFileSync(at("previous"), "old secret");
    assert.equal(await deliver("old secret"), "503 secrets_unavailable");
    assert.ok(last().hint?.includes(at("current")));
    writeFileSync(at("current"), "new secret");
    assert.equal(await deliver("old secret"), "200 accepted");
    unlinkSync(at("previous"));
    wait(1_000);
    assert.equal(await deliver("old secret"), "401 token_mismatch");
    wait(1_000);
    assert.equal(await deliver("new secret"), "200 accepted");
    assert.deepEqual(warnings, [
      `mia-webhooks: the file ${at("previous")} is not there, so its secret is not accepted.`,
    ]);
  });
});

describe("a file that the system does not open", () => {
  /** A file whose content the test gives, and what it was asked. */
  function fileWith(path: string, firstBytes: () => Promise<Uint8Array>) {
    const asked = { times: 0 };
    const counted = () => {
      asked.times++;
      return firstBytes();
    };
    return { file: { path, firstBytes: counted }, asked };
  }
  const text = (content: string): Promise<Uint8Array> => Promise.resolve(new TextEncoder().encode(content));
  const refuse = (code: string): Promise<Uint8Array> => Promise.reject(Object.assign(new Error(code), { code }));

  test("because too many are open counts as unchanged for five minutes, and the log says so once", async () => {
    for (const code of ["EMFILE", "ENFILE"]) {
      warnings.length = 0;
      let current = () => text("its secret");
      let previous = () => refuse("ENOENT");
      const files = {
        current: fileWith("/current", () => current()).file,
        previous: fileWith("/previous", () => previous()).file,
      };
      const { deliver, last } = receive(secretsOfFiles(files, {}));
      assert.equal(await deliver("its secret"), "200 accepted");
      warnings.length = 0;
      current = previous = () => refuse(code);
      for (let second = 0; second < 299; second++) {
        wait(1_000);
        assert.equal(await deliver("its secret"), "200 accepted");
      }
      assert.equal(warnings.length, 2);
      assert.match(
        warnings[0] ?? "",
        /the file \/current cannot be read now: .* has too many open files \(E[MN]FILE\)\. /,
      );
      wait(11_000);
      assert.equal(await deliver("its secret"), "503 secrets_unavailable");
      assert.ok(last().hint?.includes(`has too many open files (${code})`));
    }
  });

  test("because too many are open stays refused, if it was gone or is not known", async () => {
    let answer = () => refuse("EMFILE");
    const { deliver } = receive(secretsOfFiles({ current: fileWith("/current", () => answer()).file }, {}));
    assert.equal(await deliver("its secret"), "503 secrets_unavailable");
    answer = () => text("its secret");
    assert.equal(await deliver("its secret"), "200 accepted");
    for (const gone of ["ENOENT", "EMFILE"]) {
      answer = () => refuse(gone);
      wait(5_000);
      assert.equal(await deliver("its secret"), gone === "ENOENT" ? "200 accepted" : "503 secrets_unavailable");
    }
  });

  test("and does not answer either is asked for once, and no other file with it, by all subscriptions", async () => {
    const never = () => new Promise<Uint8Array>(() => {});
    const [current, previous] = [fileWith("/current", never), fileWith("/previous", never)];
    const secrets = secretsOfFiles({ current: current.file, previous: previous.file }, {});
    const on = { "*": () => {} };
    const receiver = createReceiver({
      subscriptions: { "/one": { secrets, on }, "/two": { secrets, on } },
      log: () => {},
    });
    for (let minute = 0; minute < 10; minute++) {
      await timeOf(Promise.all(["/one", "/two"].map((path) => receiver(signed(eventOf(minute), { path })))));
      wait(60_000);
    }
    assert.deepEqual([current.asked.times, previous.asked.times], [1, 0]);
  });

  test("and answers late is read again after that", async () => {
    let end: (content: Uint8Array) => void = () => {};
    const answers = [new Promise<Uint8Array>((resolve) => (end = resolve)), text("new secret")];
    const { file, asked } = fileWith("/secret", () => answers.shift() as Promise<Uint8Array>);
    const secrets = secretsOfFiles({ current: file }, {});
    const first = Promise.all([secrets(), secrets()]);
    end(new TextEncoder().encode("old secret"));
    assert.deepEqual(await first, Array(2).fill({ current: new TextEncoder().encode("old secret") }));
    assert.deepEqual(await secrets(), { current: new TextEncoder().encode("new secret") });
    assert.equal(asked.times, 2);
  });
});

test("what is no path, and no option, is refused at once", () => {
  for (const path of [undefined, null, 7, "", {}, { current: 7 }, { current: "" }, []]) {
    assert.throws(() => secretFile(path as never), {
      name: "TypeError",
      message: /^secretFile needs the path of a file/,
    });
  }
  assert.throws(
    () => secretFile("/a", { finalNewline: "trim" as never }),
    /secretFile\.finalNewline must be "keep" or "drop"/,
  );
  assert.throws(() => secretFile("/a", { newline: "drop" } as never), /secretFile: unknown option "newline"/);
});
