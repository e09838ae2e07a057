/** Reads values as programs write them: JSON, JavaScript's literals, what Node prints of an object, and PowerShell's. */

/** Deeper values are no request, and would only cost stack. */
const MAX_DEPTH = 200;

/** A value that only the program knows. */
export const UNKNOWN = Symbol("unknown");

/** Each escape and what it stands for; the last two are PowerShell's alone. */
const ESCAPES = "0\0b\bf\fn\nr\rt\tv\va\x07e\x1b";
/** In PowerShell, typographic quotes are quotes. */
const DOUBLE = '"“”„';
const SINGLE = "'‘’‚‛";
const PS_QUOTE = new RegExp(`@[${DOUBLE}${SINGLE}][ \\t]*(?=\\r?\\n)|[${DOUBLE}${SINGLE}]`, "y");
const PS_BARE = new RegExp(`[^\\s;|&(){}\`$,@${DOUBLE}${SINGLE}]+|\`[^\\r\\n]?|[@,]`, "y");

export class Values {
  readonly text: string;
  at: number;
  /** Whether PowerShell made UTF-8 of a text. */
  isUtf8 = false;
  /** The variables of the script. */
  readonly variables = new Map<string, unknown>();
  readonly #isPs: boolean;
  #depth = 0;
  /** Where the last search for a closing bracket was: each has to come further. */
  #searched = -1;

  constructor(text: string, at: number, isPowerShell = false) {
    this.text = text;
    this.at = at;
    this.#isPs = isPowerShell;
  }

  /** The values up to the closing bracket. @throws SyntaxError where there is none. */
  list(close: string): unknown[] {
    const values: unknown[] = [];
    for (;;) {
      const isClosed = this.#closes(close);
      // Between two commas there is a hole.
      if (this.match(/(?<=[[,]\s*,\s*\]?)/y)) {
        values.push(UNKNOWN);
      }
      if (isClosed) {
        return values;
      }
      values.push(this.value());
    }
  }

