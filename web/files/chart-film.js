// Records a chart as a WebM film, drawn step by step like a live run.
import { currentTheme } from '../charts/theme.js';
import { Recording } from '../model/recording.js';

const width = 960;
const height = 540;
const framesPerSecond = 25;
/** How often the last frame is repeated, so that short films are long enough and the end stays visible. */
const framesAtTheEnd = 25;
/** Frame limit: longer films skip steps, because recording takes as long as the film. */
const mostFrames = 250;

/** @param {Recording} whole @param {number} steps @param {Recording} part is extended to that many steps */
function growTo(whole, steps, part) {
  for (let k = part.steps; k < steps; ++k) part.append(whole.at(k).values, whole.computed);
}

/**
 * @param {import('../charts/kind.js').Kind} kind
 * @param {import('../charts/scene.js').Scene} scene
 * @returns {Promise<Blob>} video/webm
 * @throws {Error} if the browser cannot record films
 */
export async function chartFilm(kind, scene) {
  const type = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8'].find((each) =>
    globalThis.MediaRecorder?.isTypeSupported(each),
  );
  if (!type) throw new Error('This browser cannot record a WebM film.');
  const { recording: whole } = scene;
  if (whole.steps < 2) throw new Error('There is nothing to film yet: the run has fewer than two steps.');

  const stage = document.createElement('div');
  stage.className = 'film-stage';
  const canvas = document.createElement('canvas');
  stage.append(canvas);
  document.body.append(stage);
  const film = Object.assign(document.createElement('canvas'), { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (film.getContext('2d'));
  const drawn = kind.create(canvas, scene.view);
  drawn.chart.options.devicePixelRatio = 1;
  const part = new Recording(whole.config, whole.fast, whole.data);
  const stream = film.captureStream(0);
  const [track] = /** @type {CanvasCaptureMediaStreamTrack[]} */ (stream.getVideoTracks());
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 4e6 });
  /** @type {Blob[]} */
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const ended = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  try {
    const show = () => {
      context.fillStyle = currentTheme().surface;
      context.fillRect(0, 0, width, height);
      context.drawImage(canvas, 0, 0, width, height);
      track.requestFrame();
      return new Promise((resolve) => setTimeout(resolve, 1000 / framesPerSecond));
    };
    recorder.start();
    const stride = Math.ceil(whole.steps / mostFrames);
    for (let steps = 1; ; steps = Math.min(whole.steps, steps + stride)) {
      growTo(whole, steps, part);
      drawn.draw({ ...scene, recording: part });
      await show();
      if (steps === whole.steps) break;
    }
    for (let i = 0; i < framesAtTheEnd; ++i) await show();
    recorder.stop();
    await ended;
  } finally {
    drawn.destroy();
    stage.remove();
    track.stop();
  }
  return new Blob(pieces, { type: 'video/webm' });
}
