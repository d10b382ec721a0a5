// Compares the kernels with plain Eigen for all sizes, and the exact ones with the contract, bit by bit.
#include "core/kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/panels.h"
#include "core/pixels.h"
#include "fixtures.h"
#include "oracle.h"
#include "plain_kernels.h"

namespace ska {
void PrintTo(const Kernels* kernels, std::ostream* out) { *out << kernels->name; }
}  // namespace ska

namespace ska::test {
namespace {

constexpr int kMost = 67;  // sizes are 1 to this, to cover all tiles and their remainders

constexpr double kUnit = 0x1p-24;        // one rounding in float, relative
constexpr double kDoubleUnit = 0x1p-53;  // one rounding in double, relative

/// A product's element in the order of the contract: from +0, ascending, two roundings per term.
/// No tiles or vectors.
float in_order(const Matrix& a, Index row, const Matrix& b, Index column) {
  float sum = 0;
  for (Index k = 0; k < a.cols(); ++k) {
    const volatile float term = a(row, k) * b(k, column);  // volatile forces rounding before the addition
    sum += term;
  }
  return sum;
}

Matrix matrix_of(const Panels& panels, Index rows, Index columns) {
  Matrix matrix(rows, columns);
  panels.get(matrix);
  return matrix;
}

Panels panels_of(const Matrix& matrix) {
  Panels panels(matrix.rows(), matrix.cols());
  panels.set(matrix);
  return panels;
}

class EveryKernelSet : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels() const { return *GetParam(); }

