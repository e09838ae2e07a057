/**
 * Waits for an answer, and no longer than this many milliseconds.
 *
 * @param who - What is asked, for the error.
 */
export async function within<T>(timeoutMs: number, answer: T | PromiseLike<T>, who: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${who} did not answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
