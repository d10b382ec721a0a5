// Input for a control of an experiment: a select if it has choices, else a field.

import { isEnter } from '../keyboard.js';

/** @typedef {import('../../state/experimenting.js').Experimenting} Experimenting */

/** Values longer than this get a field of double width. */
const longText = 24;

/** @param {{ experimenting: Experimenting, name: string, control: import('../../experiments/controls.js').Control<any> }} props */
export function ControlField({ experimenting, name, control }) {
  const { label, help, options, fallback, write } = control;
  const id = `control-${name}`;
  const text = experimenting.texts.value.get(name) ?? write(fallback);
  const fault = experimenting.read.value.complaints.find(({ field }) => field === name);
  const common = { id, 'aria-describedby': `${id}-help ${id}-error`, 'aria-invalid': fault !== undefined };
  return (
    <div class={write(fallback).length > longText ? 'field long' : 'field'}>
      <label for={id}>{label}</label>
      {options ? (
        <select
          {...common}
          value={text}
          onChange={({ currentTarget }) => experimenting.change(name, currentTarget.value)}
        >
          {Object.entries(options).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => experimenting.change(name, currentTarget.value)}
          onKeyDown={(event) => {
            if (isEnter(event)) experimenting.run();
          }}
        />
      )}
      <p class="help" id={`${id}-help`}>
        {help}
      </p>
      <p class="error" id={`${id}-error`} aria-live="polite">
        {fault?.message}
      </p>
    </div>
  );
}
