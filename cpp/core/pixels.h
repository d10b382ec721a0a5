// The input pixels of a run, stored sparse (CSR) if most are black and dense otherwise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/batch.h"
#include "core/kernels.h"
#include "core/matrix.h"

namespace ska {

/// byte / 255 for every byte, rounded once.
extern const std::array<float, 256> pixel_values;

/// A batch, prepared once for all steps of a run. Of handwritten digits four pixels in five are 0, and the
/// sparse form omits them. A nonzero pixel takes two bytes in each orientation:
/// its value and its index within its block.
class Pixels {
 public:
  /// The batch is not copied and must outlive this. Throws std::bad_alloc.
  explicit Pixels(const Batch& batch);

  bool is_sparse() const { return !starts_by_sample_.empty(); }
  /// If sparse: the number of nonzero pixels of `count` samples, or inputs, starting at `first`, or of those
  /// up to the end of the batch if that is earlier.
  Index of_samples(Index first, Index count) const;
  Index of_inputs(Index first, Index count) const;

  /// If sparse: the samples from `sample` on, restricted to the inputs of one block.
  SparseRows by_sample(Index input_block, Index sample) const {
    return {entries_by_sample_.data(), starts_by_sample_.data() + input_block * (samples_ + 1) + sample};
  }
  /// If sparse: the inputs from `input` on, restricted to the samples of one block.
  SparseRows by_input(Index sample_block, Index input) const {
    return {entries_by_input_.data(), starts_by_input_.data() + sample_block * (features_ + 1) + input};
  }
  /// If dense: (samples, at most kPanel inputs) as floats, kPanel per row.
  void unpack(Index sample, Index samples, Index input, float* panel) const;

 private:
  Batch batch_;
  Index samples_, features_;
  // Each block has one start more than rows, so the end of a row is always the next start.
  std::vector<std::uint16_t> entries_by_sample_, entries_by_input_;
  std::vector<std::uint32_t> starts_by_sample_;  // (blocks of inputs, samples + 1)
  std::vector<std::uint32_t> starts_by_input_;   // (blocks of samples, features + 1)
};

}  // namespace ska
