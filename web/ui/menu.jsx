// What is the menu in a corner? A few things to do, each a button; it closes when one is chosen.

/** @param {{ label: string, items: Record<string, () => void> }} props */
export const Menu = ({ label, items }) => (
  <details class="menu" name="chart-menu">
    <summary aria-label={label}>⋯</summary>
    <ul>
      {Object.entries(items).map(([text, act]) => (
        <li key={text}>
          <button
            type="button"
            onClick={({ currentTarget }) => {
              currentTarget.closest('details')?.removeAttribute('open');
              act();
            }}
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  </details>
);
