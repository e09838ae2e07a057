/** Code to copy: a request that can be sent from a shell or a program, and a Worker that receives it. */

import { TOKEN_HEADERS } from "../generated/tables.js";

export interface SnippetValues {
  url: string;
  headerName: string;
  payload: Uint8Array;
  /** The `curl` snippet sends it; the other senders compute it again. */
  token: string;
  /** If it is absent or empty, the code reads `MIA_WEBHOOK_SECRET` from the environment. */
  secret?: string;
}

export interface Snippet {
  id: "curl" | "sh" | "workers" | "node" | "deno" | "go" | "python";
  label: string;
  kind: "send" | "receive";
  /** @throws TypeError for a value that no HTTP request can carry, and for a secret without UTF-8. */
  write(values: SnippetValues): string;
}

export const SNIPPETS: readonly Snippet[] = [
  { id: "curl", label: "curl", kind: "send", write: (values) => curl(checked(values)) },
  { id: "sh", label: "Shell", kind: "send", write: (values) => sh(checked(values)) },
  { id: "workers", label: "Cloudflare Workers", kind: "receive", write: (values) => workers(checked(values)) },
  { id: "node", label: "Node.js", kind: "send", write: (values) => node(checked(values)) },
  { id: "deno", label: "Deno", kind: "send", write: (values) => deno(checked(values)) },
  { id: "go", label: "Go", kind: "send", write: (values) => go(checked(values)) },
  { id: "python", label: "Python", kind: "send", write: (values) => python(checked(values)) },
];

const SECRET = "MIA_WEBHOOK_SECRET";

interface Checked extends SnippetValues {
  /** The payload as text, if it is UTF-8. */
  text: string | undefined;
}

/** Refuses what quoting cannot make safe: a line break would begin another header. */
function checked(values: SnippetValues): Checked {
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
  const url = new URL(values.url);
  if (!/^https?:$/.test(url.protocol)) {
    throw new TypeError(`not an http(s) address: ${JSON.stringify(values.url)}`);
  }
  // Not every client encodes a space or a letter outside ASCII, as URL does.
  return { ...values, url: url.href, text: decoded(values.payload) };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    // A byte order mark is payload like any other byte.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Characters that a terminal acts upon, that an editor changes, or that nobody
 * sees: they are written as escapes. A literal that may have several lines
 * keeps its tabs and newlines.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;
const UNSEEN_IN_LINES = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

// ---- POSIX shells

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

/** Whether it can be pasted as it is. A terminal may complete a name at a tab. */
const isPasteable = (text: string): boolean => text.search(UNSEEN_IN_LINES) < 0 && !text.includes("\t");

/** In single quotes a shell reads nothing, not even a backslash. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** curl reads brackets and braces as patterns. */
const curlUrl = (url: string): string => `${/[[\]{}]/.test(url) ? "--globoff " : ""}${quoted(url)}`;

/** A command that prints the bytes, and nothing else. */
function printf(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (text !== undefined && isPasteable(text)) {
    return `printf '%s' ${quoted(text)}`;
  }
  const named: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "%": "%%" };
  const format = Array.from(bytes, (byte, i) => {
    const character = String.fromCharCode(byte);
    // A minus at the start would be read as an option.
    const needsEscape = character === "'" || (i === 0 && character === "-") || !/^[ -~]$/.test(character);
    return named[character] ?? (needsEscape ? `\\${byte.toString(8).padStart(3, "0")}` : character);
  });
  return `printf '${format.join("")}'`;
}

// ---- Literals of the other languages

/** A literal of one line that JavaScript, Python and Go read alike. */
function literal(text: string, quotes: readonly string[] = ['"']): string {
  const quote = quotes.find((quote) => !text.includes(quote)) ?? '"';
  return quote + escaped(text).replaceAll(quote, `\\${quote}`) + quote;
}

function escaped(text: string, unseen = UNSEEN): string {
  const named: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return text
    .replaceAll("\\", "\\\\")
    .replace(unseen, (character) => named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A final newline alone does not count as a second line. */
const hasLines = (text: string): boolean => /\n[^]/.test(text);

/** A JavaScript literal. Escapes what would end or change a script element around it. */
function javaScript(text: string): string {
  const written = hasLines(text)
    ? `\`${escaped(text, UNSEEN_IN_LINES).replace(/`|\$(?=\{)/g, "\\$&")}\``
    : literal(text, ['"', "'"]);
  return written.replace(/<(?=\/script|!--|script)/gi, "\\x3c");
}

function pythonText(text: string): string {
  // A quote needs an escape only where another quote or the end follows.
  return hasLines(text)
    ? `"""${escaped(text, UNSEEN_IN_LINES).replace(/"(?="|$)/g, '\\"')}"""`
    : literal(text, ['"', "'"]);
}

function goText(text: string): string {
  const isRaw = (/["\\]/.test(text) || hasLines(text)) && !text.includes("`") && text.search(UNSEEN_IN_LINES) < 0;
  return isRaw ? `\`${text}\`` : literal(text);
}

/** `btoa` takes a character for each byte. */
const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

// ---- Programs

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

function workers({ headerName }: Checked): string {
  // The receiver accepts these two by default.
  const isDefault = TOKEN_HEADERS.some((name) => name.toLowerCase() === headerName.toLowerCase());
  return `// npx wrangler secret put ${SECRET}
import { type Receiver, createReceiver } from "mia-webhooks/receiver";

let receiver: Receiver | undefined;

export default {
  fetch(request, env, context) {
    receiver ??= createReceiver({
      secrets: env.${SECRET},${isDefault ? "" : `\n      headerNames: [${javaScript(headerName)}],`}
      on: { "*": (event) => console.log(event.eventName) },
    });
    return receiver(request, context);
  },
} satisfies ExportedHandler<{ ${SECRET}: string }>;
`;
}
