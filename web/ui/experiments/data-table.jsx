// Sortable table of an experiment. Pressing a column header cycles through ascending, descending and original order.
import { useState } from 'preact/hooks';

import { valueText } from '../../charts/format.js';

/** More rows would block the page. */
const mostRows = 1000;

/** @param {string | number} value */
const shownValue = (value) => (typeof value === 'number' ? valueText(value) : value);

/** @param {string | number} a @param {string | number} b */
function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** @param {{ title: string, columns: string[], rows: (string | number)[][] }} props */
export function DataTable({ title, columns, rows }) {
  const [order, setOrder] = useState({ column: -1, down: false });
  const { column, down } = order;
  const sorted = column < 0 ? rows : [...rows].sort((a, b) => (down ? -1 : 1) * compare(a[column], b[column]));
  const press = (/** @type {number} */ pressed) => {
    if (pressed !== column) setOrder({ column: pressed, down: false });
    else setOrder(down ? { column: -1, down: false } : { column, down: true });
  };
  return (
    <>
      <div class="scroll twin" tabIndex={0} role="group" aria-label={`${title}: table, scrolls`}>
        <table>
          <thead>
            <tr>
              {columns.map((name, i) => (
                <th key={name} scope="col" aria-sort={i === column ? (down ? 'descending' : 'ascending') : undefined}>
                  <button type="button" class="sort" onClick={() => press(i)}>
                    {name}
                    <span aria-hidden="true">{i === column ? (down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, mostRows).map((row, i) => (
              <tr key={i}>
                {row.map((value, c) =>
                  c === 0 ? (
                    <th key={c} scope="row">
                      {shownValue(value)}
                    </th>
                  ) : (
                    <td key={c}>{shownValue(value)}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > mostRows && (
        <p class="help">
          {mostRows} of {rows.length} rows. The CSV file has all of them.
        </p>
      )}
    </>
  );
}
