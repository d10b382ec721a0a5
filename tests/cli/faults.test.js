// Error handling of `ska`: one line, an exit code, and nothing written.
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { beforeEach, describe, expect, it } from 'vitest';

import {
  contents,
  expectRefusal,
  expectSuccess,
  idxImages,
  idxLabels,
  limitedSka,
  ska,
  smallImages,
  smallLabels,
  smallRun,
  temporaryFolder,
  tree,
  writeData,
} from './command.js';

const usage = 2;
const failure = 1;
const onLinux = it.skipIf(process.platform !== 'linux');

const folder = temporaryFolder();
/** @type {string[]} the options that name the small data set */
let data = [];
beforeEach(() => {
  data = writeData(folder.path);
});

/**
 * Expects an error and an unchanged folder.
 * @param {string[]} args
 * @param {number} code
 * @param {string | RegExp} message
 */
function refused(args, code, message) {
  const before = tree(folder.path);
  expectRefusal(ska(folder.path, args), code, message);
  expect(tree(folder.path)).toEqual(before);
}

describe('the command line', () => {
  const seeHelp = 'see `ska --help`.';
  const notASubcommand = `is not a subcommand; there are run, sweep and experiment; ${seeHelp}`;
  const notAnOption = 'is not an option of ska run; see `ska run --help`.';
  it.each([
    [
      '',
      'A subcommand is needed: `ska run` trains a network, `ska sweep` many, and `ska experiment` repeats an ' +
        `experiment; ${seeHelp}`,
    ],
    ['train', `"train" ${notASubcommand}`],
    ['help', `"help" ${notASubcommand}`],
    ['--steps 3', `"--steps" ${notASubcommand}`],
    ['--quiet run', `"--quiet" is out of place; ${seeHelp}`],
    ['run run', 'run is given 2 times; once is enough.'],
    ['run sweep', 'run and sweep are two subcommands; only one of them may be given.'],
    ['--quiet experiment', `"--quiet" is out of place; ${seeHelp}`],
    ['sweep', 'ska sweep needs the file that says which runs: `ska sweep SPEC.json --out RUNS.jsonl`.'],
    ['sweep none.json', 'ska sweep needs --out, the file that takes the runs.'],
    ['sweep none.json --out small-images --threads 2', /^"--threads" is not an option of ska sweep; /],
    ['sweep a.json b.json --out c', /^"b\.json" is not an option of ska sweep; /],
    ['sweep none.json --out c --workers 65', '--workers must be a whole number from 1 to 64; "65" was given.'],
    ['sweep --out --quiet', '--out needs a value; "--quiet" looks like an option.'],
    ['sweep small-images --out ./small-images', '--out must be another file than the sweep, small-images.'],
    ['run -- x', `"x" is out of place; ${seeHelp}`],
    ['run --rate 3', `"--rate" ${notAnOption}`],
    ['run --step 3', `"--step" ${notAnOption}`],
    ['run --rate=3', `"--rate=3" ${notAnOption}`],
    ['run -q', `"-q" ${notAnOption}`],
    ['run images', `"images" ${notAnOption}`],
    ['run --quiet yes', `"yes" ${notAnOption}`],
    ['run --quiet=yes', '--quiet takes no value.'],
    ['run --no-shift-term=false', '--no-shift-term takes no value.'],
    ['run --steps', '--steps needs a value.'],
    ['run --steps=', '--steps needs a value.'],
    ['run --out= --quiet', '--out needs a value.'],
    ['run --out --quiet', '--out needs a value; "--quiet" looks like an option.'],
    ['run --lr --tau 1', '--lr needs a value; "--tau" looks like an option.'],
    ['run --steps 3 --steps 4', '--steps is given 2 times; once is enough.'],
    ['run --images x', '--images needs --labels: images and labels are given together.'],
    ['run --labels x', '--labels needs --images: images and labels are given together.'],
    ['run --lr 0.1 --tau 1', '--lr and --tau exclude each other; only one of them may be given.'],
    [
      'run --data mnist-paper --images x --labels y',
      '--data and --images exclude each other; only one of them may be given.',
    ],
    ['run --data-seed 1', '--data-seed needs --sampling shuffle: samples in file order have no seed.'],
    [
      'run --data cifar',
      '--data must be mnist-paper or mnist or mnist-test or fashion-mnist or fashion-mnist-test; "cifar" was given.',
    ],
    ['run --sampling last', '--sampling must be first or shuffle; "last" was given.'],
    ['run --sampling First', '--sampling must be first or shuffle; "First" was given.'],
    ['run --layer-input next', '--layer-input must be previous or current; "next" was given.'],
    ['run --layer-input', '--layer-input needs a value.'],
    ['run --gradient 23', '--gradient must be 22 or 31; "23" was given.'],
    ['run --gradient (31)', '--gradient must be 22 or 31; "(31)" was given.'],
    ['run --gradient 22 --gradient 31', '--gradient is given 2 times; once is enough.'],
    ['run --format xml', '--format must be csv or json; "xml" was given.'],
  ])('ska %s', (line, message) => refused(line ? line.split(' ') : [], usage, message));
});

