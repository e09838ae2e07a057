/**
 * Registers `<mia-webhook-tester>`; does nothing where there is no DOM.
 *
 * @packageDocumentation
 */

import { MiaWebhookTester } from "../element.js";

if (globalThis.customElements?.get("mia-webhook-tester") === undefined) {
  globalThis.customElements?.define("mia-webhook-tester", MiaWebhookTester);
}

declare global {
  interface HTMLElementTagNameMap {
    "mia-webhook-tester": MiaWebhookTester;
  }
}
