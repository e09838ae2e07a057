// The whole receiver is in the package: verify, then forward to the origin.
export { default } from "mia-webhooks/cloudflare";
