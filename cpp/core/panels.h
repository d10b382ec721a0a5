// How are matrices laid out for the kernels? In panels of 16 columns, each of them contiguous.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "core/kernels.h"
#include "core/matrix.h"

namespace ska {

/// A float matrix (rows, columns) cut into panels of kPanel columns: element (r, c) stands in panel c/16 at
/// 16·r + c mod 16. The columns that fill up the last panel start at 0. Every panel begins on a cache line.
class Panels {
 public:
  Panels() = default;
  /// Throws std::bad_alloc.
  Panels(Index rows, Index columns)
      // One row more, or the same row of all panels would compete for the same lines of the cache.
      : stride_((rows + 1) * kPanel), floats_(allocate(std::int64_t{stride_} * count(columns))) {}

  /// How many panels so many columns (or strips so many rows) take.
  static constexpr Index count(Index columns) { return (columns + kPanel - 1) / kPanel; }

  float* panel(Index index) { return floats_.get() + index * stride_; }
  const float* panel(Index index) const { return floats_.get() + index * stride_; }
  /// Floats from one panel to the next.
  Index stride() const { return stride_; }

  /// Takes over a matrix, from panel `first` on.
  void set(const Matrix& matrix, Index first = 0) {
    for (Index r = 0; r < matrix.rows(); ++r) {
      for (Index c = 0; c < matrix.cols(); ++c) {
        panel(first + c / kPanel)[r * kPanel + c % kPanel] = matrix(r, c);
      }
    }
  }
  /// Writes what starts at panel `first` into all of `block`, whatever its size.
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
    // A count that is too large for this host's addresses is memory that it does not have.
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
