/** Splits a command for cmd.exe into words. */

import { type Command, MAX_WORDS, type Word, isCurl } from "./words.js";

/**
 * The words of a curl command for Windows, as browsers copy it. Windows reads it
 * twice, and so does this: cmd.exe removes the carets, then curl's C runtime splits
 * at spaces and resolves the quotes and backslashes.
 */
export function cmdCommand(text: string): Command | undefined {
  return runtimeWords(withoutCarets(text));
}

interface CommandLine {
  line: string;
  /** The places in the line that cmd.exe would have replaced, ascending. */
  marks: readonly number[];
  isCut: boolean;
}

function withoutCarets(text: string): CommandLine {
  const special = /[\^"%\r\n&|<>]/g;
  const variable = /%[A-Za-z_]\w{0,60}%/y;
  const marks: number[] = [];
  let line = "";
  let isQuoted = false;
  let isMeant = false;
  let isCut = false;
  for (let at = 0; at < text.length;) {
    special.lastIndex = at;
    const end = special.exec(text)?.index;
    line += text.slice(at, end);
    if (end === undefined) {
      break;
    }
    at = end + 1;
    const char = text[end] as string;
    if (char === "^" && !isQuoted) {
      const newline = newlineAt(text, at);
      isCut = text.length <= at + newline;
      if (newline > 0 && line.endsWith('"') && /^[\r\n]+"/.test(text.slice(at, at + 9))) {
        // Firefox, and Chrome before 2014: a newline between two quotes, which
        // cmd.exe drops. The request that was copied had it.
        const quote = text.indexOf('"', at);
        marks.push(line.length - 1);
        line = line.slice(0, -1) + text.slice(at, quote);
        at = quote + 1;
        isQuoted = true;
        continue;
      }
      if (newline === 0) {
        const next = text[at++] ?? "";
        variable.lastIndex = at - 1;
        if (next === "%" && variable.test(text)) {
          marks.push(line.length);
        }
        line += next;
        continue;
      }
      // The caret removes the newline and protects the character after it, so the
      // second of two newlines stays. Whether it was CRLF is lost.
      at += newline;
      const second = newlineAt(text, at);
      if (second > 0) {
        marks.push(line.length);
        line += "\n";
        at += second;
      }
      continue;
    }
    if (char === '"') {
      // Chrome from 2014 to 2023 began with a plain quote and then wrote carets,
      // which cmd.exe keeps in quotes. What was meant is read, with a mark.
      const close: number = isQuoted || isMeant ? -1 : text.indexOf('"', at);
      const isOldChrome: boolean = close > 0 && text.slice(close - 3, close) === "^\\^";
      isQuoted = !isQuoted && !isMeant && !isOldChrome;
      isMeant = isOldChrome;
      if (isOldChrome) {
        marks.push(line.length);
      }
    } else if (char === "%") {
      variable.lastIndex = end;
      if (variable.test(text)) {
        marks.push(line.length);
      }
    } else if (char !== "^") {
      if (!isQuoted && !isMeant && char !== "\r") {
        break;
      }
      // cmd.exe would end the command at a newline in quotes. The newline was
      // meant, so it is kept, with a mark.
      if (char === "\n") {
        marks.push(line.length);
      }
    }
    line += char;
  }
  return { line, marks, isCut };
}

function newlineAt(text: string, at: number): number {
  if (text[at] === "\n") {
    return 1;
  }
  return text[at] === "\r" && text[at + 1] === "\n" ? 2 : 0;
}

/** Microsoft's rules: backslashes count only before a quote, and `""` in quotes is one quote. */
function runtimeWords({ line, marks, isCut }: CommandLine): Command | undefined {
  const special = /[ \t\r"\\]/g;
  let words: Word[] | undefined;
  let word = "";
  let hasWord = false;
  let isQuoted = false;
  let isDoubtful = false;
  let mark = 0;

  /** False if this is not a curl command. */
  const finishWord = (end: number): boolean => {
    const text = word;
    const hadWord = hasWord;
    const firstMark = mark;
    while ((marks[mark] ?? end) < end) mark++;
    const expands = mark > firstMark || isDoubtful;
    word = "";
    hasWord = false;
    isDoubtful = false;
    if (!hadWord) {
      return true;
    }
    if (!words) {
      words = [];
      return isCurl(text);
    }
    words.push({ text, escapes: [], expands });
    return words.length <= MAX_WORDS;
  };

  for (let at = 0; at < line.length;) {
    special.lastIndex = at;
    const end = special.exec(line)?.index ?? line.length;
    if (end > at) {
      word += line.slice(at, end);
      hasWord = true;
    }
    if (end === line.length) {
      break;
    }
    const char = line[end] as string;
    at = end + 1;
    if (char === '"') {
      hasWord = true;
      if (isQuoted && line[at] === '"') {
        word += '"';
        at++;
      } else {
        isQuoted = !isQuoted;
      }
    } else if (char === "\\") {
      hasWord = true;
      let last = at;
      while (line[last] === "\\") last++;
      const count = last - end;
      const isEscape = line[last] === '"';
      // Chrome doubles every backslash, which is right only before a quote:
      // curl sends both, where the request that was copied had one.
      isDoubtful ||= !isEscape && count % 2 === 0;
      word += "\\".repeat(isEscape ? Math.floor(count / 2) : count);
      at = last;
      if (isEscape && count % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (isQuoted) {
      word += char;
    } else if (!finishWord(end)) {
      return undefined;
    }
  }
  return finishWord(line.length) && words ? { words, prefix: [], isOpen: isQuoted, isCut } : undefined;
}
