// Which parts of Chart.js does the page use? Only these, so that only these are shipped.
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

/** Ranges less than this have no round numbers: in steps of denormal numbers Chart.js would search them for ever. */
const leastRange = 1e-280;

/** As many ticks as Chart.js finds, and at the ends only where there can be none between. */
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
