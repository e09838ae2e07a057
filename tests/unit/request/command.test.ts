/** What stands around a command, what it reads, and which shell reads it. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { PAYLOAD, TOKEN, random, read, reads } from "./reading.js";

const H = `-H 'X-Mia-Token: ${TOKEN}'`;
const FULL = `curl -X POST https://a.b/c ${H} -d '${PAYLOAD}'`;

describe("before and after the command", () => {
  for (const [before, after = ""] of [
    ["$ "],
    ["% "],
    ["> "],
    ["# "],
    ["❯ "],
    ["➜  ~ "],
    ["➜  hooks git:(main) ✗ "],
    ["me@host:~/hooks$ "],
    ["[me@host hooks]$ "],
    ["root@3f2a:/# "],
    ["me@HOST MINGW64 ~/hooks (main)\n$ "],
    ["me@host ~/hooks> "],
    ["(venv) me@host hooks % "],
    ["time "],
    ["sudo -u www "],
    ["winpty "],
    ["env A=1 B=2 "],
    ["A=1 time "],
    ["cd /tmp && "],
    ["export A=1\n"],
    ["#!/bin/sh\nset -e\n\n"],
    ["docker run --rm curlimages/"],
    ["kubectl exec -it pod -- "],
    ["out=$(", ")"],
    ["", "\ncurl --version"],
    ["if ", "; then echo ok; fi"],
    ["", " | jq ."],
    ["", " && echo done"],
    ["", " || exit 1"],
    ["", " > out.txt 2>&1"],
    ["", '\n{"ok":true}'],
    [
      "",
      ` -v\n*   Trying 1.2.3.4:443...\n> POST /c HTTP/1.1\n> Host: a.b\n> X-Mia-Token: ${TOKEN}\n>\n< HTTP/1.1 200 OK\n`,
    ],
  ] as const) {
    test(JSON.stringify(`${before}…${after}`), () => reads(before + FULL + after, { payload: PAYLOAD, token: TOKEN }));
  }

  test("the prompts of the lines after the first", () => {
    for (const [first, next] of [
      ["$ ", "> "],
      ["me@host ~ % ", "> "],
      ["% ", "quote> "],
    ]) {
      reads(`${first}curl https://a.b \\\n${next}  ${H} \\\n${next}  -d '[\n${next}1]'\nok\n`, {
        payload: "[\n1]",
        token: TOKEN,
      });
    }
    reads(`PS C:\\> curl.exe https://a.b \`\n>> -H 'X-Mia-Token: ${TOKEN}' \`\n>> -d '[1]'`, { payload: "[1]" });
    reads(`C:\\Users\\me>curl https://a.b ^\nMore? -H "X-Mia-Token: ${TOKEN}" ^\nMore? -d "[1]"`, { payload: "[1]" });
  });

  test("other words and other programs", () => {
    for (const before of [
      "cat x; ",
      "ssh host ",
      "xargs ",
      "a | ",
      "Hello,\n\nthis is what I sent:\n",
      "Steps: 1) open a shell 2) run ",
      "  1042  ",
      "17* ",
      "for i in 1 2; do\n",
      "while sleep 1; do ",
      "steps:\n- run: ",
      "  script:\n    - ",
      'cat > b.json <<"EOF"\n{}\nEOF\n',
      "jq . b.json | ",
    ]) {
      reads(before + FULL, { form: "curl", payload: PAYLOAD, token: TOKEN });
    }
    reads(`Please run \`${FULL}\` and tell me what you see.`, { payload: PAYLOAD, token: TOKEN });
    reads(`run: |\n  curl https://a.b ${H} \\\n    -d '[\n    1\n  ]'`, { token: TOKEN, doubts: ["body_changed"] });
    const irm = `Invoke-RestMethod https://a.b -Headers @{ 'X-Mia-Token' = '${TOKEN}' } -Body '[1]'`;
    reads(`try { ${irm} } catch { $_ }`, { form: "powershell", payload: "[1]", token: TOKEN });
    reads(`It fails:\n${irm}`, { form: "powershell", payload: "[1]", token: TOKEN });
  });

  test("several requests: the one with the token, or with the body, or none", () => {
    const login = "curl -X POST https://a.b/login -d 'user=a'";
    const get = "curl https://a.b/health";
    const call = `fetch("https://a.b", { method: "POST", headers: { "x-mia-token": "${TOKEN}" }, body: "[1]" })`;
    for (const text of [
      `${login}\n${FULL}`,
      `${login} ;\n${get} ;\n${FULL}`,
      `${FULL}\n${login}`,
      `$ ${get}\nok\n$ ${FULL}`,
      `${FULL}\n${FULL}`,
      `# ${login}\n# ${get}\n${FULL}`,
      `echo x | ${get} -d @-\n${FULL}`,
    ]) {
      reads(text, { form: "curl", payload: PAYLOAD, token: TOKEN });
    }
    reads(`${get}\n${login}`, { payload: "user=a", token: undefined });
    reads(`fetch("https://a.b/c");\nawait ${call};`, { form: "fetch", payload: "[1]", token: TOKEN });
    reads(`const a = await fetch("https://a.b", { body: "b" });\nconst b = await ${call};`, { payload: "[1]" });
    const refused = { form: "refused", payload: "", doubts: ["several_requests"] };
    reads(`${FULL}\n${FULL.replace(PAYLOAD, "[2]")}`, refused);
    reads(`${FULL}\r\n${FULL.replace(TOKEN, "f".repeat(64))}`, refused);
    reads(`${login}\n${login.replace("a'", "b'")}`, refused);
    reads(`${call};\n${call.replace("[1]", "[2]")};`, refused);
  });
});

describe("what curl reads from its standard input", () => {
  const C = `curl https://a.b ${H}`;
  const IN_FILE = ["body_in_file", "data_not_binary"];
  for (const [command, payload, doubts = []] of [
    [`${C} -d @- <<'EOF'\n{"a":"$x"}\nEOF`, '{"a":"$x"}'],
    [`${C} -d @- <<'EOF'\n{\n  "a": 1\n}\nEOF\n`, '{  "a": 1}'],
    [`${C} --data-binary @- <<'EOF'\n{\n  "a": 1\n}\nEOF\n`, '{\n  "a": 1\n}\n'],
    [`${C} --json @- <<END\n[1]\nEND\n`, "[1]\n"],
    [`${C} -d @- <<EOF\n{"a":"\\$x \\\\ \\" '"}\nEOF`, `{"a":"$x \\ \\" '"}`, ["not_json"]],
    [`${C} -d @- <<EOF\n{"a":"$x"}\nEOF`, '{"a":"$x"}', ["shell_expansion"]],
    [`${C} -d @- <<"E F"\n{"a":"$x"}\nE F`, '{"a":"$x"}'],
    [`${C} -d @- <<-EOF\n\t[\n\t1]\n\tEOF`, "[1]"],
    [`${C} -T - <<'EOF'\n[1]\nEOF`, "[1]\n"],
    [`${C} -d@/dev/stdin << EOF | jq .\n[1]\nEOF\necho`, "[1]"],
    [`cat <<'EOF' | ${C} -d @-\n{"a":1}\nEOF`, '{"a":1}'],
    [`cat <<EOF | ${C} --data-binary @- \\\n  -s\n{"a":1}\nEOF`, '{"a":1}\n'],
    [`echo '{"a":1}' | ${C} -d @-`, '{"a":1}'],
    [`echo '{"a":1}' | ${C} --data-binary @-`, '{"a":1}\n'],
    [`echo -n '{"a":1}' | ${C} --data-binary @-`, '{"a":1}'],
    [`printf '{"a":1}' | ${C} --data-binary @-`, '{"a":1}'],
    [`printf '%s' '{"a":"%"}' | \\\n ${C} --data-binary @-`, '{"a":"%"}'],
    [`printf '%s\\n' '{"a":1}' |\n${C} --data-binary @-`, '{"a":1}\n'],
    [`printf %s "$x" | ${C} -d @-`, "$x", ["shell_expansion"]],
    [`${C} -d "$(cat <<'EOF'\n{"a":"$x \\n"}\n\nEOF\n)"`, '{"a":"$x \\n"}'],
    [`${C} --data-raw "$(cat <<EOF\n{\n "a":"\\$x"}\nEOF\n)" -s`, '{\n "a":"$x"}'],
    [`${C} -d "$(cat << EOF\n{"a":"$x"}\nEOF\n)"`, '{"a":"$x"}', ["shell_expansion"]],
    [`${C} -d "$(cat <<EOF\n{}\n)"`, "$(cat <<EOF\n{}\n)", ["shell_expansion"]],
    [`${C} -d @- <<< '{"a":1}'`, '{"a":1}'],
    [`${C} --data-binary @- <<<'{"a":1}'`, '{"a":1}\n'],
    // Whether echo resolves an escape depends on the shell.
    [`echo '{"a":"\\n"}' | ${C} -d @-`, '{"a":"\\n"}', ["shell_expansion"]],
    [`echo -e '["\\t"]' | ${C} -d @-`, '["\\t"]', ["shell_expansion"]],
    [`printf '{"a":"%s"}' 1 | ${C} -d @-`, '{"a":"%s"}', ["shell_expansion"]],
    [`printf '[1]\\n' | ${C} -d @-`, "[1]\\n", ["shell_expansion"]],
    [`cat a.json | ${C} -d @-`, "", IN_FILE],
    [`${C} -d @- < a.json`, "", IN_FILE],
    [`${C} -d @-`, "", IN_FILE],
    [`${C} -d @- <<EOF\n{"a":1}`, '{"a":1}', ["body_missing"]],
    [`${C} -d @a.json <<EOF\n{"a":1}\nEOF`, "", IN_FILE],
  ] as const) {
    test(command, () => reads(command, { form: "curl", payload, doubts, token: TOKEN }));
  }
});

describe("curl as browsers copied it on Windows", () => {
  const { text } = random(31);
  const bodies = Array.from({ length: 120 }, () =>
    JSON.stringify({
      eventName: text(["a", "'", "%", "^", "&", "|", "<", "$", "`", "{", "}", " ", "é", "😀", "!", "("], 12),
    }),
  );
  /** Chrome until 2014, and Firefox until 2024. */
  const doubled = (value: string) =>
    `"${value
      .replace(/"/g, '""')
      .replace(/%/g, '"%"')
      .replace(/\\/g, "\\\\")
      .replace(/[\r\n]+/g, '"^$&"')}"`;
  /** Chrome until 2023. */
  const careted = (value: string) => {
    const mark = /[\r\n]/.test(value) ? '^"' : '"';
    const inner = value
      .replace(/\\/g, "\\\\")
      .replace(/"/g, '\\"')
      .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`&]/g, "^$&")
      .replace(/%(?=[a-zA-Z0-9_])/g, "%^")
      .replace(/\r?\n/g, "^\n\n");
    return mark + inner + mark;
  };

  test("with quotes written twice", () => {
    for (const payload of bodies) {
      reads(`curl "https://a.b/?c=d&e=f" -H "X-Mia-Token: ${TOKEN}" --data ${doubled(payload)}`, {
        payload,
        token: TOKEN,
      });
      reads(`curl "https://a.b/" ^\r\n  -H "X-Mia-Token: ${TOKEN}" ^\r\n  --data-raw ${doubled(payload)}`, { payload });
    }
    const lines = '{\r\n  "a": 1\r\n}';
    reads(`curl "https://a.b/" -H "X-Mia-Token: ${TOKEN}" --data ${doubled(lines)} --compressed`, {
      payload: lines,
      doubts: ["shell_expansion"],
    });
  });

  test("with a plain quote before carets", () => {
    for (const payload of bodies) {
      reads(
        `curl "https://a.b/" ^\n  -H "X-Mia-Token: ${TOKEN}" ^\n  --data-raw ${careted(payload)} ^\n  --compressed`,
        {
          payload,
          token: TOKEN,
          doubts: ["shell_expansion"],
        },
      );
      reads(`curl "https://a.b/" -H "X-Mia-Token: ${TOKEN}" --data-raw ${careted(payload)}`, {
        payload,
        doubts: ["shell_expansion"],
      });
    }
  });

  test("a lone caret at the end: a line is missing", () => {
    reads(`curl "https://a.b/" ^\n -d "[1]" ^`, { payload: "[1]", doubts: ["cut_off"] });
    reads(`curl "https://a.b/" ^\r\n -d "[1]" ^\r\n`, { payload: "[1]", doubts: ["cut_off"] });
  });
});

test("nothing tells the shell, and shells differ", () => {
  const command = (value: string) => `curl "https://a.b" -H "X-Mia-Token: ${TOKEN}" -d "${value}"`;
  reads(command('{\\"a\\":\\"b\\\\\\\\n\\"}'), { payload: '{"a":"b\\\\n"}', doubts: ["versions_differ"] });
  reads(command('{\\"a\\":\\"b\\"}'), { payload: '{"a":"b"}' });
  reads(command('{""a"":""b""}'), { payload: '{"a":"b"}' });
});

test("a command that is cut off", () => {
  for (const end of [" \\", " \\\n", " \\\r\n", " \\\n\n"]) {
    reads(`curl https://a.b -d '[1]'${end}`, { payload: "[1]", doubts: ["cut_off"] });
  }
});

