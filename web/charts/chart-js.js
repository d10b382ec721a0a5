// Registers the parts of Chart.js that the page uses; the bundler drops the rest.
import {
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Title,
  Tooltip,
} from 'chart.js';
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix';

/** Smaller ranges have no round numbers: Chart.js would loop forever in steps of denormal numbers. */
const leastRange = 1e-280;

/** Chart.js's ticks, or only the ends of the range if no ticks fit between them. */
const { buildTicks } = LinearScale.prototype;
LinearScale.prototype.buildTicks = function () {
  const range = this.max - this.min;
  if (range >= leastRange && range < Infinity) return buildTicks.call(this);
  return [...new Set([this.min, this.max])].map((value) => ({ value }));
};

Chart.register(
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  MatrixController,
  MatrixElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Title,
  Tooltip,
);

export { Chart };
