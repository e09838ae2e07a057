/** The tester: four views of one delivery, drawn into an element. */

import { TOKEN_HEADERS } from "mia-webhooks";
import type { TesterOpening } from "../pkg/src/element/attributes.js";
import { Announcer } from "./announcer.js";
import { utf8 } from "./bytes.js";
import { CodeView } from "./code/code-view.js";
import { el } from "./dom.js";
import { Inputs, caseOf, sampleOf } from "./fields/inputs.js";
import type { Receiver, ReceiverPanelOptions } from "./local/receiver-panel.js";
import { SignView } from "./sign/sign-view.js";
import { SubscriptionView } from "./subscription/subscription-view.js";
import { tabs } from "./tabs.js";
import { type Say, languageOf, speaking } from "./texts/texts.js";
import { VerifyView } from "./verify/verify-view.js";

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
  // As newer Consoles name it.
  const headerName = TOKEN_HEADERS.find((name) => name.toLowerCase() === named) ?? "X-Mia-Signature";
  const url = setting.receiverUrl ?? "https://example.org/webhook";
  let shown: View = names[0] ?? "verify";

  const announcer = new Announcer();
  const inputs = new Inputs(say, announcer, (isTyped) => check(isTyped));
  const verify = new VerifyView(inputs, say, language, announcer, onVerdict);
  const verifyToken = (token: string): void => {
    inputs.change({ token });
    bar.show("verify");
    bar.focus();
  };
  /** Why was it refused? What was sent is entered, and verified. */
  const explain: ReceiverPanelOptions["onExplain"] = ({ payload, token, secret }) => {
    inputs.change({ payload, secrets: [secret], token, source: [] });
    bar.show("verify");
    bar.focus();
  };
  const views = {
    verify,
    sign: new SignView(
      inputs,
      say,
      language,
      announcer,
      headerName,
      names.includes("verify") ? verifyToken : undefined,
      setting.receiver,
      names.includes("verify") ? explain : undefined,
      url,
    ),
    subscription: new SubscriptionView(say, language, announcer, onVerdict),
    code: new CodeView(inputs, say, language, headerName, url),
  };
  function check(isTyped = false): void {
    views[shown].check(isTyped);
  }

  const bar = tabs(
    say("views"),
    names.map((name) => ({ name, label: say(name), panel: views[name].element })),
    (name) => {
      shown = name as View;
      // What was said belongs to another view.
      announcer.forget();
      inputs.moveTo(views[shown].element, shown !== "verify");
      check();
    },
  );
  const tester = el("div", { class: "tester", lang: language }, bar.element, announcer.element);

  const { payload, token } = opening;
  const sample = sampleOf(opening.sample) ?? (payload === undefined ? undefined : { payload: utf8(payload) });
  inputs.open(
    setting.demoSecret === undefined ? undefined : { secrets: [setting.demoSecret] },
    caseOf(opening.case),
    sample,
    {
      token,
    },
  );
  root.replaceChildren(tester);
  bar.show(isView(opening.view) && names.includes(opening.view) ? opening.view : shown);
  return () => {
    isOver = true;
    verify.dispose();
  };
}

const isView = (name: string | undefined): name is View => VIEWS.includes(name as View);
