/** The tester: four views of one delivery, drawn into an element. */

import { TOKEN_HEADER, TOKEN_HEADERS } from "mia-webhooks";
import type { TesterOpening } from "../pkg/src/element/attributes.js";
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

/** What only the page itself says: never its address or its host, so neither can set a secret. */
export interface TesterSetting {
  /** The secret of a demonstration, which everybody knows. */
  readonly demoSecret?: string | undefined;
  readonly receiver?: Receiver | undefined;
  readonly receiverUrl?: string | undefined;
  /** Gets codes only. */
  readonly onVerdict?: ((code: string) => void) | undefined;
}

/** Draws a tester, and returns a function that ends it. */
export function mountTester(root: HTMLElement, opening: TesterOpening, setting: TesterSetting): () => void {
  const language = languageOf(opening.lang);
  const say: Say = speaking(language);
  let isOver = false;
  const onVerdict = (code: string): void => {
    if (!isOver) {
      setting.onVerdict?.(code);
    }
  };
  const wanted = opening.views?.split(/\s+/).filter(isView) ?? [];
  const names = wanted.length > 0 ? VIEWS.filter((name) => wanted.includes(name)) : VIEWS;
  const named = opening["header-name"]?.toLowerCase();
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
      setting.receiver,
    ),
    subscription: new SubscriptionView(say, language, onVerdict),
    code: new CodeView(inputs, say, language, headerName, setting.receiverUrl ?? "https://example.org/webhook"),
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

  if (!inputs.setSample(opening.sample ?? "") && opening.payload !== undefined) {
    inputs.payload.setText(opening.payload);
  }
  if (setting.demoSecret !== undefined) {
    inputs.secrets.set(setting.demoSecret);
  }
  if (opening.token !== undefined) {
    verify.token = opening.token;
  }
  root.replaceChildren(tester);
  bar.show(isView(opening.view) && names.includes(opening.view) ? opening.view : shown);
  return () => {
    isOver = true;
    verify.dispose();
  };
}

const isView = (name: string | undefined): name is View => VIEWS.includes(name as View);
