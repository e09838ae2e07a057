// @ts-check

/** @type {import("@docusaurus/types").Config} */
export default {
  title: "Webhooks, documented",
  url: "https://docs.example.org",
  baseUrl: "/",
  onBrokenLinks: "throw",
  onBrokenAnchors: "throw",
  // Not the classic preset: a site of two pages needs neither its blog nor its search.
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  themes: [["@docusaurus/theme-classic", { customCss: "./src/tester.css" }]],
  clientModules: ["./src/tester.js"],
  themeConfig: {
    colorMode: { respectPrefersColorScheme: true },
    navbar: { title: "Webhooks" },
    prism: { additionalLanguages: ["bash", "json"] },
  },
};