describe('the value of an option', () => {
  const wholeTo = (/** @type {number} */ least, /** @type {number} */ most) =>
    `a whole number from ${least} to ${most}`;
  const classes = 'different whole numbers from 0 to 255 separated by commas, such as 0,1,7';
  const layers = 'layer sizes separated by commas, such as 256,128,64,10';
  const positive = 'a finite number above 0, such as 0.01';
  /** @type {[option: string, allowed: string, values: string[]][]} */
  const table = [
    [
      '--steps',
      wholeTo(1, 10000),
      ['', '0', '-1', '+5', 'abc', '1e3', '5.0', '0x10', '10001', ' 5', '5 ', '1,2', '99999999999999999999'],
    ],
    ['--lr', positive, ['', 'nan', 'inf', '-inf', '0', '-0', '-1', 'abc', '1e400', '1e-400', '0,1', '0x1p-3', '1 ']],
    ['--tau', positive, ['', 'nan', 'infinity', '0', '-0.5', '1e400', '½']],
    ['--seed', wholeTo(0, 4294967295), ['', '-1', '4294967296', '1.5', 'x', '18446744073709551616']],
    ['--data-seed', wholeTo(0, 4294967295), ['', '-1', '4294967296', 'x']],
    ['--per-class', 'a whole number of at least 1', ['', '0', '-1', '1.5', 'x', '99999999999999999999']],
    ['--layers', layers, ['', 'a', '1,,2', ',1', '1,', '1;2', '1, 2', '1.5', '[1,2]', '99999999999999999999']],
    ['--classes', classes, ['', 'x', '0,', '0,0', '256', '-1', '1.5', '4294967296', '0-9']],
    ['--threads', wholeTo(1, 64), ['', '0', '-1', '65', '1.5', 'all', '2,3']],
    ['--out', 'the name of a folder', ['']],
  ];
  it.each(table.flatMap(([option, allowed, values]) => values.map((value) => [option, value, allowed])))(
    '%s "%s"',
    (option, value, allowed) => {
      refused(['run', option, value, '--quiet'], usage, `${option} must be ${allowed}; "${value}" was given.`);
    },
  );

  it('--images "" and --labels "" do not mean the default data', () => {
    const message = '--images must be the name of an IDX file of images; "" was given.';
    refused(['run', '--images', '', '--labels', ''], usage, message);
  });

  it.each([
    ['0', 'Layer 1 has 0 neurons; a layer has 1 to 4096.'],
    ['8,-3', 'Layer 2 has -3 neurons; a layer has 1 to 4096.'],
    ['4097', 'Layer 1 has 4097 neurons; a layer has 1 to 4096.'],
    ['0,1,9999', 'Layer 1 has 0 neurons; a layer has 1 to 4096. Layer 3 has 9999 neurons; a layer has 1 to 4096.'],
    [Array(17).fill(1).join(), 'A network has 1 to 16 layers; 17 were given.'],
  ])('--layers %s', (layers, message) => refused(['run', '--layers', layers, ...data], usage, message));

  it('--tau so small that no learning rate is left', () => {
    refused(['run', '--tau', '5e-324'], usage, 'The learning rate must be a finite number above 0; 0 was given.');
  });
});

