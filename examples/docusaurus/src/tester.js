// @ts-check
/**
 * Loads the tester on the pages that show one; the others pay nothing for it.
 *
 * Docusaurus calls this in browsers only, after a page was rendered: the first one,
 * and each that a link leads to. Importing again what was imported costs nothing.
 * Until the tester is loaded, and if it cannot be, the page shows the content
 * between the tags.
 */
export function onRouteDidUpdate() {
  if (document.querySelector("mia-webhook-tester")) {
    import("mia-webhooks/element/define");
  }
}
