// @ts-check
export { verify as check } from "mia-webhooks";
