// The whole receiver is in the package: verify, keep replays out, then forward.
export { ReplayGuard, default } from "mia-webhooks/cloudflare";
