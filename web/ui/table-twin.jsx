// The values of a chart as a table, to read and copy.
import { numberText } from '../charts/format.js';

/** More rows would block the page. */
const mostRows = 1000;

/** @param {{ lab: import('../state/lab.js').Lab, kind: import('../charts/kind.js').Kind }} props */
export function TableTwin({ lab, kind }) {
  const scene = lab.scene.value;
  const { head, rows } = kind.table(scene);
  const step = lab.cursor.value === null ? null : lab.step.value;
  return (
    <div class="scroll twin" tabIndex={0} role="group" aria-label={`${kind.title(scene)}: table`}>
      <table>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map(([first, ...values]) => (
            <tr key={first} class={first === step ? 'here' : undefined}>
              <th scope="row">{first}</th>
              {values.map((value, i) => (
                <td key={i} translate={false}>
                  {typeof value === 'number' ? numberText(value) : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && (
        <p class="help">
          The first {mostRows} of {rows.length} steps. The CSV files have all of them.
        </p>
      )}
    </div>
  );
}
