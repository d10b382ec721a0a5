// What does a step spend its time on? These passes over panels; and what keeps their bits the same
// everywhere.
//
// The contract: for one configuration and one batch, every record and every final weight has the same bits
// whatever the compiler, its optimisation level, the vector width, the number of threads and the host. Each
// rule below says how it is kept.
//
//  1. No contraction: a·b + c is two roundings, here and with every compiler (-ffp-contract=off, and no
//     -ffast-math).
//  2. One order for every element of a product. Its inner index is cut into blocks of kBlock; within a block
//     terms are added in ascending order, beginning at +0; the sums of the blocks are added in ascending
//     order. Tiles and vectors hold different elements side by side and never parts of one. (Beginning at +0
//     no such sum is −0, so adding a term of 0 changes nothing: leaving out black pixels gives the same
//     bits.)
//  3. One order for every reduction, in double. The measures of a layer are summed over strips of kStrip
//     samples: element (sample, column) of a panel goes to lane (column mod 4), panel after panel, sample
//     after sample; the four lanes of a strip are added as (0 + 1) + (2 + 3), and the strips in ascending
//     order. ‖W‖² likewise over strips of kStrip inputs. Means over samples add sample after sample. Columns
//     that only fill up a panel add 0.
//  4. No library mathematics: σ is core/sigmoid.h, and the first weights' logarithm, cosine and sine are
//     core/elementary.h. What is left, + − × ÷ and the square root, IEEE 754 rounds in one way.
//  5. Threads share out whole blocks of output, by size and never by who comes first; what a block holds does
//     not depend on who computes it.
//
// The fast kernels give up rule 1 and thereby the claim.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ska {

inline constexpr int kPanel = 16;   ///< columns of a panel (core/panels.h)
inline constexpr int kBlock = 256;  ///< of an inner index, summed before it is added to what was before
inline constexpr int kStrip = 16;   ///< samples whose measures are summed before they are added

/// Rows of a sparse matrix: row r holds the entries `starts[r]` to `starts[r + 1]`, each of them its index
/// within a block (high byte) and a pixel that is not 0 (low byte).
struct SparseRows {
  const std::uint16_t* entries;
  const std::uint32_t* starts;
};

/// The part of a layer that one panel has of one strip: kPanel floats a sample, one after another.
struct StripPanel {
  int samples;              ///< at most kStrip
  const float* bias;        ///< (kPanel)
  float* d;                 ///< in: A·W; out: D
  float* z_previous;        ///< in: Z of the step before; out: Z
  const float* d_previous;  ///< D of the step before
  float* gradient;          ///< out: g = −(1/ln 2)(Z·D·(1−D) + shift·ΔD)
};

/// The sums that a layer's measures are made of, over samples and neurons.
enum Sum : std::uint8_t {
  z_squared,        ///< Σ Z²
  z_delta_d,        ///< Σ Z·ΔD
  delta_d_squared,  ///< Σ ΔD²
  delta_z_squared,  ///< Σ ΔZ²
  tensor_net_sum,   ///< Σ ΔZ·(D − (1/ln 2) Z·D·(1−D))
  z_slope_delta_z,  ///< Σ Z·D·(1−D)·ΔZ
  sum_count,
};

constexpr int kLanes = 4;
using Lanes = std::array<double, kLanes>;
inline double total(const Lanes& lanes) { return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]); }

/// The kernels for one instruction set. A sparse one's name says the tile that is held in registers, rows ×
/// floats; a dense one's is eight vectors, as its width asks for. All panels of one matrix are `…_stride`
/// floats apart. With `add` the block is added to what is there, and otherwise takes its place.
struct Kernels {
  const char* name;  ///< the instruction set, for people: "AVX2"
  bool exact;        ///< whether the contract above is kept

  /// z = a·w, one panel of it: a is (rows, depth) in panels, w (depth, kPanel), z (rows, kPanel); depth is at
  /// most kBlock.
  void (*dense_forward)(const float* a, std::ptrdiff_t a_stride, const float* w, float* z, int rows,
                        int depth, bool add);

  /// dw = aᵀ·g, a square of it: a is (samples, kPanel), g (samples, kPanel), dw (kPanel, kPanel); samples are
  /// at most kBlock.
  void (*dense_backward)(const float* a, const float* g, float* dw, int samples, bool add);

  /// out = s·m, two panels of it: s is sparse (rows, depth) with pixels as values, m (depth, 32 in two
  /// panels), out (rows, 32 in two panels). Forward s is the batch and m the weights, backward s is the
  /// batch transposed and m the gradient.
  void (*sparse_1x32)(const SparseRows& s, const float* m, std::ptrdiff_t m_stride, float* out,
                      std::ptrdiff_t out_stride, int rows, bool add);
  /// The same for the last panel of an odd number.
  void (*sparse_1x16)(const SparseRows& s, const float* m, std::ptrdiff_t m_stride, float* out,
                      std::ptrdiff_t out_stride, int rows, bool add);

  /// Adds the bias, applies σ, makes the gradient, leaves Z where the step before had it, and adds to the
  /// lanes of every sum: one pass over what is in the cache. `shift` is what the gradient counts ΔD as: 1 in
  /// the first paper's equation (22), ln 2 in (31), 0 without shift term.
  void (*activate_and_measure)(const StripPanel& panel, float shift, std::array<Lanes, sum_count>& sums);

  /// sums += the sum over rows of m (rows, kPanel), column by column.
  void (*column_sums)(const float* m, int rows, double* sums);

  /// w −= rate · dw for `count` weights (whole rows of a panel), adding the squares of the new ones to the
  /// lanes.
  void (*descend)(float* w, const float* dw, float rate, int count, Lanes& squares);
};

/// What this machine's processor can run, the most capable last. The exact ones all give the same bits.
std::span<const Kernels* const> exact_kernels();
/// With fused multiply-add. Where the processor has none they are the exact ones; see Kernels::exact.
std::span<const Kernels* const> fast_kernels();

}  // namespace ska
