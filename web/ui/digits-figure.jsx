// Figure with the first digits of the batch.
import { useLayoutEffect, useRef } from 'preact/hooks';

import { drawDigits } from './digits.js';

/** @param {{ lab: import('../state/lab.js').Lab, digits: import('../data/idx.js').Digits | null }} props */
export function DigitsFigure({ lab, digits }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const theme = lab.theme.value;
  useLayoutEffect(() => {
    if (digits && canvas.current) drawDigits(canvas.current, digits);
  }, [digits, theme]);
  return (
    <figure class="digits">
      <canvas
        id="digits"
        width="280"
        height="112"
        role="img"
        aria-label="The first forty digits of the papers’ batch"
        ref={canvas}
      />
      <figcaption>
        The first forty of the 1000 digits in the papers’ batch: the first 100 of each class of MNIST. Their labels are
        never used.{' '}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            lab.showsGallery.value = true;
            document.querySelector(/** @type {'summary'} */ ('#gallery > summary'))?.focus();
          }}
        >
          All samples in use
        </button>
      </figcaption>
    </figure>
  );
}
