/**
 * Events of each format, with every field that AWS documents for it:
 *
 * - https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */

/** What a sender sends. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  /** Lines of the head, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** The last line of each name. */
const last = (headers: Sent["headers"]) => Object.fromEntries(headers);

function lists(headers: Sent["headers"]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return Object.fromEntries(values);
}

const small = (headers: Sent["headers"]) => headers.map(([name, value]) => [name.toLowerCase(), value] as const);

/** Lines of one name, joined as format 2.0 does. */
const joined = (headers: Sent["headers"]) =>
  Object.fromEntries(Object.entries(lists(small(headers))).map(([name, values]) => [name, values.join(",")]));

export function functionUrl({ method = "POST", path = "/webhook", headers, body, isBase64Encoded = false }: Sent) {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "parameter1=value1",
    cookies: ["cookie1", "cookie2"],
    headers: { host: "id.lambda-url.eu-west-1.on.aws", "x-forwarded-proto": "https", ...joined(headers) },
    queryStringParameters: { parameter1: "value1" },
    requestContext: {
      accountId: "anonymous",
      apiId: "id",
      domainName: "id.lambda-url.eu-west-1.on.aws",
      domainPrefix: "id",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "agent" },
      requestId: "id",
      routeKey: "$default",
      stage: "$default",
      time: "12/Mar/2026:19:03:58 +0000",
      timeEpoch: 1773342238000,
    },
    // Absent where the request has none.
    ...(body != null && { body }),
    isBase64Encoded,
  };
}

/** API Gateway's HTTP APIs with format 2.0. */
export function httpApi(sent: Sent) {
  return { ...functionUrl(sent), routeKey: "POST /webhook", pathParameters: {}, stageVariables: {} };
}

/** API Gateway's REST APIs, and its HTTP APIs with format 1.0. */
export function restApi({ method = "POST", path = "/webhook", headers, body = null, isBase64Encoded = false }: Sent) {
  return {
    version: "1.0",
    resource: "/{proxy+}",
    path,
    httpMethod: method,
    headers: last(headers),
    multiValueHeaders: lists(headers),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {
      accountId: "123456789012",
      apiId: "id",
      httpMethod: method,
      identity: { sourceIp: "192.0.2.1" },
      path: `/prod${path}`,
      protocol: "HTTP/1.1",
      stage: "prod",
    },
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    body,
    isBase64Encoded,
  };
}

/** A REST API as the console of API Gateway tests it, without any header. */
export const restApiTest = (sent: Sent) => ({
  ...restApi(sent),
  headers: null,
  multiValueHeaders: null,
});

/** Load balancers give names in small letters, and the last line of each. */
export function loadBalancer({
  method = "POST",
  path = "/webhook",
  headers,
  body = "",
  isBase64Encoded = false,
}: Sent) {
  return {
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:region:123456789012:targetgroup/name/id" } },
    httpMethod: method,
    path,
    queryStringParameters: {},
    headers: { host: "name.eu-west-1.elb.amazonaws.com", ...last(small(headers)) },
    body: body ?? "",
    isBase64Encoded,
  };
}

/** Load balancers with `lambda.multi_value_headers.enabled`. */
export function loadBalancerWithLists(sent: Sent) {
  const { headers, queryStringParameters, ...others } = loadBalancer(sent);
  return {
    ...others,
    multiValueQueryStringParameters: {},
    multiValueHeaders: { host: [headers.host], ...lists(small(sent.headers)) },
  };
}

/** Events of what is not an HTTP request. */
export const OTHER_EVENTS = {
  SQS: { Records: [{ messageId: "id", body: "{}", eventSource: "aws:sqs" }] },
  EventBridge: { version: "0", id: "id", "detail-type": "Scheduled Event", source: "aws.events", detail: {} },
  "the console's first test": { key1: "value1", key2: "value2", key3: "value3" },
  "a WebSocket": { requestContext: { routeKey: "$connect", eventType: "CONNECT" }, isBase64Encoded: false },
  nothing: undefined,
  null: null,
  "a text": "{}",
};
