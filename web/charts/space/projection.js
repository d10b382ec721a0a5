// Projects points of the box onto the picture: rotation by two angles and a mild perspective, scaled to a frame.

/**
 * Orientation and scale of the box.
 * @typedef {object} Pose
 * @property {number} turn rotation about the vertical axis, in degrees; as it grows, the front moves to the right
 * @property {number} tilt elevation of the eye, in degrees: 0 from the front, 90 from above, −90 from below
 * @property {number} zoom 1 shows the whole box in any orientation
 * @property {number} depth 1 for perspective, 0 for a parallel projection, from which values can be read off
 */

/**
 * The circle of the picture that the box fits into.
 * @typedef {object} Frame
 * @property {number} x horizontal centre, in pixels
 * @property {number} y vertical centre, in pixels, downwards
 * @property {number} radius in pixels
 */

/**
 * A point on the picture.
 * @typedef {object} Spot
 * @property {number} x in pixels
 * @property {number} y in pixels, downwards
 * @property {number} near distance in front of the box's centre, in units of space
 * @property {number} size scale at this depth, relative to the centre of the box
 */

/** Half the edge lengths of the box: across, deep, high. Coordinates from −1 to 1 are multiples of these. */
export const halves = /** @type {const} */ ([1, 1, 0.8]);
/** Distance from the eye to the centre of the box. */
const distance = 7;
/** Distance from the centre to a corner. */
const reach = Math.hypot(...halves);
/** Apparent radius of the sphere around the box. */
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
 * Rotates further, in perspective. The tilt stops at straight above or below.
 * @param {Pose} pose
 * @param {number} turn in degrees
 * @param {number} tilt in degrees
 * @returns {Pose} with a turn in [−180, 180)
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
 * Rotates a point of space; distances stay the same.
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
 * Projects points of the box. At zoom 1 the whole box lies within the frame's circle in any orientation.
 * @param {Pose} pose
 * @param {Frame} frame
 * @returns {(across: number, deep: number, high: number) => Spot} projects a point of the box, with coordinates from −1
 *   to 1
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
 * The three walls of the box that lie behind everything in it.
 * @param {Pose} pose
 * @returns {(-1 | 1)[]} for each axis, the side of its far wall
 */
export function farSides(pose) {
  const rotated = rotation(pose);
  const towards = [rotated(1, 0, 0), rotated(0, 1, 0), rotated(0, 0, 1)];
  return towards.map(({ near }) => (near >= 0 ? -1 : 1));
}
