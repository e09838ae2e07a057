/** The right answers of verifying: see tests/vectors/README.md. */

import { vectorTests } from "../vectors.js";

vectorTests(["signature", "token", "token-surrogates", "header", "secrets", "event"]);
