/**
 * The page: by itself, or in a frame whose host may set how it begins.
 *
 * A host sends only options, and gets only codes and a height.
 */

import type { TesterOpening } from "../pkg/src/element/attributes.js";
import { watchPresses } from "./fields/after-press.js";
import { mountTester } from "./tester.js";
import { languageOf, speaking } from "./texts/texts.js";

const root = document.getElementById("tester") as HTMLElement;
/** What `cargo xtask start` writes into the page. */
const local = document.querySelector<HTMLMetaElement>('meta[name="mia-receiver"]')?.dataset;

/** Ends the present tester. */
let end = (): void => {};

function begin(opening: TesterOpening, onVerdict?: (code: string) => void): void {
  const language = languageOf(opening.lang ?? navigator.language);
  const say = speaking(language);
  // tester.html has the English texts already.
  if (document.documentElement.lang !== language) {
    document.documentElement.lang = language;
    document.title = `${say("title")} mia-webhooks`;
    document.querySelector("h1")!.textContent = say("title");
    document.querySelector("header [data-offline]")!.textContent = say("offline");
    document.querySelector("header [data-part=secret]")!.textContent = say("secret").toLowerCase();
  }
  end();
  const sample =
    opening.sample ??
    (local && opening.payload === undefined && opening.case === undefined ? "project_created" : undefined);
  end = mountTester(
    root,
    { ...opening, lang: language, sample },
    {
      onVerdict,
      ...(local && {
        demoSecret: local["secret"],
        receiverUrl: local["address"],
        receiver: { url: "receiver", originUrl: "origin", secret: local["secret"] ?? "" },
      }),
    },
  );
}

watchPresses();
// Only the element writes the page into its frame; anywhere else the page is by itself.
if (location.href !== "about:srcdoc") {
  begin(Object.fromEntries(new URLSearchParams(location.search)));
} else {
  // The frame shares its origin with nobody, so only its place tells who the host
  // is.
  const host = window.parent;
  const tell = (message: object): void => host.postMessage({ miaWebhookTester: message }, "*");
  addEventListener("message", ({ source, data }) => {
    const said = (data as { miaWebhookTester?: { theme?: string; opening?: TesterOpening } } | null)?.miaWebhookTester;
    if (source === host && typeof said === "object") {
      const { theme, opening } = said;
      document.documentElement.style.colorScheme = theme === "light" || theme === "dark" ? theme : "";
      if (opening !== undefined) {
        document.documentElement.classList.add("framed");
        begin(opening, (code) => tell({ code }));
      }
    }
  });
  // With the space that keeps a ring around the outermost controls whole.
  const main = root.parentElement as HTMLElement;
  new ResizeObserver(() => tell({ height: main.offsetHeight })).observe(main);
  tell({ ready: true });
}