test("quotes and dashes of a word processor", () => {
  for (const command of [
    `curl https://a.b -H “X-Mia-Token: ${TOKEN}” -d ‘{"a":1}’`,
    `curl https://a.b –H 'X-Mia-Token: ${TOKEN}' –d '{"a":1}'`,
    `curl https://a.b ${H} -d '{“a”:1}'`,
    `curl https://a.b ${H} --data=‘[1]’`,
    `curl https://a.b ${H} —-data '[1]'`,
  ]) {
    assert.ok(read(command)?.doubts.includes("typographic_quotes"), command);
  }
  reads(`curl https://a.b ${H} -d '{"a":"“b” – it’s"}'`, { payload: '{"a":"“b” – it’s"}' });
});

describe("a command that cmd.exe may have to read", () => {
  for (const [command, payload, doubts] of [
    [`curl a.b/c -H "X-Mia-Token: ${TOKEN}" -d "%PAYLOAD%"`, "%PAYLOAD%", ["shell_expansion"]],
    ['curl.exe a.b/c -d "{\\"id\\":\\"%USERNAME%\\"}"', '{"id":"%USERNAME%"}', ["shell_expansion"]],
    ['curl a.b/c -H "x-mia-signature: %SIG%" -d "[1]"', "[1]", ["shell_expansion"]],
    [`@echo off\r\nset B=[1]\r\ncurl a.b/c -H "X-Mia-Token: ${TOKEN}" -d "%B%"`, "%B%", ["shell_expansion"]],
    [`@ECHO OFF\nrem sends it\ncurl a.b/c -H "X-Mia-Token: ${TOKEN}" -d "[1]"`, "[1]", []],
    // Only a shell with single quotes reads these.
    [`curl a.b/c ${H} -d '{"a":"%b_c%"}'`, '{"a":"%b_c%"}', []],
    [`curl a.b/c \\\n ${H} -d "100%b%"`, "100%b%", []],
    [`curl a.b/c -d "a%20b%"`, "a%20b%", []],
  ] as const) {
    test(command, () => reads(command, { form: "curl", payload, doubts }));
  }
});

