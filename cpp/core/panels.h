// The memory layout of matrices for the kernels: panels of 16 columns, each contiguous.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "core/kernels.h"
#include "core/matrix.h"

namespace ska {

/// A float matrix (rows, columns) split into panels of kPanel columns: element (r, c) is in panel c/16 at
/// offset 16·r + c mod 16. The padding columns of the last panel start at 0.
/// Every panel starts on a cache line.
class Panels {
 public:
  Panels() = default;
  /// Throws std::bad_alloc.
  Panels(Index rows, Index columns)
      // One extra row; otherwise the same row of all panels would compete for the same cache lines.
      : stride_((rows + 1) * kPanel), floats_(allocate(std::int64_t{stride_} * count(columns))) {}

  /// The number of panels for this many columns (or of strips for this many rows).
  static constexpr Index count(Index columns) { return (columns + kPanel - 1) / kPanel; }

  float* panel(Index index) { return floats_.get() + index * stride_; }
  const float* panel(Index index) const { return floats_.get() + index * stride_; }
  /// Floats from one panel to the next.
  Index stride() const { return stride_; }

  /// Copies a matrix in, starting at panel `first`.
  void set(const Matrix& matrix, Index first = 0) {
    for (Index r = 0; r < matrix.rows(); ++r) {
      for (Index c = 0; c < matrix.cols(); ++c) {
        panel(first + c / kPanel)[r * kPanel + c % kPanel] = matrix(r, c);
      }
    }
  }
  /// Copies panels out, starting at panel `first`, until `block` is full.
  template <class Block>
  void get(Block&& block, Index first = 0) const {
    for (Index r = 0; r < block.rows(); ++r) {
      for (Index c = 0; c < block.cols(); ++c) {
        block(r, c) = panel(first + c / kPanel)[r * kPanel + c % kPanel];
      }
    }
  }

 private:
  static constexpr std::align_val_t kLine{64};
  struct Free {
    void operator()(float* floats) const { ::operator delete[](floats, kLine); }
  };
  using Floats = std::unique_ptr<float[], Free>;

  static Floats allocate(std::int64_t count) {
    // A larger count would overflow the address space: report std::bad_alloc.
    if (static_cast<std::uint64_t>(count) > PTRDIFF_MAX / sizeof(float)) throw std::bad_alloc();
    const auto size = static_cast<std::size_t>(count);
    Floats floats(static_cast<float*>(::operator new[](size * sizeof(float), kLine)));
    std::fill_n(floats.get(), size, 0.0F);
    return floats;
  }

  Index stride_ = 0;
  Floats floats_;
};

}  // namespace ska