  /** @throws SyntaxError if it has no end. */
  value(): unknown {
    const value = this.sum();
    // An operator, a member, a call or a pipe changes it.
    if (!this.match(this.#isPs ? /(?=[ \t]*(?:[,;\r\n})]|$))/y : /(?=\s*(?:[,}\])]|$))/y)) {
      this.#skip();
      return UNKNOWN;
    }
    return value;
  }

  /** One value, or texts that are joined by `+`. */
  sum(): unknown {
    let value = this.single();
    while (this.match(/[ \t]*\+\s*/y)) {
      value = plus(value, this.single());
    }
    return value;
  }

  single(): unknown {
    if (this.#depth > MAX_DEPTH) {
      throw new SyntaxError("too deep");
    }
    this.#depth++;
    const value = this.#single();
    this.#depth--;
    return value;
  }

  #single(): unknown {
    this.#blank();
    const quote = this.match(this.#isPs ? PS_QUOTE : /["'`]/y)?.[0];
    if (quote !== undefined) {
      return this.#string(quote);
    }
    if (this.match(/@?\{/y)) {
      return this.#object();
    }
    if (this.#isPs) {
      if (this.match(/\[(?:System\.)?Text\.Encoding\]::UTF8\.GetBytes(?=\()/iy)) {
        this.isUtf8 = true;
      }
      this.match(/\[[\w.]+\](?=\s*[@"'$(])/y);
    }
    const open = this.match(this.#isPs ? /\(/y : /[[(]/y)?.[0];
    if (open !== undefined) {
      const values = this.list(open === "[" ? "]" : ")");
      return open === "[" ? values : values.length === 1 ? values[0] : UNKNOWN;
    }
    if (this.#isPs) {
      return this.match(/\$/y) ? this.#variable() : (this.match(PS_BARE)?.[0].replace("`", "") ?? UNKNOWN);
    }
    const number = this.match(/-?\d[\d.]*(?:e[+-]?\d+)?(?![\w.])/iy)?.[0];
    if (number !== undefined) {
      return Number(number);
    }
    const buffer = this.match(/<Buffer((?: [\da-f]{2})*)>/y)?.[1];
    if (buffer !== undefined) {
      return { type: "Buffer", data: (buffer.match(/\w+/g) ?? []).map((byte) => parseInt(byte, 16)) };
    }
    const name = this.match(/(?:new\s+)?[\w$.]+/y)?.[0] ?? "";
    if (/^(?:JSON\.stringify|new\s+Headers)$/.test(name) && this.match(/\(/y)) {
      const values = this.list(")");
      // Exactly what the program sends: the same function writes it.
      return hasUnknown(values) ? UNKNOWN : name < "a" ? JSON.stringify(...(values as [unknown])) : values[0];
    }
    return /^(?:[tT]rue|[fF]alse|null)$/.test(name) ? JSON.parse(name.toLowerCase()) : UNKNOWN;
  }

  #object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (!this.#closes("}")) {
      const quote = this.match(/["']/y)?.[0];
      const key = quote === undefined ? this.match(/[\w$-]+/y)?.[0] : this.#string(quote);
      if (typeof key === "string" && this.match(/\s*[:=]/y)) {
        entries.push([key, this.value()]);
      } else {
        // `{ headers, body }`, `...others`
        this.#skip();
        entries.push([String(key), UNKNOWN]);
      }
    }
    return Object.fromEntries(entries);
  }

  #closes(close: string): boolean {
    this.#blank();
    const isClosed = this.text[this.at] === close;
    if (this.at >= this.text.length || (!isClosed && this.at === this.#searched)) {
      throw new SyntaxError("cut off");
    }
    this.#searched = this.at;
    this.at += isClosed ? 1 : 0;
    return isClosed;
  }

  #blank(): void {
    this.match(this.#isPs ? /(?:[\s;,]+|#.*|`\r?\n)*/y : /(?:[\s,]+|\/\/.*|\/\*[^]*?\*\/)*/y);
  }

  /** Skips an expression up to the comma or bracket after it. */
  #skip(): void {
    let open = 0;
    for (;;) {
      const found = this.match(
        this.#isPs ? /[^"'()[\]{},;\n]*(["'()[\]{},;\n])/y : /[^"'`()[\]{},]*(["'`()[\]{},])/y,
      )?.[1];
      if (found === undefined) {
        throw new SyntaxError("cut off");
      }
      if (/["'`]/.test(found)) {
        this.#string(found);
      } else if (open === 0 && /[^([{]/.test(found)) {
        this.at--;
        return;
      } else if (/[^,;\n]/.test(found)) {
        open += /[([{]/.test(found) ? 1 : -1;
      }
    }
  }

  /** The text after its opening quote; UNKNOWN if a value of the program is in it. */
  #string(quote: string): string | typeof UNKNOWN {
    const isHere = quote[0] === "@";
    const isSingle = SINGLE.includes(quote[isHere ? 1 : 0] ?? "");
    const quotes = this.#isPs ? (isSingle ? SINGLE : DOUBLE) : quote;
    const others = this.#isPs ? (isSingle ? "" : "|[`$]") : quote === "`" ? "|\\\\|\\$\\{" : "|\\\\";
    const special = new RegExp((isHere ? `\r?\n[${quotes}]@` : `[${quotes}]`) + others, "g");
    let value = "";
    let isKnown = true;
    for (;;) {
      special.lastIndex = this.at;
      const found = special.exec(this.text);
      if (!found) {
        throw new SyntaxError("a text without an end");
      }
      value += this.text.slice(this.at, found.index);
      this.at = special.lastIndex;
      const [mark] = found;
      if (mark === "\\" || (mark === "`" && this.#isPs)) {
        value += this.#escape();
      } else if (mark[0] === "$") {
        const inner = this.#isPs ? this.#variable() : UNKNOWN;
        isKnown &&= typeof inner === "string";
        value += String(inner);
      } else if (this.#isPs && !isHere && quotes.includes(this.text[this.at] || "-")) {
        // Twice is once.
        value += this.text[this.at++];
      } else {
        break;
      }
    }
    if (isHere) {
      // The line break after the opening belongs to the quotes.
      value = value.replace(/^\r?\n/, "");
    } else if (quote === "`") {
      // A template has LF at the ends of its lines, whatever the file has.
      value = value.replace(/\r\n?/g, "\n");
    }
    return isKnown ? value : UNKNOWN;
  }

  #escape(): string {
    const [char = "", ...digits] = this.match(/u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|\r\n|[^]/iy) ?? [];
    const code = digits.find((found) => found !== undefined);
    if (code !== undefined) {
      return String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff));
    }
    const at = ESCAPES.slice(0, this.#isPs ? undefined : -4).indexOf(char);
    return at >= 0 && at % 2 === 0 ? (ESCAPES[at + 1] ?? "") : /[\r\n]/.test(char) && !this.#isPs ? "" : char;
  }

  /** After PowerShell's `$`: a character as browsers write it, or a variable. */
  #variable(): unknown {
    const code = this.match(/\(\[char\](0x[\da-f]{1,4}|\d{1,5})\)/iy)?.[1];
    if (code !== undefined) {
      return String.fromCharCode(Number(code));
    }
    const [, braced, name = braced] = this.match(/\{(\w+)\}|(?:\w+:)?(\w+)/y) ?? [];
    if (name === undefined && this.text[this.at] !== "(") {
      return "$";
    }
    const value = this.variables.get(name?.toLowerCase() ?? "");
    return value === undefined ? UNKNOWN : value;
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    this.at += found?.[0].length ?? 0;
    return found;
  }
}

/** Two texts as one. */
export const plus = (one: unknown, other: unknown): unknown =>
  typeof one === "string" && typeof other === "string" ? one + other : UNKNOWN;

function hasUnknown(value: unknown): boolean {
  return value === UNKNOWN || (typeof value === "object" && value !== null && Object.values(value).some(hasUnknown));
}
