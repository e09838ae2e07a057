/** Splits a command for sh or bash into words. */

import { type Command, MAX_WORDS, type Word, isCurl } from "./words.js";

/** The words of the first curl command, by POSIX's rules for quotes and bash's `$'…'`. */
export class PosixReader {
  readonly #text: string;
  #at: number;
  #word = "";
  #hasWord = false;
  #escapes: [at: number, byte: number][] = [];
  #expands = false;
  #words: Word[] | undefined;
  readonly #prefix: string[] = [];
  #isOpen = false;
  #isTarget = false;
  /** Whether a search has already reached the end of the text in vain. A second one would make the time quadratic. */
  #noBacktick = false;
  #noParenthesis = false;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  command(): Command | undefined {
    const text = this.#text;
    const special = /[ \t\r\n'"\\$`;&|<>#]/g;
    while (this.#at < text.length) {
      special.lastIndex = this.#at;
      const end = special.exec(text)?.index ?? text.length;
      if (end > this.#at) {
        const run = text.slice(this.#at, end);
        // Patterns, braces and ~ are replaced only where nothing quotes them.
        this.#expands ||= /[*?[{~]/.test(run);
        this.#append(run);
        this.#at = end;
        continue;
      }
      const isOver = this.#special(text[end] as string);
      if (isOver === undefined) {
        return undefined;
      }
      if (isOver) {
        break;
      }
    }
    if (!this.#finishWord() || !this.#words) {
      return undefined;
    }
    return { words: this.#words, prefix: this.#prefix, isOpen: this.#isOpen };
  }

  /** Whether the command is over; `undefined` if it is not curl. */
  #special(char: string): boolean | undefined {
    const text = this.#text;
    const next = text[this.#at + 1];
    switch (char) {
      case "'": {
        const close = text.indexOf("'", this.#at + 1);
        this.#append(text.slice(this.#at + 1, close < 0 ? undefined : close));
        this.#isOpen ||= close < 0;
        this.#at = close < 0 ? text.length : close + 1;
        return false;
      }
      case '"':
        this.#at++;
        this.#doubleQuoted();
        return false;
      case "$":
        this.#dollar(false);
        return false;
      case "`":
        this.#backtick();
        return false;
      case "\\":
        if (next === "\n") {
          this.#at += 2;
        } else if (next === "\r" && text[this.#at + 2] === "\n") {
          // A line that went through Windows: a continuation was meant.
          this.#at += 3;
        } else {
          this.#append(next ?? "\\");
          this.#at += 2;
        }
        return false;
      case "\r":
        if (next !== "\n") {
          this.#append("\r");
          this.#at++;
          return false;
        }
        this.#at++;
        return this.#finishCommand();
      case " ":
      case "\t":
        this.#at++;
        return this.#finishWord() ? false : undefined;
      case "#":
        if (this.#hasWord) {
          this.#append("#");
          this.#at++;
        } else {
          const newline = text.indexOf("\n", this.#at);
          this.#at = newline < 0 ? text.length : newline;
        }
        return false;
      case "<":
      case ">":
        return this.#redirection();
      default:
        return this.#finishCommand();
    }
  }

  #finishCommand(): boolean | undefined {
    this.#at++;
    // Before curl there may be comments and assignments, each on its own line.
    return this.#finishWord() ? this.#words !== undefined : undefined;
  }

  /** Neither the file nor the 2 of `2>` is a word of the command. */
  #redirection(): false | undefined {
    if (/^\d$/.test(this.#word)) {
      this.#reset();
    } else if (!this.#finishWord()) {
      return undefined;
    }
    while (this.#at < this.#text.length && "<>&|".includes(this.#text[this.#at] as string)) {
      this.#at++;
    }
    this.#isTarget = true;
    return false;
  }

  /** False if this is not a curl command. */
  #finishWord(): boolean {
    if (!this.#hasWord) {
      return true;
    }
    const word: Word = { text: this.#word, escapes: this.#escapes, expands: this.#expands };
    this.#reset();
    if (this.#isTarget) {
      this.#isTarget = false;
    } else if (this.#words) {
      this.#words.push(word);
      return this.#words.length <= MAX_WORDS;
    } else if (isCurl(word.text)) {
      this.#words = [];
    } else {
      const variable = /^([A-Za-z_]\w{0,60})=/.exec(word.text)?.[1];
      if (variable !== undefined) {
        this.#prefix.push(`variable ${variable}`);
      }
      // A lone $ is the prompt.
      return this.#prefix.length <= MAX_WORDS && (variable !== undefined || word.text === "$");
    }
    return true;
  }

  #reset(): void {
    this.#word = "";
    this.#hasWord = false;
    this.#escapes = [];
    this.#expands = false;
  }

  #append(part: string): void {
    this.#word += part;
    this.#hasWord = true;
  }

  /** Appends the text up to the next special character, and returns that; `undefined` if the quote never closes. */
  #appendUntil(special: RegExp): string | undefined {
    const text = this.#text;
    special.lastIndex = this.#at;
    const end = special.exec(text)?.index;
    this.#append(text.slice(this.#at, end));
    this.#isOpen ||= end === undefined;
    this.#at = end ?? text.length;
    return text[this.#at];
  }

  #doubleQuoted(): void {
    const text = this.#text;
    for (;;) {
      switch (this.#appendUntil(/["\\$`]/g)) {
        case undefined:
          return;
        case '"':
          this.#at++;
          return;
        case "$":
          this.#dollar(true);
          break;
        case "`":
          this.#backtick();
          break;
        default: {
          const next = text[this.#at + 1];
          if (next === "\n") {
            this.#at += 2;
          } else if (next !== undefined && '"\\$`'.includes(next)) {
            this.#append(next);
            this.#at += 2;
          } else {
            this.#append("\\");
            this.#at++;
          }
        }
      }
    }
  }

  /** It is not known what the shell would put in its place, so it stays as it is. */
  #dollar(isQuoted: boolean): void {
    const text = this.#text;
    const next = text[this.#at + 1] ?? "";
    if (!isQuoted && next === "'") {
      this.#at += 2;
      this.#ansiQuoted();
      return;
    }
    if (!isQuoted && next === '"') {
      // bash translates it, which changes nothing without a catalogue.
      this.#at += 2;
      this.#doubleQuoted();
      return;
    }
    // A continued line joins the $ to a name on the next line.
    this.#expands ||= /[\w{(@*#?$!-]/.test(next) || (next === "\\" && text[this.#at + 2] === "\n");
    const end = next === "(" ? this.#closingParenthesis(this.#at + 1) : this.#at + 1;
    this.#append(text.slice(this.#at, end));
    this.#at = end;
  }

  /** The place after the parenthesis that closes this one. Quotes in between are ignored. */
  #closingParenthesis(open: number): number {
    const parenthesis = /[()]/g;
    parenthesis.lastIndex = open;
    let depth = 0;
    while (!this.#noParenthesis) {
      const found = parenthesis.exec(this.#text);
      if (!found) {
        this.#noParenthesis = true;
        break;
      }
      depth += found[0] === "(" ? 1 : -1;
      if (depth === 0) {
        return found.index + 1;
      }
    }
    return open;
  }

  #backtick(): void {
    const close = this.#noBacktick ? -1 : this.#text.indexOf("`", this.#at + 1);
    this.#noBacktick = close < 0;
    this.#expands = true;
    const end = close < 0 ? this.#at + 1 : close + 1;
    this.#append(this.#text.slice(this.#at, end));
    this.#at = end;
  }

  #ansiQuoted(): void {
    for (;;) {
      const found = this.#appendUntil(/['\\]/g);
      if (found === undefined) {
        return;
      }
      this.#at++;
      if (found === "'") {
        return;
      }
      this.#ansiEscape();
    }
  }

