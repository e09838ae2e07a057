/**
 * The tester as one HTML file: a page that signs, verifies, says why a token does
 * not match and validates subscriptions. It needs no other file and sends nothing.
 *
 * @packageDocumentation
 */

import page from "#tester-page";

/**
 * The page's HTML. Write it to a file to open it from a disk or to put it on a
 * server.
 *
 * @example
 * ```ts
 * import { TESTER_HTML } from "mia-webhooks/tester";
 *
 * TESTER_HTML.startsWith("<!doctype html>"); // true
 * ```
 */
export const TESTER_HTML: string = page;
