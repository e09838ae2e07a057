/** Requests and answers of Node's servers: HTTP/1.1, and HTTP/2 in the same form. */

/** A request: an `IncomingMessage`, an `Http2ServerRequest`, or that of a framework which extends them. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly httpVersionMajor: number;
  /** The connection. */
  readonly socket?: object | null | undefined;
  /** Whether it has arrived in full. */
  readonly complete: boolean;
  readonly destroyed: boolean;
  readonly readableDidRead: boolean;
  readonly readableEncoding: string | null;
  readonly readableFlowing: boolean | null;
  on(event: string, listener: (...values: any[]) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** An answer: a `ServerResponse`, an `Http2ServerResponse`, or that of a framework which extends them. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  /** HTTP/1.1 alone. */
  readonly destroyed?: boolean;
  setHeader(name: string, value: string | string[]): unknown;
  removeHeader(name: string): unknown;
  /** HTTP/1.1 alone. */
  flushHeaders?(): void;
  writeContinue(): void;
  write(bytes: Uint8Array): boolean;
  end(): unknown;
  end(bytes: Uint8Array): unknown;
  destroy(): unknown;
  on(event: string, listener: () => void): unknown;
}
