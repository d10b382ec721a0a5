// Form with the settings of a run: each field with its range, unit and a line of help.
import { useEffect, useRef, useState } from 'preact/hooks';

import { classTitle, filesFor, setNames, sets } from '../model/sets.js';
import { configSettings, settingEntries, variantNames } from '../model/config.js';
import { ranges } from '../model/settings.js';
import { isEnter } from './keyboard.js';
import { pending } from './words.js';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../state/form.js').Fields} Fields
 */

/** Further messages under one field are only counted. */
const mostMessages = 2;
const presets = [
  { name: 'The papers’ network', layers: '256, 128, 64, 10' },
  { name: 'One layer', layers: '10' },
  { name: 'Small', layers: '64, 32, 10' },
  { name: 'Deep', layers: '256, 192, 128, 96, 64, 48, 32, 10' },
  { name: 'Wide', layers: '512, 512, 10' },
];

/** @param {{ lab: Lab, field: string }} props */
function Faults({ lab, field }) {
  const own = lab.form.faults.value.filter((fault) => fault.field === field).map(({ message }) => message);
  const more = own.length > mostMessages ? [`There are ${own.length - mostMessages} more such faults.`] : [];
  return (
    <p class="error" id={`${field}-error`} aria-live="polite">
      {[...own.slice(0, mostMessages), ...more].join(' ')}
    </p>
  );
}

/**
 * @param {{ lab: Lab, field: 'layers' | 'steps' | 'learning_rate' | 'seed' | 'per_class' | 'data_seed',
 *   label: import('preact').ComponentChildren, help: import('preact').ComponentChildren, mode?: 'numeric' | 'decimal' | 'text',
 *   children?: import('preact').ComponentChildren }} props
 */
