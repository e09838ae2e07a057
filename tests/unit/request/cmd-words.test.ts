/** A curl command for cmd.exe. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { TOKEN, random, read, reads } from "./reading.js";

test("a curl command for cmd.exe", () => {
  // As Chrome escapes today.
  const escape = (value: string) =>
    `^"${value
      .replace(/\\/g, "\\\\")
      .replace(/"/g, '\\"')
      .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, "^$&")
      .replace(/%(?=[a-zA-Z0-9_])/g, "%^")
      .replace(/\r?\n/g, "^\r\n\r\n")}^"`;
  const { pick, text } = random(7);
  for (let run = 0; run < 150; run++) {
    const payload = "a".concat(
      text(
        ["a", "PATH", '"', "\\", "%", "^", "&", "|", "<", "'", "$", "`", "{", "}", " ", "é", "\u2028", "😀", "!"],
        20,
      ),
    );
    const command = `curl ^"https://example.org/?a=b^&c=d^" ^\r\n  -H ^"x-mia-token: ${TOKEN}^" ^\r\n  -X POST ^${pick(["\n", "\r\n"])}  --data-raw ${escape(payload)}\r\n`;
    if (/\\(?![\\"]|$)/.test(payload)) {
      assert.deepEqual(read(command)?.doubts, ["shell_expansion"], command);
    } else {
      reads(command, { form: "curl", payload, token: TOKEN, ignored: ["url", "method POST"] });
    }
  }
  reads(`curl ^"a:b^" --data-raw ${escape("a\nb")}`, { payload: "a\nb", doubts: ["shell_expansion"] });
  reads(`curl "https://a.b" ^\n -H "X-Mia-Token: t" ^\n -d "{\\"a\\": \\"b\\\\\\"^c\\"\\"d\\"}"`, {
    payload: '{"a": "b\\"^c""d"}',
    token: "t",
    doubts: ["not_json"],
  });
  reads('curl "https://a.b" ^\r\n -d "a ""b"" %c"', { payload: 'a "b" %c' });
  reads('curl "%URL%" ^\r\n -d "%BODY%"', { payload: "%BODY%", doubts: ["shell_expansion"] });
  reads('curl "%URL%" ^\r\n -d a & echo', { payload: "a" });
  reads('curl "a:b" ^\n -d "a', { payload: "a", doubts: ["body_missing"] });
});
