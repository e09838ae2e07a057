/**
 * Receive webhooks in a function of AWS Lambda.
 *
 * @packageDocumentation
 */

export type { LambdaEvent, LambdaRequestContext, LambdaResponse } from "./hosts/aws-lambda/formats.js";
export { type LambdaHandler, lambdaHandler } from "./hosts/aws-lambda/handler.js";
