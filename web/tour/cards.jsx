// The cards of the guided tour: their texts, equations, and targets on the page.
import { landmarksOf } from '../model/landmarks.js';
import { numberText, shortText } from '../charts/format.js';
import {
  Brackets,
  Change,
  Each,
  Formula,
  Formulas,
  Gap,
  KnowledgeBySlope,
  Ln2,
  Minus,
  Norm,
  Of,
  PerLn2,
  Sum,
} from './math.jsx';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../model/landmarks.js').Landmark} Landmark
 */

/**
 * A card of the tour. Cards are shown in array order; a new card is a new entry.
 * @typedef {object} Card
 * @property {string} title
 * @property {string} target selector of the part of the page that the card explains
 * @property {import('preact').ComponentChildren} words two to four sentences
 * @property {() => import('preact').JSX.Element} Equation
 * @property {(lab: Lab) => string} [live] acts on the page and returns what it did; empty if it has to wait for more
 *   records. Called only while no run is in progress. View and cursor are restored when the card is left.
 * @property {(lab: Lab) => { label: string, act: () => void } | null} [offer] an optional action for the reader
 */

/**
 * Moves the cursor to a landmark of the shown run.
 * @param {(landmark: Landmark) => boolean} isMeant
 * @param {(a: Landmark, b: Landmark) => number} order compares landmarks; the first in this order is used
 * @param {(landmark: Landmark) => string} words
 * @param {string} none text for a run without such a landmark
 * @returns {(lab: Lab) => string}
 */
const lookAtLandmark = (isMeant, order, words, none) => (lab) => {
  const { recording, phase } = lab.session;
  const [landmark] = landmarksOf(recording).filter(isMeant).sort(order);
  if (!landmark) return phase === 'finished' ? none : '';
  lab.lookAt(Math.round(landmark.record));
  return words(landmark);
};

const least = (/** @type {Landmark} */ a, /** @type {Landmark} */ b) => a.value - b.value;
const greatest = (/** @type {Landmark} */ a, /** @type {Landmark} */ b) => b.value - a.value;
const earliest = (/** @type {Landmark} */ a, /** @type {Landmark} */ b) => a.record - b.record;

/** Largest τ that the tour offers to continue to. */
const longest = 4;

/** The shown run's settings with twice as many steps. @type {NonNullable<Card['offer']>} */
function twiceAsLong(lab) {
  const { phase, recording } = lab.session;
  const { settings } = recording;
  const steps = 2 * settings.config.steps;
  const tau = steps * settings.config.learning_rate;
  if (phase !== 'finished' || tau > longest) return null;
  return {
    label: `Go on to τ = ${shortText(tau)}`,
    act() {
      lab.form.fill({ ...settings, config: { ...settings.config, steps } });
      lab.run();
    },
  };
}

