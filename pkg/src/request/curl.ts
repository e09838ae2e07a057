/** Reads the options of a curl command. */

import { Findings, HEADER_NAME, type PastedRequest, TOKEN_NAMES, decoder, trimmed } from "./findings.js";
import { type Command, type Word, bytesOf, plainWord } from "./words.js";

/** curl's options that take a value (`curl --help all`): the value must not be read as an option. */
const SHORT_WITH_VALUE = "AbcCdDeEFHKmoPQrtTuUwxXyYz";
/**
 * Parts of the long names with a value, which no other option of curl has in its
 * name: a list would take half a kilobyte more. options.test.ts asks about each option.
 */
const LONG_WITH_VALUE =
  /-auth|-de|-mo|-po|-to|5$|^cert$|^coo|^da|^e|^k|^outp|^q|^ti|^ur|ag|apa|ass|ax|cac|ce$|ce-a|der$|dir$|dn|eo|eso|ey|fi|fr|ga|gi|h-u|hos|hs|ib|iz|js|ln|lt|nti|o$|p-a|p-m|ph|pt$|ran|rat|rer|rit|rm$|rv|ry$|s4|ser$|sp|str|td|ue|va|ws|x-|xy$|y-ce|y1|yp/;
const LONG_NAMES: Readonly<Record<string, string>> = {
  d: "data",
  F: "form",
  G: "get",
  H: "header",
  T: "upload-file",
  X: "request",
};

/** The request that curl sends; `undefined` if the words are prose. */
export function curlRequest(command: Command | undefined): PastedRequest | undefined {
  // Prose can begin with the word too: "curl is a tool".
  if (!command?.words.some(({ text }) => /^[-–—]./.test(text) || /[/:]/.test(text))) {
    return undefined;
  }
  return new CurlArguments(command).request();
}

class CurlArguments {
  readonly #command: Command;
  readonly #findings = new Findings();
  readonly #data: Uint8Array[] = [];
  #length = 0;
  /** Whether an option sets the body, even to nothing. */
  #hasBody = false;
  #isGet = false;

  constructor(command: Command) {
    this.#command = command;
  }

