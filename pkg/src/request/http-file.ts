/** Reads a file of requests for an editor: `.http` and `.rest` of VS Code and JetBrains. */

import { type PastedRequest, chosen } from "./findings.js";
import { message } from "./http.js";

const VARIABLE = /^[ \t]*@([\w.-]+)[ \t]*=(.*)$/gm;

export function readHttpFile(text: string): PastedRequest | undefined {
  const variables = new Map(Array.from(text.matchAll(VARIABLE), ([, name = "", value = ""]) => [name, value.trim()]));
  // An editor's request line has no version, and its file ends with a line break that is not sent.
  if (!/^###/m.test(text) && !/^(?:#|\/\/|@[\w.-]+[ \t]*=|[A-Z]{3,10} (?:https?:|\/|\{\{)\S*\s*\n)/.test(text)) {
    return undefined;
  }
  const requests = text.split(/^###.*\n?/m).flatMap((part) => request(part, variables) ?? []);
  return chosen(requests);
}

function request(part: string, variables: ReadonlyMap<string, string>): PastedRequest | undefined {
  const lines = resolved(part, variables).trimEnd().split("\n");
  const first = lines.findIndex((line) => /\S/.test(line) && !/^[ \t]*(?:#|\/\/|@[\w.-]+[ \t]*=)/.test(line));
  const blank = lines.findIndex((line, at) => at > first && line.trim() === "");
  const end = blank < 0 ? lines.length : blank;
  // The lines of the head that are comments, or go on with the address.
  const head = lines.slice(Math.max(first, 0), end).filter((line) => !/^[ \t]*(?:#|\/\/|[?&])/.test(line));
  const body = lines.slice(end);
  // Scripts and files of the answer come after the body.
  const after = body.findIndex((line) => /^(?:<>|>>?!?) /.test(line));
  const own = after < 0 ? body : body.slice(0, after);
  const read = message(`${[...head, ...own].join("\n").trimEnd()}${own.length > 0 ? "" : "\n\n"}`);
  if (!read || !own.some((line) => /^<@?[\w\d]* /.test(line))) {
    return read;
  }
  return { ...read, payload: new Uint8Array(), doubts: [...read.doubts, "body_in_file"] };
}

/** A variable can have another one in its value. */
function resolved(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => {
    const value = variables.get(name);
    return value === undefined || depth > 5 ? whole : resolved(value, variables, depth + 1);
  });
}
