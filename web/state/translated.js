// Keeps Preact working on a page that a browser translates. Chrome's translator replaces every text node by an element;
// Preact would then update nodes that are no longer in the document. Therefore the original nodes are put back before
// each render. Afterwards, before the next paint, unchanged nodes get their translation again.
import { options } from 'preact';

/** Formulas, code and keys must not be translated. */
const untranslated = new Set(['code', 'i', 'kbd', 'math', 'var']);

/**
 * A text node of Preact, its replacement, and its text at that time.
 * @typedef {{ text: Text, by: Element, said: string }} Replaced
 */

/**
 * The replacements among the changes by others than Preact.
 * @param {MutationRecord[]} records
 * @returns {Replaced[]}
 */
function replacements(records) {
  /** @type {Set<Node>} */
  const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
  return records.flatMap(({ removedNodes, addedNodes, previousSibling, nextSibling }) => {
    const by = [...addedNodes, previousSibling, nextSibling].find((node) => node instanceof Element && added.has(node));
    if (!(by instanceof Element)) return [];
    return [...removedNodes].flatMap((text) => (text instanceof Text ? [{ text, by, said: text.data }] : []));
  });
}

/**
 * Starts to track the translator. Call it before the first render.
 * @param {Element} root the root of Preact's tree
 */
export function followTranslator(root) {
  /** @type {Map<Text, Replaced>} */
  const replaced = new Map();
  const observer = new MutationObserver(take);
  observer.observe(root, { childList: true, subtree: true });

  /** @param {MutationRecord[]} records */
  function take(records) {
    for (const each of replacements(records)) replaced.set(each.text, each);
  }

  /** @param {() => void} render */
  function rendered(render) {
    take(observer.takeRecords());
    for (const { text, by } of replaced.values()) if (by.isConnected) by.replaceWith(text);
    render();
    for (const { text, by, said } of replaced.values()) {
      // If the translator moved the text node itself into its element, putting it back has emptied the element: it must
      // translate again.
      if (text.isConnected && text.data === said && by.textContent) text.replaceWith(by);
      else replaced.delete(text);
    }
    observer.takeRecords(); // discards our own changes and Preact's
  }

  options.debounceRendering = (render) => queueMicrotask(() => rendered(render));
  const before = options.vnode;
  options.vnode = (vnode) => {
    const { type, props } = vnode;
    if (typeof type === 'string' && untranslated.has(type)) /** @type {any} */ (props).translate ??= false;
    before?.(vnode);
  };
}
