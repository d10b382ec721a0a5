// Keeps the page alive under a translator. Chrome's replaces every text node by an element of its own; Preact would go on
// writing into nodes that are no longer in the document. So its nodes are put back before it renders, and what it has not
// changed is given its translation again right after, before anything is painted.
import { options } from 'preact';

/** What is a formula, code or a key is the same in every language. */
const untranslated = new Set(['code', 'i', 'kbd', 'math', 'var']);

/** A text of Preact's, what stands in its place, and what the text was. @typedef {{ text: Text, by: Element, said: string }} Replaced */

/**
 * The replacements among changes that Preact did not make.
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
 * From now on, and before anything is rendered.
 * @param {Element} root that Preact renders into
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
      // A translation that holds the text itself would have to be made anew.
      if (text.isConnected && text.data === said && by.textContent) text.replaceWith(by);
      else replaced.delete(text);
    }
    observer.takeRecords(); // these changes are Preact's and our own
  }

  options.debounceRendering = (render) => queueMicrotask(() => rendered(render));
  const before = options.vnode;
  options.vnode = (vnode) => {
    const { type, props } = vnode;
    if (typeof type === 'string' && untranslated.has(type)) /** @type {any} */ (props).translate ??= false;
    before?.(vnode);
  };
}
