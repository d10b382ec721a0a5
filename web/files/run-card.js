// Writes and reads run cards: JSON files that hold a whole run.
import * as v from 'valibot';

import { quantities, recordLength } from '../model/record.js';
import { completeConfig } from '../model/config.js';
import { Recording } from '../model/recording.js';
import { checkedSettings } from '../model/settings.js';
import { shown } from '../model/shown.js';
import { contract as ownContract, isKnownContract } from '../model/contract.js';
import { hexDigits, isShortName, isTime, longestName, shortenedName, wellFormed } from '../model/kept-run.js';
import { exactText, stepRecords } from './records.js';

/**
 * @typedef {import('../model/settings.js').Settings} Settings
 * @typedef {import('../model/types.js').About} About
 * @typedef {import('../model/types.js').Config} Config
 * @typedef {import('../model/types.js').Fault} Fault
 * @typedef {import('../model/record.js').StepRecord} StepRecord
 */

/**
 * The content of a run card without its records.
 * @typedef {object} RunCard
 * @property {Settings} settings `fast`: whether the last bits may differ between machines
 * @property {number} samples N
 * @property {string} digest of the samples, 32 hexadecimal digits
 * @property {{ digest: string, name?: string } | null} start the initial weights, if they were given; null: from the
 *   seed
 * @property {{ kernels: string, exact: boolean, threads: number }} computed
 * @property {string | null} fingerprint of a finished exact run
 * @property {string} contract of the fingerprint: see ./contract.js
 * @property {string} name
 * @property {string} created ISO date, as 2026-01-31T12:00:00.000Z
 */

const format = 'ska-run-card';
const version = 1;
const mostCharacters = 64 * 2 ** 20;
const mostThreads = 1024;
/** Maximum nesting of lists and objects, the same as in the command. */
const mostLevels = 16;

/**
 * NaN is written as null. It occurs at step 0, which has no previous step.
 * @param {number} value
 */
const jsonNumber = (value) => {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) throw new Error('This run has numbers that are not finite, which no run card can hold.');
  return exactText(value);
};
/** @param {number | null} value */
const fromJson = (value) => value ?? NaN;

/** @param {ArrayLike<number>} values */
const jsonRow = (values) => `[${Array.from(values, jsonNumber).join(',')}]`;

/** @param {string[]} rows */
const jsonRows = (rows) => (rows.length > 0 ? `[\n      ${rows.join(',\n      ')}\n    ]` : '[]');

/** @param {StepRecord[]} steps @param {number} layers */
function recordsJson(steps, layers) {
  const entries = [
    `"steps": ${steps.length}`,
    `"total_entropy": ${jsonRow(steps.map(({ totalEntropy }) => totalEntropy))}`,
    ...quantities.map((quantity) => {
      const rows = Array.from({ length: layers }, (_, l) => jsonRow(steps.map((step) => step.of(quantity)[l])));
      return `"${quantity}": ${jsonRows(rows)}`;
    }),
    `"outputs": ${jsonRows(steps.map(({ outputs }) => jsonRow(outputs)))}`,
  ];
  return `{\n    ${entries.join(',\n    ')}\n  }`;
}

/**
 * Writes a run as text for readRunCard.
 * @param {object} run
 * @param {Settings} run.settings the requested settings
 * @param {Recording} run.recording with any number of steps
 * @param {Pick<About, 'kernels' | 'exact' | 'threads'>} run.about the engine that computed it
 * @param {string} run.digest of the samples, 32 hexadecimal digits
 * @param {string} run.name truncated to 120 characters
 * @param {string} run.created ISO date, as 2026-01-31T12:00:00.000Z
 * @param {{ digest: string, name?: string } | null} run.start the initial weights; null: from the seed
 * @param {string} [run.contract] of its fingerprint
 * @param {string | null} [run.fingerprint] required if the recording lacks it because its contract is another
 * @returns {string} JSON
 * @throws {Error} if the text would exceed what readRunCard accepts, or if numbers are not finite
 */
export function runCard(run) {
  const { recording, about, digest, name, created, start, contract = ownContract } = run;
  const { data } = run.settings;
  const { layers } = recording.config;
  const { set, per_class, classes, data_seed } = data;
  const numbers = recording.steps * recordLength(layers.length, layers[layers.length - 1]);
  const head = {
    format,
    version,
    contract,
    config: completeConfig(recording.config),
    data: { set, per_class, classes, data_seed, samples: per_class * classes.length, digest },
    start,
    computed: { kernels: about.kernels, exact: about.exact, threads: about.threads },
    fingerprint: run.fingerprint ?? recording.fingerprint,
    name: shortenedName(name),
    created,
  };
  const tooLong = `This run has ${numbers} numbers, too many for a run card, which has at most ${mostCharacters} characters.`;
  if (2 * numbers > mostCharacters) throw new Error(tooLong); // at least 2 characters each: fail before memory runs out
  const text = withRecords(head, recordsJson(stepRecords(recording), layers.length));
  if (text.length > mostCharacters) throw new Error(tooLong);
  return text;
}

