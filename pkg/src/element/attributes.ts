/** Attributes that set how the tester begins. The page's address takes the same names. None is for a secret. */
export const TESTER_OPENING = ["view", "views", "payload", "token", "header-name", "case", "sample", "lang"] as const;

/** How a tester begins: what a host or an address may say. */
export type TesterOpening = { readonly [Name in (typeof TESTER_OPENING)[number]]?: string | undefined };

/** Every attribute of the element. */
export const TESTER_ATTRIBUTES = [...TESTER_OPENING, "theme"] as const;
