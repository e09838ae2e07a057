/** Several findings in one message. */

/** How the messages of one language are joined. */
export interface Joining {
  /** How messages begin that can share their beginning. Its first group says which of them do. */
  readonly start: RegExp;
  /** What stands before the last of them. */
  readonly and: string;
  /** How sentences begin, and how one begins after another that begins so. */
  readonly subjects: readonly (readonly [first: RegExp, again: string])[];
}

/** For the messages in the tables. */
export const ENGLISH: Joining = {
  start: /^The token was made (from|with) (?:the same (?:JSON|body|secret),? |another of the given secrets\b)/,
  and: ", and ",
  subjects: [
    [/^The token ((?:was|is) )?/, "The token $1also "],
    [/^The payload here /, "In it, the body "],
  ],
};

/**
 * The messages of several findings in one: what they begin with in common is said once, so that
 * quotes and a line break around a secret are one answer.
 */
export function inOne(findings: readonly { readonly message: string }[], { start, and, subjects }: Joining): string {
  const sentences: string[][] = [];
  let before: string | undefined;
  for (const { message } of findings) {
    const [shared = "", about] = start.exec(message) ?? [];
    const rest = message.slice(shared.length, -1);
    const last = sentences.at(-1);
    if (last && about && about === before && rest) {
      last.push(rest);
    } else {
      sentences.push([message.slice(0, -1)]);
    }
    before = about;
  }
  return sentences
    .map((parts, place) => {
      const all = `${[parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter(Boolean).join(and)}.`;
      const previous = sentences[place - 1]?.[0] ?? "";
      const subject = subjects.find(([first]) => first.test(all) && first.test(previous));
      return subject ? all.replace(...subject) : all;
    })
    .join(" ");
}
