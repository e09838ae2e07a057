/** Code to copy: a request, sent from a shell or a program. */

import { base64, decoded, goText, isPasteable, javaScript, literal, printf, pythonText, quoted } from "./quoting.js";

export interface SendValues {
  url: string;
  headerName: string;
  payload: Uint8Array;
  /** The `curl` snippet sends it; the other senders compute it again. */
  token: string;
  /** If it is absent or empty, the code reads `MIA_WEBHOOK_SECRET` from the environment. */
  secret?: string;
}

export interface Sender {
  id: "curl" | "sh" | "node" | "deno" | "go" | "python";
  label: string;
  /** @throws TypeError for a value that no HTTP request can carry, and for a secret without UTF-8. */
  write(values: SendValues): string;
}

export const SENDERS: readonly Sender[] = [
  { id: "curl", label: "curl", write: (values) => curl(checked(values)) },
  { id: "sh", label: "Shell", write: (values) => sh(checked(values)) },
  { id: "node", label: "Node.js", write: (values) => node(checked(values)) },
  { id: "deno", label: "Deno", write: (values) => deno(checked(values)) },
  { id: "go", label: "Go", write: (values) => go(checked(values)) },
  { id: "python", label: "Python", write: (values) => python(checked(values)) },
];

const SECRET = "MIA_WEBHOOK_SECRET";

interface Checked extends SendValues {
  /** The payload as text, if it is UTF-8. */
  text: string | undefined;
}

/** Refuses what quoting cannot make safe: a line break would begin another header. */
function checked(values: SendValues): Checked {
  const { headerName, token, secret } = values;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(headerName)) {
    throw new TypeError(`not a header name: ${JSON.stringify(headerName)}`);
  }
  if (/(?!\t)\p{Cc}/u.test(token)) {
    throw new TypeError("the token holds a control character, which no header can carry");
  }
  if (secret !== undefined && /\p{Surrogate}/u.test(secret)) {
    throw new TypeError("the secret holds a lone surrogate, which has no UTF-8");
  }
  const url = fullAddress(values.url);
  if (url === undefined) {
    throw new TypeError(`not an http(s) address: ${JSON.stringify(values.url)}`);
  }
  return { ...values, url, text: decoded(values.payload) };
}

/**
 * A whole http(s) address as a client sends it; `undefined` for anything else. Not
 * every client encodes a space or a letter outside ASCII, as URL does.
 */
