// @ts-check
/** Values that a language or a shell could take for something else. */

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

/** Each value is a payload, and each one with UTF-8 is also a secret. */
export const TEXTS = {
  "a single quote": `it's`,
  "a double quote": `say "hello"`,
  "both quotes, at the end": `'"it's"'"`,
  "quotes in a row": `''' """ \`\`\` '''\n"""`,
  "quotes in a row, at the end of lines": `"""\n'''\n''''`,
  "a double quote at the end of lines": `a\n"b"`,
  "a variable": "$HOME ${HOME} $1 $$ %HOME%",
  "a command": "`touch broken-out` $(touch broken-out)",
  "a command after a single quote": "';touch broken-out;'",
  "a command after a double quote": '";touch broken-out;"',
  "a statement": `"); require("node:fs").writeFileSync("broken-out", ""); ("`,
  "a template": "${x} ${process.exit(3)} $\\{x} \\${x}\n`${x}`",
  backslashes: "\\ \\\\ \\n \\x41 \\u0041 \\' \\\" \\",
  "backslashes in lines": "\\\n\\n \\\\\n\\`\n\\",
  "a format": "%s %d %% %n {} {0} %",
  "an exclamation mark": "!! !$ !-1 !",
  newlines: '{\n  "a": "b",\n\t"c": ""\n}',
  "a final newline": "{}\n",
  "final newlines": "{}\n\n\n",
  CRLF: '{\r\n  "a": "b"\r\n}\r\n',
  CR: "a\rb\r",
  emoji: "🦀 👩‍👩‍👧 é ñ 漢字",
  "emoji and CR": "🦀\r\n",
  "U+2028 and U+2029": "a\u2028b\u2029c",
  "right to left": "a\u202eb\u2066c",
  "a byte order mark": "\ufeff{}\ufeff",
  "control characters": "\u0001\u0003\u0004\u001b[201~\u007f\u0085\t",
  "an end of script": "</script><script>alert(1)</script><!--\n</SCRIPT>",
  "an option": "-n",
  "an option and CR": "-n\r",
  "a file": "@send.sh",
  spaces: "  \t ",
  "a comment": "# // /* -- */ <<EOF",
};
/** No environment variable can hold it, so as a secret it is written into the snippet. */
export const WITH_NUL = "a\u0000b\u0000001\u0000";

/** @type {Record<string, Uint8Array>} */
export const BYTES = {
  nothing: bytes(""),
  NUL: bytes(WITH_NUL),
  "NUL in lines": bytes("a\u0000\nb\u0000`${x}'\"\n"),
  "no UTF-8": Uint8Array.of(0xff, 0xfe, 0x00, 0x27, 0x25, 0x5c, 0x0a, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x0d, 0x0a),
  "a minus and no UTF-8": Uint8Array.of(0x2d, 0x6e, 0xff),
  "every byte": Uint8Array.from({ length: 256 }, (_, i) => i),
  "more than an argument can hold": bytes(`{"a":"${"it's 漢 ".repeat(20_000)}"}`),
};
