/** How dates, numbers and lists are written. */

import type { Language } from "./texts.js";

/**
 * The reader's own tag of a language, such as `en-GB`: the region decides how a date is
 * written. The language alone, where the browser names no region of it.
 */
export const localeOf = (language: Language, tags: readonly string[] = globalThis.navigator?.languages ?? []): string =>
  // A browser can take a name such as `en-US@posix` from its system, which Intl refuses.
  tags.find((tag) => /^[a-z]+(?:-[a-z\d]+)*$/i.test(tag) && tag.toLowerCase().split("-")[0] === language) ?? language;

/** As the language writes a list: "a, b and c". */
export const listOf = (words: readonly string[], language: Language): string =>
  new Intl.ListFormat(localeOf(language)).format(words);
