// @ts-check
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The file of a program, if a folder of `PATH` has it.
 *
 * @param {string} name
 * @param {readonly string[]} [more] Folders that are searched too, after those of `PATH`.
 */
export function onPath(name, more = []) {
  return [...(process.env["PATH"] ?? "").split(delimiter), ...more]
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
