// Where on a picture does a point of space stand? Turned by two angles, seen from a mild distance, fit to its frame.

/**
 * How the box is looked at.
 * @typedef {object} Pose
 * @property {number} turn about the upright axis, in degrees; what is in front goes to the right as it grows
 * @property {number} tilt how high the eye is, in degrees: 0 from the front, 90 from above, −90 from below
 * @property {number} zoom 1 shows all of the box, however it is turned
 * @property {number} depth 1 for a picture in perspective, 0 for one as from infinitely far, where numbers can be read off
 */

/**
 * Where a picture has room for the box.
 * @typedef {object} Frame
 * @property {number} x of its middle, in pixels
 * @property {number} y of its middle, in pixels, downwards
 * @property {number} radius in pixels
 */

/**
 * A point on the picture.
 * @typedef {object} Spot
 * @property {number} x in pixels
 * @property {number} y in pixels, downwards
 * @property {number} near how far before the middle of the box it lies, in units of space
 * @property {number} size how large things look there, compared with the middle of the box
 */

/** Half the edges of the box: across, deep, and high. Points of space are told in these, from −1 to 1. */
export const halves = /** @type {const} */ ([1, 1, 0.8]);
/** How far the eye is from the middle of the box. */
const distance = 7;
/** No corner gets farther from the middle. */
const reach = Math.hypot(...halves);
/** The ball around the box looks this large, from where the eye is. */
const outline = (reach * distance) / Math.sqrt(distance ** 2 - reach ** 2);

const leastZoom = 0.5;
const mostZoom = 8;

/** @type {Readonly<Pose>} */
export const startPose = Object.freeze({ turn: -32, tilt: 22, zoom: 1.12, depth: 1 });

/** @param {number} degrees */
const radians = (degrees) => (degrees * Math.PI) / 180;
/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(most, Math.max(least, value));

/**
 * Turned further, in perspective; the tilt stops where one looks straight from above or below.
 * @param {Pose} pose
 * @param {number} turn in degrees
 * @param {number} tilt in degrees
 * @returns {Pose} its turn from −180 up to 180
 */
export const turned = (pose, turn, tilt) => ({
  ...pose,
  depth: 1,
  turn: ((((pose.turn + turn + 180) % 360) + 360) % 360) - 180,
  tilt: within(pose.tilt + tilt, -90, 90),
});

/** @param {Pose} pose @param {number} factor @returns {Pose} */
export const zoomed = (pose, factor) => ({ ...pose, zoom: within(pose.zoom * factor, leastZoom, mostZoom) });

/**
 * Turns a point of space, in its own units: its distances stay as they are.
 * @param {Pose} pose
 * @returns {(x: number, y: number, z: number) => { right: number, up: number, near: number }}
 */
export function rotation({ turn, tilt }) {
  const [cosTurn, sinTurn] = [Math.cos(radians(turn)), Math.sin(radians(turn))];
  const [cosTilt, sinTilt] = [Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  return (x, y, z) => {
    const away = x * sinTurn + y * cosTurn;
    return { right: x * cosTurn - y * sinTurn, up: z * cosTilt + away * sinTilt, near: z * sinTilt - away * cosTilt };
  };
}

/**
 * The largest frame within a picture.
 * @param {number} width in pixels
 * @param {number} height in pixels
 * @param {{ side: number, top: number, bottom: number }} margin in pixels
 * @returns {Frame}
 */
export const frameIn = (width, height, { side, top, bottom }) => ({
  x: width / 2,
  y: (top + height - bottom) / 2,
  radius: Math.max(1, Math.min(width / 2 - side, (height - top - bottom) / 2)),
});

/**
 * At zoom 1 the whole box lies within the frame's circle, however it is turned.
 * @param {Pose} pose
 * @param {Frame} frame
 * @returns {(across: number, deep: number, high: number) => Spot} of a point of the box, each from −1 to 1
 */
export function projection(pose, frame) {
  const rotated = rotation(pose);
  const scale = (frame.radius / outline) * pose.zoom;
  return (across, deep, high) => {
    const { right, up, near } = rotated(across * halves[0], deep * halves[1], high * halves[2]);
    const size = distance / (distance - near * pose.depth);
    return { x: frame.x + right * size * scale, y: frame.y - up * size * scale, near, size };
  };
}

/**
 * Which walls of the box lie behind everything in it.
 * @param {Pose} pose
 * @returns {(-1 | 1)[]} of each axis the side of its far wall
 */
export function farSides(pose) {
  const rotated = rotation(pose);
  const towards = [rotated(1, 0, 0), rotated(0, 1, 0), rotated(0, 0, 1)];
  return towards.map(({ near }) => (near >= 0 ? -1 : 1));
}
