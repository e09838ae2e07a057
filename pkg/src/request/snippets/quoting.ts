/** Values as shells and languages write them: whatever a value holds, it stays the same value. */

/** The text of bytes, if they are UTF-8. */
export function decoded(bytes: Uint8Array): string | undefined {
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

/** Whether it can be pasted as it is. A terminal may complete a name at a tab. */
export const isPasteable = (text: string): boolean => text.search(UNSEEN_IN_LINES) < 0 && !text.includes("\t");

/** In single quotes a shell reads nothing, not even a backslash. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A command that prints the bytes, and nothing else. */
export function printf(bytes: Uint8Array): string {
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
export function literal(text: string, quotes: readonly string[] = ['"']): string {
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
export function javaScript(text: string): string {
  const written = hasLines(text)
    ? `\`${escaped(text, UNSEEN_IN_LINES).replace(/`|\$(?=\{)/g, "\\$&")}\``
    : literal(text, ['"', "'"]);
  return written.replace(/<(?=\/script|!--|script)/gi, "\\x3c");
}

/** A Python literal. */
export function pythonText(text: string): string {
  // A quote needs an escape only where another quote or the end follows.
  return hasLines(text)
    ? `"""${escaped(text, UNSEEN_IN_LINES).replace(/"(?="|$)/g, '\\"')}"""`
    : literal(text, ['"', "'"]);
}

/** A Go literal. */
export function goText(text: string): string {
  const isRaw = (/["\\]/.test(text) || hasLines(text)) && !text.includes("`") && text.search(UNSEEN_IN_LINES) < 0;
  return isRaw ? `\`${text}\`` : literal(text);
}

/** `btoa` takes a character for each byte. */
export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
