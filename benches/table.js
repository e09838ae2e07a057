// @ts-check

/** Markdown tables, and numbers in them. */

/** A Markdown table. @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map((_, i) => (i === 0 ? "---" : "--:"))) + rows.map(line).join("");
}

/** @param {number} value */
export const microseconds = (value) => (value < 100 ? value.toPrecision(3) : value.toFixed(0));

/** @param {number} size */
export const bytes = (size) =>
  size < 1024 ? `${size} B` : size < 1_048_576 ? `${size / 1024} KB` : `${size / 1_048_576} MiB`;
