// Histogram as bars.
import { shortText } from '../charts/format.js';

const width = 200;
const height = 70;

/** @param {{ histogram: import('../model/histogram.js').Histogram, name: string, label: string }} props */
export function HistogramBars({ histogram: { range, counts }, name, label }) {
  const greatest = Math.max(1, ...counts);
  const bar = width / counts.length;
  const [low, high] = range;
  return (
    <figure class="histogram">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: from ${shortText(low)} to ${shortText(high)}`}
      >
        {Array.from(counts, (count, i) => {
          const tall = (height * count) / greatest;
          return <rect key={i} x={i * bar} y={height - tall} width={bar * 0.92} height={tall} />;
        })}
      </svg>
      <figcaption>
        <span>{shortText(low)}</span>
        <b>{name}</b>
        <span>{shortText(high)}</span>
      </figcaption>
    </figure>
  );
}