/** @param {string} _ @param {unknown} value */
const onlyWellFormed = (_, value) => (typeof value === 'string' ? wellFormed(value) : value);

/** @param {object} head @param {string} records */
const withRecords = (head, records) =>
  `${JSON.stringify(head, onlyWellFormed, 2).slice(0, -2)},\n  "records": ${records}\n}\n`;

/** The command also replaces lone surrogates. */
const text = v.pipe(v.string(), v.transform(wellFormed));

/** Everything except the settings and the records. */
const headSchema = v.object({
  data: v.object({
    samples: v.pipe(v.number(), v.integer(), v.minValue(1)),
    digest: hexDigits,
  }),
  start: v.nullable(v.object({ digest: hexDigits, name: v.optional(text) })),
  computed: v.object({
    kernels: text,
    exact: v.boolean(),
    threads: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostThreads)),
  }),
  fingerprint: v.nullable(hexDigits),
  contract: v.optional(v.pipe(text, v.check(isShortName)), ownContract),
  name: v.pipe(text, v.check(isShortName)),
  created: v.pipe(v.string(), v.check(isTime)),
});

/** @typedef {v.InferOutput<typeof headSchema>} Head */

const hexWords = '32 hexadecimal digits in small letters';

/** What each field allows, for messages. @type {Record<string, string>} */
const headWords = {
  data: 'an object',
  'data.samples': 'a whole number above 0',
  'data.digest': hexWords,
  start: 'null or an object',
  'start.digest': hexWords,
  'start.name': 'a text',
  computed: 'an object',
  'computed.kernels': 'a text',
  'computed.exact': 'true or false',
  'computed.threads': `a whole number from 1 to ${mostThreads}`,
  fingerprint: `null or ${hexWords}`,
  contract: `a text of at most ${longestName} characters`,
  name: `a text of at most ${longestName} characters`,
  created: 'a time such as 2026-01-31T12:00:00.000Z',
};

/** @param {v.InferIssue<typeof headSchema>} issue @returns {Fault} */
function headFault(issue) {
  const field = String(v.getDotPath(issue));
  return { field, message: `The card’s “${field}” must be ${headWords[field]}; ${shown(issue.input)} was given.` };
}

/**
 * Faults of fields that are valid alone but contradict each other.
 * @param {Head} head
 * @param {Settings} settings
 * @param {number} steps
 */
function contradictions({ data, computed, fingerprint }, settings, steps) {
  /** @type {Fault[]} */
  const faults = [];
  const { per_class, classes } = settings.data;
  if (data.samples !== per_class * classes.length) {
    const message = `The card has ${data.samples} samples; ${per_class} of each of ${classes.length} classes make ${per_class * classes.length}.`;
    faults.push({ field: 'data.samples', message });
  }
  if (fingerprint !== null && !computed.exact) {
    faults.push({
      field: 'fingerprint',
      message: 'The card has a fingerprint, which only an exactly computed run has.',
    });
  }
  if (fingerprint !== null && steps < settings.config.steps) {
    const message = `The card has a fingerprint, which only a finished run has, and records of ${steps} steps of ${settings.config.steps}.`;
    faults.push({ field: 'fingerprint', message });
  }
  return faults;
}

/** @param {unknown} value */
const isNumber = (value) => value === null || typeof value === 'number';

/**
 * Checks a list of `length` numbers. Returns a message, or null if it is valid.
 * @param {string} name
 * @param {unknown} row
 * @param {number} length
 */
function rowFault(name, row, length) {
  const wanted = `The card’s “${name}” must be a list of ${length} numbers`;
  if (!Array.isArray(row)) return `${wanted}; ${shown(row)} was given.`;
  if (row.length !== length) return `${wanted}; it has ${row.length}.`;
  const wrong = row.findIndex((value) => !isNumber(value));
  return wrong === -1 ? null : `${wanted}; its entry ${wrong} is ${shown(row[wrong])}.`;
}

/**
 * Checks a list of such rows. Reports only the first invalid row.
 * @param {string} name
 * @param {unknown} rows
 * @param {number} count
 * @param {number} length
 */
function rowsFault(name, rows, count, length) {
  const wanted = `The card’s “${name}” must be ${count} lists of ${length} numbers`;
  if (!Array.isArray(rows)) return `${wanted}; ${shown(rows)} was given.`;
  if (rows.length !== count) return `${wanted}; it has ${rows.length}.`;
  for (const [i, row] of rows.entries()) {
    const fault = rowFault(`${name}[${i}]`, row, length);
    if (fault) return fault;
  }
  return null;
}

/**
 * @param {Record<string, unknown>} records
 * @param {Config} config
 * @returns {Fault[]}
 */
