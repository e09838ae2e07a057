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

declare module "node:module" {
  export function createRequire(from: string): { (name: string): object; resolve(name: string): string };
}

declare module "node:path" {
  export function join(...parts: readonly string[]): string;
}

declare module "node:process" {
  export const argv: readonly (string | undefined)[];
  export function cwd(): string;
  export const env: Readonly<Record<string, string | undefined>>;
}

declare module "node:url" {
  export function fileURLToPath(url: URL): string;
}
