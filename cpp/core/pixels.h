// How does the first layer look at the batch? Past its black pixels where most are black, else as it is.
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

/// A batch, prepared once for all the steps of a run. It never changes, and of handwritten digits four pixels
/// in five are 0: those are then left out. What is left takes two bytes a pixel and direction, one of them
/// its place within its block.
class Pixels {
 public:
  /// The batch is looked at, not copied. Throws std::bad_alloc.
  explicit Pixels(const Batch& batch);

  bool is_sparse() const { return !starts_by_sample_.empty(); }
  /// Where sparse: how many pixels are not 0 of the samples, or inputs, from `first` on; fewer than `count`
  /// where the batch ends before.
  Index of_samples(Index first, Index count) const;
  Index of_inputs(Index first, Index count) const;

  /// Where sparse: the samples from `sample` on, of the inputs of one block.
  SparseRows by_sample(Index input_block, Index sample) const {
    return {entries_by_sample_.data(), starts_by_sample_.data() + input_block * (samples_ + 1) + sample};
  }
  /// Where sparse: the inputs from `input` on, of the samples of one block.
  SparseRows by_input(Index sample_block, Index input) const {
    return {entries_by_input_.data(), starts_by_input_.data() + sample_block * (features_ + 1) + input};
  }
  /// Where not: (samples, at most kPanel inputs) as floats, kPanel to a row.
  void unpack(Index sample, Index samples, Index input, float* panel) const;

 private:
  Batch batch_;
  Index samples_, features_;
  // Starts have one value more than rows in every block, so that a row's end is always the next one's start.
  std::vector<std::uint16_t> entries_by_sample_, entries_by_input_;
  std::vector<std::uint32_t> starts_by_sample_;  // (blocks of inputs, samples + 1)
  std::vector<std::uint32_t> starts_by_input_;   // (blocks of samples, features + 1)
};

}  // namespace ska