  request(): PastedRequest {
    const { words, prefix, isOpen, isCut } = this.#command;
    const findings = this.#findings;
    for (const name of prefix) {
      findings.ignored.add(name);
    }
    this.#read(words);
    if (!this.#hasBody || this.#isGet || isOpen) {
      findings.doubts.add("body_missing");
    }
    if (isCut) {
      findings.doubts.add("cut_off");
    }
    if (words.some(({ text }) => /^(?:--?[a-zA-Z][a-z-]*=?)?[“”„‘’‚«»–—]/.test(text))) {
      findings.doubts.add("typographic_quotes");
    }
    const payload = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#data) {
      payload.set(part, at);
      at += part.length;
    }
    if (payload.length > 0) {
      findings.checkLength(payload);
    }
    return findings.request("curl", payload);
  }

  #read(words: readonly Word[]): void {
    let isOver = false;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as Word;
      const { text } = word;
      if (isOver || text[0] !== "-" || text === "-") {
        this.#findings.ignored.add("url");
      } else if (text === "--") {
        isOver = true;
      } else if (text === "--next") {
        // Another request begins.
        this.#findings.ignored.add("option --next");
        return;
      } else if (text.startsWith("--")) {
        at += this.#long(word, words[at + 1]);
      } else {
        at += this.#short(word, words[at + 1]);
      }
    }
  }

  /** Reads an option, and returns how many more words it took. */
  #long(word: Word, next: Word | undefined): number {
    const equals = word.text.indexOf("=");
    const name = word.text.slice(2, equals < 0 ? undefined : equals);
    if (!LONG_WITH_VALUE.test(name)) {
      this.#option(name, `--${name}`);
      return 0;
    }
    // curl itself does not know `=`, but people write it.
    if (equals >= 0) {
      this.#option(name, `--${name}`, word, equals + 1);
      return 0;
    }
    this.#option(name, `--${name}`, next);
    return 1;
  }

  /** One-letter options can be joined, and the last of them can be joined to its value. */
  #short(word: Word, next: Word | undefined): number {
    for (let at = 1; at < word.text.length; at++) {
      const letter = word.text[at] as string;
      const name = LONG_NAMES[letter] ?? "";
      if (!SHORT_WITH_VALUE.includes(letter)) {
        this.#option(name, `-${letter}`);
      } else if (at + 1 < word.text.length || word.escapes.length > 0) {
        this.#option(name, `-${letter}`, word, at + 1);
        return 0;
      } else {
        this.#option(name, `-${letter}`, next);
        return 1;
      }
    }
    return 0;
  }

  #option(name: string, written: string, value?: Word, from = 0): void {
    const findings = this.#findings;
    switch (value ? name : "") {
      case "header":
        return this.#header(value as Word, from);
      case "request":
        return findings.method((value as Word).text.slice(from));
      case "url":
        findings.ignored.add("url");
        return;
      case "data":
      case "data-ascii":
      case "data-binary":
      case "data-raw":
      case "json":
        return this.#body(name, value as Word, from);
    }
    if (name === "upload-file") {
      if (value) {
        this.#body("data-binary", plainWord(`@${value.text.slice(from)}`), 0);
      } else {
        findings.doubts.add("body_in_file");
      }
    } else if (name === "get") {
      this.#isGet = true;
    } else if (name === "data-urlencode" || name === "form" || name === "form-string") {
      // The bytes that it makes of them are not in the text.
      this.#hasBody = true;
      findings.doubts.add("body_changed");
    }
    // Anything that is not an option of curl may be a password.
    findings.ignored.add(/^-[a-zA-Z\d#:]$|^--[a-z][a-z\d.-]{0,30}$/.test(written) ? `option ${written}` : "option");
  }

  #header(word: Word, from: number): void {
    const findings = this.#findings;
    if (word.text[from] === "@") {
      findings.ignored.add("headers in a file");
      findings.doubts.add("variable");
      return;
    }
    const line = decoder().decode(bytesOf(word, from));
    const colon = line.indexOf(":", 1);
    const name = colon < 0 ? "" : trimmed(line.slice(0, colon));
    if (!HEADER_NAME.test(name)) {
      findings.ignored.add("header");
      return;
    }
    const value = trimmed(line.slice(colon + 1));
    const isToken = TOKEN_NAMES.includes(name.toLowerCase());
    if (isToken && word.expands) {
      findings.doubts.add("shell_expansion");
    }
    if (isToken && value === "") {
      // curl sends no header without a value.
      findings.ignored.add(`header ${name.toLowerCase()}`);
      return;
    }
    findings.header(name, value);
  }

  #body(name: string, word: Word, from: number): void {
    const { doubts } = this.#findings;
    this.#hasBody = true;
    const isFile = word.text[from] === "@" && name !== "data-raw";
    const input = isFile && /^(?:-|\/dev\/stdin)$/.test(word.text.slice(from + 1)) ? this.#command.input : undefined;
    const isText = /^data(?:-ascii)?$/.test(name);
    if (word.expands || input?.expands) {
      doubts.add("shell_expansion");
    }
    if (isFile && !input) {
      doubts.add("body_in_file");
      if (isText) {
        doubts.add("data_not_binary");
      }
    }
    // curl joins its data by `&`, except for what --json adds.
    if (this.#length > 0 && name !== "json") {
      this.#append(new Uint8Array([0x26]));
    }
    if (input) {
      const bytes = bytesOf(input, 0);
      // As it does with files.
      this.#append(isText ? bytes.filter((byte) => byte !== 0x0d && byte !== 0x0a && byte !== 0) : bytes);
    } else if (!isFile) {
      this.#append(bytesOf(word, from));
    }
  }

  #append(part: Uint8Array): void {
    this.#data.push(part);
    this.#length += part.length;
  }
}
