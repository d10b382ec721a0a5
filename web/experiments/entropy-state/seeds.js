// The control for additional weight seeds, whose runs are drawn over the others.
import { wholeNumbers } from '../controls.js';
import { ranges } from '../../model/settings.js';

const seeds = wholeNumbers({
  label: 'Also seeds',
  help: 'The same digits under these weight seeds too, drawn faintly. None, or such as 1,2,3.',
  fallback: [],
  range: ranges.seed,
  most: 10,
});

/** The control `also`. @type {import('../controls.js').Control<number[]>} */
export const alsoControl = {
  ...seeds,
  words: `“none”, or ${seeds.words}`,
  read: (text) => (text === '' || text === 'none' ? [] : seeds.read(text)),
  write: (value) => (value.length === 0 ? 'none' : seeds.write(value)),
};
