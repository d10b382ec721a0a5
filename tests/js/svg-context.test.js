import { describe, expect, it } from 'vitest';

import { SvgContext, SvgPath } from '../../web/files/svg-context.js';

/** A stub of a canvas, as far as these tests need it. */
const measure = /** @type {CanvasRenderingContext2D} */ (
  /** @type {unknown} */ ({ save() {}, restore() {}, fillStyle: '', font: '', measureText: () => ({ width: 7 }) })
);

/** @param {(context: any) => void} draw */
function drawn(draw) {
  const context = new SvgContext(100, 50, measure);
  draw(context);
  return context.markup;
}

describe('a path', () => {
  it('says where it goes', () => {
    const path = new SvgPath();
    path.moveTo(1, 2);
    path.lineTo(3.456, 4);
    path.bezierCurveTo(1, 1, 2, 2, 3, 3);
    path.closePath();
    expect(path.data).toBe('M1 2L3.46 4C1 1 2 2 3 3Z');
  });
  it('is placed by the matrix that holds when a point is added', () => {
    const path = new SvgPath([2, 0, 0, 3, 10, 20]);
    path.rect(1, 1, 2, 2);
    expect(path.data).toBe('M12 23L16 23L16 29L12 29Z');
  });
  it('turns in pieces: a whole circle comes back to where it began', () => {
    const path = new SvgPath();
    path.arc(10, 10, 5, 0, 2 * Math.PI);
    expect(path.data).toBe('M15 10A5 5 0 0 1 10 15A5 5 0 0 1 5 10A5 5 0 0 1 10 5A5 5 0 0 1 15 10');
  });
  it('turns backwards by what is asked', () => {
    const path = new SvgPath();
    path.arc(0, 0, 1, Math.PI, 0, true);
    expect(path.data.startsWith('M-1 0A1 1 0 0 0 -0.71 0.71A1 1 0 0 0 0 1')).toBe(true);
    expect(path.data.endsWith('1 0')).toBe(true);
  });
});

describe('a drawing', () => {
  it('has the shapes, the pens and the colours that were asked for', () => {
    const markup = drawn((context) => {
      context.fillStyle = '#ff0000';
      context.fillRect(0, 0, 10, 10);
      context.strokeStyle = '#00ff00';
      context.lineWidth = 2;
      context.setLineDash([4, 3]);
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(5, 5);
      context.stroke();
    });
    expect(markup).toContain('<path d="M0 0L10 0L10 10L0 10Z" fill="#ff0000"/>');
    expect(markup).toContain('fill="none" stroke="#00ff00" stroke-width="2"');
    expect(markup).toContain('stroke-dasharray="4 3"');
  });
  it('forgets what was changed since it was saved', () => {
    const markup = drawn((context) => {
      context.save();
      context.fillStyle = '#ff0000';
      context.translate(5, 5);
      context.setLineDash([1]);
      context.restore();
      context.fillRect(0, 0, 1, 1);
      expect(context.getLineDash()).toEqual([]);
    });
    expect(markup).toContain('<path d="M0 0L1 0L1 1L0 1Z" fill="#000000"/>');
  });
  it('keeps to the part that it was clipped to, and to that within another', () => {
    const markup = drawn((context) => {
      for (const x of [0, 2]) {
        context.beginPath();
        context.rect(x, 0, 10, 10);
        context.clip();
      }
      context.fillRect(0, 0, 1, 1);
    });
    expect(markup).toContain(
      '<clipPath id="clip-1" clip-path="url(#clip-0)"><path d="M2 0L12 0L12 10L2 10Z"/></clipPath>',
    );
    expect(markup).toMatch(/fill="#000000" clip-path="url\(#clip-1\)"\/>/);
  });
  it('writes texts as texts, whatever they say', () => {
    const markup = drawn((context) => {
      context.font = 'bold 20px "A & B", serif';
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText('<b>1 & 2</b>', 10, 10);
    });
    expect(markup).toContain('>&#60;b&#62;1 &#38; 2&#60;/b&#62;</text>');
    expect(markup).toContain('y="17" fill="#000000" font-family="&#34;A &#38; B&#34;, serif" font-size="20"');
    expect(markup).toContain('font-weight="bold" text-anchor="middle"');
  });
  it('has gradients with their stops, though these come later', () => {
    const markup = drawn((context) => {
      const gradient = context.createLinearGradient(0, 10, 0, 0);
      gradient.addColorStop(0, 'rgb(1 2 3)');
      context.fillStyle = gradient;
      context.fillRect(0, 0, 1, 1);
      gradient.addColorStop(1, '#fff');
    });
    expect(markup).toContain('<stop offset="0" stop-color="rgb(1 2 3)"/><stop offset="1" stop-color="#fff"/>');
    expect(markup).toContain('fill="url(#gradient-0)"');
  });
});