export function fullAddress(text: string): string | undefined {
  try {
    const { protocol, href } = new URL(text);
    return /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Linux takes no argument of 128 KiB or more. */
const LONGEST_ARGUMENT = 100_000;

function curl({ url, headerName, payload, token, text }: Checked): string {
  // curl leaves out a header without a value unless it ends in a semicolon.
  const header = token.trim() === "" ? `${headerName};` : `${headerName}: ${token}`;
  // curl reads a file where an argument begins with @.
  const isArgument =
    text !== undefined && isPasteable(text) && payload.length < LONGEST_ARGUMENT && !text.startsWith("@");
  return `${isArgument ? "" : `${printf(payload)} |\n`}curl -i ${curlUrl(url)} \\
  -H 'Content-Type: application/json' \\
  -H ${quoted(header)} \\
  --data-binary ${isArgument ? quoted(text) : "@-"}
`;
}

/** curl reads brackets and braces as patterns. */
const curlUrl = (url: string): string => `${/[[\]{}]/.test(url) ? "--globoff " : ""}${quoted(url)}`;

function sh({ url, headerName, payload, secret }: Checked): string {
  // A header's name may hold $ and backticks, which double quotes do not keep.
  const header = /^[\w-]+$/.test(headerName)
    ? `"${headerName}: \${token%% *}"`
    : `${quoted(`${headerName}: `)}"\${token%% *}"`;
  return `#!/bin/sh
set -eu
${secret ? "" : `: "\${${SECRET}:?is not set}"\n`}
# As functions: a variable would lose NUL bytes, and $(...) final newlines.
payload() { ${printf(payload)}; }
secret() { ${secret ? printf(new TextEncoder().encode(secret)) : `printf '%s' "$${SECRET}"`}; }

token=$({ payload; secret; } | openssl dgst -sha256 -r)

payload | curl -i ${curlUrl(url)} \\
  -H 'Content-Type: application/json' \\
  -H ${header} \\
  --data-binary @-
`;
}

function node({ url, headerName, payload, secret, text }: Checked): string {
  return `import { createHash } from "node:crypto";

const payload = ${text === undefined ? `Buffer.from("${base64(payload)}", "base64")` : javaScript(text)};
${javaScriptSecret(`process.env.${SECRET}`, secret)}
const token = createHash("sha256").update(payload).update(secret).digest("hex");

${javaScriptRequest(url, headerName)}`;
}

function deno({ url, headerName, payload, secret, text }: Checked): string {
  const bytes = `Uint8Array.from(atob("${base64(payload)}"), (character) => character.charCodeAt(0))`;
  return `// deno run --allow-net${secret ? "" : ` --allow-env=${SECRET}`} send.ts

const payload = ${text === undefined ? bytes : javaScript(text)};
${javaScriptSecret(`Deno.env.get("${SECRET}")`, secret)}
const signed = await new Blob([payload, secret]).arrayBuffer();
const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", signed));
const token = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");

${javaScriptRequest(url, headerName)}`;
}

const javaScriptSecret = (environment: string, secret: string | undefined): string =>
  secret
    ? `const secret = ${javaScript(secret)};`
    : `const secret = ${environment};
if (!secret) throw new Error("${SECRET} is not set");`;

const javaScriptRequest = (
  url: string,
  headerName: string,
): string => `const response = await fetch(${javaScript(url)}, {
  method: "POST",
  headers: { "Content-Type": "application/json", ${javaScript(headerName)}: token },
  body: payload,
});
console.log(response.status);
`;

function python({ url, headerName, payload, secret, text }: Checked): string {
  const modules = [
    ...(text === undefined ? ["base64"] : []),
    "hashlib",
    ...(secret ? [] : ["os", "sys"]),
    "urllib.error",
    "urllib.request",
  ];
  const bytes = text === undefined ? `base64.b64decode("${base64(payload)}")` : `${pythonText(text)}.encode()`;
  const environment = `os.environ.get("${SECRET}") or sys.exit("${SECRET} is not set")`;
  return `${modules.map((name) => `import ${name}`).join("\n")}

payload = ${bytes}
secret = ${secret ? literal(secret, ['"', "'"]) : environment}
token = hashlib.sha256(payload + secret.encode()).hexdigest()

request = urllib.request.Request(
    ${literal(url)},
    data=payload,
    headers={"Content-Type": "application/json", ${literal(headerName)}: token},
)
try:
    with urllib.request.urlopen(request) as response:
        print(response.status)
except urllib.error.HTTPError as error:
    print(error.code)
`;
}

function go({ url, headerName, payload, secret, text }: Checked): string {
  const packages = [
    "crypto/sha256",
    ...(text === undefined ? ["encoding/base64"] : []),
    "fmt",
    "log",
    "net/http",
    ...(secret ? [] : ["os"]),
    "strings",
  ];
  const bytes = `decoded, err := base64.StdEncoding.DecodeString("${base64(payload)}")
	if err != nil {
		log.Fatal(err)
	}
	payload := string(decoded)`;
  const environment = `os.Getenv("${SECRET}")
	if secret == "" {
		log.Fatal("${SECRET} is not set")
	}`;
  return `package main

import (
${packages.map((name) => `\t"${name}"`).join("\n")}
)

func main() {
	${text === undefined ? bytes : `payload := ${goText(text)}`}
	secret := ${secret ? goText(secret) : environment}
	token := fmt.Sprintf("%x", sha256.Sum256([]byte(payload+secret)))

	request, err := http.NewRequest(http.MethodPost, ${literal(url)}, strings.NewReader(payload))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(${literal(headerName)}, token)

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	fmt.Println(response.StatusCode)
}
`;
}
