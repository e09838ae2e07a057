import { constants, open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { SecretsFunction } from "../../receiver.js";
import { type SecretFile, type SecretFileOptions, secretsOfFiles } from "../../receiver/secret-files.js";

/**
 * Takes the secret of a subscription from a file, such as one that Kubernetes or Docker
 * mounts. The file is read when the first request comes, and read again when a second has
 * passed or a token does not match, so that a new secret works without a restart, and an
 * old one no longer. If the file can no longer be read, the last secret works for another
 * 10 seconds; if that is because too many files are open, for about 5 minutes. On a file system
 * that hangs, one attempt to read is open at a time.
 *
 * @param path - The file, or several by name: the current secret first, then previous ones,
 * whose files may be missing. A file has at most 4096 bytes, and all of them are the secret.
 * @throws TypeError for anything but a path, and for an unknown option. Where
 * the file cannot be read, a receiver answers 503, and its log says `secrets_unavailable`.
 *
 * @example
 * ```ts
 * import { secretFile } from "mia-webhooks/node";
 * import { createReceiver } from "mia-webhooks/receiver";
 *
 * const receiver = createReceiver({
 *   secrets: secretFile("/run/secrets/mia-webhook", { finalNewline: "drop" }),
 *   on: { "*": (event) => console.log(event.eventName) },
 * });
 * receiver.length; // 2
 * ```
 */
export function secretFile(
  path: string | URL | Readonly<Record<string, string | URL>>,
  options: SecretFileOptions = {},
): SecretsFunction {
  const paths = typeof path === "string" || path instanceof URL ? { 0: path } : path;
  const files = Object.entries(paths ?? {}).map(([name, one]) => [name, fileAt(one)]);
  return secretsOfFiles(Object.fromEntries(files), options);
}

/** A file as it is read here. */
export function fileAt(path: string | URL): SecretFile {
  const file = path instanceof URL ? fileURLToPath(path) : path;
  return { path: file, firstBytes: (most) => firstBytes(file, most) };
}

async function firstBytes(path: string, most: number): Promise<Uint8Array> {
  // Without O_NONBLOCK, a pipe that nobody writes to would hold a thread of Node's for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = new Uint8Array(most);
    let length = 0;
    for (let count = -1; count !== 0 && length < most; length += count) {
      count = (await file.read(bytes, length, most - length, length)).bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}
