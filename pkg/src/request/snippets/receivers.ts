/**
 * Receivers to copy, one for each framework. None needs anything from the reader:
 * the secret is in the environment. The JavaScript ones use this package, the others
 * compute the token. `tests/tester/receivers.test.js` runs them.
 */

export interface ReceiverProgram {
  readonly id: string;
  /** The framework, as its users call it. */
  readonly label: string;
  /** The program, with the lines that take the raw body before any parser in the middle. */
  readonly parts: readonly [before: string, rawBody: string, after: string];
}

/** What is different in JavaScript is only how a host hands over the body. */
const MODULE = `import { Verifier, verifyHeaders } from "mia-webhooks";

// Throws without a secret.
const secrets = new Verifier(process.env.MIA_WEBHOOK_SECRET);
`;

const receiverOf = (secret: string, indent: string): string => `createReceiver({
${indent}  secrets: ${secret},
${indent}  on: { "*": (event) => console.log(event.eventName) },
${indent}});`;

/** The reason is for the log: the sender gets a status. */
const REFUSAL = "console.error(error.code ?? error, error.hint);";

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
${MODULE}const app = express();

`,
      `// The raw body. Above any app.use(express.json()), which would take it first.
app.post("/webhook", express.raw({ type: () => true, limit: "1mb", inflate: false }), (req, res) => {
`,
      `  let delivery;
  try {
    delivery = verifyHeaders(req.body ?? "", req.headers, { secrets });
  } catch (error) {
    ${REFUSAL}
    return res.status(error.status ?? 500).end();
  }
  console.log(delivery.event.eventName);
  res.status(204).end();
});

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
${MODULE}const app = Fastify({ bodyLimit: 1024 * 1024 });

app.register(async (scope) => {
`,
      `  // The raw body, of every content type. Only in this scope.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => done(null, body));
`,
      `
  scope.post("/webhook", async (request, reply) => {
    let delivery;
    try {
      delivery = verifyHeaders(request.body ?? "", request.headers, { secrets });
    } catch (error) {
      ${REFUSAL}
      return reply.code(error.status ?? 500).send();
    }
    console.log(delivery.event.eventName);
    return reply.code(204).send();
  });
});

await app.listen({ port: 3000 });
`,
    ],
  },
  {
    id: "node",
    label: "Node.js",
    parts: [
      `// server.mjs: npm install mia-webhooks
import { createServer } from "node:http";
${MODULE}const MAX_BYTES = 1024 * 1024;

async function receive(request) {
  const chunks = [];
  let bytes = 0;
`,
      `  // The raw body. No setEncoding, and no string: chunks can end within a character.
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
`,
      `  if (bytes > MAX_BYTES) return 413;
  const { event } = verifyHeaders(Buffer.concat(chunks), request.headers, { secrets });
  console.log(event.eventName);
  return 204;
}

createServer(async (request, response) => {
  const status = await receive(request).catch((error) => {
    ${REFUSAL}
    return error.status ?? 500;
  });
  response.writeHead(status).end();
}).listen(3000);
`,
    ],
  },
  {
    id: "workers",
    label: "Workers",
    parts: [
      `// src/index.ts: npm install mia-webhooks, then npx wrangler secret put MIA_WEBHOOK_SECRET
import { type Receiver, createReceiver } from "mia-webhooks/receiver";

let receiver: Receiver | undefined;

export default {
  fetch(request, env, context) {
    receiver ??= ${receiverOf("env.MIA_WEBHOOK_SECRET", "    ")}
`,
      `    // The request as it came, without request.json() before.
    return receiver(request, context);
`,
      `  },
} satisfies ExportedHandler<{ MIA_WEBHOOK_SECRET: string }>;
`,
    ],
  },
  {
    id: "hono",
    label: "Hono",
    parts: [
      `// server.mjs: npm install hono @hono/node-server mia-webhooks
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
${MODULE}const app = new Hono();

app.post("/webhook", bodyLimit({ maxSize: 1024 * 1024 }), async (c) => {
`,
      `  // The raw body. Before c.req.json() and c.req.parseBody().
  const payload = await c.req.arrayBuffer();
`,
      `  let delivery;
  try {
    delivery = verifyHeaders(payload, c.req.raw.headers, { secrets });
  } catch (error) {
    ${REFUSAL}
    return c.body(null, error.status ?? 500);
  }
  console.log(delivery.event.eventName);
  return c.body(null, 204);
});

serve({ fetch: app.fetch, port: 3000 });
`,
    ],
  },
  {
    id: "next",
    label: "Next.js",
    parts: [
      `// app/webhook/route.ts: npm install mia-webhooks
import { type Receiver, createReceiver } from "mia-webhooks/receiver";

let receiver: Receiver | undefined;

export async function POST(request: Request): Promise<Response> {
  // At the first request, because a build has no secret.
  receiver ??= ${receiverOf('process.env["MIA_WEBHOOK_SECRET"] ?? ""', "  ")}
`,
      `  // The request as it came, without request.json() before.
  return receiver(request);
`,
      `}
`,
    ],
  },
  {
    id: "lambda",
    label: "Lambda",
    parts: [
      `// index.mjs: npm install mia-webhooks. For a function URL, or API Gateway with payload format 2.0.
${MODULE}
export async function handler({ body, isBase64Encoded, headers }) {
`,
      `  // The raw body. What is not text comes as base64.
  const payload = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
`,
      `  if (payload.length > 1024 * 1024) return { statusCode: 413 };
  let delivery;
  try {
    delivery = verifyHeaders(payload, headers, { secrets });
  } catch (error) {
    ${REFUSAL}
    return { statusCode: error.status ?? 500 };
  }
  console.log(delivery.event.eventName);
  return { statusCode: 204 };
}
`,
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
