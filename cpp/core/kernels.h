// The compute kernels of a step, as passes over panels, and the rules that make their results bit-identical.
//
// The contract: for one configuration and one batch, every record and every final weight has the same bits
// for every compiler, optimisation level, vector width, number of threads and host. These rules ensure it:
//
//  1. No contraction. a·b + c is rounded twice with every compiler (-ffp-contract=off, and no -ffast-math).
//  2. A fixed order for each element of a matrix product. The inner index is split into blocks of kBlock.
//     Within a block, terms are added in ascending order, starting from +0. The sums of the blocks are added
//     in ascending order. Tiles and vectors hold different elements side by side, never parts of one element.
//     A sum that starts from +0 is never −0, so adding a term of 0 changes nothing: skipping black pixels
//     gives the same bits.
//  3. A fixed order for each reduction, in double. The measures of a layer are summed over strips of kStrip
//     samples. Element (sample, column) of a panel goes to lane (column mod 4), panel by panel, sample by
//     sample. The four lanes of a strip are added as (0 + 1) + (2 + 3), and the strips in ascending order.
//     ‖W‖² is summed likewise over strips of kStrip inputs. Means over samples add sample by sample. The
//     padding columns of a panel add 0.
//  4. No library mathematics. σ is in core/sigmoid.h; logarithm, cosine and sine of the initial weights
//     are in core/elementary.h. IEEE 754 defines the rounding of everything else: + − × ÷ and square root.
//  5. Threads divide the output into whole blocks by size, not by which thread is free first. The content
//     of a block does not depend on the thread that computes it.
//
// The fast kernels break rule 1, so their results are not bit-identical.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ska {

inline constexpr int kPanel = 16;   ///< columns of a panel (core/panels.h)
inline constexpr int kBlock = 256;  ///< length of a block of an inner index, which is summed by itself
inline constexpr int kStrip = 16;   ///< samples of a strip, whose measures are summed by themselves

/// Rows of a sparse matrix (CSR). Row r holds the entries `starts[r]` to `starts[r + 1]`. Each entry is an
/// index within a block (high byte) and a nonzero pixel (low byte).
struct SparseRows {
  const std::uint16_t* entries;
  const std::uint32_t* starts;
};

/// The part of a layer that is in one strip of samples and one panel of neurons:
/// kPanel contiguous floats per sample.
struct StripPanel {
  int samples;              ///< at most kStrip
  const float* bias;        ///< (kPanel)
  float* d;                 ///< in: A·W; out: D
  float* z_previous;        ///< in: Z of the previous step; out: Z
  const float* d_previous;  ///< D of the previous step
  float* gradient;          ///< out: g = −(1/ln 2)(Z·D·(1−D) + shift·ΔD)
};

/// The sums over samples and neurons from which a layer's measures are computed.
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

/// The kernels for one instruction set. The name of a sparse kernel gives the tile it keeps in registers,
/// rows × floats. The tile of a dense kernel is eight vectors, so its shape depends on the vector width. The
/// panels of a matrix are `…_stride` floats apart.
/// With `add` the product is added to the output, otherwise it replaces it.
struct Kernels {
  const char* name;  ///< the instruction set for display: "AVX2"
  bool exact;        ///< whether the contract above holds

  /// One panel of z = a·w: a is (rows, depth) in panels, w (depth, kPanel), z (rows, kPanel);
  /// depth is at most kBlock.
  void (*dense_forward)(const float* a, std::ptrdiff_t a_stride, const float* w, float* z, int rows,
                        int depth, bool add);

  /// One square of dw = aᵀ·g: a is (samples, kPanel), g (samples, kPanel), dw (kPanel, kPanel);
  /// samples is at most kBlock.
  void (*dense_backward)(const float* a, const float* g, float* dw, int samples, bool add);

  /// Two panels of out = s·m: s is sparse (rows, depth) with pixels as values, m is (depth, 32) in two
  /// panels, out (rows, 32) in two panels. In the forward pass s is the batch and m the weights; in the
  /// update s is the transposed batch and m the gradient.
  void (*sparse_1x32)(const SparseRows& s, const float* m, std::ptrdiff_t m_stride, float* out,
                      std::ptrdiff_t out_stride, int rows, bool add);
  /// The same for one panel: the last one if their number is odd.
  void (*sparse_1x16)(const SparseRows& s, const float* m, std::ptrdiff_t m_stride, float* out,
                      std::ptrdiff_t out_stride, int rows, bool add);

  /// One pass over a strip in the cache: adds the bias, applies σ, computes the gradient, replaces the
  /// previous Z, and adds to the lanes of every sum. `shift` is the factor of ΔD in the gradient: 1 in
  /// equation (22) of the first paper, ln 2 in (31), 0 without shift term.
  void (*activate_and_measure)(const StripPanel& panel, float shift, std::array<Lanes, sum_count>& sums);

  /// sums += column sums of m (rows, kPanel).
  void (*column_sums)(const float* m, int rows, double* sums);

  /// w −= rate · dw for `count` weights (whole rows of a panel).
  /// Adds the squares of the new weights to the lanes.
  void (*descend)(float* w, const float* dw, float rate, int count, Lanes& squares);
};

/// The kernels this processor can run, from least to most capable. Exact kernels all give the same bits.
std::span<const Kernels* const> exact_kernels();
/// The same with fused multiply-add. On a processor without it these are the exact ones; see Kernels::exact.
std::span<const Kernels* const> fast_kernels();

}  // namespace ska
