/**
 * Receivers to copy, one for each framework. None needs anything from the reader:
 * the secret is in the environment. The JavaScript ones use this package, and are the
 * first programs of the pages in `docs/hosts`; the others compute the token.
 * `tests/hosts` runs them all.
 */

export interface ReceiverProgram {
  readonly id: string;
  /** The framework, as its users call it. */
  readonly label: string;
  /** The program, with the lines in the middle that take the raw body, before any parser. */
  readonly parts: readonly [before: string, rawBody: string, after: string];
}

/** The same in each JavaScript program whose framework chooses the path. */
const RECEIVER = `const receiver = createReceiver({
  secrets: process.env.MIA_WEBHOOK_SECRET,
  on: { "*": (event) => console.log(event.eventName) },
});
`;

/** The same where there is no secret yet when the module is loaded. */
const ASKED_RECEIVER = RECEIVER.replace("process", "() => process");

const NODE_IMPORTS = `import { nodeListener } from "mia-webhooks/node";
import { createReceiver } from "mia-webhooks/receiver";
`;

const PYTHON_SECRET = `secret = os.environ.get("MIA_WEBHOOK_SECRET", "").encode() or sys.exit("MIA_WEBHOOK_SECRET is not set")`;

/** Several headers of one name become one value, which is no token. */
const pythonVerification = (headers: string, refuse: string): string => `
    expected = hashlib.sha256(payload + secret).hexdigest()
    tokens = ${headers}("X-Mia-Signature") or ${headers}("X-Mia-Token")
    if not hmac.compare_digest(expected.encode(), ",".join(tokens).encode()):
        ${refuse}
`;

