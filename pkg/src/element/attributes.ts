/** Attributes that set how the tester begins. The page's address takes the same names. None is for a secret. */
export const TESTER_OPENING = ["view", "views", "payload", "token", "header-name", "sample", "lang"] as const;

/** Every attribute of the element. */
export const TESTER_ATTRIBUTES = [...TESTER_OPENING, "theme"] as const;
