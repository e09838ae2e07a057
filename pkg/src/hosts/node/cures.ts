/** What to do where a body parser took the body before the receiver. */

/** What frameworks leave on the requests that they pass on. */
interface Marks {
  readonly app?: unknown;
  readonly query?: unknown;
  readonly cookies?: unknown;
  readonly rawBody?: unknown;
  readonly readableEncoding?: unknown;
}

/** The cure for the framework that the request comes from. */
export function cureFor(incoming: object): string {
  const { app, query, cookies, rawBody, readableEncoding } = incoming as Marks;
  if (readableEncoding) {
    return "Something called setEncoding on the request, which turns its bytes into text. Remove that call, or put the receiver before it.";
  }
  if (typeof rawBody === "string") {
    return "The request's rawBody is text, and text has lost bytes. Keep the body as a Buffer in rawBody, or put the receiver before the parser.";
  }
  if (typeof app === "function") {
    return "A body parser such as express.json() read the body. Put the receiver above it, or let it keep the bytes: express.json({ verify: (req, res, bytes) => Object.assign(req, { rawBody: bytes }) }). In NestJS, register the receiver with app.use before the application listens, or create the application with { rawBody: true }.";
  }
  if (query !== undefined && cookies !== undefined) {
    return "Next.js parsed the body. Write in the file of this route: export const config = { api: { bodyParser: false } }.";
  }
  return "A body parser or another middleware read the body. Put the receiver before it: in Koa, above app.use(bodyParser()); in Fastify, use mia-webhooks/fastify.";
}
