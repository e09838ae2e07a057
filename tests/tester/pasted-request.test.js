// @ts-check
/**
 * How pasted requests are read, by outside oracles. For quoting, the oracle is the
 * shell itself, in which curl is a function that prints its words. For the meaning
 * of these words, the oracle is curl, where it is installed. What is a convention
 * is tested in tests/unit/request/.
 */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";

import * as esbuild from "esbuild";
import { root } from "../harness/checkout.js";

const { outputFiles } = await esbuild.build({
  entryPoints: [join(root, "pkg/src/request/pasted-request.ts")],
  bundle: true,
  write: false,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  logLevel: "silent",
});
const script = /** @type {esbuild.OutputFile} */ (outputFiles[0]).text;
/** @type {{ readPastedRequest(text: string): import("../../pkg/src/request/pasted-request.ts").PastedRequest | undefined }} */
const { readPastedRequest } = await import(`data:text/javascript,${encodeURIComponent(script)}`);

const TOKEN = "0123456789abcdef".repeat(4);
const utf8 = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString();

/** The same numbers in every run, so that a failure can be repeated. */
function random(seed = 1) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (/** @type {number} */ limit) => Math.floor(next() * limit);
  /** @type {<Item>(items: ArrayLike<Item>) => Item} */
  const pick = (items) => /** @type {any} */ (items[below(items.length)]);
  return {
    below,
    pick,
    text: (/** @type {ArrayLike<string>} */ parts, /** @type {number} */ most) =>
      Array.from({ length: below(most + 1) }, () => pick(parts)).join(""),
  };
}

const SOUP = [
  "'",
  '"',
  "$",
  "`",
  "\\",
  "\r\n",
  "\n",
  "\t",
  " ",
  "é",
  "😀",
  "\u2028",
  "{",
  "}",
  "a",
  "!",
  "#",
  "&",
  "%",
  "^",
  "*",
  "~",
  "$(",
  "$'",
  '"\\"',
  "\\u0041",
  "@",
  "=",
];
const singleQuoted = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The words that a shell passes to curl, for each command of a script.
 *
 * @param {string} shell
 * @param {string[]} commands
 */
function wordsOf(shell, commands) {
  const script = `PATH=/nonexistent\ncurl() { printf '%s\\0' "$@"; printf 'END-OF-WORDS\\0'; }\n${commands.join("\n")}\n`;
  const env = { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" };
  const { stdout, status } = spawnSync(shell, ["-s"], { input: script, env, maxBuffer: 2 ** 28 });
  if (status !== 0 && status !== 127) {
    return undefined;
  }
  const words = stdout
    .toString("latin1")
    .split("\0")
    .map((word) => Buffer.from(word, "latin1"));
  /** @type {Buffer[][]} */
  const lists = [[]];
  for (const word of words) {
    if (word.equals(Buffer.from("END-OF-WORDS"))) {
      lists.push([]);
    } else {
      lists.at(-1)?.push(word);
    }
  }
  return lists.slice(0, -1);
}

const has = (/** @type {string} */ program) => spawnSync(program, ["--version"]).error === undefined;
const withoutBash = !has("bash") && "bash is the oracle";
const withoutSh = process.platform === "win32" && "sh is the oracle";

test("quoted words are the words that sh passes to curl", { skip: withoutSh }, () => {
  const { pick, text } = random(11);
  const doubleQuoted = (/** @type {string} */ value) => `"${value.replace(/["\\$`]/g, "\\$&")}"`;
  const backslashed = (/** @type {string} */ value) =>
    value.replace(/[^]/gu, (char) => (char === "\n" ? "'\n'" : `\\${char}`));
  const cases = Array.from({ length: 3000 }, (_, index) => {
    const payload = text(SOUP, 40);
    const token = text(["'", '"', "\\", "$", "`", "a", "é"], 8);
    const quoted =
      index % 3 === 0
        ? singleQuoted(payload)
        : [...payload].map((char) => pick([singleQuoted, doubleQuoted, backslashed])(char)).join("");
    const command = `curl${pick([" ", " \\\n  ", "\t"])}-H ${singleQuoted(`X-Mia-Token: ${token}`)} --data-raw ${quoted || "''"}`;
    return { payload, token, command };
  });
  const lists =
    wordsOf(
      "sh",
      cases.map(({ command }) => command),
    ) ?? [];
  assert.equal(lists.length, cases.length);
  cases.forEach(({ payload, token, command }, index) => {
    const request = readPastedRequest(command);
    const [, header, , data] = lists[index] ?? [];
    assert.deepEqual(Buffer.from(request?.payload ?? []), data, command);
    assert.equal(utf8(request?.payload ?? new Uint8Array()), payload, command);
    assert.equal(`X-Mia-Token: ${request?.token ?? ""}`, String(header), command);
    assert.equal(request?.token ?? "", token);
    // Some of them begin with a brace, and none is JSON.
    assert.deepEqual(
      request?.doubts.filter((doubt) => doubt !== "not_json"),
      [],
      command,
    );
  });
});

