/**
 * The page: by itself, or in a frame whose host may say how it begins.
 *
 * A host says nothing but options, and is told nothing but codes and a height.
 */

import { unpack } from "./modules.js";
import { type TesterOptions, mountTester } from "./tester.js";
import { languageOf, speaking } from "./texts.js";

const root = document.getElementById("tester") as HTMLElement;
/** What `cargo xtask start` writes into the page. */
const local = document.querySelector<HTMLMetaElement>('meta[name="mia-receiver"]')?.dataset;

/** Ends the tester that is there. */
let end = (): void => {};

function begin(options: TesterOptions): void {
  const language = languageOf(options.lang ?? navigator.language);
  const say = speaking(language);
  // What stands there already is drawn already.
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

/** What an address or a host may say of how the tester begins: never a secret. */
const OPENING = ["view", "views", "payload", "token", "header-name", "sample", "lang"];
const openingOf = (said: Record<string, string | undefined>): TesterOptions =>
  Object.fromEntries(Object.entries(said).filter(([name, value]) => OPENING.includes(name) && value !== undefined));

await unpack();
// Only the element writes the page into its frame; anywhere else the page is by itself.
if (location.href !== "about:srcdoc") {
  begin(openingOf(Object.fromEntries(new URLSearchParams(location.search))));
} else {
  // The frame has an origin of its own that nobody shares: its host is told by its place.
  const host = window.parent;
  const tell = (message: object): void => host.postMessage({ miaWebhookTester: message }, "*");
  addEventListener("message", ({ source, data }) => {
    const said = (data as { miaWebhookTester?: { theme?: string; opening?: Record<string, string> } } | null)?.miaWebhookTester;
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