/** @type {readonly Card[]} */
export const cards = [
  {
    title: 'One run, step by step',
    target: '.dock',
    words:
      'A run takes K steps, counted k\u00a0=\u00a00 to K\u00a0−\u00a01. The first only looks; from the second on ' +
      'every step is compared with the one before, measured, and learned from. Run, pause or single-step here, and ' +
      'drag the slider: one cursor moves through all charts.',
    Equation: () => (
      <Formula>
        <mi>t</mi>
        <mo>=</mo>
        <mi>η</mi>
        <mo>·</mo>
        <mi>k</mi>
        <mo>,</mo>
        <mspace width="1em" />
        <mi>τ</mi>
        <mo>=</mo>
        <mi>η</mi>
        <mo>·</mo>
        <mi>K</mi>
      </Formula>
    ),
  },
  {
    title: 'Learning by looking forward',
    target: '#controls',
    words:
      'At every step all N images go through the layers once. Then each layer changes its own weights W (and its ' +
      'bias, by the mean of g) from its Z and D and its input A: the pixels, or what the layer before decided one ' +
      'step earlier. There are no labels, no loss and no way back. Here you choose layers, steps K and rate η.',
    Equation: () => (
      <Formulas
        rows={[
          [
            <mi>g</mi>,
            '=',
            <mrow>
              <Minus>
                <PerLn2 />
              </Minus>
              <Brackets>
                <KnowledgeBySlope />
                <mo>+</mo>
                <Change of="D" />
              </Brackets>
            </mrow>,
          ],
          [
            <mi>W</mi>,
            '←',
            <mrow>
              <mi>W</mi>
              <mo>−</mo>
              <mfrac>
                <mi>η</mi>
                <mi>N</mi>
              </mfrac>
              <msup>
                <mi>A</mi>
                <mo>⊤</mo>
              </msup>
              <mi>g</mi>
            </mrow>,
          ],
        ]}
      />
    ),
  },
  {
    title: 'Knowledge Z',
    target: '[data-chart="knowledge"]',
    words:
      'Knowledge is what a layer has before it decides: its input times its weights plus its bias, one number for ' +
      'every image and neuron. It starts small, because the weights do. The chart shows how large it is over all ' +
      'images and neurons, as the norm ‖Z‖.',
    Equation: () => (
      <Formulas
        rows={[
          [
            <Of of="Z" />,
            '=',
            <mrow>
              <Of
                of="A"
                layer={
                  <mrow>
                    <mi>l</mi>
                    <mo>−</mo>
                    <mn>1</mn>
                  </mrow>
                }
              />
              <Of of="W" />
              <mo>+</mo>
              <Of of="b" />
            </mrow>,
          ],
          [<Of of="A" layer={<mn>0</mn>} />, '=', <mi>X</mi>],
        ]}
      />
    ),
  },
  {
    title: 'Decision D',
    target: '[data-chart="outputs"]',
    words:
      'The sigmoid turns knowledge into a decision between 0 and 1: 0.5 is undecided, close to 0 or 1 is firm. What ' +
      'one layer decides is the next one’s input. The chart follows the last layer: each line is one neuron, ' +
      'averaged over all images.',
    Equation: () => (
      <Formulas
        rows={[
          [
            <Of of="A" />,
            '=',
            <mrow>
              <Of of="D" />
              <mo>=</mo>
              <mi>σ</mi>
              <Brackets>
                <Of of="Z" />
              </Brackets>
            </mrow>,
          ],
          [
            <mrow>
              <mi>σ</mi>
              <Brackets>
                <mi>z</mi>
              </Brackets>
            </mrow>,
            '=',
            <mfrac>
              <mn>1</mn>
              <mrow>
                <mn>1</mn>
                <mo>+</mo>
                <msup>
                  <mi>e</mi>
                  <Minus>
                    <mi>z</mi>
                  </Minus>
                </msup>
              </mrow>
            </mfrac>,
          ],
        ]}
      />
    ),
  },
  {
    title: 'Entropy',
    target: '[data-chart="entropy"]',
    words:
      'Where decisions shift the way knowledge points, up where Z is positive and down where it is negative, entropy ' +
      'is below zero: the layer grows surer. The darker the cell, the stronger. It is a sum over all images and ' +
      'neurons, so more images give larger numbers.',
    Equation: () => (
      <Formula>
        <mi>H</mi>
        <mo>=</mo>
        <Minus>
          <PerLn2 />
        </Minus>
        <Sum />
        <mi>Z</mi>
        <Each />
        <Change of="D" />
      </Formula>
    ),
    live: lookAtLandmark(
      ({ quantity, kind }) => quantity === 'entropy' && kind === 'minimum',
      least,
      ({ layer, record, value }) =>
        `The cursor has moved to step ${record}, the deepest entropy of this run: ` +
        `${numberText(value)} in layer ${layer + 1}.`,
      'In this run the entropy never moves.',
    ),
  },
  {
    title: 'Cosine',
    target: '[data-chart="cosine"]',
    words:
      'Entropy mixes how large knowledge and the shift of decisions are with how well they agree. The cosine keeps ' +
      'only the agreement: 1 is the same direction, 0 is unrelated, −1 is opposed. Where either is zero, as in the ' +
      'first column, it is set to 0.',
    Equation: () => (
      <Formula>
        <mi>cos</mi>
        <Gap />
        <mi>θ</mi>
        <mo>=</mo>
        <mfrac>
          <mrow>
            <Sum />
            <mi>Z</mi>
            <Each />
            <Change of="D" />
          </mrow>
          <mrow>
            <Norm>
              <mi>Z</mi>
            </Norm>
            <Norm>
              <Change of="D" />
            </Norm>
          </mrow>
        </mfrac>
      </Formula>
    ),
    live: lookAtLandmark(
      ({ quantity, kind }) => quantity === 'cosine' && kind === 'maximum',
      greatest,
      ({ layer, record, value }) =>
        `The cursor has moved to step ${record}, the best agreement of this run: ` +
        `${numberText(value)} in layer ${layer + 1}.`,
      'In this run the cosine never moves.',
    ),
  },
  {
    title: 'Knowledge flow',
    target: '[data-chart="flow"]',
    words:
      'Flow is the speed of knowledge: how far Z moved in one step, divided by η, which is how long a step lasts. In ' +
      'the papers’ run every layer is fastest within a step of where its entropy is lowest.',
    Equation: () => (
      <Formula>
        <mtext>flow</mtext>
        <mo>=</mo>
        <mfrac>
          <Norm>
            <Change of="Z" />
          </Norm>
          <mi>η</mi>
        </mfrac>
        <mo>,</mo>
        <mspace width="0.8em" />
        <Change of="Z" />
        <mo>=</mo>
        <msub>
          <mi>Z</mi>
          <mi>k</mi>
        </msub>
        <mo>−</mo>
        <msub>
          <mi>Z</mi>
          <mrow>
            <mi>k</mi>
            <mo>−</mo>
            <mn>1</mn>
          </mrow>
        </msub>
      </Formula>
    ),
    live: lookAtLandmark(
      ({ quantity, kind }) => quantity === 'flow' && kind === 'maximum',
      greatest,
      ({ layer, record, value }) =>
        `The cursor has moved to step ${record}, the fastest of this run: ${numberText(value)} in layer ${layer + 1}.`,
      'In this run the flow never changes.',
    ),
  },
  {
    title: 'Tensor net',
    target: '[data-chart="tensor-net"]',
    words:
      'Every change of knowledge is weighed: what decisions gain by it, D, less what entropy takes, ∇H. Where the ' +
      'sum crosses zero, the papers see a layer pass from taking in structure to settling. Mind the sign: the second ' +
      'paper prints this ∇H with a minus, and only the plus used here reproduces its figures.',
    Equation: () => (
      <Formulas
        rows={[
          [
            <mtext>net</mtext>,
            '=',
            <mrow>
              <Sum />
              <Change of="Z" />
              <Each />
              <Brackets>
                <mi>D</mi>
                <mo>−</mo>
                <mo>∇</mo>
                <mi>H</mi>
              </Brackets>
            </mrow>,
          ],
          [
            <mrow>
              <mo>∇</mo>
              <mi>H</mi>
            </mrow>,
            '=',
            <mrow>
              <mo>+</mo>
              <PerLn2 />
              <KnowledgeBySlope />
            </mrow>,
          ],
        ]}
      />
    ),
    live: lookAtLandmark(
      ({ quantity, kind }) => quantity === 'tensor_net' && kind === 'crossing',
      earliest,
      ({ layer, record }) =>
        `The cursor has moved to step ${Math.round(record)}: layer ${layer + 1} is the first to cross zero, ` +
        `at ${record.toFixed(2)}.`,
      'In this run no layer’s tensor net crosses zero.',
    ),
  },
  {
    title: 'Time is η·k',
    target: '[data-chart="entropy"]',
    words:
      'Halve η and double K, and τ stays the same: the entropy minima then lie at nearly the same t, though at other ' +
      'steps. This is called time invariance. Their depth agrees only after division by η, where it comes near the ' +
      'Lagrangian ℒ over ln 2.',
    Equation: () => (
      <Formula>
        <mi>t</mi>
        <mo>=</mo>
        <mi>η</mi>
        <mo>·</mo>
        <mi>k</mi>
        <mo>,</mo>
        <mspace width="0.8em" />
        <mfrac>
          <mi>H</mi>
          <mi>η</mi>
        </mfrac>
        <mo>→</mo>
        <mfrac>
          <mi>ℒ</mi>
          <Ln2 />
        </mfrac>
        <mspace width="0.6em" />
        <mtext>as</mtext>
        <mspace width="0.4em" />
        <mi>η</mi>
        <mo>→</mo>
        <mn>0</mn>
      </Formula>
    ),
    live(lab) {
      lab.look({ axis: 'time' });
      return (
        'The axis of the charts is now t, and what grows with η is divided by it. Leaving this card puts the steps ' +
        'back.'
      );
    },
  },
  {
    title: 'The passing “equilibrium”',
    target: '[data-chart="outputs"]',
    words:
      'At τ\u00a0=\u00a00.5, where the papers’ run ends, they speak of an equilibrium. It passes: go on to ' +
      'τ\u00a0=\u00a01, 2 or 4, and the entropies of all layers move on towards 0 while the outputs drift to the ' +
      'ends of their scale. Continue the run and watch the lines.',
    Equation: () => (
      <Formula>
        <mi>τ</mi>
        <mo>=</mo>
        <mi>η</mi>
        <mo>·</mo>
        <mi>K</mi>
        <mo>=</mo>
        <mn>0.01</mn>
        <mo>·</mo>
        <mn>50</mn>
        <mo>=</mo>
        <mn>0.5</mn>
      </Formula>
    ),
    offer: twiceAsLong,
  },
  {
    title: 'What SKA does not do',
    target: '.honest',
    words:
      'It does not learn to tell digits apart: the ten outputs are neurons, not classes, and nothing has seen a ' +
      'label. After the papers’ run all 1000 images give nearly the same output, with the standard deviation s ' +
      'below. By the last layer, 49.3\u00a0% have a nearest neighbour of their own digit before the run and ' +
      '13.7\u00a0% after it; by raw pixels 88.0\u00a0%.',
    Equation: () => (
      <Formula>
        <mi>s</mi>
        <Brackets>
          <Of of="D" layer={<mn>4</mn>} />
        </Brackets>
        <mo>≈</mo>
        <mn>3</mn>
        <mo>·</mo>
        <msup>
          <mn>10</mn>
          <Minus>
            <mn>6</mn>
          </Minus>
        </msup>
      </Formula>
    ),
  },
];