test("$'…' is read as bash reads it", { skip: withoutBash }, () => {
  const { text } = random(13);
  const parts = [
    "\\n",
    "\\r",
    "\\t",
    "\\\\",
    "\\'",
    '\\"',
    "\\x4",
    "\\xe9",
    "\\xC3\\xA9",
    "\\u41",
    "\\u00e9",
    "\\u20ac",
    "\\U0001F600",
    "\\101",
    "\\7",
    "\\377",
    "\\q",
    "\\cA",
    "\\?",
    "\\\n",
    '"',
    "$a",
    "`",
    "é",
    "a",
    "F",
    "9",
    " ",
    "\n",
    "\\E",
  ];
  const commands = Array.from({ length: 2000 }, () => `curl --data-raw $'${text(parts, 15)}'"b"`);
  const lists = wordsOf("bash", commands) ?? [];
  assert.equal(lists.length, commands.length);
  commands.forEach((command, index) => {
    assert.deepEqual(Buffer.from(readPastedRequest(command)?.payload ?? []), lists[index]?.[1], command);
  });
});

test("random quotes are read as bash reads them, or are in doubt", { skip: withoutBash }, () => {
  const { text } = random(17);
  // No characters that could write a file or run a program.
  const parts = [
    "'",
    "'",
    '"',
    '"',
    "\\",
    "\\\n",
    " ",
    "\t",
    "\n",
    "$",
    "$a",
    "$'",
    "#",
    "a",
    "b",
    "é",
    "{",
    "}",
    " -d ",
    " -d ",
  ];
  let compared = 0;
  for (let run = 0; run < 600; run++) {
    const command = `curl -d ${text(parts, 14)}\n`;
    const words = wordsOf("bash", [command])?.[0];
    const request = readPastedRequest(command);
    if (!words || !request || request.doubts.length > 0) {
      continue;
    }
    // Only the form "-d value -d value …": others need curl itself.
    if (words.length % 2 === 1 || words.some((word, index) => index % 2 === 0 && String(word) !== "-d")) {
      continue;
    }
    const data = words.filter((_, index) => index % 2 === 1);
    compared++;
    let expected = "";
    data.forEach((word) => (expected += (expected && "&") + word));
    assert.equal(utf8(request.payload), expected, command);
  }
  assert.ok(compared > 50, `${compared}`);
});

const withoutCurl = !has("curl") && "curl is the oracle";

/**
 * The bodies and tokens that arrive at a server, by the path of the request.
 *
 * @param {string} shell
 * @param {(address: string) => string[]} commands
 */
async function sent(shell, commands) {
  /** @type {Map<string | undefined, { body: Buffer, token: unknown }>} */
  const received = new Map();
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      received.set(request.url, { body: Buffer.concat(parts), token: request.headers["x-mia-token"] });
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  const scripts = commands(`127.0.0.1:${address.port}`);
  const child = spawn(shell, ["-c", scripts.join("\n")], { stdio: ["ignore", "ignore", "inherit"] });
  const status = await new Promise((resolve) => child.once("close", resolve));
  server.close();
  assert.equal(status, 0);
  scripts.forEach((command, index) => {
    const request = readPastedRequest(command);
    assert.deepEqual(Buffer.from(request?.payload ?? []), received.get(`/${index}`)?.body, command);
    assert.equal(request?.token, received.get(`/${index}`)?.token, command);
    assert.deepEqual(
      request?.doubts.filter((doubt) => doubt !== "not_json"),
      [],
      command,
    );
  });
}

