// @ts-check
/** The CPU time of a process, in nanoseconds, from Linux's scheduler. */

import { readFile, readdir } from "node:fs/promises";

/** Whether this system reports it. */
export const hasCpuTime = async () =>
  readFile("/proc/self/task/self/schedstat").then(
    () => true,
    () =>
      readFile(`/proc/self/task/${process.pid}/schedstat`).then(
        () => true,
        () => false,
      ),
  );

/** The sum over all threads of a process. @param {number} pid */
export async function cpuTime(pid) {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = await Promise.all(
    threads.map((thread) =>
      readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8").then(
        (text) => Number(text.split(" ")[0]),
        () => 0, // The thread has ended meanwhile.
      ),
    ),
  );
  return times.reduce((sum, time) => sum + time, 0);
}

/** The same, after the process has been idle for a while. @param {number} pid */
export async function settledCpuTime(pid) {
  let before = await cpuTime(pid);
  for (let quiet = 0, tries = 0; quiet < 3 && tries < 100; tries++) {
    await new Promise((done) => setTimeout(done, 10));
    const now = await cpuTime(pid);
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
  return before;
}
