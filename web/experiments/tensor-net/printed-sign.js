// The tensor net with the minus sign that the second paper prints, computed from the records.
//
// The printed formula is Σ ΔZ·(D − ∇H), and the gradient is ∇H = −(1/ln 2)·Z·D·(1−D). Together they are
//   T′ = Σ ΔZ·(D + (1/ln 2)·Z·D·(1−D)).
// The recorded quantity, as in the papers' figures, has a plus sign before ∇H:
//   T = Σ ΔZ·(D − (1/ln 2)·Z·D·(1−D)).
// With S = Σ ΔZ·Z·D·(1−D) they are T′ = Σ ΔZ·D + S/ln 2 and T = Σ ΔZ·D − S/ln 2, so T′ = T + 2·S/ln 2. The Lagrangian
// is recorded as Λ = −S/η, hence S = −η·Λ and
//   T′ = T − 2·η·Λ/ln 2.
// The records therefore suffice, without any approximation or another run.

/** @typedef {import('../../model/recording.js').Recording} Recording */

/**
 * @param {Recording} recording
 * @param {number} layer counted from 0
 * @returns {Float64Array} `[0]` is record 1
 */
export function printedTensorNet(recording, layer) {
  const lagrangian = recording.series('lagrangian', layer);
  const twice = (2 * recording.config.learning_rate) / Math.LN2;
  return recording.series('tensor_net', layer).map((value, i) => value - twice * lagrangian[i]);
}
