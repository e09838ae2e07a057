/** Reads a command, in whichever shell it was written. */

import { cmdCommand } from "./cmd-words.js";
import { isJson, isNearJson } from "./compared.js";
import { curlRequest } from "./curl.js";
import { type PastedRequest, decoder } from "./findings.js";
import { PosixReader } from "./posix-words.js";
import { readPowerShell } from "./powershell.js";

type Shell = "posix" | "cmd" | "powershell";

const READERS: Readonly<Record<Shell, (text: string) => PastedRequest | undefined>> = {
  posix: (text) => curlRequest(new PosixReader(text).command()),
  cmd: (text) =>
    curlRequest(
      cmdCommand(
        text.replace(/^(?:@?(?:echo off|rem|set|setlocal|cd|::)\b.*\s*\n|(?:call|winpty)\s+|@(?=curl))+/i, ""),
      ),
    ),
  powershell: readPowerShell,
};

/** Up to the program: what a terminal writes before a command, or a script before the output it wants. */
const PROMPT =
  /^(?:(PS\b[^\n>]{0,300}>)|([A-Za-z]:[\\/][^\n>"]{0,300}>)|[^\n'"`|;&={}$]{0,200}[$%>#❯›➜✗»λ~]|\w*=?"?\$\()[ \t]*(?=[\w./\\:~'"-]*curl(?:\.exe)?['"]?\s|(?:sudo|time|winpty|env|echo|printf|cat|Invoke-\w+|i[rw][mr]|(?<!\$)\w+=\S*|\$\w+ *=)\s)/i;
/** The lines after the first have a prompt of their own. */
const NEXT_PROMPT = /^(?:[a-z]*>|>>|More\?)(?: |\r?$)/;

export function readCommand(text: string): PastedRequest | undefined {
  const prompt = PROMPT.exec(text);
  const line = withoutNextPrompts(text.slice(prompt?.[0].length));
  const shell = shellOf(line) ?? (prompt?.[1] ? "powershell" : prompt?.[2] ? "cmd" : undefined);
  if (shell) {
    return READERS[shell](line);
  }
  // Nothing tells the shell, so the body does.
  const read = Object.values(READERS).flatMap((reader) => reader(line) ?? []);
  const bodies = read.map(({ payload }) => decoder().decode(payload));
  const [first] = read;
  const json = bodies.findIndex(isJson);
  const at = first && isNearJson(bodies[0] ?? "") && json > 0 ? json : 0;
  const request = read[at];
  const doubts = new Set(request?.doubts);
  if (first?.doubts.includes("typographic_quotes")) {
    doubts.add("typographic_quotes");
  }
  // Where both read the same body, it may be written for cmd.exe, which replaces %A%.
  if (
    read.some(
      (one, index) =>
        bodies[index] === bodies[at] && one.token === request?.token && one.doubts.includes("shell_expansion"),
    )
  ) {
    doubts.add("shell_expansion");
  }
  // Single quotes mean nothing to cmd.exe, so its body is JSON only where both can read it.
  if (at === 0 && json >= 0 && bodies.some((body) => body !== bodies[0] && /^\s*[{[]/.test(body) && isJson(body))) {
    doubts.add("versions_differ");
  }
  return request && { ...request, doubts: [...doubts] };
}

function withoutNextPrompts(text: string): string {
  const lines = text.split("\n");
  let last = 1;
  // With -v, curl marks what it sent in the same way.
  while (NEXT_PROMPT.test(lines[last] ?? "") && !/^> [A-Z]+ \S+ HTTP\//.test(lines[last] ?? "")) last++;
  return last === 1
    ? text
    : lines.map((line, at) => (at < last ? line.replace(at ? NEXT_PROMPT : "", "") : line)).join("\n");
}

/** What no other shell begins with. Where an argument of curl.exe is in single quotes, it is not cmd.exe. */
const POWERSHELL = [
  /^\$(?:\w+:)?\w+\s*[-+=.[|]|^[@'"][^|]*\|\s*\S*curl/,
  /^(?:\$\w+[ \t]*=[ \t]*)?(?:Invoke-(?:WebRequest|RestMethod)|i[rw][mr])[ \t]/im,
  /^curl\s[^'"]*\s-(?:Uri|Method|Headers|Body|UseBasicParsing)\s|^\S*curl\.exe\s[^'"]*'/i,
];

/** The shell for which a command is written, if its quotes or the ends of its lines tell. */
function shellOf(text: string): Shell | undefined {
  if (POWERSHELL.some((sign) => sign.test(text))) {
    return "powershell";
  }
  const mark = /\\\r?\n|\\[^]|['"]|\^["\r\n]|`\r?\n|@["'][ \t]*\r?\n|\$'|<</g;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    switch (found[0][0]) {
      case "'":
        mark.lastIndex = text.indexOf("'", mark.lastIndex) + 1;
        break;
      case '"': {
        const close = /\\[^]|"/g;
        close.lastIndex = mark.lastIndex;
        while (close.exec(text)?.[0].length === 2) {}
        mark.lastIndex = close.lastIndex;
        // As Chrome wrote it until 2023.
        if (text.slice(close.lastIndex - 4, close.lastIndex - 1) === "^\\^") {
          return "cmd";
        }
        break;
      }
      case "\\":
        if (found[0].endsWith("\n")) {
          return "posix";
        }
        break;
      case "^":
        return "cmd";
      case "`":
      case "@":
        return "powershell";
      default:
        return "posix";
    }
    if (mark.lastIndex === 0) {
      break;
    }
  }
  return undefined;
}