describe('the samples asked for', () => {
  const here = 'which hold the classes 2, 7, 200.';
  it.each([
    ['--classes 77', `Class 77 does not occur in the labels, ${here}`],
    ['--classes 7,0,1', `Class 0 does not occur in the labels, ${here}`],
    ['--per-class 2', 'Class 200 has 1 samples; 2 per class were asked for.'],
    ['--per-class 9223372036854775807', 'Class 2 has 2 samples; 9223372036854775807 per class were asked for.'],
    ['--classes 7 --per-class 4', 'Class 7 has 3 samples; 4 per class were asked for.'],
    ['--classes 7 --per-class 4 --sampling shuffle', 'Class 7 has 3 samples; 4 per class were asked for.'],
  ])('%s', (options, message) => {
    refused([...smallRun, ...data, ...options.split(' '), '--out', 'o'], failure, message);
  });
});

describe('an IDX file', () => {
  const images = smallImages([0, 1, 2, 3, 4, 5]);
  const labels = idxLabels(smallLabels);
  const packed = gzipSync(images);
  const none = new Uint8Array();
  const damaged = Buffer.from(packed);
  damaged[damaged.length - 6] ^= 0xff; // in the checksum
  const needed = 'an IDX image file (0x00000803) is needed here.';
  const huge = 0xffffffff;

  /** @type {[what: string, images: Uint8Array, message: string][]} */
  const imageFaults = [
    ['empty', none, 'is truncated: 0 bytes are too few for an IDX file.'],
    ['of 3 bytes', images.subarray(0, 3), 'is truncated: 3 bytes are too few for an IDX file.'],
    ['cut in its header', images.subarray(0, 15), 'is truncated: its header has 16 bytes, the file only 15.'],
    ['without pixels', images.subarray(0, 16), 'is truncated: its header announces 54 bytes, and 0 follow.'],
    ['one byte short', images.subarray(0, -1), 'is truncated: its header announces 54 bytes, and 53 follow.'],
    [
      'one byte long',
      Buffer.concat([images, Buffer.of(0)]),
      'is too long: its header announces 54 bytes, and more follow.',
    ],
    ['of no samples', idxImages(0, 3, 3, none), 'holds no data.'],
    ['of no columns', idxImages(6, 3, 0, none), 'holds no data.'],
    [
      'that announces more than memory',
      idxImages(100_000, 100, 10, images.subarray(16)),
      'is truncated: its header announces 100000000 bytes, and 54 follow.',
    ],
    [
      'that announces more than any integer',
      idxImages(huge, huge, huge, images.subarray(16)),
      `announces ${huge} images; at most 10000000 are read.`,
    ],
    ['that holds labels', labels, `is an IDX label file (it begins with 0x00000801); ${needed}`],
    [
      'of floats',
      idxImages(6, 3, 3, images.subarray(16), 0xd03),
      `is no IDX file of images or labels (it begins with 0x00000D03); ${needed}`,
    ],
    [
      'that is a picture',
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      `is no IDX file of images or labels (it begins with 0x89504E47); ${needed}`,
    ],
    ['packed, of 2 bytes', packed.subarray(0, 2), 'is truncated: its gzip data end too early.'],
    ['packed and cut', packed.subarray(0, packed.length / 2), 'is truncated: its gzip data end too early.'],
    ['packed and cut at the end', packed.subarray(0, -1), 'is truncated: its gzip data end too early.'],
    ['packed and damaged', damaged, 'is damaged: its gzip data cannot be unpacked.'],
    [
      'packed and followed by something else',
      Buffer.concat([packed, Buffer.from('more')]),
      'is damaged: its gzip data cannot be unpacked.',
    ],
    [
      'packed twice',
      gzipSync(packed),
      `is no IDX file of images or labels (it begins with 0x${packed.subarray(0, 4).toString('hex').toUpperCase()}); ${needed}`,
    ],
    [
      'packed, of the wrong length',
      gzipSync(images.subarray(0, -1)),
      'is truncated: its header announces 54 bytes, and 53 follow.',
    ],
  ];
  it.each(imageFaults)('of images, %s', (_, bytes, message) => {
    const bad = writeData(folder.path, { name: 'bad', images: bytes });
    refused([...smallRun, ...bad, '--out', 'o'], failure, `bad-images ${message}`);
  });

  /** @type {[what: string, labels: Uint8Array, message: string][]} */
  const labelFaults = [
    ['empty', none, 'bad-labels is truncated: 0 bytes are too few for an IDX file.'],
    ['one byte short', labels.subarray(0, -1), 'bad-labels is truncated: its header announces 6 bytes, and 5 follow.'],
    ['without labels', idxLabels([]), 'bad-labels holds no data.'],
    [
      'that holds images',
      images,
      'bad-labels is an IDX image file (it begins with 0x00000803); an IDX label file (0x00000801) is needed here.',
    ],
    [
      'of another count',
      idxLabels([1, 2, 3]),
      'Images and labels disagree: bad-images holds 6 images and bad-labels holds 3 labels.',
    ],
  ];
  it.each(labelFaults)('of labels, %s', (_, bytes, message) => {
    const bad = writeData(folder.path, { name: 'bad', labels: bytes });
    refused([...smallRun, ...bad, '--out', 'o'], failure, message);
  });

  it('with more pixels than a sample may have', () => {
    const wide = { images: idxImages(1, 1001, 1000, Buffer.alloc(1_001_000)), labels: idxLabels([1]) };
    const args = [...smallRun, ...writeData(folder.path, { name: 'wide', ...wide }), '--out', 'o'];
    refused(args, failure, 'wide-images announces images of 1001000 pixels; an image has 1 to 1000000.');
  });

  it('that is missing', () => {
    const rest = 'cannot be read: No such file or directory.';
    refused([...smallRun, '--images', 'none', '--labels', 'small-labels'], failure, `none ${rest}`);
    refused([...smallRun, '--images', 'small-images', '--labels', 'no/ne'], failure, `no/ne ${rest}`);
  });

  it('whose name has two lines', () => {
    const message = 'a\\nb cannot be read: No such file or directory.';
    refused([...smallRun, '--images', 'a\nb', '--labels', 'small-labels'], failure, message);
  });

  it('whose name is too long', () => {
    const name = 'n'.repeat(300);
    refused([...smallRun, '--images', name, '--labels', name], failure, `${name} cannot be read: File name too long.`);
  });

  it('that is a folder', () => {
    const message = '. cannot be read: it is a folder.';
    refused([...smallRun, '--images', '.', '--labels', 'small-labels'], failure, message);
  });

  onLinux('that never ends', () => {
    const message = '/dev/zero cannot be read: it is not a regular file.';
    refused([...smallRun, '--images', '/dev/zero', '--labels', 'small-labels'], failure, message);
  });

  it('packed so that it unpacks to more than is read', () => {
    // 1.1 GiB of one-pixel images, as many gzip members of 64 MiB each.
    const member = gzipSync(Buffer.alloc(1 << 26));
    const bomb = (/** @type {Buffer} */ header) =>
      Buffer.concat([gzipSync(header), ...Array.from({ length: 17 }, () => member)]);
    /** @type {[images: Buffer, message: string][]} */
    const cases = [
      [bomb(idxImages(2 ** 30, 1, 1, Buffer.alloc(0))), 'announces 1073741824 images; at most 10000000 are read.'],
      [bomb(idxImages(2000, 1000, 1000, Buffer.alloc(0))), 'announces 2000000000 bytes; at most 1073741824 are read.'],
      [bomb(idxImages(20, 1, 1, Buffer.alloc(0))), 'is too long: its header announces 20 bytes, and more follow.'],
    ];
    for (const [images, message] of cases) {
      const args = [...smallRun, ...writeData(folder.path, { name: 'bomb', images })];
      // It is rejected before decompression, in less memory than its content would need.
      expectRefusal(limitedSka(folder.path, 'ulimit -v 500000', args), failure, `bomb-images ${message}`);
    }
  });
});

