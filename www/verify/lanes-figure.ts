/** Draws how a token was made and what is here: a card with one lane or two. */

import { el } from "../dom.js";
import { type Block, type HashBox, type Lane, type Lanes, type Mark, type TokenBlock, lanesSentence } from "./lanes.js";
import type { Say } from "../texts/texts.js";

const TITLES = {
  empty: "laneTitleEmpty",
  valid: "laneTitleValid",
  unexplained: "laneTitle",
  proved: "laneTitle",
} as const;
const ANSWERS = { yours: "laneYours", same: "laneSame", other: "laneOther" } as const;
const SIGNS = { yours: "✓ ", same: "✓ ", other: "✕ " } as const;
const FORMS = { dotted: "laneNotYet", unknown: "laneUnknownPart", hole: "laneMissing" } as const;

/**
 * The card. Each lane is a list of three: what is hashed, the hash, the token. `isFirst`: the
 * stations appear one after the other, which is for the first proof only.
 */
export function lanesFigure(lanes: Lanes, say: Say, isFirst = false): HTMLElement {
  const lengths = lanes.lanes.map(({ blocks }) => blocks.reduce((sum, block) => sum + weightOf(block), 0));
  const longest = Math.max(...lengths);
  return el(
    "section",
    { class: `card lanes${isFirst ? " appears" : ""}`, "data-state": lanes.state },
    el("h2", {}, say(TITLES[lanes.state])),
    el(
      "div",
      { class: "lanes-rows" },
      el(
        "div",
        { class: "lanes-grid" },
        ...lanes.lanes.map((lane, place) =>
          rowOf(lane, lanes.state === "proved" ? longest - (lengths[place] ?? 0) : 0, say),
        ),
      ),
    ),
    el("p", { class: "lanes-sentence" }, lanesSentence(lanes, say)),
  );
}

/** The width of what is drawn, as far as the minimum allows: bytes. Of what is not known, a likely number. */
const weightOf = ({ length, part }: Block): number => length ?? (part === "payload" ? 120 : 40);

function rowOf({ name, blocks, hash, token }: Lane, rest: number, say: Say): HTMLElement {
  const label = name === "only" ? undefined : say(name === "signed" ? "laneSigned" : "laneHere");
  const room = el("span", { class: "lane-rest" });
  room.style.flexGrow = String(rest);
  return el(
    "div",
    { class: "lane" },
    label !== undefined && el("h3", {}, label),
    el(
      "ol",
      // Where lists have no bullets, Safari forgets that they are lists.
      { role: "list", "aria-label": label },
      el("li", { class: "lane-hashed" }, ...blocks.flatMap((block) => blockElements(block, say)), rest > 0 && room),
      hashElement(hash, say),
      tokenElement(token, name, say),
    ),
  );
}

/** A block with its marks; a line break at its end is one of its own. */
function blockElements(block: Block, say: Say): HTMLElement[] {
  const { part, form, length, before, after, hashed, isMisplaced, glyphs } = block;
  const seam = after?.isSeam === true ? [markElement(after, say)] : [];
  const text = say(part === "separator" ? "laneBetween" : part);
  const size = length === undefined ? undefined : sizeOf(length - (after?.isSeam ? after.more : 0), say);
  const element = el(
    "span",
    {
      class: "lane-block",
      "data-part": part,
      "data-form": form,
      "data-differs": part === "separator" || isMisplaced === true || form === "hole" || hashed !== undefined,
    },
    before && markElement(before, say),
    el(
      "span",
      { class: "lane-text" },
      el("b", {}, text),
      glyphs !== undefined && el("code", { class: "lane-glyphs" }, glyphs),
      size === undefined && form !== "solid" ? formElement(form, say) : el("span", {}, size),
      hashed &&
        el(
          "span",
          { class: "lane-note" },
          say(hashed === "digest" ? "laneHashed" : "laneHashedDigits", { n: hashed === "digest" ? 32 : 64 }),
        ),
      isMisplaced === true && el("span", { class: "lane-note" }, say("laneFirst")),
    ),
    after && seam.length === 0 && markElement(after, say),
  );
  element.style.flexGrow = String(Math.max(1, weightOf(block)));
  return [element, ...seam];
}

const formElement = (form: keyof typeof FORMS, say: Say): HTMLElement => el("span", {}, say(FORMS[form]));

const sizeOf = (n: number, say: Say): string => say("bytes", { n });

/** Bytes that only one lane has: short for the eye, in words for the ear. */
function markElement({ form, more, less, glyphs, isSeam, isWhole }: Mark, say: Say): HTMLElement {
  const isReplaced = form === "replaced";
  const words =
    form === "surplus"
      ? say("laneMore", { size: sizeOf(more, say) })
      : form === "gap"
        ? say("laneLess", { size: sizeOf(less, say) })
        : more === less
          ? say("laneReplaced", { n: more })
          : say("laneInstead", { size: sizeOf(more, say), n: less });
  const numbers = [more > 0 && say("lanePlus", { n: more }), less > 0 && say("laneMinus", { n: less })]
    .filter((number) => number !== false)
    .join(" ");
  const short = isWhole ? say("laneOther") : isReplaced && more === less ? words : numbers;
  return el(
    "span",
    { class: "lane-mark", "data-form": form },
    el("span", { "aria-hidden": "true" }, glyphs ?? short, isSeam === true && el("small", {}, sizeOf(more, say))),
    el("span", { class: "hidden" }, ` ${words} `),
  );
}

function hashElement({ form, name, key, again, differs }: HashBox, say: Say): HTMLElement {
  return el(
    "li",
    { class: "lane-hash", "data-form": form, "data-differs": differs },
    el(
      "span",
      { class: "lane-box" },
      form === "unknown" ? formElement(form, say) : el("b", {}, name),
      again && el("span", { class: "lane-note" }, say(again === "digest" ? "laneAgain" : "laneAgainDigits")),
      key &&
        el(
          "span",
          { class: "lane-key" },
          el("span", { class: "lane-note" }, say("laneKey")),
          ...blockElements(key, say),
        ),
    ),
  );
}

function tokenElement(token: TokenBlock, lane: Lane["name"], say: Say): HTMLElement {
  const { form, pieces, missing, length, notation, answer, differs } = token;
  return el(
    "li",
    { class: "lane-token", "data-form": form, "data-differs": differs, "data-answer": answer },
    el(
      "span",
      { class: "lane-box" },
      el("b", {}, say(lane === "here" ? "laneDigest" : "token")),
      pieces.length > 0 &&
        el(
          "code",
          { dir: "ltr" },
          ...pieces.map(({ text, isMarked }) => el("span", { class: isMarked ? "lane-glyphs" : undefined }, text)),
          missing !== undefined &&
            el(
              "span",
              { class: "lane-mark", "data-form": "gap" },
              el("span", { "aria-hidden": "true" }, `−${missing}`),
              el("span", { class: "hidden" }, ` ${say("laneDigitsMissing", { n: missing })} `),
            ),
        ),
      notation !== undefined &&
        notation !== "hex" &&
        length !== undefined &&
        el(
          "span",
          { class: differs ? "lane-glyphs" : undefined },
          [
            notation === "base64" ? notation : say(notation === "numbers" ? "laneNumbers" : "laneNotDigits"),
            say("laneCharacters", { n: length }),
          ].join(", "),
        ),
      form !== "solid" && formElement(form, say),
      answer &&
        el(
          "span",
          { class: "lane-answer" },
          el("span", { "aria-hidden": "true" }, SIGNS[answer]),
          say(ANSWERS[answer]),
        ),
    ),
  );
}
