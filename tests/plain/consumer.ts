// A strict TypeScript application that uses the declarations of plain
// wasm-bindgen, correctly and incorrectly. It is only compiled.
import {
  type Certificate,
  type Code,
  type Issue,
  type IssueCode,
  type Subscription,
  type SubscriptionReport,
  type ValidateOptions,
  type WebhookError,
  sign,
  validateSubscription,
  verify,
} from "mia_webhooks";

/** Whether a type is `any`, which would accept everything. */
type IsAny<T> = 0 extends 1 & T ? true : false;
const noneIsAny: false = null as never as
  | IsAny<Parameters<typeof sign>[0]>
  | IsAny<Parameters<typeof sign>[1]>
  | IsAny<ReturnType<typeof sign>>
  | IsAny<Parameters<typeof verify>[0]>
  | IsAny<Parameters<typeof verify>[1]>
  | IsAny<Parameters<typeof verify>[2]>
  | IsAny<Parameters<typeof validateSubscription>[1]>
  | IsAny<ReturnType<typeof validateSubscription>>
  | IsAny<Subscription["proxy"]>
  | IsAny<Issue["code"]>;

const token: string = sign("payload", new Uint8Array(32));
const bytes: boolean = verify(new DataView(new ArrayBuffer(8)), token, "secret");
verify(new ArrayBuffer(8), undefined, ["new", new Uint8Array(32)]);
verify("payload", null, { current: "new", previous: "old" });
const options: ValidateOptions = { now: new Date(), strict: true };
const report: SubscriptionReport = validateSubscription({ anything: 1 }, options);
validateSubscription("{}");
validateSubscription("{}", undefined);

const codes: IssueCode[] = report.issues.map((issue: Issue) => issue.code);
const certificates: readonly Certificate[] | undefined = report.authority?.certificates;
const company: string | undefined = report.subscription?.tenantId;
const kind: "instance" | "company" | "project" | undefined = report.coverage?.kind;
const why = (error: WebhookError): [Code, number, string] => [error.code, error.status, error.hint];

// @ts-expect-error a parsed object is no payload
sign({ eventName: "tag_created" }, "secret");
// @ts-expect-error several secrets cannot sign
sign("payload", ["new", "old"]);
// @ts-expect-error a number is no token
verify("payload", 1, "secret");
// @ts-expect-error a number is no secret
verify("payload", token, 1);
// @ts-expect-error there are no secrets
verify("payload", token);
// @ts-expect-error a time is no text
validateSubscription("{}", { now: "2026-01-01" });
// @ts-expect-error no rule has this name
const unknown: IssueCode = "no_such_rule";
// @ts-expect-error no code has this name
const none: Code = "no_such_code";

export { bytes, certificates, codes, company, kind, noneIsAny, none, unknown, why };