describe('the result', () => {
  it('--out names a file', () => {
    writeFileSync(join(folder.path, 'file'), '');
    const reason = 'cannot be made: Not a directory.';
    refused([...smallRun, ...data, '--out', 'file'], failure, `The folder file ${reason}`);
    refused([...smallRun, ...data, '--out', 'file', '--force'], failure, `The folder file ${reason}`);
    refused([...smallRun, ...data, '--out', 'file/below/it'], failure, `The folder file/below/it ${reason}`);
  });

  it('--out is too long a name', () => {
    const name = 'n'.repeat(300);
    refused([...smallRun, ...data, '--out', name], failure, `The folder ${name} cannot be made: File name too long.`);
  });

  onLinux('--out is where nobody can write', () => {
    const args = [...smallRun, ...data, '--out', '/proc/ska'];
    refused(args, failure, 'The folder /proc/ska cannot be made: No such file or directory.');
  });

  it('a folder has the name of a file, with and without --force', () => {
    mkdirSync(join(folder.path, 'o/run.json'), { recursive: true });
    refused([...smallRun, ...data, '--out', 'o'], failure, /^o\/run\.json exists already; /);
    const message = 'o/run.json cannot be overwritten: it is a folder.';
    refused([...smallRun, ...data, '--out', 'o', '--force'], failure, message);
  });

  it('is refused before the data are read', () => {
    mkdirSync(join(folder.path, 'o'));
    writeFileSync(join(folder.path, 'o/run.json'), '');
    refused(['run', '--images', 'none', '--labels', 'none', '--out', 'o'], failure, /^o\/run\.json exists already; /);
  });
});

