// How is a person told of a new version? By a small bar that interrupts nothing.

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
 * Shows the bar, once however often it is called; the last `accept` counts.
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
  // What comes into a status is read aloud, not what it came with.
  requestAnimationFrame(() => {
    text.textContent = 'A new version is here.';
  });
}
