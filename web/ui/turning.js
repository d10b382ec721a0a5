// Pointer and keyboard control of the space: drag to rotate, pinch to zoom.
import { startPose, turned, zoomed } from '../charts/space/projection.js';

/** @typedef {import('../charts/space/projection.js').Pose} Pose */

const degreesPerPixel = 0.5;
const degreesPerKey = 5;
export const zoomStep = 1.2;

/** @type {Record<string, (pose: Pose) => Pose>} */
const keys = {
  ArrowLeft: (pose) => turned(pose, -degreesPerKey, 0),
  ArrowRight: (pose) => turned(pose, degreesPerKey, 0),
  ArrowUp: (pose) => turned(pose, 0, -degreesPerKey),
  ArrowDown: (pose) => turned(pose, 0, degreesPerKey),
  '+': (pose) => zoomed(pose, zoomStep),
  '=': (pose) => zoomed(pose, zoomStep), // same key as `+`, without Shift
  '-': (pose) => zoomed(pose, 1 / zoomStep),
  '−': (pose) => zoomed(pose, 1 / zoomStep),
  0: () => startPose,
};

/**
 * Event handlers of the canvas.
 * @param {import('@preact/signals').Signal<Pose>} pose
 */
export function turning(pose) {
  /** Active pointers: fingers, or the mouse. @type {Map<number, { x: number, y: number }>} */
  const hands = new Map();
  const spread = () => {
    const [one, other] = [...hands.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  return {
    /** @param {PointerEvent & { currentTarget: HTMLCanvasElement }} event */
    onPointerDown(event) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      hands.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    /** @param {PointerEvent} event */
    onPointerMove({ pointerId, clientX, clientY }) {
      const before = hands.get(pointerId);
      if (!before) return;
      const apart = hands.size === 2 ? spread() : 0;
      hands.set(pointerId, { x: clientX, y: clientY });
      if (hands.size === 1) {
        pose.value = turned(pose.value, (clientX - before.x) * degreesPerPixel, (clientY - before.y) * degreesPerPixel);
      }
      if (apart > 0) pose.value = zoomed(pose.value, spread() / apart);
    },
    /** @param {PointerEvent} event */
    onLostPointerCapture({ pointerId }) {
      hands.delete(pointerId);
    },
    /** Stops handled keys, because the page uses them too. @param {KeyboardEvent} event */
    onKeyDown(event) {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      pose.value = act(pose.value);
    },
  };
}