export const RECEIVERS: readonly ReceiverProgram[] = [
  {
    id: "express",
    label: "Express",
    parts: [
      `// server.mjs: npm install express mia-webhooks
import express from "express";
${NODE_IMPORTS}
${RECEIVER}
const app = express();

`,
      `// The raw body. Above any app.use(express.json()), which would take it first.
app.all("/webhook", nodeListener(receiver));
`,
      `
app.listen(3000);
`,
    ],
  },
  {
    id: "fastify",
    label: "Fastify",
    parts: [
      `// server.mjs: npm install fastify mia-webhooks
import Fastify from "fastify";
import { fastifyWebhooks } from "mia-webhooks/fastify";
import { createReceiver } from "mia-webhooks/receiver";

${RECEIVER}
const app = Fastify();
`,
      `app.register(fastifyWebhooks, { prefix: "/webhook", receiver });
`,
      `await app.listen({ port: 3000, host: "0.0.0.0" });
`,
    ],
  },
  {
    id: "node",
    label: "Node.js",
    parts: [
      `// server.mjs: npm install mia-webhooks
import { createServer } from "node:http";
${NODE_IMPORTS}
const receiver = createReceiver({
  subscriptions: {
    "/webhook": {
      secrets: process.env.MIA_WEBHOOK_SECRET,
      on: { "*": (event) => console.log(event.eventName) },
    },
  },
});

`,
      `// The raw body. The listener reads the request itself.
createServer(nodeListener(receiver)).listen(3000);
`,
      "",
    ],
  },
  {
    id: "koa",
    label: "Koa",
    parts: [
      `// server.mjs: npm install koa mia-webhooks
import Koa from "koa";
${NODE_IMPORTS}
${RECEIVER}const listen = nodeListener(receiver);
const app = new Koa();

`,
      `// The raw body. Above any app.use(bodyParser()), which would take it first.
app.use((ctx, next) => {
  if (ctx.path !== "/webhook") return next();
  ctx.respond = false;
  return listen(ctx.req, ctx.res);
});
`,
      `app.listen(3000);
`,
    ],
  },
  {
    id: "nestjs",
    label: "NestJS",
    parts: [
      `// src/main.ts: npm install mia-webhooks
import { NestFactory } from "@nestjs/core";
${NODE_IMPORTS}import { AppModule } from "./app.module";

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const secrets = process.env.MIA_WEBHOOK_SECRET ?? "";
  const receiver = createReceiver({
    subscriptions: {
      "/webhook": { secrets, on: { "*": (event) => console.log(event.eventName) } },
    },
  });
`,
      `  // The raw body. Before listen(), which registers Nest's own body parsers.
  app.use("/webhook", nodeListener(receiver));
`,
      `  app.enableShutdownHooks();
  await app.listen(3000);
}
void bootstrap();
`,
    ],
  },
  {
    id: "workers",
    label: "Workers",
    parts: [
      `// src/index.ts: npm install mia-webhooks
import { env } from "cloudflare:workers";
import { createReceiver } from "mia-webhooks/receiver";

const receiver = createReceiver({
  subscriptions: {
    "/webhook": {
      secrets: () => env.MIA_WEBHOOK_SECRET,
      on: { "*": (event) => console.log(event.eventName) },
    },
  },
});

`,
      `export default { fetch: (request: Request, _: unknown, context: ExecutionContext) => receiver(request, context) };
`,
      "",
    ],
  },
  {
    id: "hono",
    label: "Hono",
    parts: [
      `// src/index.ts: npm install hono mia-webhooks
import { Hono } from "hono";
import { getRuntimeKey } from "hono/adapter";
import { createReceiver } from "mia-webhooks/receiver";

${ASKED_RECEIVER}
const app = new Hono();
`,
      `app.all("/webhook", (c) => receiver(c.req.raw, getRuntimeKey() === "workerd" ? c.executionCtx : undefined));
`,
      `
export default app;
`,
    ],
  },
  {
    id: "next",
    label: "Next.js",
    parts: [
      `// app/webhook/route.ts: npm install mia-webhooks
import { createReceiver } from "mia-webhooks/receiver";

${ASKED_RECEIVER}
`,
      `export const POST = receiver;
`,
      "",
    ],
  },
  {
    id: "lambda",
    label: "Lambda",
    parts: [
      `// index.mjs: npm install mia-webhooks
import { lambdaHandler } from "mia-webhooks/aws-lambda";
import { createReceiver } from "mia-webhooks/receiver";

`,
      `export const handler = lambdaHandler(
  createReceiver({
    secrets: process.env.MIA_WEBHOOK_SECRET,
    on: { "*": (event) => console.log(event.eventName) },
  }),
);
`,
      "",
    ],
  },
  {
    id: "flask",
    label: "Flask",
    parts: [
      `# receiver.py: pip install flask, then flask --app receiver run
import hashlib
import hmac
import os
import sys

from flask import Flask, abort, request

${PYTHON_SECRET}
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024


@app.post("/webhook")
def webhook():
`,
      `    # The raw body. Before request.json and request.form.
    payload = request.get_data()
`,
      `${pythonVerification("request.headers.getlist", "abort(401)")}
    event = request.get_json(force=True)
    print(event["eventName"], flush=True)
    return "", 204
`,
    ],
  },
  {
    id: "fastapi",
    label: "FastAPI",
    parts: [
      `# receiver.py: pip install fastapi uvicorn, then uvicorn receiver:app
import hashlib
import hmac
import json
import os
import sys

from fastapi import FastAPI, HTTPException, Request

${PYTHON_SECRET}
MAX_BYTES = 1024 * 1024
app = FastAPI()


@app.post("/webhook", status_code=204)
`,
      `# The raw body. A model in place of Request would be parsed first.
async def webhook(request: Request):
    payload = bytearray()
    async for chunk in request.stream():
        payload += chunk
`,
      `        if len(payload) > MAX_BYTES:
            raise HTTPException(413)
${pythonVerification("request.headers.getlist", "raise HTTPException(401)")}
    try:
        event = json.loads(payload)
    except ValueError:
        raise HTTPException(400)
    print(event["eventName"], flush=True)
`,
    ],
  },
  {
    id: "go",
    label: "Go",
    parts: [
      `// main.go: go run main.go
package main

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

var secret = os.Getenv("MIA_WEBHOOK_SECRET")

func webhook(w http.ResponseWriter, r *http.Request) {
`,
      `	// The raw body. Before any json.NewDecoder.
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
`,
      `	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	hash := sha256.New()
	hash.Write(payload)
	io.WriteString(hash, secret)
	tokens := r.Header.Values("X-Mia-Signature")
	if len(tokens) == 0 {
		tokens = r.Header.Values("X-Mia-Token")
	}
	expected, token := hex.EncodeToString(hash.Sum(nil)), strings.Join(tokens, ",")
	if subtle.ConstantTimeCompare([]byte(expected), []byte(token)) != 1 {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}

	var event struct{ EventName string }
	if err := json.Unmarshal(payload, &event); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	log.Println(event.EventName)
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	if secret == "" {
		log.Fatal("MIA_WEBHOOK_SECRET is not set")
	}
	http.HandleFunc("/webhook", webhook)
	server := http.Server{Addr: ":3000", ReadTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}
`,
    ],
  },
  {
    id: "spring",
    label: "Spring",
    parts: [
      `// src/main/java/receiver/Receiver.java: Spring Boot with spring-boot-starter-web
package receiver;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Receiver {
    private static final String SECRET = System.getenv("MIA_WEBHOOK_SECRET");
    private static final int MAX_BYTES = 1024 * 1024;

    public static void main(String[] args) {
        if (SECRET == null || SECRET.isEmpty()) {
            throw new IllegalStateException("MIA_WEBHOOK_SECRET is not set");
        }
        SpringApplication.run(Receiver.class, args);
    }

    @PostMapping("/webhook")
    public ResponseEntity<Void> webhook(
`,
      `            // The raw body. A @RequestBody with a class would be parsed first.
            InputStream body,
`,
      `            @RequestHeader(name = "X-Mia-Signature", defaultValue = "") String signature,
            @RequestHeader(name = "X-Mia-Token", defaultValue = "") String token) throws Exception {
        byte[] payload = body.readNBytes(MAX_BYTES + 1);
        if (payload.length > MAX_BYTES) {
            return ResponseEntity.status(413).build();
        }
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(payload);
        sha256.update(SECRET.getBytes(StandardCharsets.UTF_8));
        byte[] expected = HexFormat.of().formatHex(sha256.digest()).getBytes(StandardCharsets.UTF_8);
        String given = signature.isEmpty() ? token : signature;
        if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            return ResponseEntity.status(401).build();
        }

        Map<String, Object> event;
        try {
            event = JsonParserFactory.getJsonParser().parseMap(new String(payload, StandardCharsets.UTF_8));
        } catch (JsonParseException exception) {
            return ResponseEntity.badRequest().build();
        }
        System.out.println(event.get("eventName"));
        return ResponseEntity.noContent().build();
    }
}
`,
    ],
  },
];