describe('a full disk', () => {
  // The first file larger than 512 bytes (1024 in some shells) exceeds the limit.
  const many = ['run', '--layers', '5,3', '--steps', '60', '--quiet', '--out', 'deep/o'];
  const message = 'deep/o/frobenius_history.csv cannot be written: File too large.';

  it.each(['ulimit -f 1', "trap '' XFSZ; ulimit -f 1"])('leaves nothing behind (%s)', (limits) => {
    const before = tree(folder.path);
    expectRefusal(limitedSka(folder.path, limits, [...many, ...data]), failure, message);
    expect(tree(folder.path)).toEqual(before);
  });

  it('leaves the former result as it is', () => {
    expectSuccess(ska(folder.path, [...many, ...data]));
    const before = contents(folder.path);
    const again = [...many, ...data, '--seed', '7', '--force'];
    expectRefusal(limitedSka(folder.path, 'ulimit -f 1', again), failure, message);
    expect(contents(folder.path)).toEqual(before);
  });

  const cannotPrint = 'The output cannot be printed: the disk is full or the reader is gone.';
  it.skipIf(!existsSync('/dev/full')).each([
    ['a run', [...smallRun, '--out', 'o'], true],
    ['a run of one step', ['run', '--steps', '1'], true],
    ['the help', ['run', '--help'], false],
    ['the version', ['--version'], false],
  ])('is noticed when %s is printed to it', (_, args, needsData) => {
    const stdout = openSync('/dev/full', 'w');
    try {
      const before = tree(folder.path);
      expectRefusal(ska(folder.path, needsData ? [...args, ...data] : args, { stdout }), failure, cannotPrint);
      expect(tree(folder.path)).toEqual(before);
    } finally {
      closeSync(stdout);
    }
  });
});

describe('a run', () => {
  const smaller = 'A smaller learning rate keeps the numbers finite.';

  it('whose numbers stop being finite names step and layer, and writes no result', () => {
    const before = tree(folder.path);
    const args = ['run', '--layers', '5,3', '--steps', '20', '--lr', '1e38', ...data];
    const message = new RegExp(
      `^The run stopped at step \\d+, layer [12]: \\S.* is no longer a finite number\\. ${smaller}$`,
    );
    const outcome = ska(folder.path, [...args, '--out', 'a/b']);
    const [, failed] = /stopped at step (\d+)/.exec(outcome.stderr) ?? [];
    // The earlier steps were valid, and are reported.
    expect(outcome.stdout.trimEnd().split('\n').filter(Boolean)).toHaveLength(Number(failed) - 1);
    expectRefusal(ska(folder.path, [...args, '--quiet', '--out', 'a/b']), failure, message);
    expect(tree(folder.path)).toEqual(before);
  });

  it('whose weights overflow at once says so', () => {
    refused(
      [...smallRun, ...data, '--lr', '1e300'],
      failure,
      `The run stopped at step 1, layer 1: ‖W‖ is no longer a finite number. ${smaller}`,
    );
  });

  onLinux('that does not fit in memory says how much it needs', () => {
    const pixels = { images: idxImages(2000, 1, 1, Buffer.alloc(2000, 1)), labels: idxLabels(Array(2000).fill(1)) };
    const args = [
      'run',
      '--layers',
      '4096,4096',
      ...writeData(folder.path, { name: 'large', ...pixels }),
      '--out',
      'o',
    ];
    const before = tree(folder.path);
    const message =
      'This run does not fit in memory: 2000 samples through these layers need about 300 MB. ' +
      'Fewer samples or smaller layers need less.';
    expectRefusal(limitedSka(folder.path, 'ulimit -v 200000', args), failure, message);
    expect(tree(folder.path)).toEqual(before);
  });
});
