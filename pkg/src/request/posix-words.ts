/** Splits a command for sh or bash into words. */

import { type Command, MAX_WORDS, type Word, isCurl, plainWord } from "./words.js";

/** What may stand before the name of a program, with options of its own. */
const RUNNERS =
  /^(?:sudo|doas|time|env|exec|command|nohup|nice|winpty|docker|podman|kubectl|if|then|do|else|while|until|!|\{|[$%>])$/;
/** Programs that write what curl reads. */
const WRITERS = /^(?:echo|printf|cat)$/;
/** Programs in front of curl that do not change what it sends. */
const OTHERS = /^(?:cd|set|export|declare|typeset|readonly|local|unset|sleep|clear|#!.*)$/;
const ASSIGNMENT = /^([A-Za-z_]\w{0,60})\+?=/;
/** Programs whose arguments are assignments. */
const DECLARERS = /^(?:export|declare|typeset|readonly|local)$/;
const VARIABLE = /\$(?:(\w+)|\{(\w+)\})/y;
/** UTF-16 units that variables put in place of their names: each can hold another twice. */
const MAX_VALUES = 1_000_000;

/** `$(cat <<EOF`, with the document and its end. */
const SUBSTITUTED = /\$\(\s*cat\s+<<\s*(['"\\]?)(\w+)['"]?[ \t]*\r?\n((?:[^\n]*\n)*?)\2\s*\)/y;

interface SimpleCommand {
  words: Word[];
  input?: Word;
  /** The command whose output it reads. */
  source?: SimpleCommand | undefined;
}

interface HereDocument {
  command: SimpleCommand;
  delimiter: string;
  isQuoted: boolean;
  hasTabs: boolean;
}

/** The words of the first curl command, by POSIX's rules for quotes and bash's `$'…'`. */
export class PosixReader {
  readonly #text: string;
  #at = 0;
  #word = "";
  #hasWord = false;
  #escapes: [at: number, byte: number][] = [];
  #expands = false;
  #command: SimpleCommand = { words: [] };
  #curl: SimpleCommand | undefined;
  #hereDocuments: HereDocument[] = [];
  #variables: string[] = [];
  #isOpen = false;
  #isCut = false;
  /** The redirection whose target the next word is, and where that word begins. */
  #redirection: { sign: string; at: number } | undefined;
  /** Whether a search has already reached the end of the text in vain. A second one would make the time quadratic. */
  #noBacktick = false;
  #noParenthesis = false;
  #noDocument = false;

  /** The values of the variables, as far as the text tells them. */
  readonly #values: Map<string, string>;
  #assigned: (readonly [name: string, value: string | undefined])[] = [];
  #room = MAX_VALUES;

  constructor(text: string, values = new Map<string, string>()) {
    this.#text = text;
    this.#values = values;
  }

  command(): Command | undefined {
    const text = this.#text;
    const special = /[ \t\r\n'"\\$`;&|<>#()]/g;
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
    if (!this.#curl && !this.#finishCommand("\n")) {
      return undefined;
    }
    const curl = this.#curl;
    const at = curl ? curlAt(curl.words) : 0;
    if (!curl || curl.words.length - at - 1 > MAX_WORDS) {
      return undefined;
    }
    return {
      words: curl.words.slice(at + 1),
      prefix: this.#variables,
      isOpen: this.#isOpen,
      isCut: this.#isCut,
      input: inputOf(curl),
    };
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
        this.#doubleQuoted('"');
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
          this.#isCut = true;
        } else if (next === "\r" && text[this.#at + 2] === "\n") {
          // A line that went through Windows: a continuation was meant.
          this.#at += 3;
          this.#isCut = true;
        } else {
          this.#append(next ?? "\\");
          this.#isCut = next === undefined;
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
        return this.#finishCommand("\n");
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
      case "(":
        if (this.#hasWord) {
          this.#append("(");
          this.#at++;
          return false;
        }
        return this.#finishCommand("");
      case "<":
      case ">":
        return this.#startRedirection();
      default:
        return this.#finishCommand(next === char ? "" : char);
    }
  }

  /** Whether the text that matters is over; `undefined` if it is not curl. */
  #finishCommand(operator: string): boolean | undefined {
    this.#at++;
    if (!this.#finishWord()) {
      return undefined;
    }
    const command = this.#command;
    this.#command = { words: [] };
    // Before a command, they are for that command's own environment.
    for (const [name, value] of this.#assigned.splice(0)) {
      if (command.words.every(({ text }) => DECLARERS.test(text))) {
        value === undefined ? this.#values.delete(name) : this.#values.set(name, value);
      }
    }
    if (operator === "\n") {
      this.#readHereDocuments();
    }
    const [first] = command.words;
    if (!this.#curl && first && curlAt(command.words) >= 0) {
      this.#curl = command;
    }
    if (this.#curl) {
      // The documents come after the end of the line.
      return this.#hereDocuments.length === 0;
    }
    if (operator === "|" && first && WRITERS.test(first.text)) {
      this.#command.source = command;
      return false;
    }
    if (operator === "\n" && !first && command.source) {
      this.#command = command;
      return false;
    }
    // Before curl there may be comments and assignments, each on its own line.
    return !first || OTHERS.test(first.text) ? false : undefined;
  }

  /** Neither the file nor the 2 of `2>` is a word of the command. */
  #startRedirection(): false | undefined {
    if (/^\d$/.test(this.#word)) {
      this.#reset();
    } else if (!this.#finishWord()) {
      return undefined;
    }
    const from = this.#at;
    while (this.#at < this.#text.length && "<>&|".includes(this.#text[this.#at] as string)) {
      this.#at++;
    }
    let sign = this.#text.slice(from, this.#at);
    if (sign === "<<" && this.#text[this.#at] === "-") {
      sign = "<<-";
      this.#at++;
    }
    this.#redirection = { sign, at: this.#at };
    return false;
  }

  #redirect({ sign, at }: { sign: string; at: number }, word: Word): void {
    const command = this.#command;
    if (sign === "<<<") {
      command.input = { ...word, text: `${word.text}\n` };
    } else if (sign.startsWith("<<")) {
      const isQuoted = /['"\\]/.test(this.#text.slice(at, this.#at));
      this.#hereDocuments.push({ command, delimiter: word.text, isQuoted, hasTabs: sign === "<<-" });
    }
  }

  #readHereDocuments(): void {
    const text = this.#text;
    for (const { command, delimiter, isQuoted, hasTabs } of this.#hereDocuments.splice(0)) {
      let document = "";
      let isOpen = true;
      while (isOpen && this.#at < text.length) {
        const newline = text.indexOf("\n", this.#at);
        const end = newline < 0 ? text.length : newline + 1;
        const line = text.slice(this.#at, end).replace(hasTabs ? /^\t+/ : "", "");
        this.#at = end;
        isOpen = line.replace(/\r?\n?$/, "") !== delimiter;
        document += isOpen ? line : "";
      }
      this.#isOpen ||= isOpen;
      const inner = new PosixReader(document, this.#values);
      command.input = isQuoted ? plainWord(document) : inner.#hereDocument();
    }
  }

  #hereDocument(): Word {
    this.#doubleQuoted("");
    return { text: this.#word, escapes: this.#escapes, expands: this.#expands };
  }

  /** False if this is not a curl command. */
  #finishWord(): boolean {
    if (!this.#hasWord) {
      return true;
    }
    const word: Word = { text: this.#word, escapes: this.#escapes, expands: this.#expands };
    const { words } = this.#command;
    this.#reset();
    if (this.#redirection) {
      this.#redirect(this.#redirection, word);
      this.#redirection = undefined;
      return true;
    }
    const [whole = "", variable] = words.every(({ text }) => DECLARERS.test(text))
      ? (ASSIGNMENT.exec(word.text) ?? [])
      : [];
    if (variable !== undefined) {
      const before = whole.endsWith("+=") ? this.#values.get(variable) : "";
      const isKnown = before !== undefined && !word.expands && word.escapes.length === 0;
      this.#assigned.push([variable, isKnown ? before + word.text.slice(whole.length) : undefined]);
      this.#variables.push(`variable ${variable}`);
      return this.#variables.length <= MAX_WORDS;
    }
    words.push(word);
    return (
      words.length <= MAX_WORDS * 2 &&
      (words.length > 1 ||
        this.#curl !== undefined ||
        isCurl(word.text) ||
        [RUNNERS, WRITERS, OTHERS].some((names) => names.test(word.text)))
    );
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
    this.#isCut = false;
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

  /** A here-document is read in the same way, and no quote ends it. */
  #doubleQuoted(quote: string): void {
    const text = this.#text;
    for (;;) {
      switch (this.#appendUntil(quote ? /["\\$`]/g : /[\\$`]/g)) {
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
          } else if (next !== undefined && `${quote}\\$\``.includes(next)) {
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
  #dollar(isInQuotes: boolean): void {
    const text = this.#text;
    const next = text[this.#at + 1] ?? "";
    if (!isInQuotes && next === "'") {
      this.#at += 2;
      this.#ansiQuoted();
      return;
    }
    if (!isInQuotes && next === '"') {
      // bash translates it, which changes nothing without a catalogue.
      this.#at += 2;
      this.#doubleQuoted('"');
      return;
    }
    if (next === "(" && !this.#noDocument) {
      SUBSTITUTED.lastIndex = this.#at;
      const [whole = "", isQuoted, , document = ""] = SUBSTITUTED.exec(text) ?? [];
      if (whole !== "") {
        const { text: inner, expands } = isQuoted
          ? plainWord(document)
          : new PosixReader(document, this.#values).#hereDocument();
        // The shell removes the line breaks at the end.
        this.#append(inner.replace(/\n+$/, ""));
        // Outside quotes it would be split at its spaces.
        this.#expands ||= expands || !isInQuotes;
        this.#at += whole.length;
        return;
      }
      this.#noDocument = true;
    }
    VARIABLE.lastIndex = this.#at;
    const [written = "", name, braced = name] = VARIABLE.exec(text) ?? [];
    const value = this.#values.get(braced ?? "");
    // Outside quotes it would be split at its spaces.
    if (value !== undefined && value.length <= this.#room && (isInQuotes || /^[\w.:/-]+$/.test(value))) {
      this.#room -= value.length;
      this.#append(value);
      this.#at += written.length;
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
    const escape = ANSI_ESCAPES.indexOf(char);
    if (char !== "" && escape >= 0 && escape % 2 === 0) {
      this.#append(ANSI_ESCAPES[escape + 1] ?? "");
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
/** Each escape and what it stands for. */
const ANSI_ESCAPES = "a\x07b\be\x1bE\x1bf\fn\nr\rt\tv\v\\\\''\"\"??";

/** The place of the word `curl`, if it is the program that runs; -1 if it is not. */
function curlAt(words: readonly Word[]): number {
  const isRun = RUNNERS.test(words[0]?.text ?? "");
  return words.findIndex(({ text }, at) => isCurl(text) && (at === 0 || isRun));
}

/** What a command reads, as far as the text tells. */
function inputOf({ input, source }: SimpleCommand): Word | undefined {
  return input ?? (source && outputOf(source));
}

/** What echo, printf and cat write. What shells do differently is marked. */
function outputOf(command: SimpleCommand): Word | undefined {
  const [program, ...words] = command.words;
  const option = words[0]?.text ?? "";
  if (program?.text === "cat") {
    return option === "" || option === "-" ? inputOf(command) : undefined;
  }
  const expands = words.some((word) => word.expands || word.escapes.length > 0);
  if (program?.text === "printf") {
    const format = /^%s(\\n|\n)?$/.exec(option);
    return format && words.length === 2
      ? plainWord((words[1]?.text ?? "") + (format[1] ? "\n" : ""), expands)
      : plainWord(option, expands || words.length !== 1 || /[%\\]/.test(option));
  }
  const isBare = /^-[neE]+$/.test(option);
  const text = (isBare ? words.slice(1) : words).map((word) => word.text).join(" ");
  // Shells differ in whether echo resolves escapes.
  const isSure = !text.includes("\\") || option === "-E";
  return plainWord(text + (isBare && option.includes("n") ? "" : "\n"), expands || !isSure);
}
