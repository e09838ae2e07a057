/** Reads what `curl --trace-ascii` writes about the bytes that were sent. */

import { type PastedRequest } from "./findings.js";
import { message } from "./http.js";

const SECTION = /=> Send (header|data)[^\n]*\n((?:[\da-f]{4,8}: .*\n?)*)/g;

export function readTrace(text: string): PastedRequest | undefined {
  let sent = "";
  let isExact = true;
  for (const [, kind, rows = ""] of text.matchAll(SECTION)) {
    const lines = Array.from(rows.matchAll(/^([\da-f]+): (.*?)\r?$/gm), ([, at = "", line = ""]) => ({
      at: parseInt(at, 16),
      line,
    }));
    lines.forEach(({ at, line }, index) => {
      const next = lines[index + 1]?.at;
      // CR LF ends a row and is not shown; every other byte outside ASCII is a dot.
      sent += next === at + line.length + 2 || kind === "header" ? `${line}\r\n` : line;
      isExact &&= kind === "header" || !line.includes(".");
    });
  }
  const request = message(sent);
  return request && { ...request, doubts: isExact ? request.doubts : [...request.doubts, "body_changed"] };
}
