/** How a Lua script is run through each client of Redis. */

import { isClass } from "./class.js";

/** A client of ioredis, also for a cluster: `new Redis(…)`, `new Cluster(…)`. */
export interface IoRedisClient {
  /** Runs a script that the server has. */
  evalsha(sha: string, keys: number, ...rest: string[]): Promise<unknown>;
  /** Runs a script. */
  eval(script: string, keys: number, ...rest: string[]): Promise<unknown>;
  /** Tells this client from others. */
  readonly defineCommand: unknown;
}

/** A client of node-redis, the package `redis`: `createClient(…)`, `createCluster(…)` and others. */
export interface NodeRedisClient {
  /** Runs a script that the server has. */
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** Runs a script. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** A client of `@upstash/redis`, which speaks to Redis by HTTP: `new Redis(…)`. */
export interface UpstashRedisClient {
  /** Runs a script that the server has. */
  evalsha(sha: string, keys: string[], args: string[]): Promise<unknown>;
  /** Runs a script. */
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
  /** Tells this client from others. */
  readonly createScript: unknown;
}

/** Sends one command, such as `["GET", "key"]`, and returns what Redis answers; rejects when that is an error. */
export type SendRedisCommand = (command: [name: string, ...args: string[]]) => Promise<unknown>;

/** A client of Redis, or for any other client a function that sends a command through it. */
export type RedisClient = IoRedisClient | NodeRedisClient | UpstashRedisClient | SendRedisCommand;

/** A Lua script. */
export interface Script {
  readonly text: string;
  /** The SHA-1 of the text, by which Redis finds a script that it has. */
  readonly sha: string;
}

/** Runs a script, by its text or its SHA-1. All keys must be in one slot of a cluster. */
interface Evaluator {
  byText(text: string, keys: string[], args: string[]): Promise<unknown>;
  bySha(sha: string, keys: string[], args: string[]): Promise<unknown>;
}

/** Runs a script and returns the list that it returns. */
export type RunScript = (script: Script, keys: string[], args: string[]) => Promise<readonly unknown[]>;

/**
 * How scripts are run through a client. What it rejects with is the client's own error.
 *
 * @throws TypeError for anything that is no client.
 */
export function scriptRunner(client: RedisClient): RunScript {
  const { byText, bySha } = evaluator(client);
  return async ({ text, sha }, keys, args) => {
    let answer: unknown;
    try {
      answer = await bySha(sha, keys, args);
    } catch (error) {
      // The server is new, was started again, or is another one of the cluster. With
      // the text it keeps the script for the next time.
      if (!/\bNOSCRIPT\b|NoScript/.test(String((error as Partial<Error> | null)?.message))) {
        throw error;
      }
      answer = await byText(text, keys, args);
    }
    if (!Array.isArray(answer)) {
      // A pipeline has the same functions, and @upstash/redis returns something too
      // where its signal was aborted. Taken for an answer, it would let replays through.
      throw new TypeError("the client of redisReplayStore returned something that Redis did not answer");
    }
    return answer as unknown[];
  };
}

/** Tells clients apart by what they have: an application can have several copies of a package, each with its own class. */
function evaluator(client: RedisClient): Evaluator {
  if (typeof client === "function" && !isClass(client)) {
    return {
      byText: (text, keys, args) => client(["EVAL", text, String(keys.length), ...keys, ...args]),
      bySha: (sha, keys, args) => client(["EVALSHA", sha, String(keys.length), ...keys, ...args]),
    };
  }
  const has = (...names: string[]) =>
    names.every(
      (name) => typeof (client as unknown as Readonly<Record<string, unknown>> | null)?.[name] === "function",
    );
  if (has("evalSha", "eval")) {
    const nodeRedis = client as NodeRedisClient;
    return {
      byText: (text, keys, args) => nodeRedis.eval(text, { keys, arguments: args }),
      bySha: (sha, keys, args) => nodeRedis.evalSha(sha, { keys, arguments: args }),
    };
  }
  if (has("evalsha", "eval", "defineCommand")) {
    const ioRedis = client as IoRedisClient;
    return {
      byText: (text, keys, args) => ioRedis.eval(text, keys.length, ...keys, ...args),
      bySha: (sha, keys, args) => ioRedis.evalsha(sha, keys.length, ...keys, ...args),
    };
  }
  if (has("evalsha", "eval", "createScript")) {
    const upstash = client as UpstashRedisClient;
    return {
      byText: (text, keys, args) => upstash.eval(text, keys, args),
      bySha: (sha, keys, args) => upstash.evalsha(sha, keys, args),
    };
  }
  throw new TypeError(
    "redisReplayStore needs a client of redis (4 or newer), ioredis or @upstash/redis, or a function that sends a command",
  );
}
