/** Commands of Redis over HTTP, in the form that Upstash has: no connection, and no client. */

/**
 * @param timeoutMs - How long one command may take, in milliseconds.
 * @returns What sends one command. It rejects with the server's own words where there are any.
 */
export function redisOverHttp(url: string, token: string, timeoutMs: number) {
  function requestOf(command: readonly string[]): Request {
    try {
      return new Request(url, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(command),
        // The token is for this address alone.
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch {
      // The error quotes what it refuses.
      throw new TypeError("fetch takes no request with the address or the token of the replay store");
    }
  }

  return async (command: readonly string[]): Promise<unknown> => {
    const response = await fetch(requestOf(command));
    const answer: unknown = await response.json().catch(() => undefined);
    const { result, error } = (answer ?? {}) as { readonly result?: unknown; readonly error?: unknown };
    if (!response.ok || error !== undefined || result === undefined) {
      throw new Error(typeof error === "string" ? error : `the replay store answered ${response.status}`);
    }
    return result;
  };
}
