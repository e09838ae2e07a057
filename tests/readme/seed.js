// @ts-check
/** Gives a clone what this checkout has from others, with hard links: a copy would take longer than the tests. */

import { copyFile, link, mkdir, readdir, readlink, symlink, utimes, stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The packages that npm installed. @param {string} from @param {string} to */
export async function copyPackages(from, to) {
  for (const folder of ["node_modules", "tests/node_modules", "benches/node_modules"]) {
    // npm writes its own files again, and they begin with a dot.
    await copyTree(join(from, folder), join(to, folder), (name) => !name.startsWith("."));
  }
  // npm trusts its record of what is installed only when no folder is newer.
  const [record, now] = [join(to, "node_modules/.package-lock.json"), new Date()];
  await utimes(record, now, now);
}

/** What cargo compiled of these begins with their names. */
const OWN = /^(lib)?(mia[-_]webhooks|xtask|core[-_]tests)/;

/**
 * The crates that cargo compiled, except those of this workspace.
 *
 * @param {string} from its folder `target`
 * @param {string} to
 */
export async function copyCrates(from, to) {
  for (const profile of ["debug", "wasm", "wasm32-unknown-unknown/wasm"]) {
    for (const folder of ["deps", "build", ".fingerprint"]) {
      const place = join(profile, folder);
      // rustc replaces a library as a whole; everything else may be written in place.
      const isLibrary = (/** @type {string} */ name) => /\.(rlib|rmeta|so|dylib|dll)$/.test(name);
      const isOwn = (/** @type {string} */ name) => OWN.test(name) || (folder === "deps" && !name.includes("."));
      await copyTree(join(from, place), join(to, place), isLibrary, isOwn);
    }
  }
}

/**
 * Copies a folder with the times of its files. What another process removes meanwhile
 * is left out.
 *
 * @param {string} from
 * @param {string} to
 * @param {(name: string) => boolean} isLinked - Whether a hard link is enough.
 * @param {(name: string) => boolean} [isLeftOut] - Of the entries of the folder itself.
 */
async function copyTree(from, to, isLinked, isLeftOut = () => false) {
  if (!existsSync(from)) {
    return;
  }
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (isLeftOut(entry.name)) {
      continue;
    }
    try {
      if (entry.isDirectory()) {
        await copyTree(source, copy, isLinked);
      } else if (entry.isSymbolicLink()) {
        await symlink(await readlink(source), copy);
      } else if (!isLinked(entry.name) || !(await isLinkedNow(source, copy))) {
        await copyFile(source, copy);
        const { atimeMs, mtimeMs } = await stat(source);
        await utimes(copy, atimeMs / 1000, mtimeMs / 1000);
      }
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") {
        throw error;
      }
    }
  }
}

/** Makes a hard link; there is none from one disk to another. @param {string} source @param {string} copy */
const isLinkedNow = (source, copy) =>
  link(source, copy).then(
    () => true,
    (error) => {
      if (error.code === "EXDEV") {
        return false;
      }
      throw error;
    },
  );
