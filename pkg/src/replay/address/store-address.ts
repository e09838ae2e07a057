/** A store by the address of its database. */

import { redisReplayStore } from "../../redis.js";
import { shown } from "../../verify/spelling.js";
import { CLIENTS, type ClientName } from "./clients.js";
import type { Open } from "./connection.js";
import { pruningConnection } from "./pruning.js";
import { redisOverHttp } from "./redis-over-http.js";

/** Where a database is. */
export interface StoreAddress {
  readonly url: string;
  /** For a database that takes commands over HTTP. */
  readonly token?: string | undefined;
  /** How long a call may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** The packages of a host. */
export interface Packages {
  /** What an import of a package gives; `undefined` where there is none. */
  find(name: ClientName): object | undefined;
  /** What to do where none of these is there. */
  cure(names: readonly ClientName[]): string;
}

/** With what a database is reached, by the scheme of its address; the first package that is there is used. */
const SCHEMES: Readonly<Record<string, readonly ClientName[]>> = {
  mongodb: ["mongodb"],
  "mongodb+srv": ["mongodb"],
  redis: ["ioredis", "redis"],
  rediss: ["ioredis", "redis"],
  valkey: ["ioredis", "redis"],
  valkeys: ["ioredis", "redis"],
  postgres: ["pg", "postgres"],
  postgresql: ["pg", "postgres"],
  // fetch is everywhere.
  https: [],
  http: [],
};

/**
 * How a connection to a database is opened.
 *
 * @throws TypeError for an address that cannot be used, and where no client of the
 * database is there. It shows no more of the address than its scheme: the rest holds a
 * password.
 */
export function openAt({ url, token, timeoutMs }: StoreAddress, { find, cure }: Packages): Open {
  const [, scheme] = (typeof url === "string" && /^([a-z][a-z0-9+.-]*):\/\/\S*$/i.exec(url)) || [];
  const key = scheme?.toLowerCase() ?? "";
  const names = Object.hasOwn(SCHEMES, key) ? SCHEMES[key] : undefined;
  if (names === undefined) {
    const begins = scheme === undefined ? "" : `begins with ${shown(`${scheme}://`)}, and `;
    const known = Object.keys(SCHEMES).map((name) => `${name}://`);
    throw new TypeError(
      `the address of the replay store ${begins}must begin with ${known.join(", ")}, without white space`,
    );
  }
  const begins = `the address of the replay store begins with ${scheme}://`;
  const isHttp = names.length === 0;
  if (isHttp && token === undefined) {
    throw new TypeError(`${begins} and needs the token of the replay store beside it`);
  }
  if (!isHttp && token !== undefined) {
    throw new TypeError(`${begins}, where the token of the replay store has no effect: remove it`);
  }
  // Of the others, an address may list several hosts, which no URL does.
  if (/^(http|redis|valkey)/.test(key)) {
    const read = parsed(url);
    if (read === undefined) {
      throw new TypeError(
        `${begins} and cannot be read: write what is special in a user name or a password in percent encoding, such as %40 for @`,
      );
    }
    // What a client or fetch does with the rest fails at each event, or it does something else.
    if (read.hostname === "") {
      throw new TypeError(`${begins} and names no host`);
    }
    if (isHttp && (read.username !== "" || read.password !== "")) {
      throw new TypeError(`${begins}, where a user name or a password has no place: the token takes theirs`);
    }
    const databases = [read.pathname.slice(1), ...read.searchParams.getAll("db")];
    if (!isHttp && !databases.every((name) => /^\d*$/.test(name))) {
      throw new TypeError(`${begins} and must name its database by a number, as in ${scheme}://host:6379/0`);
    }
  }
  if (isHttp) {
    if (!/^[\x21-\x7e]+$/.test(token as string)) {
      throw new TypeError(
        "the token of the replay store must be letters, digits and signs of ASCII, without white space",
      );
    }
    const store = redisReplayStore(redisOverHttp(url, token as string, timeoutMs));
    return () => pruningConnection({ store, close() {} });
  }
  for (const name of names) {
    const module = find(name);
    if (module !== undefined) {
      const open = CLIENTS[name](module);
      // Of these, ioredis knows TLS only by its name in small letters.
      const address = key.replace("valkey", "redis") + url.slice(key.length);
      return (onLost) => {
        try {
          return pruningConnection(open(address, timeoutMs, onLost));
        } catch (error) {
          throw new TypeError(
            `${begins} and is refused by the package ${name} (${kindOf(error)}): look at what follows ?, at the files that it names, and at the percent encoding of what is special in a user name or a password, such as %40 for @`,
          );
        }
      };
    }
  }
  throw new TypeError(`${begins} and needs a client: ${cure(names)}`);
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** The name and the code of an error, without its message, which may quote the address. */
function kindOf(error: unknown): string {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  return [name, code].filter((word) => typeof word === "string" && /^\w+$/.test(word)).join(" ");
}
