/** The tester: four views of one delivery, drawn into an element. */

import { TOKEN_HEADER, TOKEN_HEADERS } from "mia-webhooks";
import { CodeView } from "./code-view.js";
import { el } from "./dom.js";
import { Inputs } from "./inputs.js";
import type { Receiver } from "./receiver-panel.js";
import { SignView } from "./sign-view.js";
import { SubscriptionView } from "./subscription-view.js";
import { tabs } from "./tabs.js";
import { type Say, languageOf, speaking } from "./texts.js";
import { VerifyView } from "./verify-view.js";

export const VIEWS = ["verify", "sign", "subscription", "code"] as const;
export type View = (typeof VIEWS)[number];

/** How a tester begins. The only secret among the options is the one of a demonstration. */
export interface TesterOptions {
  readonly view?: string | undefined;
  /** Which views to show, separated by white space; all of them by default. */
  readonly views?: string | undefined;
  readonly payload?: string | undefined;
  readonly token?: string | undefined;
  /** The name of the token's header: newer Consoles use another one. */
  readonly "header-name"?: string | undefined;
  /** The name of an event of the catalogue. */
  readonly sample?: string | undefined;
  readonly lang?: string | undefined;
  /** A secret that everybody knows. */
  readonly demoSecret?: string | undefined;
  readonly receiver?: Receiver | undefined;
  readonly receiverUrl?: string | undefined;
  /** Gets codes only. */
  readonly onVerdict?: (code: string) => void;
}

/** Draws a tester, and returns a function that ends it. */
export function mountTester(root: HTMLElement, options: TesterOptions): () => void {
  const language = languageOf(options.lang);
  const say: Say = speaking(language);
  let isOver = false;
  const onVerdict = (code: string): void => {
    if (!isOver) {
      options.onVerdict?.(code);
    }
  };
  const wanted = options.views?.split(/\s+/).filter(isView) ?? [];
  const names = wanted.length > 0 ? VIEWS.filter((name) => wanted.includes(name)) : VIEWS;
  const named = options["header-name"]?.toLowerCase();
  const headerName = TOKEN_HEADERS.find((name) => name.toLowerCase() === named) ?? TOKEN_HEADER;
  let shown: View = names[0] ?? "verify";

  const inputs = new Inputs(
    say,
    () => check(),
    // Without a token in the request, the field is emptied: its token belongs to
    // another payload.
    ({ token = "" }) => (verify.token = token),
  );
  const verify = new VerifyView(inputs, say, language, onVerdict);
  const views = {
    verify,
    sign: new SignView(
      inputs,
      say,
      language,
      headerName,
      names.includes("verify")
        ? (token) => {
            verify.token = token;
            bar.show("verify");
            bar.focus();
          }
        : undefined,
      options.receiver,
    ),
    subscription: new SubscriptionView(say, language, onVerdict),
    code: new CodeView(inputs, say, language, headerName, options.receiverUrl ?? "https://example.org/webhook"),
  };
  function check(): void {
    views[shown].check();
  }

  const bar = tabs(
    say("views"),
    names.map((name) => ({ name, label: say(name), panel: views[name].element })),
    (name) => {
      shown = name as View;
      inputs.moveTo(views[shown].element);
      check();
    },
  );
  const tester = el("div", { class: "tester", lang: language }, bar.element);

  if (!inputs.setSample(options.sample ?? "") && options.payload !== undefined) {
    inputs.payload.setText(options.payload);
  }
  if (options.demoSecret !== undefined) {
    inputs.secrets.set(options.demoSecret);
  }
  if (options.token !== undefined) {
    verify.token = options.token;
  }
  root.replaceChildren(tester);
  bar.show(isView(options.view) && names.includes(options.view) ? options.view : shown);
  return () => {
    isOver = true;
    verify.dispose();
  };
}

const isView = (name: string | undefined): name is View => VIEWS.includes(name as View);
