// Which engine computes on this page, and why that one?

/** @typedef {import('../engine/protocol.js').About} About */

const bits = 'the same bits in every browser, in Node and on the command line';
const fewBits = 'the last bits may differ from other machines’';

/**
 * @param {About} about
 * @returns {{ title: string, detail: string }}
 */
export function engineText({ kernels, exact, threads, why }) {
  const title = `${exact ? 'Exact' : 'Fast'} engine · ${threads} thread${threads === 1 ? '' : 's'}`;
  const reason = why ? ` One thread, because ${why}.` : '';
  return { title, detail: `${kernels}: ${exact ? bits : fewBits}.${reason}` };
}

export function createEngineChip() {
  const title = /** @type {HTMLElement} */ (document.getElementById('engine-title'));
  const detail = /** @type {HTMLElement} */ (document.getElementById('engine-detail'));
  /** @type {About | null} */
  let shown = null;
  return {
    /** @param {About | null} about null where there is no engine */
    show(about) {
      if (about === shown) return;
      shown = about;
      const text = about ? engineText(about) : { title: '', detail: '' };
      ({ title: title.textContent, detail: detail.textContent } = text);
    },
  };
}
