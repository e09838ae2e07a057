/** The right answers about subscriptions: see tests/vectors/README.md. */

import { vectorTests } from "../vectors.js";

vectorTests(["subscription", "scope"]);
