/**
 * The page: by itself, or in a frame whose host may set how it begins.
 *
 * A host sends only options, and gets only codes and a height.
 */

import { TESTER_OPENING } from "../pkg/src/element/attributes.js";
import { unpack } from "./modules.js";
import { type TesterOptions, mountTester } from "./tester.js";
import { languageOf, speaking } from "./texts.js";

const root = document.getElementById("tester") as HTMLElement;
/** What `cargo xtask start` writes into the page. */
const local = document.querySelector<HTMLMetaElement>('meta[name="mia-receiver"]')?.dataset;

/** Ends the present tester. */
let end = (): void => {};

function begin(options: TesterOptions): void {
  const language = languageOf(options.lang ?? navigator.language);
  const say = speaking(language);
  // tester.html has the English texts already.
  if (document.documentElement.lang !== language) {
    document.documentElement.lang = language;
    document.title = `${say("title")} mia-webhooks`;
    document.querySelector("h1")!.textContent = say("title");
    document.querySelector("header p")!.textContent = say("lead");
  }
  end();
  end = mountTester(root, {
    ...(local && {
      ...(options.payload === undefined && { sample: "project_created" }),
      demoSecret: local["secret"],
      receiverUrl: local["address"],
      receiver: { url: "receiver", originUrl: "origin" },
    }),
    ...options,
    lang: language,
  });
}

/** What an address or a host may set: never a secret. */
const OPENING: readonly string[] = TESTER_OPENING;
const openingOf = (said: Record<string, string | undefined>): TesterOptions =>
  Object.fromEntries(Object.entries(said).filter(([name, value]) => OPENING.includes(name) && value !== undefined));

await unpack();
// Only the element writes the page into its frame; anywhere else the page is by itself.
if (location.href !== "about:srcdoc") {
  begin(openingOf(Object.fromEntries(new URLSearchParams(location.search))));
} else {
  // The frame shares its origin with nobody, so only its place tells who the host
  // is.
  const host = window.parent;
  const tell = (message: object): void => host.postMessage({ miaWebhookTester: message }, "*");
  addEventListener("message", ({ source, data }) => {
    const said = (data as { miaWebhookTester?: { theme?: string; opening?: Record<string, string> } } | null)
      ?.miaWebhookTester;
    if (source === host && typeof said === "object") {
      const { theme, opening } = said;
      document.documentElement.style.colorScheme = theme === "light" || theme === "dark" ? theme : "";
      if (opening !== undefined) {
        document.documentElement.classList.add("framed");
        begin({ ...openingOf(opening), onVerdict: (code) => tell({ code }) });
      }
    }
  });
  new ResizeObserver(() => tell({ height: root.offsetHeight })).observe(root);
  tell({ ready: true });
}
