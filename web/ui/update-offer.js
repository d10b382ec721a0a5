// Offers a new version of the page in a small bar that does not interrupt.

/** @type {HTMLElement | undefined} */
let bar;

function createBar() {
  const created = document.createElement('aside');
  created.className = 'update-offer';
  created.setAttribute('aria-label', 'New version');
  document.body.append(created);
  return created;
}

/**
 * Shows the bar, once however often it is called. The last `accept` is used.
 * @param {() => void} accept loads the new version
 */
export function offerUpdate(accept) {
  bar ??= createBar();
  const text = document.createElement('p');
  text.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Reload';
  button.addEventListener('click', () => {
    button.disabled = true;
    accept();
  });
  bar.replaceChildren(text, button);
  // Screen readers announce a change of a status element, not its initial text.
  requestAnimationFrame(() => {
    text.textContent = 'A new version is here.';
  });
}
