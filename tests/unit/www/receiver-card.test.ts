/** The card "In your receiver": a program with its marked lines, and the reader's choice. */

import assert from "node:assert/strict";
import { beforeEach, test, vi } from "vitest";
import { RECEIVERS, receiverProgram } from "../../../pkg/src/request/snippets/receive.js";
import { speaking } from "../../../www/texts/texts.js";
import { Paper } from "../paper.js";

let copied: string[];

beforeEach(() => {
  copied = [];
  vi.resetModules();
  vi.stubGlobal("document", { createElement: (name: string) => new Paper(name) });
  vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => void copied.push(text) } });
  return () => vi.unstubAllGlobals();
});

async function newCard() {
  const { receiverCard } = await import("../../../www/code/receiver-card.js");
  return receiverCard(speaking("en")) as unknown as Paper;
}
const radios = (card: Paper) => card.all().filter(({ localName }) => localName === "input");
const choose = (card: Paper, id: string) =>
  radios(card)
    .find((radio) => radio.getAttribute("value") === id)
    ?.dispatchEvent(new Event("change"));
const program = (card: Paper) => card.querySelector("pre")?.textContent;
const checked = (card: Paper) =>
  radios(card)
    .filter((radio) => radio.attributes.has("checked"))
    .map((radio) => radio.getAttribute("value"));

test("it begins with Express, and shows each program whole, with its lines marked", async () => {
  const card = await newCard();
  assert.deepEqual(checked(card), ["express"]);
  assert.equal(program(card), receiverProgram("express").parts.join(""));
  for (const { id, parts } of RECEIVERS) {
    choose(card, id);
    assert.equal(program(card), parts.join(""), id);
    assert.equal(card.querySelector("mark")?.textContent, parts[1]);
    card.querySelector("button")?.dispatchEvent(new Event("click"));
    assert.equal(copied.at(-1), parts.join(""), "what is copied is what is shown");
  }
});

test("the next card of the page begins with what was chosen", async () => {
  choose(await newCard(), "go");
  const next = await newCard();
  assert.deepEqual(checked(next), ["go"]);
  assert.equal(program(next), receiverProgram("go").parts.join(""));
});
