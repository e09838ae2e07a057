// @ts-check
/**
 * Calls the handler of a function as AWS Lambda does: `node lambda-server.js PORT FORMAT FILE`.
 * Requests become events of a format, and answers become what that format makes of them.
 * The formats are documented at
 *
 * - https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */

import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

/**
 * @typedef {object} Arrived
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string[]>} lists headers, each with all its values
 * @property {Buffer} body
 *
 * @typedef {{ statusCode: number, statusDescription?: string, headers?: Record<string, string>, multiValueHeaders?: Record<string, string[]>, cookies?: string[], body?: string, isBase64Encoded?: boolean }} Answer
 */

/** @param {Record<string, string[]>} lists @param {(values: string[]) => string | undefined} one */
const single = (lists, one) => Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, one(values)]));

/** What each format gives in base64: what is no text, by its bytes or by its type. */
const isNoText = (/** @type {Buffer} */ body) => !Buffer.from(body.toString()).equals(body);
const isNoTextType = (/** @type {Record<string, string[]>} */ { "content-type": [type = ""] = [], ...others }) =>
  "content-encoding" in others || !/^(text\/|application\/(json|javascript|xml)(;|$))/.test(type);

/** @param {Buffer} body @param {boolean} isBase64Encoded */
const encoded = (body, isBase64Encoded) => ({
  body: body.toString(isBase64Encoded ? "base64" : "utf8"),
  isBase64Encoded,
});

/** @type {Record<string, (arrived: Arrived) => object>} */
const EVENTS = {
  "function URL": ({ method, path, lists, body }) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: single(lists, (values) => values.join(",")),
    requestContext: { http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
    // Without a body there is no field.
    ...(body.length > 0 ? encoded(body, isNoText(body)) : { isBase64Encoded: false }),
  }),
  "REST API": ({ method, path, lists, body }) => ({
    resource: "/{proxy+}",
    path,
    httpMethod: method,
    headers: single(lists, (values) => values.at(-1)),
    multiValueHeaders: lists,
    requestContext: { stage: "prod", path: `/prod${path}`, httpMethod: method },
    ...(body.length > 0 ? encoded(body, true) : { body: null, isBase64Encoded: false }),
  }),
  "load balancer": ({ method, path, lists, body }) => ({
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:region:1:targetgroup/name/id" } },
    httpMethod: method,
    path,
    queryStringParameters: {},
    // All values in one: a real one keeps the last alone, and so one of two tokens.
    headers: single(lists, (values) => values.join(",")),
    ...encoded(body, isNoTextType(lists) || isNoText(body)),
  }),
  "load balancer with lists": ({ method, path, lists, body }) => ({
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:region:1:targetgroup/name/id" } },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: {},
    multiValueHeaders: lists,
    ...encoded(body, isNoTextType(lists) || isNoText(body)),
  }),
};

export const FORMATS = Object.keys(EVENTS);

const [port, format = "", file = ""] = process.argv.slice(2);
if (port !== undefined) {
  const { handler } = await import(pathToFileURL(file).href);
  const eventOf = EVENTS[format];
  createServer(async (request, response) => {
    const { method = "", url = "" } = request;
    try {
      const body = await buffer(request);
      const path = url.split("?")[0] ?? "";
      if (path !== "/webhook") {
        // The route of the function.
        response.writeHead(404).end();
        return;
      }
      const lists = /** @type {Record<string, string[]>} */ ({ ...request.headersDistinct });
      // Through JSON, as it comes.
      const event = JSON.parse(JSON.stringify(eventOf?.({ method, path, lists, body })));
      /** @type {Answer} */
      const answer = JSON.parse(JSON.stringify(await handler(event, { awsRequestId: "id" })));
      const wrong = "multiValueHeaders" in event !== "multiValueHeaders" in answer;
      if (wrong || "elb" in event.requestContext !== "statusDescription" in answer) {
        throw new Error(`the answer is not in the format of its event: ${JSON.stringify(answer)}`);
      }
      response.writeHead(answer.statusCode, answer.multiValueHeaders ?? answer.headers);
      response.end(Buffer.from(answer.body ?? "", answer.isBase64Encoded ? "base64" : "utf8"));
    } catch (error) {
      console.error(error);
      response.writeHead(502).end();
    }
  }).listen(Number(port), "127.0.0.1");
}
