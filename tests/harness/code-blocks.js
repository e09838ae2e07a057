// @ts-check
/** Takes programs out of documents: what is tested is what people copy. */

/**
 * The code blocks of a text, in their order.
 *
 * @param {string} text
 * @param {string} [language] only those in this one
 */
export const blocksOf = (text, language = "\\w*") =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, block = ""]) => block);

/** The file that the first comment of a program names. @param {string} program */
export const fileOf = (program) => /^(?:\/\/|#) ([\w./[\]+-]+\.\w+)(?::|\n)/.exec(program)?.[1];
