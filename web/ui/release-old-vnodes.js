// Releases renderings that were replaced. Preact (11.2, issues 3953 and 4909) keeps them: where a component has nothing new to
// render, its old and its new vnode share one list of children, and these point to the new vnode. An element that is still in
// some parent's `props.children` is of the first rendering, and so every rendering since hangs on it.
import { options } from 'preact';

/**
 * A vnode, under the names that Preact's build gives its fields.
 * @typedef {{ __k: unknown[] | null }} VNode `__k`: its children, once rendered
 * @typedef {{ diffed?: (vnode: VNode) => void, __c?: (root: VNode, queue: unknown[]) => void }} Hooks `__c`: after a rendering
 */

/** The vnode that a list of children was first of. @type {WeakMap<unknown[], WeakRef<VNode>>} */
const owners = new WeakMap();
/** Vnodes whose list belongs to the vnode that they replaced. @type {VNode[]} */
let sharing = [];

export function releaseOldVNodes() {
  const hooks = /** @type {Hooks} */ (options);
  const { diffed, __c: committed } = hooks;
  hooks.diffed = (vnode) => {
    const children = vnode.__k;
    if (children) {
      const owner = owners.get(children);
      if (owner && owner.deref() !== vnode) sharing.push(vnode);
      else if (!owner) owners.set(children, new WeakRef(vnode));
    }
    diffed?.(vnode);
  };
  hooks.__c = (root, queue) => {
    for (const vnode of sharing) {
      const shared = vnode.__k ?? [];
      vnode.__k = [...shared];
      shared.length = 0; // the replaced vnode holds nothing any more
    }
    sharing = [];
    committed?.(root, queue);
  };
}