function TextField({ lab, field, label, help, mode = 'numeric', children }) {
  const { form, session } = lab;
  return (
    <div class="field" data-field={field}>
      <label for={field}>{label}</label>
      <input
        id={field}
        inputMode={mode}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${field}-help ${field}-error`}
        aria-invalid={form.faults.value.some((fault) => fault.field === field)}
        value={form.fields.value[field]}
        onInput={({ currentTarget }) => form.change({ [field]: currentTarget.value })}
        onKeyDown={(event) => {
          if (!isEnter(event)) return;
          event.preventDefault();
          if (!session.isBusy) lab.run();
        }}
      />
      {children}
      <p class="help" id={`${field}-help`}>
        {help}
      </p>
      <Faults lab={lab} field={field} />
    </div>
  );
}

/** List of the layers. Each can be resized or removed. @param {{ lab: Lab }} props */
function LayerList({ lab }) {
  const { form } = lab;
  /** Text in a layer's field that is not a valid number of neurons. */
  const [draft, setDraft] = useState(/** @type {{ layer: number, text: string } | null} */ (null));
  useEffect(() => setDraft(null), [form.fields.value.layers]);
  const sizes = form.fields.value.layers.split(/[\s,;–-]+/).filter(Boolean);
  if (sizes.length > ranges.layers.greatest || sizes.some((size) => !/^\d{1,9}$/.test(size))) return null;
  const set = (/** @type {string[]} */ layers) => {
    setDraft(null);
    form.change({ layers: layers.join(', ') });
  };
  const resize = (/** @type {number} */ layer, /** @type {string} */ text) => {
    if (/^\d{1,9}$/.test(text)) return set(sizes.map((each, l) => (l === layer ? text : each)));
    setDraft({ layer, text });
    form.refuse('layers', `Layer ${layer + 1} needs its neurons, a whole number from 1 to ${ranges.neurons.greatest}.`);
  };
  const widest = Math.max(...sizes.map(Number), 1);
  return (
    <div class="layer-list">
      <ol aria-label="Layers, one by one">
        {sizes.map((size, i) => (
          <li key={i}>
            <span class="bar" style={{ inlineSize: `${Math.max(4, 100 * Math.sqrt(Number(size) / widest))}%` }} />
            <input
              type="number"
              min="1"
              max="4096"
              value={draft?.layer === i ? draft.text : size}
              aria-invalid={draft?.layer === i}
              aria-describedby="layers-error"
              aria-label={`Neurons of layer ${i + 1}`}
              onInput={({ currentTarget }) => resize(i, currentTarget.value)}
            />
            <button
              type="button"
              class="icon"
              aria-label={`Remove layer ${i + 1}`}
              disabled={sizes.length === 1}
              onClick={() => set(sizes.filter((_, l) => l !== i))}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
      <div class="row">
        <button
          type="button"
          class="small"
          disabled={sizes.length >= ranges.layers.greatest}
          onClick={() => set([...sizes, sizes.at(-1) ?? '10'])}
        >
          Add a layer
        </button>
        <label class="unseen" for="preset">
          Presets of layers
        </label>
        <select
          id="preset"
          value=""
          onChange={({ currentTarget }) => {
            if (currentTarget.value) form.change({ layers: currentTarget.value });
            currentTarget.value = '';
          }}
        >
          <option value="">Presets…</option>
          {presets.map(({ name, layers }) => (
            <option key={layers} value={layers}>
              {name}: {layers}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

/** η, K and τ. @param {{ lab: Lab }} props */
function TimeFields({ lab }) {
  const { form } = lab;
  const tau = form.tau.value;
  const tauText = form.tauText.value ?? (tau === null ? '' : String(Number(tau.toPrecision(6))));
  return (
    <>
      <div class="pair">
        <TextField
          lab={lab}
          field="steps"
          label={
            <>
              Steps <var>K</var>
            </>
          }
          help="Looks at the whole batch, 1 to 10000."
        />
        <TextField
          lab={lab}
          field="learning_rate"
          mode="decimal"
          label={
            <>
              Learning rate <var>η</var>
            </>
          }
          help="Above 0. Time per step."
        />
      </div>
      <div class="field tau" data-field="tau">
        <label for="tau">
          Characteristic time <var>τ</var> = <var>η</var>·<var>K</var>
        </label>
        <div class="row">
          <input
            id="tau"
            inputMode="decimal"
            autocomplete="off"
            aria-describedby="tau-help tau-error"
            aria-invalid={form.tauText.value !== null}
            value={tauText}
            onChange={({ currentTarget }) => form.changeTau(currentTarget.value)}
            onKeyDown={(event) => {
              if (!isEnter(event)) return;
              if (event.currentTarget.value !== tauText) form.changeTau(event.currentTarget.value);
              if (!lab.session.isBusy) lab.run();
            }}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={form.keepsTau.value}
              onChange={({ currentTarget }) => (form.keepsTau.value = currentTarget.checked)}
            />
            <span>
              keep when <var>K</var> changes
            </span>
          </label>
        </div>
        <p class="help" id="tau-help">
          Typing here sets η = τ/K. With the same τ, curves turn at nearly the same t = η·k.
        </p>
        <Faults lab={lab} field="tau" />
      </div>
    </>
  );
}

/** Which data set is fetched, and the order of the samples. @param {import('../state/form.js').Fields} fields */
function orderWords({ set, shuffled, per_class, data_seed }) {
  const asked = { set, per_class: Number(per_class), data_seed: shuffled ? Number(data_seed) : null };
  const { megabytes } = sets[set];
  const fetched = filesFor(asked).isWhole ? ` The whole set is fetched once, about ${megabytes}.` : '';
  if (shuffled) return `Shuffled by the data seed, class by class.${fetched}`;
  const papers = set === 'mnist' && asked.per_class === 100 ? ': of all ten digits the papers’ subset' : '';
  return `Now the first of each class in the set’s order${papers}.${fetched}`;
}

/** @param {{ lab: Lab }} props */
function SetField({ lab }) {
  const { form } = lab;
  const { set } = form.fields.value;
  return (
    <div class="field" data-field="set">
      <label for="set">Data set</label>
      <select
        id="set"
        aria-describedby="set-help"
        value={set}
        onChange={({ currentTarget: { value } }) =>
          form.change({ set: /** @type {import('../model/sets.js').SetName} */ (value) })
        }
      >
        {setNames.map((name) => (
          <option key={name} value={name}>
            {sets[name].title}
          </option>
        ))}
      </select>
      <p class="help" id="set-help">
        28 × 28 pixels in ten classes. The papers look at MNIST’s training digits.
      </p>
    </div>
  );
}

/** @param {{ lab: Lab }} props */
function DataFields({ lab }) {
  const { form } = lab;
  const { set, classes, shuffled } = form.fields.value;
  const { perClass, count, classes: names } = sets[set];
  const [wasOpen] = useState(set !== 'mnist' || shuffled || classes.length < 10); // initial only
  const toggle = (/** @type {number} */ digit) =>
    form.change({
      classes: classes.includes(digit) ? classes.filter((each) => each !== digit) : [...classes, digit].sort(),
    });
  return (
    <details class="more" open={wasOpen}>
      <summary>Samples</summary>
      <SetField lab={lab} />
      <fieldset class="field" data-field="classes">
        <legend>{set.startsWith('mnist') ? 'Digits' : 'Classes'}</legend>
        <div class="digits-choice">
          {Array.from({ length: 10 }, (_, digit) => (
            <label key={digit} title={names[digit]}>
              <input
                type="checkbox"
                aria-label={classTitle(set, digit)}
                checked={classes.includes(digit)}
                onChange={() => toggle(digit)}
              />
              <span>{digit}</span>
            </label>
          ))}
        </div>
        <p class="help">
          {names[0] !== '0' && `${names.map((_, digit) => classTitle(set, digit)).join(', ')}. `}
          Which of the ten the network looks at. It never sees which is which.
        </p>
        <Faults lab={lab} field="classes" />
      </fieldset>
      <div class="pair">
        <TextField lab={lab} field="per_class" label="Per class" help={`1 to ${perClass}.`} />
        {shuffled && <TextField lab={lab} field="data_seed" label="Data seed" help="As in NumPy’s RandomState." />}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={shuffled}
          onChange={({ currentTarget }) => form.change({ shuffled: currentTarget.checked })}
        />
        Draw them from all {count.toLocaleString('en').replace(',', ' ')}{' '}
        {set.startsWith('mnist') ? 'digits' : 'images'}
      </label>
      <p class="help">{orderWords(form.fields.value)}</p>
    </details>
  );
}

const switchEntries = settingEntries.filter(([, setting]) => setting.switch);

/** The text with `_x_` as a variable. @param {string} text */
const withVariables = (text) => text.split('_').map((part, i) => (i % 2 === 1 ? <var key={i}>{part}</var> : part));

/** The checkbox of a setting that has a `switch` in the table. @param {{ lab: Lab, name: import('../model/config.js').SettingName }} props */
function SwitchField({ lab, name }) {
  const { form } = lab;
  const { on, off, label, help } = /** @type {NonNullable<import('../model/config.js').ConfigSetting['switch']>} */ (
    /** @type {import('../model/config.js').ConfigSetting} */ (configSettings[name]).switch
  );
  const helpId = `${name.replaceAll('_', '-')}-help`;
  return (
    <div class="field choice" data-field={name}>
      <label>
        <input
          type="checkbox"
          id={name}
          autocomplete="off"
          aria-describedby={helpId}
          checked={/** @type {any} */ (form.fields.value)[name] === on}
          onChange={({ currentTarget }) => form.change({ [name]: currentTarget.checked ? on : off })}
        />
        <span>{withVariables(label)}</span>
      </label>
      <p class="help" id={helpId}>
        {withVariables(help)}
      </p>
      <Faults lab={lab} field={name} />
    </div>
  );
}

/** Variants of the papers' update rule. @param {{ lab: Lab }} props */
function VariantFields({ lab }) {
  const { form } = lab;
  const on = variantNames(form.fields.value);
  const [wasOpen] = useState(on.length > 0); // initial only
  return (
    <details class="more" open={wasOpen}>
      <summary>{on.length > 0 ? `Variants: ${on.join(', ')}` : 'Variants'}</summary>
      {switchEntries
        .filter(([, { isVariant }]) => isVariant)
        .map(([name]) => (
          <SwitchField key={name} lab={lab} name={name} />
        ))}
    </details>
  );
}

/** @param {{ lab: Lab, canBeFast: boolean, children?: import('preact').ComponentChildren }} props */
export function SettingsForm({ lab, canBeFast, children }) {
  const { form, session } = lab;
  const element = useRef(/** @type {HTMLFormElement | null} */ (null));
  lab.changes.value; // the texts depend on the session
  useEffect(() => {
    form.focusFault = () => {
      const [fault] = form.faults.value;
      const field = fault && element.current?.querySelector(`[data-field="${fault.field}"]`);
      field?.closest('details')?.setAttribute('open', '');
      /** @type {HTMLElement | null | undefined} */ (field?.querySelector('input'))?.focus();
    };
  }, [form]);
  const { fast, seed } = form.fields.value;
  const shownSeed = String(session.recording.config.seed);
  return (
    <form
      id="controls"
      class="controls"
      aria-label="Settings of the run"
      noValidate
      ref={element}
      onSubmit={(event) => {
        event.preventDefault();
        lab.run();
      }}
    >
      <TextField
        lab={lab}
        field="layers"
        mode="text"
        label="Layers"
        help="Neurons of each layer: 1 to 16 layers of 1 to 4096."
      >
        <LayerList lab={lab} />
      </TextField>
      <TimeFields lab={lab} />
      <TextField
        lab={lab}
        field="seed"
        label="Weight seed"
        help="0 to 4294967295. The same seed gives the same run, and PyTorch's weights."
      >
        <div class="row">
          <button
            type="button"
            class="small"
            disabled={seed === shownSeed}
            onClick={() => form.change({ seed: shownSeed })}
          >
            Same seed
          </button>
          <button
            type="button"
            class="small"
            onClick={() => form.change({ seed: String(crypto.getRandomValues(new Uint32Array(1))[0] % 100_000) })}
          >
            New seed
          </button>
        </div>
      </TextField>
      {lab.start.value && (
        <p class="note" role="status">
          Runs begin with the weights of {lab.start.value.name}, whatever the seed.{' '}
          <button type="button" class="quiet" onClick={() => (lab.start.value = null)}>
            Use the seed’s
          </button>
        </p>
      )}
      <DataFields lab={lab} />
      {switchEntries
        .filter(([, { isVariant }]) => !isVariant)
        .map(([name]) => (
          <SwitchField key={name} lab={lab} name={name} />
        ))}
      <VariantFields lab={lab} />
      <div class="field choice">
        <label>
          <input
            type="checkbox"
            id="fast"
            autocomplete="off"
            aria-describedby="fast-help"
            disabled={!canBeFast}
            checked={fast}
            onChange={({ currentTarget }) => form.change({ fast: currentTarget.checked })}
          />
          Fast engine
        </label>
        <p class="help" id="fast-help">
          {canBeFast
            ? 'Fuses multiplications with additions. The last bits may then differ between machines, so such a run has no fingerprint.'
            : 'Not here: this browser lacks relaxed WebAssembly SIMD, which the fast engine needs.'}
        </p>
      </div>
      <button type="button" class="quiet" id="papers-settings" onClick={() => lab.fillDefaults()}>
        The papers’ settings
      </button>
      <p class="pending" id="pending" role="status">
        {pending(session, lab.request.value)}
      </p>
      {children}
    </form>
  );
}