function recordsFaults(records, config) {
  const { steps } = records;
  if (!v.is(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(config.steps)), steps)) {
    const message = `The card’s “records.steps” must be a whole number from 0 to ${config.steps}; ${shown(steps)} was given.`;
    return [{ field: 'records.steps', message }];
  }
  const layers = config.layers.length;
  const outputs = config.layers[layers - 1];
  /** @param {string} field @param {string | null} message @returns {Fault[]} */
  const faultOf = (field, message) => (message === null ? [] : [{ field, message }]);
  return [
    ...faultOf('records.total_entropy', rowFault('records.total_entropy', records.total_entropy, steps)),
    ...quantities.flatMap((quantity) => {
      const field = `records.${quantity}`;
      return faultOf(field, rowsFault(field, records[quantity], layers, steps));
    }),
    ...faultOf('records.outputs', rowsFault('records.outputs', records.outputs, steps, outputs)),
  ];
}

/**
 * @typedef {{ steps: number, total_entropy: (number | null)[], outputs: (number | null)[][] } &
 *   Record<import('../model/record.js').Quantity, (number | null)[][]>} Records
 */

/**
 * Rebuilds the recording from its records. The compute time is unknown and set to 0.
 * @param {Records} records
 * @param {Settings} settings
 * @param {Head} head
 */
function rebuilt(records, { config, data }, { computed, fingerprint, contract }) {
  const recording = new Recording(config, !computed.exact, data);
  for (let k = 0; k < records.steps; ++k) {
    const layered = quantities.flatMap((quantity) => records[quantity].map((layer) => layer[k]));
    recording.append(
      Float64Array.of(k, ...[records.total_entropy[k], ...layered, ...records.outputs[k]].map(fromJson)),
      0,
    );
  }
  recording.fingerprint = isKnownContract(contract) ? fingerprint : null;
  return recording;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {string} text */
function parsed(text) {
  try {
    return /** @type {unknown} */ (JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Checks a JSON value for what the command also rejects: non-finite numbers such as 1e999, and too deep nesting.
 * @param {unknown} value
 * @returns {string | null} a message; null if there is no fault
 */
function valueFault(value) {
  let level = [value];
  for (let depth = 0; level.length > 0; ++depth) {
    if (depth > mostLevels) return `The card is nested deeper than the ${mostLevels} levels allowed.`;
    if (level.some((each) => typeof each === 'number' && !Number.isFinite(each))) {
      return 'One of the card’s numbers is beyond what a finite number can be.';
    }
    /** @type {unknown[]} */
    const inner = [];
    for (const each of level) {
      if (typeof each === 'object' && each !== null) for (const entry of Object.values(each)) inner.push(entry);
    }
    level = inner;
  }
  return null;
}

/** @param {Fault[]} faults @returns {{ card: null, recording: null, faults: Fault[] }} */
const refused = (...faults) => ({ card: null, recording: null, faults });

/**
 * Parses and validates a run card.
 * @param {string} text arbitrary text
 * @returns {{ card: RunCard, recording: Recording, faults: [] } | { card: null, recording: null, faults: Fault[] }} the
 *   recording has the same values as the one that was written, to the last bit, and no compute time; if there are
 *   faults, card and recording are null
 */
export function readRunCard(text) {
  if (text.length > mostCharacters) {
    return refused({
      field: 'card',
      message: `The text has ${text.length} characters; a run card has at most ${mostCharacters}.`,
    });
  }
  const card = parsed(text);
  if (!isObject(card))
    return refused({ field: 'card', message: 'The text is not the JSON object that a run card is.' });
  const fault = valueFault(card);
  if (fault) return refused({ field: 'card', message: fault });
  if (card.format !== format) {
    return refused({
      field: 'format',
      message: `A run card’s format is “${format}”; ${shown(card.format)} was given.`,
    });
  }
  if (card.version !== version) {
    return refused({
      field: 'version',
      message: `Run cards of version ${version} are read; ${shown(card.version)} was given.`,
    });
  }

  const head = v.safeParse(headSchema, card);
  const fast = head.success && !head.output.computed.exact;
  const { settings, complaints } = checkedSettings({ config: card.config, data: card.data, fast });
  if (!head.success || complaints.length > 0) return refused(...complaints, ...(head.issues ?? []).map(headFault));

  if (!isObject(card.records)) {
    return refused({
      field: 'records',
      message: `The card’s “records” must be an object; ${shown(card.records)} was given.`,
    });
  }
  const sizeFaults = recordsFaults(card.records, settings.config);
  if (sizeFaults.length > 0) return refused(...sizeFaults);

  const records = /** @type {Records} */ (card.records);
  const faults = contradictions(head.output, settings, records.steps);
  if (faults.length > 0) return refused(...faults);

  const { data, start, computed, fingerprint, contract, name, created } = head.output;
  return {
    card: {
      settings,
      samples: data.samples,
      digest: data.digest,
      start,
      computed,
      fingerprint,
      contract,
      name,
      created,
    },
    recording: rebuilt(records, settings, head.output),
    faults: [],
  };
}
