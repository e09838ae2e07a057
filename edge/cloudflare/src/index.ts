// The whole receiver is in the package: verify, keep replays out, then forward.
export { ReplayStoreObject, default } from "mia-webhooks/cloudflare";