  /** Reads an escape from the character after the backslash. */
  #ansiEscape(): void {
    const text = this.#text;
    const char = text[this.#at] ?? "";
    const simple = ANSI_ESCAPES[char];
    if (simple !== undefined) {
      this.#append(simple);
      this.#at++;
      return;
    }
    ANSI_NUMBER.lastIndex = this.#at;
    const found = ANSI_NUMBER.exec(text);
    if (!found) {
      this.#append("\\");
      return;
    }
    this.#at += found[0].length;
    const [, octal, byte, short, long, control] = found;
    if (control !== undefined) {
      this.#append(String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f));
    } else if (octal !== undefined) {
      this.#byte(parseInt(octal, 8) & 0xff);
    } else if (byte !== undefined) {
      this.#byte(parseInt(byte, 16));
    } else {
      const code = parseInt(short ?? long ?? "", 16);
      // Chrome writes an emoji as two surrogates. bash would send six meaningless
      // bytes for them; the request that was copied had the emoji.
      this.#append(code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code));
    }
  }

  #byte(byte: number): void {
    if (byte < 0x80) {
      this.#append(String.fromCharCode(byte));
    } else {
      this.#escapes.push([this.#word.length, byte]);
    }
  }
}

const ANSI_NUMBER = /([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|c([\x21-\x7e])/y;
const ANSI_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
};
