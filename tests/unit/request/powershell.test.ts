/** PowerShell: as browsers copy it, and as people write it. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { PAYLOAD, TOKEN, random, read, reads } from "./reading.js";

/** As Chrome's and Firefox's developer tools escape (NetworkLogView.ts, PowerShell.sys.mjs). */
const escaped = (text: string) =>
  `"${text.replace(/[`$"]/g, "`$&").replace(/[^\x20-\x7e]/g, (char) => `$([char]${char.charCodeAt(0)})`)}"`;
const copied = (body: string) => `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
$session.Cookies.Add((New-Object System.Net.Cookie("a", "b", "/", "example.org")))
Invoke-WebRequest -UseBasicParsing -Uri "https://example.org/hook?a=b&c=d" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"method"="POST"
  "accept"="*/*"
  "x-mia-token"="${TOKEN}"
  "sec-ch-ua"="\`"Chromium\`";v=\`"124\`""
} \`
-ContentType "application/json" \`
-Body ${body}`;

test("what a browser copies, byte for byte", () => {
  reads(copied(escaped(PAYLOAD)), {
    form: "powershell",
    payload: PAYLOAD,
    token: TOKEN,
    headerName: "x-mia-token",
  });
  const { text } = random(29);
  for (let run = 0; run < 150; run++) {
    const payload = JSON.stringify(
      text(['"', "`", "$", "$a", "\\", "é", "😀", "\n", "\r", "'", "{", ")", "#", "a", "”"], 14),
    );
    const body = `([System.Text.Encoding]::UTF8.GetBytes(${escaped(payload)}))`;
    reads(copied(body), { payload, token: TOKEN });
    reads(copied(body).replaceAll("\n", "\r\n"), { payload, token: TOKEN });
  }
});

describe("what people write", () => {
  const H = `-Headers @{ 'X-Mia-Token' = '${TOKEN}' }`;
  for (const [command, payload, doubts = []] of [
    [`Invoke-RestMethod -Uri https://a.b/c -Method Post ${H} -Body '${PAYLOAD}'`, PAYLOAD],
    [`PS C:\\Users\\me> Invoke-WebRequest https://a.b/c -Method POST ${H} -Body '${PAYLOAD}'`, PAYLOAD],
    [`irm https://a.b/c -Method POST ${H} -Body '{"a":"it''s"}' | ConvertTo-Json`, `{"a":"it's"}`],
    [`iwr -Uri 'https://a.b/c' ${H} -Body "{""a"":1}"`, '{"a":1}'],
    [`$response = Invoke-RestMethod 'https://a.b' ${H} -Body "{\`"a\`":\`"b\`\`\`"}"`, '{"a":"b`"}'],
    [`curl -Uri https://a.b -Method POST ${H} -Body '{"a":1}'`, '{"a":1}'],
    [`$body = @'\n{\n  "a": "it's"\n}\n'@\nInvoke-RestMethod https://a.b ${H} -Body $body`, '{\n  "a": "it\'s"\n}'],
    [`$body = @"\r\n{"a":"\`$x"}\r\n"@\r\nirm https://a.b ${H} -Body $body`, '{"a":"$x"}'],
    [`irm https://a.b ${H} -Body @'\n{"a":1}\n'@`, '{"a":1}'],
    [`irm https://a.b ${H} -Body ('{"a"' + ':1}')`, '{"a":1}'],
    [`$n = '1'\nirm https://a.b ${H} -Body "{\`"a\`":$n}"`, '{"a":1}'],
    [`irm https://a.b ${H} -Body "{\`"a\`":$n}"`, "", ["variable", "body_missing"]],
    [`irm https://a.b ${H} -Body (Get-Content a.json -Raw)`, "", ["variable", "body_missing"]],
    [`irm https://a.b ${H} -InFile a.json`, "", ["body_in_file"]],
    [`irm https://a.b ${H} -Body ($x | ConvertTo-Json)`, "", ["variable", "body_missing"]],
    [`irm https://a.b ${H} -Body '{"a":"é"}'`, '{"a":"é"}', ["versions_differ"]],
    [`irm https://a.b ${H} -ContentType 'application/json; charset=utf-8' -Body '{"a":"é"}'`, '{"a":"é"}'],
    [`irm https://a.b -Body '{"a":1}' ${H} \``, '{"a":1}', ["cut_off"]],
    [`irm https://a.b -Body “{\`"a\`":1}” ${H}`, '{"a":1}'],
    [
      `$headers = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"\n$headers.Add("X-Mia-Token", "${TOKEN}")\n$body = @"\n{\`"a\`":1}\n"@\n$response = Invoke-RestMethod 'https://a.b' -Method 'POST' -Headers $headers -Body $body\n$response | ConvertTo-Json`,
      '{"a":1}',
    ],
    [
      `$headers = @{}\n$headers['x-mia-token'] = '${TOKEN}'\n# sends it\nirm https://a.b -Headers $headers -Body '{"a":1}'`,
      '{"a":1}',
    ],
    [
      `$p = @{\n  Uri = 'https://a.b'\n  Method = 'Post' # it\n  Headers = @{ 'x-mia-token' = '${TOKEN}'; Accept = '*/*' }\n  Body = '{"a":1}'\n}\nInvoke-RestMethod @p`,
      '{"a":1}',
    ],
    [`$body='{"a":1}'\nirm https://a.b ${H} -Body $body`, '{"a":1}'],
    [`$json="[2]"\r\nInvoke-WebRequest https://a.b ${H} -Body $json`, "[2]"],
    [`$h=@{"X-Mia-Token"="${TOKEN}"}\nirm https://a.b -Headers $h -Body '[3]'`, "[3]"],
    [`$script:b='[4]'; iwr https://a.b ${H} -Body $b`, "[4]"],
    [`$b = '[5'\n$b += ']'\nirm https://a.b ${H} -Body $b`, "[5]"],
    [`$b='[6]'\n$b+="\`r\`n"\nirm https://a.b ${H} -Body $b`, "[6]\r\n"],
    [`$b = '[7]'\n$b += Get-Date\nirm https://a.b ${H} -Body $b`, "", ["variable", "body_missing"]],
    [`$b = '[7]'\n$b *= 2\nirm https://a.b ${H} -Body $b`, "", ["variable", "body_missing"]],
    [`irm https://a.b ${H} -Body ' [8]'.TrimStart()`, "", ["variable", "body_missing"]],
    [`irm https://a.b -Body "[8]".Replace('8', '9') ${H}`, "", ["variable", "body_missing"]],
    [`$b = '[8]'\nirm https://a.b -Body $b.ToUpper() ${H}`, "", ["variable", "body_missing"]],
    [`$b = @{ c = '[8]' }\nirm https://a.b -Body $b['c'] ${H}`, "", ["variable", "body_missing"]],
    [`$bytes = [System.Text.Encoding]::UTF8.GetBytes('{"a":"é"}')\nirm https://a.b ${H} -Body $bytes`, '{"a":"é"}'],
  ] as const) {
    test(command, () => reads(command, { form: "powershell", payload, doubts, token: TOKEN }));
  }

  test("a text without an end is no request", () => {
    const refused = { form: "refused", doubts: ["token_not_read"] };
    reads(`irm https://a.b ${H} -Body '{"a":1}`, refused);
    reads(`irm https://a.b -Headers @{ 'X-Mia-Token' = '${TOKEN}'`, refused);
    assert.equal(read(`irm https://a.b -Headers @{ 'X-Mia-Token' = $t`), undefined);
  });
});

