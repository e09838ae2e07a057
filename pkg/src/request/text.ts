/** Bytes from text. */

import { encoder } from "../verify/platform.js";

/** A string's UTF-8; a lone surrogate has none and becomes U+FFFD. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder().encode(text);

/** Bytes from base64 of either alphabet, padded or not, with any white space. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replace(/\s/g, "").replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