describe("the variables of a script", () => {
  const send = `curl a.b/c -H "X-Mia-Token: $TOKEN" -d "$BODY"`;
  const EXPANDS = ["shell_expansion"];
  for (const [script, payload, doubts = []] of [
    [`TOKEN='${TOKEN}'\nBODY='[1]'\n${send}`, "[1]"],
    [`#!/bin/bash\nset -eu\nTOKEN=${TOKEN}; BODY='{"a":"b c"}'\n\n${send}`, '{"a":"b c"}'],
    [`export TOKEN="${TOKEN}"\ndeclare BODY="[2]"\n${send.replace("$BODY", "${BODY}")}`, "[2]"],
    [`readonly TOKEN=${TOKEN} BODY=[3\nBODY+=]\n${send}`, "$BODY", EXPANDS],
    [`TOKEN=${TOKEN}\nBODY='[3'\nBODY+=']'\n${send}`, "[3]"],
    [`A=4 TOKEN=${TOKEN}\nBODY="[$A]"\n${send}`, "[4]"],
    [`TOKEN=${TOKEN}\nBODY=$(cat <<'EOF'\n{"a":"$x"}\nEOF\n)\n${send}`, "$BODY", EXPANDS],
    [`TOKEN=${TOKEN}\nBODY="$(cat <<'EOF'\n{"a":"$x"}\nEOF\n)"\n${send}`, '{"a":"$x"}'],
    [`TOKEN=${TOKEN}\nN='"5"'\ncurl a.b/c -H "X-Mia-Token: $TOKEN" -d @- <<EOF\n[$N]\nEOF`, '["5"]'],
    [`TOKEN=${TOKEN} && BODY='[6]' && ${send.replaceAll('"$BODY"', "'$BODY'")}`, "$BODY"],
    [`TOKEN=${TOKEN}\nBODY='[ 7 ]'\ncurl a.b/c -H "X-Mia-Token: $TOKEN" -d $BODY`, "$BODY", EXPANDS],
    [`TOKEN=${TOKEN}\nN=8\ncurl a.b/c -H "X-Mia-Token: $TOKEN" -d $N`, "8"],
    // Not known, or not any more.
    [`TOKEN=${TOKEN}\nBODY='[1]'\nBODY=$(date)\n${send}`, "$BODY", EXPANDS],
    [`TOKEN=${TOKEN}\nBODY='[1]' ${send}`, "$BODY", EXPANDS],
    [`TOKEN=${TOKEN}\nBODY+=$x\n${send}`, "$BODY", EXPANDS],
    [`TOKEN=${TOKEN}\nBODY='[1]'\n${send.replace("$BODY", "${BODY:-2}")}`, "${BODY:-2}", EXPANDS],
  ] as const) {
    test(script, () => reads(script, { form: "curl", payload, token: TOKEN, doubts }));
  }

  test("a variable that doubles in each line stays small", () => {
    const request = read(`A=aaaaaaaaaa\n${'A="$A$A"\n'.repeat(60)}curl a.b/c -d "$A"`);
    assert.deepEqual(request?.doubts, EXPANDS);
    assert.ok(request.payload.length < 10_000_000);
  });
});
