// Menu button in a corner. The menu closes when an item is chosen.

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
