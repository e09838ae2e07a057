import { platform } from "./platform.js";

/**
 * Makes a secret from 32 random bytes of the platform's cryptographic source:
 * 43 characters of `A-Z a-z 0-9 - _`, safe in shells, files and forms.
 *
 * @example
 * ```ts
 * import { generateSecret } from "mia-webhooks";
 *
 * generateSecret().length; // 43
 * ```
 */
export const generateSecret = (): string =>
  // Base64 for URLs, without padding (RFC 4648, section 5).
  btoa(String.fromCharCode(...platform("crypto").getRandomValues(new Uint8Array(32)))).replace(/\W/g, (character) =>
    character === "+" ? "-" : character === "/" ? "_" : "",
  );
