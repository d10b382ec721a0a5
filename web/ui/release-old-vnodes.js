// Releases replaced vnodes, which Preact keeps alive (11.2, issues 3953 and 4909). If a component has nothing new to
// render, its old and new vnode share one list of children, and these point to the new vnode. An element still in some
// parent's `props.children` belongs to the first rendering, so it keeps every later rendering alive.
import { options } from 'preact';

/**
 * A vnode, under the names that Preact's build gives its fields.
 * @typedef {{ __k: unknown[] | null }} VNode `__k`: children, after rendering
 * @typedef {{ diffed?: (vnode: VNode) => void, __c?: (root: VNode, queue: unknown[]) => void }} Hooks `__c`: called
 *   after a rendering
 */

/** The first vnode that owned a list of children. @type {WeakMap<unknown[], WeakRef<VNode>>} */
const owners = new WeakMap();
/** Vnodes that share their list with the vnode they replaced. @type {VNode[]} */
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
      shared.length = 0; // the replaced vnode no longer holds anything
    }
    sharing = [];
    committed?.(root, queue);
  };
}