test("the body is the body that curl sends", { skip: withoutCurl }, async () => {
  const { pick, text, below } = random(19);
  const options = ["-d", "--data", "--data-raw", "--data-binary", "--data-ascii"];
  const command = (/** @type {string} */ address, /** @type {number} */ index) => {
    const data = Array.from({ length: 1 + below(3) }, () => {
      const value = singleQuoted(pick(["", "a", "-H", "é😀"]) + text(SOUP, 12).replace(/^@/, ""));
      return `${pick(["-s -H Accept:", "-sS", "-XPOST", "--compressed", "-sXPUT"])} ${pick(options)} ${value}`;
    });
    return `curl -q -sS --noproxy '*' http://${address}/${index} -H 'X-Mia-Token:  t${index} ' ${data.join(" \\\n ")}`;
  };
  await sent("sh", (address) => Array.from({ length: 60 }, (_, index) => command(address, index)));
});

test(
  "the body is the one that a shell passes to curl's standard input",
  { skip: withoutBash || withoutCurl },
  async () => {
    const document = '[\n\t"é😀 \'$x\' \\\\ \\" \\n `",\n\n  1\r\n]\n';
    const plain = document.replace(/[$`]|\\[^]/g, "");
    const word = singleQuoted(plain.trimEnd());
    const inputs = [
      ["", `<<'EOF'\n${document}EOF`],
      ["", `<<"E O F" >/dev/null\n${document}E O F`],
      ["", `<<\\EOF | cat\n${document}EOF`],
      ["", `<<-'EOF'\n${document}\tEOF`],
      ["", `<<EOF\n${plain}EOF`],
      ["", `<<EOF\n\\$x \\\` \\\\ \\" \\n \\\n\n"'EOF\nEOF`],
      ["", `<<< ${word}`],
      ["", `<<<$'\\u00e9\\n1'`],
      [`cat <<'EOF' | `, `\n${document}EOF`],
      [`echo ${word} | `, ""],
      [`echo -n ${word} "a  b" c | `, ""],
      [`printf '%s' ${singleQuoted(document)} | `, ""],
      [`printf '%s\\n' ${singleQuoted(document)} |\n`, ""],
      [`printf ${word} | `, ""],
    ];
    const readers = [
      "-d @-",
      "--data @/dev/stdin",
      "--data-binary @-",
      "--json @-",
      "-XPOST -T -",
      "-d a --data-ascii @- -d b",
    ];
    await sent("bash", (address) => {
      const cases = inputs.flatMap(([before, after]) => readers.map((reader) => [before, reader, after]));
      return cases.map(
        ([before, reader, after], index) =>
          `${before}curl -q -sS --noproxy '*' http://${address}/${index} -H 'X-Mia-Token: t${index}' ${reader} ${after}`,
      );
    });
  },
);

