// What may the page do while it is developed that it may not otherwise? Have style sheets put in by the dev server, which
// replaces them as they change.

/** @returns {import('vite').Plugin} */
export function policyForDevelopment() {
  return {
    name: 'policy-for-development',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
  };
}
