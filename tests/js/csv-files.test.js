import { strFromU8, unzipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { quantities, recordLength } from '../../web/model/record.js';
import { csvFiles, csvZip } from '../../web/files/csv-files.js';
import { runJson } from '../../web/files/run-json.js';
import { Recording } from '../../web/model/recording.js';
import { defaultSettings } from '../../web/model/settings.js';
import { fileOf, goldenCsv, layerQuantities, parseCsv } from '../golden/golden.js';
import { anyRun } from './arbitraries.js';

const config = { layers: [2, 1], steps: 3, learning_rate: 0.1, seed: 1, shift_term: true };

/** Records whose numbers encode their origin: quantity q of layer l at step k is q + l/2 + k/4. */
function smallRecording() {
  const recording = new Recording(config);
  for (let k = 0; k < 3; ++k) {
    const layered = quantities.flatMap((_, q) => [0, 1].map((l) => (k === 0 && q > 0 ? NaN : q + l / 2 + k / 4)));
    recording.append(Float64Array.of(k, k === 0 ? NaN : -k, ...layered, 0.5 + k / 8), k);
  }
  return recording;
}

/** The default run's golden numbers as a recording. */
function goldenRecording() {
  const { config } = defaultSettings;
  const recording = new Recording(config);
  const outputs = goldenCsv('outputs').values;
  const golden = quantities.map((quantity) => goldenCsv(quantity).values);
  for (let k = 0; k < config.steps; ++k) {
    const layered = golden.flatMap((rows, q) => rows.map((row) => (q === 0 ? row[k] : k > 0 ? row[k - 1] : NaN)));
    recording.append(Float64Array.of(k, k > 0 ? 0 : NaN, ...layered, ...outputs[k]), 0);
  }
  return recording;
}

describe('the CSV files of a run', () => {
  it('have a row for each layer and a column for each record', () => {
    const files = new Map(csvFiles(smallRecording()).map(({ name, content }) => [name, content]));
    expect(files.get('frobenius_history.csv')).toBe(',K=1,K=2,K=3\nLayer 1,0,0.25,0.5\nLayer 2,0.5,0.75,1\n');
    expect(files.get('entropy_history.csv')).toBe(',K=1,K=2\nLayer 1,1.25,1.5\nLayer 2,1.75,2\n');
    expect(files.get('output_neuron_activation.csv')).toBe('Step,Neuron 0\n0,0.5\n1,0.625\n2,0.75\n');
    expect([...files.keys()]).toEqual([
      'frobenius_history.csv',
      'entropy_history.csv',
      'cosine_history.csv',
      'tensor_net_history.csv',
      'knowledge_flow_history.csv',
      'lagrangian_history.csv',
      'weight_frobenius_history.csv',
      'output_neuron_activation.csv',
    ]);
  });

  it('have heads and no records before the first step', () => {
    const files = csvFiles(new Recording(config));
    expect(files[0]).toEqual({ name: 'frobenius_history.csv', content: '\nLayer 1\nLayer 2\n' });
    expect(files[7].content).toBe('Step,Neuron 0\n');
  });

  it('say −0, infinities and NaN so that they read back', () => {
    const recording = new Recording({ ...config, layers: [1] });
    const numbers = [-0, Infinity, -Infinity, NaN, 5e-324, 1e21, -1.5];
    for (const [k, number] of numbers.entries()) {
      recording.append(new Float64Array(recordLength(1, 1)).fill(number).fill(k, 0, 1), 0);
    }
    expect(csvFiles(recording)[0].content.split('\n')[1]).toBe('Layer 1,-0,Infinity,-Infinity,NaN,5e-324,1e+21,-1.5');
  });

  it('are the golden files, to the last bit of every number', () => {
    const files = new Map(csvFiles(goldenRecording()).map(({ name, content }) => [name, parseCsv(content)]));
    for (const quantity of [...layerQuantities, /** @type {const} */ ('outputs')]) {
      expect(files.get(`${fileOf[quantity]}.csv`)).toEqual(goldenCsv(quantity));
    }
  });

  it('read back as what was recorded, whatever it was', () => {
    fc.assert(
      fc.property(anyRun, ({ recording }) => {
        const { values } = parseCsv(csvFiles(recording)[0].content);
        const layers = recording.config.layers.map((_, l) =>
          Array.from({ length: recording.steps }, (_, k) => recording.at(k).values[2 + l]),
        );
        expect(values).toEqual(layers);
      }),
    );
  });
});

describe('the zip of a run', () => {
  const about = { version: '0.1.0', kernels: 'WebAssembly SIMD', exact: true, threads: 2, why: '' };

  it('has the CSV files, and run.json where that is given', () => {
    const recording = smallRecording();
    const unpacked = unzipSync(csvZip(recording));
    expect(Object.entries(unpacked).map(([name, bytes]) => ({ name, content: strFromU8(bytes) }))).toEqual(
      csvFiles(recording),
    );
    const files = unzipSync(csvZip(recording, '{"τ": 1}\n'));
    expect(Object.keys(files)).toHaveLength(9);
    expect(strFromU8(files['run.json'])).toBe('{"τ": 1}\n');
  });

  it('is the same bytes for the same run', () => {
    expect(csvZip(smallRecording())).toEqual(csvZip(smallRecording()));
  });

  it('has a run.json in the command’s layout', () => {
    const recording = smallRecording();
    recording.fingerprint = '0123456789abcdef0123456789abcdef';
    /** @type {import('../../web/model/settings.js').DataSettings} */
    const data = { set: 'mnist', per_class: 7, classes: [1, 2], data_seed: 5 };
    const text = runJson({ settings: { config, data, fast: false }, recording, about });
    expect(text).toBe(`{
  "program": "ska",
  "version": "0.1.0",
  "contract": "exact-1",
  "config": {
    "layers": [
      2,
      1
    ],
    "steps": 3,
    "learning_rate": 0.1,
    "tau": ${0.1 * 3},
    "seed": 1,
    "shift_term": true,
    "layer_input": "previous",
    "gradient_equation": 22
  },
  "data": {
    "images": "mnist",
    "labels": "mnist",
    "sampling": "shuffle",
    "per_class": 7,
    "classes": [
      1,
      2
    ],
    "data_seed": 5,
    "samples": 14,
    "features": 784
  },
  "start": null,
  "fingerprint": "0123456789abcdef0123456789abcdef",
  "computed": {
    "kernels": "WebAssembly SIMD",
    "exact": true,
    "threads": 2
  }
}
`);
    const papers = JSON.parse(runJson({ settings: defaultSettings, recording, about }));
    expect(papers.data).toMatchObject({
      images: 'mnist-paper',
      sampling: 'first',
      classes: null,
      data_seed: null,
      samples: 1000,
    });
  });

  it('names the data set as the command does', () => {
    const recording = smallRecording();
    const imagesOf = (/** @type {Partial<import('../../web/model/settings.js').DataSettings>} */ change) => {
      const settings = { ...defaultSettings, data: { ...defaultSettings.data, ...change } };
      return JSON.parse(runJson({ settings, recording, about })).data.images;
    };
    expect(imagesOf({ per_class: 101 })).toBe('mnist');
    expect(imagesOf({ set: 'mnist-test' })).toBe('mnist-test');
    expect(imagesOf({ set: 'fashion-mnist' })).toBe('fashion-mnist');
    expect(imagesOf({ set: 'fashion-mnist-test', data_seed: 1 })).toBe('fashion-mnist-test');
  });
});
