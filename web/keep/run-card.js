// How is a whole run kept in one file, and what does such a file say?
import * as v from 'valibot';

import { quantities, recordLength } from '../engine/record.js';
import { completeConfig } from '../state/config.js';
import { Recording } from '../state/recording.js';
import { checkedSettings } from '../state/settings.js';
import { shown } from '../state/shown.js';
import { contract as ownContract, isKnownContract } from './contract.js';
import { exactText, stepRecords } from './records.js';

/**
 * @typedef {import('../state/settings.js').Settings} Settings
 * @typedef {import('../engine/protocol.js').About} About
 * @typedef {import('../engine/protocol.js').Config} Config
 * @typedef {import('../engine/protocol.js').Fault} Fault
 * @typedef {import('../engine/record.js').StepRecord} StepRecord
 */

/**
 * What a run card says, beside the records.
 * @typedef {object} RunCard
 * @property {Settings} settings `fast` says whether the last bits may differ from other machines'
 * @property {number} samples N
 * @property {string} digest of the samples, 32 hexadecimal digits
 * @property {{ digest: string, name?: string } | null} start the weights it began with, where they were given; null: those of
 *   the seed
 * @property {{ kernels: string, exact: boolean, threads: number }} computed
 * @property {string | null} fingerprint of a finished exact run
 * @property {string} contract that the fingerprint was computed under: ./contract.js
 * @property {string} name
 * @property {string} created when, as 2026-01-31T12:00:00.000Z
 */

const format = 'ska-run-card';
const version = 1;
const longestName = 120;
const mostCharacters = 64 * 2 ** 20;
const mostThreads = 1024;
/** Levels of lists and objects within each other, as the command allows. */
const mostLevels = 16;

/**
 * NaN, which is at step 0 where there is nothing to compare with, is null.
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
 * A run as a text that readRunCard reads.
 * @param {object} run
 * @param {Settings} run.settings what the run was asked for
 * @param {Recording} run.recording with any number of steps
 * @param {Pick<About, 'kernels' | 'exact' | 'threads'>} run.about the engine that computed it
 * @param {string} run.digest of the samples, 32 hexadecimal digits
 * @param {string} run.name cut after 120 characters
 * @param {string} run.created when, as 2026-01-31T12:00:00.000Z
 * @param {{ digest: string, name?: string } | null} run.start the weights it began with; null: those of the seed
 * @param {string} [run.contract] that its fingerprint was computed under
 * @param {string | null} [run.fingerprint] where the recording does not have it, because its contract is another
 * @returns {string} JSON
 * @throws {Error} where it would be longer than readRunCard reads, or has numbers that are not finite
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
  if (2 * numbers > mostCharacters) throw new Error(tooLong); // a digit and a comma each: told before memory runs out
  const text = withRecords(head, recordsJson(stepRecords(recording), layers.length));
  if (text.length > mostCharacters) throw new Error(tooLong);
  return text;
}

/** The text with U+FFFD in place of lone surrogates, which no UTF-8 file can hold. @param {string} text */
const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** A name as a run can have it: of whole characters, and not too long. @param {string} name */
export const shortenedName = (name) => wellFormed([...name.slice(0, 2 * longestName)].slice(0, longestName).join(''));

/** @param {string} _ @param {unknown} value */
const onlyWellFormed = (_, value) => (typeof value === 'string' ? wellFormed(value) : value);

/** @param {object} head @param {string} records */
const withRecords = (head, records) =>
  `${JSON.stringify(head, onlyWellFormed, 2).slice(0, -2)},\n  "records": ${records}\n}\n`;

export const hexDigits = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** @param {string} text */
export const isShortName = (text) => text.length <= 2 * longestName && [...text].length <= longestName;

/** @param {string} text */
export const isTime = (text) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));

/** Of a text that has lone surrogates the command reads the same. */
const text = v.pipe(v.string(), v.transform(wellFormed));

/** All but the settings and the records. */
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

/** What is allowed where. @type {Record<string, string>} */
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

/** What two fields, each allowed, must not say together. @param {Head} head @param {Settings} settings @param {number} steps */
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
 * What keeps a list from being a row of so many numbers, in a sentence; null where nothing does.
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
 * The same of a list of rows; only the first row that is wrong is told.
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
 *   Record<import('../engine/record.js').Quantity, (number | null)[][]>} Records
 */

/**
 * The recording that such records were made of. The time it took to compute is not among them.
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
 * What a JSON value has that the command refuses as well: numbers that are not finite, such as 1e999, and too many levels.
 * @param {unknown} value
 * @returns {string | null} a sentence
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
 * Reads a run card.
 * @param {string} text any text at all
 * @returns {{ card: RunCard, recording: Recording, faults: [] } | { card: null, recording: null, faults: Fault[] }}
 *   the recording has the values of the one that was written, to the last bit, and no computing time; where there
 *   are faults there is neither card nor recording
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
