// A canvas context that records SVG. It implements what the page's charts use. Existing libraries need style
// attributes, which the page's content security policy forbids.

/** @typedef {[number, number, number, number, number, number]} Matrix a b c d e f, as in canvas and SVG */

/** @param {string} text */
const escaped = (text) =>
  text.replace(/[&<>"]/g, (character) => `&#${/** @type {number} */ (character.codePointAt(0))};`);

/** @param {number} value */
const short = (value) => String(Number(value.toFixed(2)));

/** A path in the coordinates of the whole drawing. */
export class SvgPath {
  /** @type {string[]} */
  #commands = [];
  #matrix;

  /** @param {Matrix} [matrix] */
  constructor(matrix = [1, 0, 0, 1, 0, 0]) {
    this.#matrix = matrix;
  }

  get data() {
    return this.#commands.join('');
  }

  /** @param {string} command @param {...[number, number]} points */
  #add(command, ...points) {
    const [a, b, c, d, e, f] = this.#matrix;
    const placed = points.map(([x, y]) => `${short(a * x + c * y + e)} ${short(b * x + d * y + f)}`);
    this.#commands.push(command + placed.join(' '));
  }

  /** @param {Matrix} matrix applies to what is added from now on */
  move(matrix) {
    this.#matrix = matrix;
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#add('M', [x, y]);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#add(this.#commands.length > 0 ? 'L' : 'M', [x, y]);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} x @param {number} y */
  bezierCurveTo(x1, y1, x2, y2, x, y) {
    this.#add('C', [x1, y1], [x2, y2], [x, y]);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x @param {number} y */
  quadraticCurveTo(x1, y1, x, y) {
    this.#add('Q', [x1, y1], [x, y]);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }

  /**
   * @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end
   * @param {boolean} [backwards]
   */
  arc(x, y, radius, start, end, backwards) {
    this.ellipse(x, y, radius, radius, 0, start, end, backwards);
  }

  /**
   * Splits the arc, because SVG cannot represent a full turn as one arc: its start and end coincide.
   * @param {number} x
   * @param {number} y
   * @param {number} wide
   * @param {number} high
   * @param {number} turned
   * @param {number} start
   * @param {number} end
   * @param {boolean} [backwards]
   */
  ellipse(x, y, wide, high, turned, start, end, backwards = false) {
    const turn = 2 * Math.PI;
    const direction = backwards ? -1 : 1;
    const asked = direction * (end - start);
    const swept = asked >= turn ? turn : ((asked % turn) + turn) % turn;
    const [cosine, sine] = [Math.cos(turned), Math.sin(turned)];
    const at = (/** @type {number} */ angle) => {
      const [along, across] = [wide * Math.cos(angle), high * Math.sin(angle)];
      return /** @type {[number, number]} */ ([x + along * cosine - across * sine, y + along * sine + across * cosine]);
    };
    this.lineTo(...at(start));
    const pieces = 4;
    const size = `A${short(wide)} ${short(high)} ${short((360 * turned) / turn)} 0 ${backwards ? 0 : 1} `;
    for (let i = 1; i <= pieces; ++i) this.#add(size, at(start + (direction * swept * i) / pieces));
  }

  closePath() {
    this.#commands.push('Z');
  }
}

/** A gradient along a line. */
class Gradient {
  /** @type {string[]} */
  #stops = [];

  /** @param {string} id @param {number[]} line x1 y1 x2 y2, transformed */
  constructor(id, line) {
    this.id = id;
    this.line = line;
  }

  /** @param {number} offset @param {string} colour */
  addColorStop(offset, colour) {
    this.#stops.push(`<stop offset="${short(offset)}" stop-color="${escaped(colour)}"/>`);
  }

  get markup() {
    const [x1, y1, x2, y2] = this.line.map(short);
    const ends = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`;
    return `<linearGradient id="${this.id}" gradientUnits="userSpaceOnUse" ${ends}>${this.#stops.join('')}</linearGradient>`;
  }
}

const anchors = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' };
/** Offset from the text's y to its baseline, in font sizes. */
const baselines = { top: 0.8, hanging: 0.8, middle: 0.35, alphabetic: 0, ideographic: -0.2, bottom: -0.2 };

const startState = {
  fillStyle: /** @type {string | Gradient} */ ('#000000'),
  strokeStyle: /** @type {string | Gradient} */ ('#000000'),
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  lineDashOffset: 0,
  miterLimit: 10,
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: /** @type {keyof typeof anchors} */ ('start'),
  textBaseline: /** @type {keyof typeof baselines} */ ('alphabetic'),
};

/** The part of CanvasRenderingContext2D that the charts use. */
export class SvgContext {
  #measure;
  #size;
  /** @type {string[]} */
  #shapes = [];
  /** @type {(() => string)[]} */
  #definitions = [];
  #path = new SvgPath();
  /** @type {{ drawing: typeof startState, matrix: Matrix, dash: number[], clip: string }[]} */
  #saved = [];
  /** @type {Matrix} */
  #matrix = [1, 0, 0, 1, 0, 0];
  /** @type {number[]} */
  #dash = [];
  #clip = '';

  /**
   * @param {number} width
   * @param {number} height
   * @param {CanvasRenderingContext2D} measure measures texts and converts colours to numbers
   */
  constructor(width, height, measure) {
    this.#size = { width, height };
    this.#measure = measure;
    Object.assign(this, startState);
  }

  /** The drawing so far. */
  get markup() {
    const { width, height } = this.#size;
    const definitions = this.#definitions.map((definition) => definition()).join('');
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<defs>${definitions}</defs>${this.#shapes.join('')}</svg>`
    );
  }

  /** @returns {typeof startState} */
  get #drawing() {
    const own = /** @type {any} */ (this);
    return /** @type {any} */ (Object.fromEntries(Object.keys(startState).map((key) => [key, own[key]])));
  }

  save() {
    this.#saved.push({ drawing: this.#drawing, matrix: this.#matrix, dash: this.#dash, clip: this.#clip });
  }

  restore() {
    const saved = this.#saved.pop();
    if (!saved) return;
    Object.assign(this, saved.drawing);
    this.#become(saved.matrix);
    this.#dash = saved.dash;
    this.#clip = saved.clip;
  }

  /** @param {Matrix} matrix */
  #become(matrix) {
    this.#matrix = matrix;
    this.#path.move(matrix);
  }

  /** @param {...number} by */
  transform(...by) {
    const [a, b, c, d, e, f] = this.#matrix;
    const [g, h, i, j, k, l] = by;
    this.#become([a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]);
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }

  /** @param {number} angle */
  rotate(angle) {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }

  setTransform() {
    this.#become([1, 0, 0, 1, 0, 0]); // charts call it to undo their own transforms
  }

  resetTransform() {
    this.setTransform();
  }

  // ---- paths -----------------------------------------------------------------------------------

  beginPath() {
    this.#path = new SvgPath(this.#matrix);
  }

  closePath() {
    this.#path.closePath();
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path.moveTo(x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path.lineTo(x, y);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} x @param {number} y */
  bezierCurveTo(x1, y1, x2, y2, x, y) {
    this.#path.bezierCurveTo(x1, y1, x2, y2, x, y);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x @param {number} y */
  quadraticCurveTo(x1, y1, x, y) {
    this.#path.quadraticCurveTo(x1, y1, x, y);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path.rect(x, y, width, height);
  }

  /** @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end @param {boolean} [backwards] */
  arc(x, y, radius, start, end, backwards) {
    this.#path.arc(x, y, radius, start, end, backwards);
  }

  /** @param {number} x @param {number} y @param {number} wide @param {number} high @param {number} turned @param {number} start @param {number} end @param {boolean} [backwards] */
  ellipse(x, y, wide, high, turned, start, end, backwards) {
    this.#path.ellipse(x, y, wide, high, turned, start, end, backwards);
  }

  clip() {
    const id = `clip-${this.#definitions.length}`;
    const within = this.#clip ? ` clip-path="url(#${this.#clip})"` : '';
    const { data } = this.#path;
    this.#definitions.push(() => `<clipPath id="${id}"${within}><path d="${data}"/></clipPath>`);
    this.#clip = id;
  }

  /** @param {SvgPath | string} [path] */
  fill(path) {
    this.#shape(path instanceof SvgPath ? path : this.#path, this.#paint('fill'));
  }

  /** @param {SvgPath} [path] */
  stroke(path = this.#path) {
    this.#shape(path, `fill="none" ${this.#paint('stroke')}${this.#pen()}`);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    const path = new SvgPath(this.#matrix);
    path.rect(x, y, width, height);
    this.fill(path);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    const path = new SvgPath(this.#matrix);
    path.rect(x, y, width, height);
    this.stroke(path);
  }

  clearRect() {} // a drawing starts empty

  /** @param {SvgPath} path @param {string} attributes */
  #shape({ data }, attributes) {
    if (data === '') return;
    this.#shapes.push(`<path d="${data}" ${attributes}${this.#clipAttribute}/>`);
  }

  get #clipAttribute() {
    return this.#clip ? ` clip-path="url(#${this.#clip})"` : '';
  }

  /** @param {'fill' | 'stroke'} what */
  #paint(what) {
    const { fillStyle, strokeStyle, globalAlpha } = this.#drawing;
    const style = what === 'fill' ? fillStyle : strokeStyle;
    if (style instanceof Gradient) return `${what}="url(#${style.id})"`;
    const { colour, opacity } = this.#colour(style);
    const alpha = opacity * globalAlpha;
    return `${what}="${colour}"${alpha < 1 ? ` ${what}-opacity="${short(alpha)}"` : ''}`;
  }

  /** Converts a colour to the numeric form that every SVG viewer supports. @param {string} style */
  #colour(style) {
    this.#measure.save();
    this.#measure.fillStyle = style;
    const text = String(this.#measure.fillStyle);
    this.#measure.restore();
    const channels = text.match(/^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/);
    return channels
      ? { colour: `rgb(${channels.slice(1, 4).join(',')})`, opacity: Number(channels[4]) }
      : { colour: text, opacity: 1 };
  }

  #pen() {
    const { lineWidth, lineCap, lineJoin, lineDashOffset } = this.#drawing;
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(' ')}"` : '';
    const offset = dash && lineDashOffset ? ` stroke-dashoffset="${lineDashOffset}"` : '';
    return ` stroke-width="${short(lineWidth)}" stroke-linecap="${lineCap}" stroke-linejoin="${lineJoin}"${dash}${offset}`;
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#dash = [...dash];
  }

  getLineDash() {
    return [...this.#dash];
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
  createLinearGradient(x1, y1, x2, y2) {
    const gradient = new Gradient(`gradient-${this.#definitions.length}`, [x1, y1, x2, y2]);
    this.#definitions.push(() => gradient.markup);
    return gradient;
  }

  // ---- texts -----------------------------------------------------------------------------------

  /** @param {string} text */
  measureText(text) {
    this.#measure.save();
    this.#measure.font = this.#drawing.font;
    const measured = this.#measure.measureText(text);
    this.#measure.restore();
    return measured;
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    const { font, textAlign, textBaseline } = this.#drawing;
    const [, style = '', size = '10', family = 'sans-serif'] = font.match(/^(.*?)([\d.]+)px(?:\/\S+)?\s+(.*)$/) ?? [];
    const bold = /bold|[6-9]00/.test(style) ? ' font-weight="bold"' : '';
    const lower = baselines[textBaseline] * Number(size);
    const matrix = this.#matrix.map(short).join(' ');
    const moved = matrix === '1 0 0 1 0 0' ? '' : ` transform="matrix(${matrix})"`;
    this.#shapes.push(
      `<g${this.#clipAttribute}><text x="${short(x)}" y="${short(y + lower)}"${moved} ${this.#paint('fill')} ` +
        `font-family="${escaped(family)}" font-size="${size}"${bold} text-anchor="${anchors[textAlign]}">` +
        `${escaped(text)}</text></g>`,
    );
  }

  strokeText() {} // charts do not outline texts
}