describe("curl in PowerShell", () => {
  const VERSIONS = ["versions_differ"];
  for (const [command, payload, doubts = []] of [
    // Before 7.3 the second one sends {a:1}, and from then on the first one \".
    [`curl.exe -X POST https://a.b -H "X-Mia-Token: ${TOKEN}" -d '{\\"a\\":1}'`, '{"a":1}', VERSIONS],
    [`curl.exe -X POST https://a.b -H 'X-Mia-Token: ${TOKEN}' -d '{"a":1}'`, '{"a":1}', VERSIONS],
    [`curl.exe -X POST https://a.b -H 'X-Mia-Token: ${TOKEN}' -d '{"a": "b c"}'`, '{"a": "b c"}', VERSIONS],
    [`curl.exe https://a.b \`\n  -H "X-Mia-Token: ${TOKEN}" \`\n  -d "{\`"a\`":1}"`, '{"a":1}', VERSIONS],
    [`curl.exe https://a.b \`\r\n  -H "X-Mia-Token: ${TOKEN}" \`\r\n  --data-raw '[1,2]'`, "[1,2]"],
    [`PS C:\\> curl.exe https://a.b -H "X-Mia-Token: ${TOKEN}" -d "{\`"a\`":1}"`, '{"a":1}', VERSIONS],
    [`curl https://a.b \`\n -H 'X-Mia-Token: ${TOKEN}' \`\n -d @'\n[\n1]\n'@`, "[\n1]"],
    [`@'\n[1]\n'@ | curl.exe -H 'X-Mia-Token: ${TOKEN}' https://a.b -d '@-'`, "[1]"],
    [`$b = '[1]'\n$b | curl.exe -H 'X-Mia-Token: ${TOKEN}' https://a.b -d '@-'`, "[1]"],
    [`$b = '[1]'\ncurl.exe -H "X-Mia-Token: ${TOKEN}" https://a.b -d $b --silent 2>&1`, "[1]"],
    [`$b='[1]'\ncurl.exe -H 'X-Mia-Token: ${TOKEN}' https://a.b -d $b`, "[1]"],
    [`$b = '[1]'\ncurl.exe -H 'X-Mia-Token: ${TOKEN}' https://a.b -d $b.Name`, "[1].Name", ["shell_expansion"]],
    [`curl.exe -H 'X-Mia-Token: ${TOKEN}' https://a.b -d $b`, "", ["shell_expansion"]],
  ] as const) {
    test(command, () => reads(command, { form: "curl", payload, doubts, token: TOKEN }));
  }
});
