/** The catalogue of known events. */

import { EVENTS } from "../generated/catalogue.js";

/** An event of the catalogue. */
export interface CatalogueEvent {
  /** What an event carries as `eventName`. */
  readonly eventName: string;
  /** What the documentation of the Console calls it. */
  readonly title: string;
  /** The first version of the Console whose documentation has it. */
  readonly since: string;
  /** The newer name of the same event. */
  readonly aliasOf?: string;
  /** The event that newer Consoles send instead. */
  readonly supersededBy?: string;
  /** Where it carries its company's id. */
  readonly companyIdPaths: readonly string[];
  /** Where it carries its project's id. */
  readonly projectIdPaths: readonly string[];
  /** The fields of its payload; `[]` stands for each element of a list. */
  readonly fields: readonly {
    readonly path: string;
    readonly type: string;
    readonly isRequired: boolean;
    /** Personal data. */
    readonly isConfidential?: boolean;
  }[];
  /** A valid event. */
  readonly example: {
    readonly eventName: string;
    readonly eventTimestamp: number;
    readonly payload: Readonly<Record<string, unknown>>;
  };
}

/**
 * The catalogue of events. It is open: other events are allowed everywhere.
 *
 * @example
 * ```ts
 * import { events } from "mia-webhooks/subscription";
 *
 * events.find(({ eventName }) => eventName === "tag_deleted")?.since; // "14.2.0"
 * ```
 */
export const events: readonly CatalogueEvent[] = EVENTS;
