/** The right answers of a diagnosis: see tests/vectors/README.md. */

import { vectorTests } from "../vectors.js";

vectorTests(["diagnose"]);