test("no input makes it throw", () => {
  const { below, pick, text } = random(23);
  const seeds = [
    `POST / HTTP/1.1\r\nX-Mia-Token: ${TOKEN}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    `POST / HTTP/1.1\nX-Mia-Token: ${TOKEN}\nContent-Length: 2\n\n{}\n`,
    `$ A=1 curl -sXPOST "http://a.b" \\\n -H $'X-Mia-Token: \\u0041\\xff' --data-raw '{"a":"$b"}' -d "\`c\`" > d`,
    `curl ^"http://a.b^" ^\r\n -H ^"X-Mia-Token: a^" ^\r\n --data-raw ^"^{^\\^"a^\\^":^%^A^}^"`,
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: "POST",
              headers: [{ name: "X-Mia-Token", value: "a" }],
              postData: { text: "e30=", encoding: "base64" },
            },
          },
        ],
      },
    }),
  ];
  seeds.push(
    `PS C:\\> $h = @{ "X-Mia-Token" = "a"; b = 'c' }\nInvoke-RestMethod -Uri "http://a" \`\n -Headers $h -Body @'\n{}\n'@`,
    `curl.exe http://a \`\n -H 'X-Mia-Token: a' -d "{\`"a\`":$b}"`,
    `await fetch("http://a", { headers: { "X-Mia-Token": "a" }, body: JSON.stringify({ a: [1, "b"] }) + \`c\` });`,
    `{ headers: { 'x-mia-token': 'a' }, body: <Buffer 7b 7d>, b: [Object] }`,
    `@a = b\n### c\nPOST http://{{a}}\nX-Mia-Token: {{a}}\n\n{}\n\n###\n`,
    `> POST / HTTP/1.1\n> X-Mia-Token: a\n> \n* b\n< HTTP/1.1 200 OK\n`,
    `\`\`\`sh\n$ cat <<'EOF' | curl -d @- http://a\n{}\nEOF\n\`\`\``,
    `curl http://a -d "$(cat <<EOF\n{}\nEOF\n)" <<< 'a'`,
    `A='a'\nexport B="$A"\nA+='b'\ncurl http://a -d "$A$B"\nI ran curl http://b -d "b"`,
  );
  const parts = [
    ...SOUP,
    "@{",
    "@'\n",
    "${",
    "`\n",
    "EOF",
    "$a",
    "=",
    ",",
    "(",
    ")",
    "]",
    "^",
    "^\r\n",
    "\\x",
    "\\U110000",
    "\ud800",
    "\udc00",
    "\0",
    "null",
    "[",
    "-",
    "--",
    ":",
    "<",
    "curl",
    "0\r\n",
    "ffffffff\n",
  ];
  let recognised = 0;
  for (let run = 0; run < 20_000; run++) {
    let mutant = pick(seeds);
    for (let change = below(4); change >= 0; change--) {
      const at = below(mutant.length + 1);
      mutant = mutant.slice(0, at) + text(parts, 3) + mutant.slice(at + below(6));
    }
    const request = readPastedRequest(mutant);
    if (request) {
      recognised++;
      assert.ok(request.payload instanceof Uint8Array);
      assert.equal(new Set(request.doubts).size, request.doubts.length);
    }
  }
  assert.ok(recognised > 5000, `${recognised}`);
});

test("the time grows with the length of the input, not with its square", () => {
  const openings = [
    "",
    "curl ",
    "curl -d ",
    "curl -d '",
    'curl -d "',
    "curl -d $'",
    'curl ^\n -d ^"',
    'curl ^\n -d "',
    "POST / HTTP/1.1\n",
    "POST / HTTP/1.1\n\n",
    "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n",
    "X-Mia-Token: a\n",
    "POST ",
    "{",
    '{ headers: { a: "',
    'fetch("a", {',
    "irm a -Body ",
    'irm a -Body "',
    "$a = @{ ",
    "$a = @'\n",
    "curl.exe 'a' -d ",
    "curl -d @- <<E\n",
    "echo ",
    "> POST / HTTP/1.1\n",
    "### a\nPOST /\n",
    "```\n",
    "    ",
    "> ",
    "A='",
    "I ran curl -d ",
  ];
  const fillings = [
    "curl -d a\n",
    "$A",
    "POST / HTTP/1.1\n",
    "\\",
    "\\\\ ",
    "'",
    '"',
    "{",
    "[",
    "$",
    "$(",
    "(",
    "`",
    "^",
    "^\n",
    "%",
    "%a",
    "a",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "a ",
    "-a ",
    "a=1 ",
    "$ ",
    ":",
    "a:\n",
    "a: b\n",
    " a\n",
    "1\na\n",
    "&",
    ";",
    "<",
    "2>",
    "#",
    "# \n",
    "\\x",
    "\\xff",
    "\\n",
    "*",
    "é",
    "@",
    "-d",
    "-d a ",
    "/",
    "<<E ",
    "@{",
    "${",
    "```\n",
    "{{a}}",
    "\n    ",
    "\n> ",
  ];
  const long = new Set(["\\", "'", '"', "{"]);
  let slowest = { took: 0, of: "" };
  for (const opening of openings) {
    for (const filling of fillings) {
      const text = opening + filling.repeat(Math.ceil((long.has(filling) ? 1e5 : 3e4) / filling.length));
      const started = process.cpuUsage();
      readPastedRequest(text);
      const { user, system } = process.cpuUsage(started);
      const took = (user + system) / 1000;
      if (took > slowest.took) slowest = { took, of: JSON.stringify(opening + filling) };
    }
  }
  // With the square it would take seconds. The processor's time, which a busy machine does not change.
  assert.ok(slowest.took < 1000, `${slowest.took} ms: ${slowest.of}`);
});
