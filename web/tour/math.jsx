// MathML components for the formulas of the tour.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** @typedef {import('preact').ComponentChildren} Children */

/**
 * A formula on its own line. Widths of math fonts differ by a fifth. A formula wider than the card scrolls, and is then
 * focusable by keyboard.
 * @param {{ children: Children }} props
 */
export function Formula({ children }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [isWide, setIsWide] = useState(false);
  useLayoutEffect(() => {
    const element = /** @type {HTMLDivElement} */ (box.current);
    const observer = new ResizeObserver(() => setIsWide(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    observer.observe(/** @type {Element} */ (element.firstElementChild)); // a font may load late
    return () => observer.disconnect();
  }, []);
  return (
    <div
      class="formula scroll"
      ref={box}
      translate={false}
      tabIndex={isWide ? 0 : undefined}
      role={isWide ? 'group' : undefined}
      aria-label={isWide ? 'Formula, scrolls sideways' : undefined}
    >
      <math display="block">{children}</math>
    </div>
  );
}

/** @param {{ rows: [left: Children, relation: string, right: Children][] }} props formulas below each other, aligned */
export const Formulas = ({ rows }) => (
  <Formula>
    <mtable class="aligned">
      {rows.map(([left, relation, right], i) => (
        <mtr key={i}>
          <mtd>{left}</mtd>
          <mtd>
            <mo>{relation}</mo>
          </mtd>
          <mtd>{right}</mtd>
        </mtr>
      ))}
    </mtable>
  </Formula>
);

/** @param {{ of: string, layer?: Children }} props a matrix with its layer: Z⁽ˡ⁾ */
export const Of = ({ of, layer = <mi>l</mi> }) => (
  <msup>
    <mi>{of}</mi>
    <Brackets>{layer}</Brackets>
  </msup>
);

/** @param {{ of: string }} props change since the previous step: ΔZ */
export const Change = ({ of }) => (
  <mrow>
    <mi mathvariant="normal">Δ</mi>
    <mi>{of}</mi>
  </mrow>
);

/** @param {{ children: Children }} props a Frobenius norm */
export const Norm = ({ children }) => (
  <mrow>
    <mo>‖</mo>
    {children}
    <mo>‖</mo>
  </mrow>
);

/** @param {{ children: Children }} props brackets as high as their content, independent of neighbours */
export const Brackets = ({ children }) => (
  <mrow>
    <mo>(</mo>
    {children}
    <mo>)</mo>
  </mrow>
);

/** A prefix minus, not a binary one. @param {{ children: Children }} props */
export const Minus = ({ children }) => (
  <mrow>
    <mo>−</mo>
    {children}
  </mrow>
);

/** Space between a function's name and its argument. */
export const Gap = () => <mspace width="0.17em" />;

export const Ln2 = () => (
  <mrow>
    <mi>ln</mi>
    <Gap />
    <mn>2</mn>
  </mrow>
);

export const PerLn2 = () => (
  <mrow>
    <mfrac>
      <mn>1</mn>
      <Ln2 />
    </mfrac>
    <Gap />
  </mrow>
);

/** Sum over samples and neurons. */
export const Sum = () => <mo>∑</mo>;

/** Elementwise product: ⊙ */
export const Each = () => <mo>⊙</mo>;

/** Z·D·(1−D): knowledge times the slope of the sigmoid. */
export const KnowledgeBySlope = () => (
  <mrow>
    <mi>Z</mi>
    <Each />
    <mi>D</mi>
    <Each />
    <Brackets>
      <mn>1</mn>
      <mo>−</mo>
      <mi>D</mi>
    </Brackets>
  </mrow>
);
