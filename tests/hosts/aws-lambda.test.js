// @ts-check
/** The wire suite against the function of docs/hosts/aws-lambda.md, behind each service that calls it. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { freePort } from "../harness/free-port.js";
import { installed } from "../harness/installed.js";
import { FORMATS } from "./lambda-server.js";
import { snippetOf } from "./snippet.js";
import { started } from "./start.js";
import { describeHost } from "./suite.js";

const { file, program } = snippetOf("aws-lambda");

describe("AWS Lambda", { concurrency: true }, () => {
  for (const format of FORMATS) {
    describeHost({
      name: `a function behind a ${format}`,
      program,
      // The service reads the body before it calls the function.
      buffers: true,
      async start(text, secret) {
        const [{ folder: cwd }, port] = [await installed(), await freePort()];
        writeFileSync(join(cwd, file), text);
        const server = join(import.meta.dirname, "lambda-server.js");
        return started({
          cwd,
          port,
          secret,
          command: [process.execPath, server, String(port), format, join(cwd, file)],
        });
      },
    });
  }
});
