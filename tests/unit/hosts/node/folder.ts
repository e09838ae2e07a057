/** Where tests of files happen. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { stopClock } from "../../receiver/signed.js";

/** Gives each test of a file a folder of its own, a clock that stands, and a list of what is warned. */
export function folderOfEachTest() {
  let folder: string;
  const warnings: string[] = [];
  beforeEach(() => {
    stopClock();
    folder = mkdtempSync(join(tmpdir(), "mia-webhooks-"));
    warnings.length = 0;
    vi.spyOn(console, "warn").mockImplementation((line) => void warnings.push(line));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  return { warnings, at: (name: string) => join(folder, name) };
}
