/** What is used of Node's modules: the package depends on no types of Node's. */

declare module "node:stream/promises" {
  export function pipeline(source: never, target: never): Promise<void>;
}

declare module "node:fs/promises" {
  export const constants: { readonly O_RDONLY: number; readonly O_NONBLOCK?: number };
  export function open(
    path: string,
    flags: number,
  ): Promise<{
    read(bytes: Uint8Array, offset: number, length: number, at: number): Promise<{ readonly bytesRead: number }>;
    close(): Promise<void>;
  }>;
}

declare module "node:process" {
  export const env: Readonly<Record<string, string | undefined>>;
}

declare module "node:url" {
  export function fileURLToPath(url: URL): string;
}
