// Writes a table as CSV (RFC 4180). Numbers read back exactly.
import { exactText } from './records.js';

/** @param {string | number} value */
function field(value) {
  if (typeof value === 'number') return exactText(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** @param {{ columns: string[], rows: (string | number)[][] }} table */
export const csvOf = ({ columns, rows }) => [columns, ...rows].map((row) => `${row.map(field).join()}\n`).join('');
