/** What documents, mails, terminals and editors put around a text. */

/** A text without its fence, quote marks and margin, as many as there are. */
export function unwrapped(text: string): { text: string; hadMargin: boolean } {
  let bare = text;
  let hadMargin = false;
  for (let depth = 0; depth < 4; depth++) {
    const before = bare;
    if (/^\s*(?:```|~~~)/.test(bare)) {
      bare = fenced(bare) ?? bare;
    }
    bare = /^\s*`([^`]+)`\s*$/.exec(bare)?.[1] ?? withoutQuoteMarks(bare);
    const inner = withoutMargin(bare);
    hadMargin ||= inner !== bare;
    bare = inner;
    if (bare === before) {
      break;
    }
  }
  return { text: bare, hadMargin };
}

/** The first fenced block of Markdown. Its last newline belongs to the fence. */
export function fenced(text: string): string | undefined {
  const opening = /^[ \t]*(```|~~~)[^`\n]*\n/m.exec(text);
  if (!opening) {
    return undefined;
  }
  const from = opening.index + opening[0].length;
  const closing = /\r?\n[ \t]*(?:```|~~~)/g;
  closing.lastIndex = from - 1;
  return text.slice(from, closing.exec(text)?.index);
}

function withoutQuoteMarks(text: string): string {
  const lines = text.split("\n");
  const isQuoted = lines.length > 1 && lines.every((line) => line.trim() === "" || /^[ \t]*>/.test(line));
  return isQuoted ? lines.map((line) => line.replace(/^[ \t]*> ?/, "")).join("\n") : text;
}

const REQUEST_LINE = /^[A-Z]{3,10} \S+ HTTP\/\d/;

function withoutMargin(text: string): string {
  const [first = "", ...others] = text.replace(/^(?:[ \t]*\r?\n)+/, "").split("\n");
  // Whoever copies a block from its first character on leaves that line's margin out.
  const lines = REQUEST_LINE.test(first) ? others : [first, ...others];
  let margin: string | undefined;
  for (const line of lines) {
    if (line.trim() === "") {
      continue;
    }
    const own = /^[ \t]*/.exec(line)?.[0] ?? "";
    let same = 0;
    while (same < own.length && (margin === undefined || own[same] === margin[same])) same++;
    margin = own.slice(0, same);
    if (margin === "") {
      return text;
    }
  }
  // One line has no margin that tells it from another.
  if (!margin || others.length === 0) {
    return text;
  }
  const length = margin.length;
  const bare = lines.map((line) => (line.startsWith(margin) ? line.slice(length) : line.replace(/^[ \t]+/, "")));
  return (lines === others ? [first, ...bare] : bare).join("\n");
}
