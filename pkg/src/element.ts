/**
 * `<mia-webhook-tester>`: sign, verify, see why a token does not match, in any
 * page. It can be imported where there is no DOM; `mia-webhooks/element/define`
 * registers it.
 *
 * @packageDocumentation
 */

export { TESTER_ATTRIBUTES } from "./element/attributes.js";
export { MiaWebhookTester, type VerdictDetail } from "./element/tester-element.js";
