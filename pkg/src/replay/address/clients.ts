/** How a connection is opened with each client of a database: a package that the host found. */

import { mongoReplayStore } from "../../mongodb.js";
import { postgresReplayStore } from "../../postgres.js";
import { redisStore } from "../../redis.js";
import type { ClientStore } from "./pruning.js";

/** The packages that can be used, by their names on npm. */
export type ClientName = "ioredis" | "mongodb" | "pg" | "postgres" | "redis";

/** @param module - What an import of the package gives. Throws for another package. */
type Client = (module: object) => (url: string, timeoutMs: number, onLost: () => void) => ClientStore;

// Structural, so that nobody needs these packages for the types of this one.
type Class<T> = new (...options: never[]) => T;
type Emitter = { on(event: string, listener: (error: unknown) => void): unknown };
type IoRedis = Emitter & {
  connect(): Promise<void>;
  call(...command: readonly string[]): Promise<unknown>;
  disconnect(): void;
};
type NodeRedis = Emitter & {
  connect(): Promise<unknown>;
  sendCommand(command: readonly string[]): Promise<unknown>;
  destroy?(): void;
  disconnect(): Promise<void>;
};
type Pool = Emitter & { end(): Promise<void> };
type Sql = { unsafe(text: string): PromiseLike<readonly unknown[]>; end(options: object): Promise<void> };
type Mongo = Emitter & { close(): Promise<void> };

export const CLIENTS: Readonly<Record<ClientName, Client>> = {
  ioredis(module) {
    const Redis = exported<Class<IoRedis>>(module, "ioredis", "Redis");
    const memory = { isChecked: false };
    return (url, timeoutMs, onLost) => {
      const options = { lazyConnect: true, connectTimeout: connectMs(timeoutMs), retryStrategy: null };
      const client = new Redis(...([url, options] as never[]));
      const send = (command: readonly string[]) => client.call(...command);
      return redisConnection(client, send, () => client.disconnect(), onLost, memory);
    };
  },

  redis(module) {
    const createClient = exported<(options: object) => NodeRedis>(module, "redis", "createClient");
    const memory = { isChecked: false };
    return (url, timeoutMs, onLost) => {
      const client = createClient({ url, socket: { connectTimeout: connectMs(timeoutMs), reconnectStrategy: false } });
      const send = (command: readonly string[]) => client.sendCommand(command);
      // Up to version 4, it is called disconnect.
      const close = () => client.destroy?.() ?? client.disconnect();
      return redisConnection(client, send, close, onLost, memory);
    };
  },

  pg(module) {
    const Pool = exported<Class<Pool>>(module, "pg", "Pool");
    const Client = exported<Class<object>>(module, "pg", "Client");
    return (url, timeoutMs) => {
      const options = { connectionString: url, connectionTimeoutMillis: connectMs(timeoutMs) };
      // A pool reads the address only when it connects.
      new Client(options as never);
      const pool = new Pool({ ...options, query_timeout: timeoutMs, allowExitOnIdle: true } as never);
      // Without a listener, the end of a connection that nobody uses would end the process.
      pool.on("error", nothing);
      return { store: postgresReplayStore(pool as never), close: () => pool.end() };
    };
  },

  postgres(module) {
    const postgres = exported<(url: string, options: object) => Sql>(module, "postgres", "default");
    return (url, timeoutMs, onLost) => {
      let isConnected = false;
      const sql = postgres(url, {
        connect_timeout: connectMs(timeoutMs) / 1_000,
        backoff: () => 0,
        onnotice: nothing,
        // What a server says once it has let the client in.
        onparameter: () => (isConnected = true),
        onclose() {
          isConnected = false;
          onLost();
        },
      });
      const query = async (text: string) => {
        // It would try again without a pause and without an end where a server, or what
        // stands before it, takes connections and closes them at once.
        const timer = setTimeout(() => void (isConnected || sql.end({ timeout: 0 })), connectMs(timeoutMs));
        try {
          return await sql.unsafe(text);
        } finally {
          clearTimeout(timer);
        }
      };
      return { store: postgresReplayStore(query), close: () => sql.end({ timeout: 1 }) };
    };
  },

  mongodb(module) {
    const MongoClient = exported<Class<Mongo>>(module, "mongodb", "MongoClient");
    return (url, timeoutMs, onLost) => {
      // Otherwise options would replace what the address says.
      const limits = Object.entries({
        serverSelectionTimeoutMS: connectMs(timeoutMs),
        connectTimeoutMS: connectMs(timeoutMs),
      }).filter(([name]) => !url.toLowerCase().includes(`${name.toLowerCase()}=`));
      const client = new MongoClient(...([url, Object.fromEntries(limits)] as never[]));
      // A client that could not connect the first time does not try again.
      client.on("topologyClosed", onLost);
      return { store: mongoReplayStore(client as never), close: () => client.close() };
    };
  },
};

/**
 * A connection to Redis that never comes back by itself: the next call opens another one.
 * So while the server is gone, each call fails at once and with the reason, and none waits
 * in a queue to be sent later.
 */
function redisConnection(
  client: IoRedis | NodeRedis,
  send: (command: readonly string[]) => Promise<unknown>,
  close: () => unknown,
  onLost: () => void,
  memory: { isChecked: boolean },
): ClientStore {
  let ready: Promise<unknown> | undefined;
  let reason: unknown;
  client.on("end", onLost);
  // Without a listener, an error would end the process.
  client.on("error", (error) => {
    reason ??= error;
    onLost();
  });
  const sendConnected = async (command: readonly string[]) => {
    try {
      await (ready ??= client.connect());
      // Where there is no such database, ioredis would go on with another one.
      if (reason !== undefined) {
        throw reason;
      }
      return await send(command);
    } catch (error) {
      // ioredis says only that its connection is closed.
      throw withoutCommand(reason ?? error);
    }
  };
  return { store: redisStore(sendConnected, {}, memory), close };
}

/**
 * An error with no more than its name, code and message: that of a login holds the
 * password as an argument of the command, and a server may quote it.
 */
function withoutCommand(error: unknown): Error {
  const { name = "Error", code, message } = error as Partial<Error & { readonly code: unknown }>;
  const said = message?.replace(/, with args beginning with:.*/s, "") || String(code ?? "the connection was lost");
  return Object.assign(new Error(said), { name, ...(code !== undefined && { code }) });
}

/** Shorter than a call may take, so that the log says what could not be connected. */
const connectMs = (timeoutMs: number) => Math.ceil(timeoutMs * 0.6);

/** What a package exports by a name, as a module or through its default export. */
function exported<T>(module: object, client: ClientName, name: string): T {
  const { [name]: own, default: main = module } = module as Readonly<Record<string, unknown>>;
  const found = own ?? (name === "default" ? main : (main as Readonly<Record<string, unknown>> | null)?.[name]);
  if (typeof found !== "function") {
    throw new TypeError(`what was given as the package ${client} exports no ${name}`);
  }
  return found as T;
}

function nothing(): void {}
