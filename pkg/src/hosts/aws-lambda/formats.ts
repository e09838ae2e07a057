/**
 * HTTP requests and answers as functions of AWS Lambda have them: what is used of each
 * format. They are documented in three places:
 *
 * - function URLs: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 * - API Gateway: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * - Application Load Balancers: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */

/** How an event reached the function. */
export interface LambdaRequestContext {
  /** Function URLs, and API Gateway's format 2.0. */
  readonly http?: { readonly method: string } | undefined;
  /** Load balancers. */
  readonly elb?: object | undefined;
}

/** The event of an HTTP request, in any of the formats. */
export interface LambdaEvent {
  readonly requestContext?: LambdaRequestContext | object | undefined;
  /** API Gateway's format 1.0, and load balancers. */
  readonly httpMethod?: string | undefined;
  readonly path?: string | undefined;
  /** Function URLs, and API Gateway's format 2.0. */
  readonly rawPath?: string | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | null | undefined;
  /** API Gateway's format 1.0, and load balancers that are set to it. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null | undefined;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** An answer, in the format of its event. */
// A field is there or is missing, and lists can be changed: so are the types of
// `@types/aws-lambda`, which it must fit.
export interface LambdaResponse {
  statusCode: number;
  /** Load balancers only. */
  statusDescription?: string;
  headers?: Record<string, string>;
  /** Where the event has them. */
  multiValueHeaders?: Record<string, string[]>;
  /** Function URLs, and API Gateway's format 2.0. */
  cookies?: string[];
  body: string;
  isBase64Encoded: boolean;
}

/** The context, as far as it is used. API Gateway's format 1.0 has nothing of it. */
export const contextOf = ({ requestContext }: LambdaEvent): LambdaRequestContext => requestContext ?? {};