  /// Checks that `result` is the product of a and b, plus `before` if given.
  void expect_product(const Matrix& result, const Matrix& a, const Matrix& b, const Matrix* before) const {
    const Matrix plain = product(a, b);
    const Eigen::MatrixXd size = product_size(a, b);
    for (Index r = 0; r < result.rows(); ++r) {
      for (Index c = 0; c < result.cols(); ++c) {
        const float start = before ? (*before)(r, c) : 0.0F;
        if (kernels().exact) {
          const float sum = in_order(a, r, b, c);
          ASSERT_EQ(result(r, c), before ? start + sum : sum) << r << ", " << c;
        }
        // One rounding per product and per sum, here and in Eigen, in any order.
        const double tolerance =
            2 * static_cast<double>(a.cols() + 2) * kUnit * (size(r, c) + std::abs(start));
        ASSERT_NEAR(result(r, c), static_cast<double>(plain(r, c)) + start, tolerance) << r << ", " << c;
      }
    }
  }
};

// ---- products ----------------------------------------------------------------------------------

TEST_P(EveryKernelSet, DenseForwardIsTheProduct) {
  for (int rows = 1; rows <= kMost; ++rows) {
    for (const int depth : {1, 2, 15, 16, 17, 31, 48, kMost, kMost - rows % 7, kBlock}) {
      SCOPED_TRACE(testing::Message() << rows << " rows, depth " << depth);
      const Matrix a = uniform_matrix(rows, depth, -1, 1, 1), w = uniform_matrix(depth, kPanel, -1, 1, 2);
      const Matrix before = uniform_matrix(rows, kPanel, -1, 1, 3);
      const Panels a_panels = panels_of(a), w_panels = panels_of(w);
      for (const bool add : {false, true}) {
        Panels z = panels_of(before);
        kernels().dense_forward(a_panels.panel(0), a_panels.stride(), w_panels.panel(0), z.panel(0), rows,
                                depth, add);
        expect_product(matrix_of(z, rows, kPanel), a, w, add ? &before : nullptr);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST_P(EveryKernelSet, DenseBackwardIsTheTransposedProduct) {
  for (int samples = 1; samples <= kBlock; samples += samples <= kMost ? 1 : 63) {
    SCOPED_TRACE(testing::Message() << samples << " samples");
    const Matrix a = uniform_matrix(samples, kPanel, 0, 1, 4), g = uniform_matrix(samples, kPanel, -1, 1, 5);
    const Matrix before = uniform_matrix(kPanel, kPanel, -1, 1, 6);
    const Panels a_panels = panels_of(a), g_panels = panels_of(g);
    for (const bool add : {false, true}) {
      Panels dw = panels_of(before);
      kernels().dense_backward(a_panels.panel(0), g_panels.panel(0), dw.panel(0), samples, add);
      expect_product(matrix_of(dw, kPanel, kPanel), a.transpose(), g, add ? &before : nullptr);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(EveryKernelSet, SparseIsTheProductPastTheBlackPixels) {
  for (int size = 1; size <= kMost; ++size) {
    const int samples = size, features = kMost + 1 - size;
    SCOPED_TRACE(testing::Message() << samples << " samples, " << features << " features");
    // Half of the pixels are black, including all of one sample and one feature.
    std::vector<std::uint8_t> bytes = random_pixels(static_cast<std::size_t>(samples * features), 7, 0.5);
    for (int i = 0; i < features; ++i) bytes[static_cast<std::size_t>(i)] = 0;
    for (int s = 0; s < samples; ++s) bytes[static_cast<std::size_t>(s * features + features / 2)] = 0;
    Matrix x(samples, features);
    for (Index i = 0; i < x.size(); ++i)
      x(i / features, i % features) = pixel_values[bytes[static_cast<std::size_t>(i)]];
    const Pixels pixels({.pixels = bytes, .samples = samples, .features = features});
    ASSERT_TRUE(pixels.is_sparse());

    for (const int width : {2 * kPanel, kPanel}) {
      const auto sparse = width == kPanel ? kernels().sparse_1x16 : kernels().sparse_1x32;
      const Matrix w = uniform_matrix(features, width, -1, 1, 8),
                   g = uniform_matrix(samples, width, -1, 1, 9);
      const Panels w_panels = panels_of(w), g_panels = panels_of(g);
      for (const bool add : {false, true}) {
        const Matrix z_before = uniform_matrix(samples, width, -1, 1, 10);
        Panels z = panels_of(z_before);
        sparse(pixels.by_sample(0, 0), w_panels.panel(0), w_panels.stride(), z.panel(0), z.stride(), samples,
               add);
        expect_product(matrix_of(z, samples, width), x, w, add ? &z_before : nullptr);

        const Matrix dw_before = uniform_matrix(features, width, -1, 1, 11);
        Panels dw = panels_of(dw_before);
        sparse(pixels.by_input(0, 0), g_panels.panel(0), g_panels.stride(), dw.panel(0), dw.stride(),
               features, add);
        expect_product(matrix_of(dw, features, width), x.transpose(), g, add ? &dw_before : nullptr);
        if (HasFatalFailure()) return;
      }
    }
  }
}

// ---- the pass over Z and D ---------------------------------------------------------------------

/// One panel of a strip, with inputs and the kernel's results.
struct Strip {
  explicit Strip(int samples)
      : z(uniform_matrix(samples, kPanel, -4, 4, 11)),
        bias(uniform_matrix(1, kPanel, -1, 1, 12)),
        z_previous(uniform_matrix(samples, kPanel, -4, 4, 13)),
        d_previous(z_previous.unaryExpr([](float z_before) {
          return static_cast<float>(1 / (1 + std::exp(-static_cast<double>(z_before))));
        })),
        d(z),
        z_after(z_previous),
        gradient(samples, kPanel) {}

  void run(const Kernels& kernels, float shift = 1) {
    kernels.activate_and_measure({.samples = static_cast<int>(z.rows()),
                                  .bias = bias.data(),
                                  .d = d.data(),
                                  .z_previous = z_after.data(),
                                  .d_previous = d_previous.data(),
                                  .gradient = gradient.data()},
                                 shift, lanes);
  }

  Matrix z;  // before adding the bias
  RowVector bias;
  Matrix z_previous, d_previous, d, z_after, gradient;
  std::array<Lanes, sum_count> lanes{};
};

TEST_P(EveryKernelSet, ActivatesAndMakesTheGradient) {
  for (int samples = 1; samples <= kStrip; ++samples) {
    for (const float factor : {1.0F, std::numbers::ln2_v<float>, 0.0F}) {
      SCOPED_TRACE(testing::Message() << samples << " samples, ΔD counts as " << factor);
      Strip strip(samples);
      strip.run(kernels(), factor);
      for (Index i = 0; i < strip.z.size(); ++i) {
        const Index r = i / kPanel, c = i % kPanel;
        const float z = strip.z(r, c) + strip.bias(c);
        ASSERT_EQ(strip.z_after(r, c), z) << "Z with its bias stands where the step before had it";
        const double d = strip.d(r, c);
        ASSERT_NEAR(d, 1 / (1 + std::exp(-static_cast<double>(z))), kSigmoidError);
        const double slope = z * d * (1 - d), shift = factor * (d - strip.d_previous(r, c));
        const double g = -(slope + shift) / std::numbers::ln2;
        // Six roundings in float, one of them of 1/ln 2, each relative to the larger of the two terms.
        ASSERT_NEAR(strip.gradient(r, c), g,
                    7 * kUnit * (std::abs(slope) + std::abs(shift)) / std::numbers::ln2);
      }
    }
  }
}

TEST_P(EveryKernelSet, MeasuresOverSamplesAndNeurons) {
  for (int samples = 1; samples <= kStrip; ++samples) {
    SCOPED_TRACE(testing::Message() << samples << " samples");
    Strip strip(samples), without_shift(samples);
    strip.run(kernels());
    without_shift.run(kernels(), 0);
    std::array<double, sum_count> expected{}, sizes{};
    const auto add = [&](Sum sum, double term, double size) {
      expected[sum] += term;
      sizes[sum] += size;
    };
    for (Index i = 0; i < strip.z.size(); ++i) {
      const Index r = i / kPanel, c = i % kPanel;
      const double z = strip.z_after(r, c), d = strip.d(r, c);
      const double dz = z - strip.z_previous(r, c), dd = d - strip.d_previous(r, c);
      const double slope = z * d * (1 - d), force = d - slope / std::numbers::ln2;
      add(z_squared, z * z, z * z);
      add(z_delta_d, z * dd, std::abs(z * dd));
      add(delta_d_squared, dd * dd, dd * dd);
      add(delta_z_squared, dz * dz, dz * dz);
      add(tensor_net_sum, dz * force, std::abs(dz) * (d + std::abs(slope) / std::numbers::ln2));
      add(z_slope_delta_z, slope * dz, std::abs(slope * dz));
    }
    for (std::size_t sum = 0; sum < sum_count; ++sum) {
      // The factors of the products have up to five float roundings;
      // the products and sums are computed in double.
      EXPECT_NEAR(total(strip.lanes[sum]), expected[sum], 6 * kUnit * sizes[sum]) << "sum " << sum;
      EXPECT_EQ(strip.lanes[sum], without_shift.lanes[sum]) << "the shift term is part of no sum";
    }
    EXPECT_NEAR(total(strip.lanes[z_squared]), expected[z_squared], 300 * kDoubleUnit * sizes[z_squared]);
  }
}

TEST_P(EveryKernelSet, AddsToTheLanesByColumn) {
  // One sample with Z = 0 except in one column: only the lane of that column grows.
  for (Index column = 0; column < kPanel; ++column) {
    Strip strip(1);
    strip.z.setZero();
    strip.bias.setZero();
    strip.z(0, column) = 3;
    strip.d = strip.z;
    for (Lanes& lanes : strip.lanes) lanes = {1, 2, 3, 4};
    strip.run(kernels());
    Lanes expected{1, 2, 3, 4};
    expected[static_cast<std::size_t>(column % kLanes)] += 9;
    EXPECT_EQ(strip.lanes[z_squared], expected) << "column " << column;
  }
}

TEST(Lanes, AreAddedInPairs) {
  // 1 + 2⁻⁵³ rounds to 1, and 2⁻⁵³ + 2⁻⁵³ is 2⁻⁵². Any other order gives different bits.
  EXPECT_EQ(total({1, 0x1p-53, 0x1p-53, 0x1p-53}), 1 + 0x1p-52);
}

// ---- the update --------------------------------------------------------------------------------

TEST_P(EveryKernelSet, ColumnSumsAddRowAfterRow) {
  for (int rows = 1; rows <= kMost; ++rows) {
    const Matrix m = uniform_matrix(rows, kPanel, -1, 1, 15);
    std::array<double, kPanel> sums{}, expected{};
    for (std::size_t c = 0; c < kPanel; ++c) sums[c] = expected[c] = static_cast<double>(c) / 3;
    kernels().column_sums(m.data(), rows, sums.data());
    for (Index r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < kPanel; ++c) expected[c] += m(r, static_cast<Index>(c));
    }
    EXPECT_EQ(sums, expected) << rows << " rows";
  }
}

TEST_P(EveryKernelSet, DescendMovesAndSquares) {
  for (int rows = 1; rows <= kPanel; ++rows) {
    const float rate = 0.3F;
    const Matrix before = uniform_matrix(rows, kPanel, -1, 1, 16),
                 dw = uniform_matrix(rows, kPanel, -1, 1, 17);
    Matrix w = before;
    Lanes squares{1, 2, 3, 4}, expected = squares;
    kernels().descend(w.data(), dw.data(), rate, rows * kPanel, squares);
    for (Index i = 0; i < w.size(); ++i) {
      const Index r = i / kPanel, c = i % kPanel;
      const volatile float step = rate * dw(r, c);
      if (kernels().exact) {
        ASSERT_EQ(w(r, c), before(r, c) - step);
      }
      ASSERT_NEAR(w(r, c), before(r, c) - step, 2 * kUnit * (std::abs(before(r, c)) + std::abs(step)));
      expected[static_cast<std::size_t>(c % kLanes)] += static_cast<double>(w(r, c)) * w(r, c);
    }
    EXPECT_EQ(squares, expected);  // squares of floats are exact in double, fused or not
  }
}

// ---- the kernel sets ---------------------------------------------------------------------------

TEST(KernelSets, OfExactOnesAllGiveTheSameBits) {
  for (int samples = 1; samples <= kStrip; ++samples) {
    Strip first(samples);
    first.run(*exact_kernels().front());
    for (const Kernels* const kernels : exact_kernels()) {
      SCOPED_TRACE(kernels->name);
      EXPECT_TRUE(kernels->exact);
      Strip strip(samples);
      strip.run(*kernels);
      EXPECT_EQ(strip.d, first.d);
      EXPECT_EQ(strip.z_after, first.z_after);
      EXPECT_EQ(strip.gradient, first.gradient);
      EXPECT_EQ(strip.lanes, first.lanes);
    }
  }
}

TEST(KernelSets, OfFastOnesEndWithOneThatMayDiffer) {
  EXPECT_GE(fast_kernels().size(), exact_kernels().size());
#if defined(__x86_64__)
  if (__builtin_cpu_supports("fma")) {
    EXPECT_FALSE(fast_kernels().back()->exact);
  }
  if (__builtin_cpu_supports("avx512f")) {
    EXPECT_STREQ(exact_kernels().back()->name, "AVX-512");
  } else if (__builtin_cpu_supports("avx2")) {
    EXPECT_STREQ(exact_kernels().back()->name, "AVX2");
  }
#endif
}

INSTANTIATE_TEST_SUITE_P(Sets, EveryKernelSet,
                         testing::ValuesIn(fast_kernels().begin(), fast_kernels().end()),
                         [](const auto& test) {
                           std::string name = test.param->name;
                           std::erase_if(
                               name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
                           return name;
                         });

}  // namespace
}  // namespace ska::test
