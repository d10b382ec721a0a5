// Selects the view from the address: the lab or the experiments.
import { signal } from '@preact/signals';

import { repairedText } from '../link/link-text.js';

/** @typedef {{ view: 'lab' } | { view: 'experiments', hash: string }} Route */

/**
 * Whether an address belongs to the experiments: `#experiments`, or a list of fields that includes `experiments`.
 * @param {string} hash
 */
export function isOfExperiments(hash) {
  const meant = repairedText(hash);
  return meant === '#experiments' || /[#&]experiment=/.test(meant);
}

/** @param {string} hash @returns {Route} */
const routeOf = (hash) => (isOfExperiments(hash) ? { view: 'experiments', hash } : { view: 'lab' });

export const route = signal(routeOf(globalThis.location?.hash ?? ''));

/** Updates the route when the user navigates back, forward, or by a link on the page. */
export function followRoute() {
  const follow = () => {
    const { hash } = location;
    const now = route.peek();
    if (now.view !== routeOf(hash).view || (now.view === 'experiments' && now.hash !== hash))
      route.value = routeOf(hash);
  };
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
}
