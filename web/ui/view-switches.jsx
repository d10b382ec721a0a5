// Switches for how the charts look.

/** @typedef {import('../state/lab.js').Lab} Lab */

/**
 * @param {{ name: string, label: string, value: string, options: Record<string, string>, choose: (value: any) => void }} props
 */
function Choice({ name, label, value, options, choose }) {
  return (
    <fieldset class="choice-row">
      <legend>{label}</legend>
      {Object.entries(options).map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={name} value={option} checked={option === value} onChange={() => choose(option)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Open by default on wide screens. */
const isWide = matchMedia('(min-width: 821px)').matches;

/** @param {{ lab: Lab }} props */
export function ViewSwitches({ lab }) {
  const view = lab.view.value;
  const compares = lab.overlaid.value.length > 0;
  return (
    <details class="switches" open={isWide}>
      <summary>How the charts are drawn</summary>
      <div class="choices">
        <Choice
          name="charts"
          label="Charts"
          value={view.charts}
          options={{ papers: 'As in the papers', heatmap: 'Heatmaps', lines: 'Lines' }}
          choose={(charts) => lab.look({ charts })}
        />
        <Choice
          name="scale"
          label="Scale"
          value={view.scale}
          options={{ shared: 'Shared', layer: 'Per layer' }}
          choose={(scale) => lab.look({ scale })}
        />
        <Choice
          name="log"
          label="Values"
          value={view.log ? 'log' : 'linear'}
          options={{ linear: 'Linear', log: 'Log' }}
          choose={(log) => lab.look({ log: log === 'log' })}
        />
        <Choice
          name="axis"
          label="Axis"
          value={view.axis}
          options={{ step: 'Step k', time: 'Time t = ηk' }}
          choose={(axis) => lab.look({ axis })}
        />
        {compares && (
          <Choice
            name="compare"
            label="Other runs"
            value={view.compare}
            options={{ overlay: 'Laid over', difference: 'Difference' }}
            choose={(compare) => lab.look({ compare })}
          />
        )}
        {compares && view.compare === 'overlay' && view.charts !== 'lines' && (
          <p class="help">Other runs are laid over lines and paths; heatmaps show them as a difference.</p>
        )}
      </div>
    </details>
  );
}
