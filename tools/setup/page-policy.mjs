// Relaxes the content security policy on the dev server, which injects style sheets to hot-reload them.

/** @returns {import('vite').Plugin} */
export function policyForDevelopment() {
  return {
    name: 'policy-for-development',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
  };
}
