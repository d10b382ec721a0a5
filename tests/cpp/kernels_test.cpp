// Do the kernels compute what plain double loops do, whatever the sizes?
#include "core/kernels.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fixtures.h"
#include "oracle.h"

namespace ska::test {
namespace {

using Eigen::Index;

// Around the widths of vectors (4, 8, 16) and of the blocks that products are cut into.
constexpr Index kSizes[] = {1, 2, 3, 5, 7, 16, 17, 33, 67};

constexpr double kUnit = 0x1p-24;        // one rounding in float, relative
constexpr double kDoubleUnit = 0x1p-53;  // one rounding in double, relative

std::string shape(Index samples, Index inputs, Index neurons) {
  return "samples " + std::to_string(samples) + ", inputs " + std::to_string(inputs) + ", neurons " +
         std::to_string(neurons);
}

/// Calls `check` with every combination of (samples, inputs, neurons).
template <class Check>
void for_all_shapes(const Check& check) {
  for (const Index samples : kSizes) {
    for (const Index inputs : kSizes) {
      for (const Index neurons : kSizes) {
        SCOPED_TRACE(shape(samples, inputs, neurons));
        check(samples, inputs, neurons);
        if (testing::Test::HasFatalFailure()) return;
      }
    }
  }
}

TEST(Kernels, AffineIsTheProductPlusBias) {
  for_all_shapes([](Index samples, Index inputs, Index neurons) {
    const Matrix input = uniform_matrix(samples, inputs, 0, 1, 1);
    const Matrix weights = uniform_matrix(inputs, neurons, -1, 1, 2);
    const RowVector bias = uniform_matrix(1, neurons, -1, 1, 3);
    Matrix z = Matrix::Constant(samples, neurons, 1e30F);  // what stood there before must not matter
    LayerProducts(samples, inputs, neurons).affine(input, weights, bias, z);
    for (Index s = 0; s < samples; ++s) {
      for (Index j = 0; j < neurons; ++j) {
        double expected = bias(j), terms = std::abs(expected);
        for (Index i = 0; i < inputs; ++i) {
          const double term = static_cast<double>(input(s, i)) * weights(i, j);
          expected += term;
          terms += std::abs(term);
        }
        // One rounding per product and per sum, in whatever order.
        ASSERT_NEAR(z(s, j), expected, static_cast<double>(inputs + 1) * kUnit * terms) << s << ", " << j;
      }
    }
  });
}

TEST(Kernels, DescendTakesTheTransposedProductOff) {
  for_all_shapes([](Index samples, Index inputs, Index neurons) {
    const double rate = 0.3;
    const Matrix input = uniform_matrix(samples, inputs, 0, 1, 4);
    const Matrix gradient = uniform_matrix(samples, neurons, -1, 1, 5);
    const Matrix before = uniform_matrix(inputs, neurons, -1, 1, 6);
    Matrix weights = before;
    LayerProducts(samples, inputs, neurons).descend(input, gradient, rate, weights);
    for (Index i = 0; i < inputs; ++i) {
      for (Index j = 0; j < neurons; ++j) {
        double expected = before(i, j), terms = std::abs(expected);
        for (Index s = 0; s < samples; ++s) {
          const double term = rate * static_cast<double>(input(s, i)) * gradient(s, j);
          expected -= term;
          terms += std::abs(term);
        }
        // As above; the rate is rounded to float, and multiplied with once more.
        ASSERT_NEAR(weights(i, j), expected, static_cast<double>(samples + 3) * kUnit * terms)
            << i << ", " << j;
      }
    }
  });
}

TEST(Kernels, ProductsCanBeRepeated) {
  // The working memory of one call must not leak into the next.
  const Matrix input = uniform_matrix(33, 17, 0, 1, 7);
  const Matrix weights = uniform_matrix(17, 5, -1, 1, 8);
  const RowVector bias = uniform_matrix(1, 5, -1, 1, 9);
  LayerProducts products(33, 17, 5);
  Matrix first(33, 5), again(33, 5), scratch = weights;
  products.affine(input, weights, bias, first);
  products.descend(input, first, 0.1, scratch);
  products.affine(input, weights, bias, again);
  EXPECT_EQ(first, again);
}

TEST(Kernels, SigmoidIsTheSigmoid) {
  std::vector<float> values{0.0F,  -0.0F,  15.6F,  15.7F,   18.0F, -8.99F,
                            -9.0F, -9.01F, 1e-30F, -1e-30F, 30,    -30};
  for (int i = -4000; i <= 4000; ++i) values.push_back(static_cast<float>(i) * 0.005F);
  const Matrix z = Eigen::Map<const Matrix>(values.data(), 1, static_cast<Index>(values.size()));
  Matrix d(z.rows(), z.cols());
  sigmoid(z, d);
  for (Index i = 0; i < z.size(); ++i) {
    ASSERT_NEAR(d(i), 1 / (1 + std::exp(-static_cast<double>(z(i)))), kSigmoidError) << "σ(" << z(i) << ")";
  }
  EXPECT_EQ(d(0), 0.5F);
  EXPECT_EQ(d(1), 0.5F);
}

TEST(Kernels, SigmoidSaturatesWithinZeroAndOne) {
  constexpr float huge = std::numeric_limits<float>::max();
  constexpr float infinity = std::numeric_limits<float>::infinity();
  for (const Index width : kSizes) {  // single elements and vectors go different ways
    SCOPED_TRACE(width);
    Matrix d(1, width);
    for (const float z : {100.0F, 1e6F, huge, infinity}) {
      sigmoid(Matrix::Constant(1, width, z), d);
      EXPECT_EQ(d, Matrix::Constant(1, width, 1)) << "σ(" << z << ")";
      sigmoid(Matrix::Constant(1, width, -z), d);
      EXPECT_GE(d.minCoeff(), 0) << "σ(" << -z << ")";
      EXPECT_LE(d.maxCoeff(), 1e-30F) << "σ(" << -z << ")";
    }
  }
}

TEST(Kernels, FrobeniusIsTheNorm) {
  for (const Index rows : kSizes) {
    for (const Index columns : kSizes) {
      const Matrix matrix = uniform_matrix(rows, columns, -1, 1, 10);
      long double sum = 0;
      for (Index i = 0; i < matrix.size(); ++i) {
        sum += static_cast<long double>(matrix.data()[i]) * static_cast<long double>(matrix.data()[i]);
      }
      const auto expected = static_cast<double>(std::sqrt(sum));
      // The squares are exact in double; their sum and the root round.
      EXPECT_NEAR(frobenius(matrix), expected,
                  static_cast<double>(matrix.size() + 1) * kDoubleUnit * expected)
          << rows << " × " << columns;
    }
  }
  EXPECT_DOUBLE_EQ(frobenius(Matrix::Constant(1, 2, 3e38F)), std::sqrt(2.0) * static_cast<double>(3e38F))
      << "squares beyond float's range";
}

TEST(Kernels, MeasureSumsOverSamplesAndNeurons) {
  for (const Index rows : kSizes) {
    for (const Index columns : kSizes) {
      SCOPED_TRACE(std::to_string(rows) + " × " + std::to_string(columns));
      const Matrix z = uniform_matrix(rows, columns, -4, 4, 11), d = uniform_matrix(rows, columns, 0, 1, 12);
      const Matrix z_previous = uniform_matrix(rows, columns, -4, 4, 13);
      const Matrix d_previous = uniform_matrix(rows, columns, 0, 1, 14);
      Matrix gradient(rows, columns), gradient_without_shift(rows, columns);
      const LayerStates states{.z = z, .d = d, .z_previous = z_previous, .d_previous = d_previous};
      const LayerSums sums = measure(states, true, gradient);
      const LayerSums same = measure(states, false, gradient_without_shift);

      LayerSums expected, sizes;  // sizes: the same sums over absolute values
      for (Index s = 0; s < rows; ++s) {
        for (Index j = 0; j < columns; ++j) {
          const double zv = z(s, j), dv = d(s, j);
          const double dz = zv - z_previous(s, j), dd = dv - d_previous(s, j);
          const double slope = dv * (1 - dv), force = dv - zv * slope / std::numbers::ln2;
          const auto add = [](double& sum, double& size, double term) {
            sum += term;
            size += std::abs(term);
          };
          add(expected.z_delta_d, sizes.z_delta_d, zv * dd);
          add(expected.delta_d_squared, sizes.delta_d_squared, dd * dd);
          add(expected.delta_z_squared, sizes.delta_z_squared, dz * dz);
          add(expected.tensor_net, sizes.tensor_net, dz * force);
          sizes.tensor_net +=
              std::abs(dz) * (dv + std::abs(zv) * slope / std::numbers::ln2);  // force cancels
          add(expected.z_slope_delta_z, sizes.z_slope_delta_z, zv * slope * dz);

          const double g = -(zv * slope + dd) / std::numbers::ln2;
          const double g_without_shift = -(zv * slope) / std::numbers::ln2;
          // In double throughout and rounded once; the two terms of g may cancel in double.
          ASSERT_NEAR(gradient(s, j), g, kUnit * std::abs(g) + 8 * kDoubleUnit) << s << ", " << j;
          ASSERT_NEAR(gradient_without_shift(s, j), g_without_shift,
                      kUnit * std::abs(g_without_shift) + 8 * kDoubleUnit);
        }
      }
      // One rounding per sum, and up to eight within a term.
      const double units = static_cast<double>(z.size() + 8) * kDoubleUnit;
      EXPECT_NEAR(sums.z_delta_d, expected.z_delta_d, units * sizes.z_delta_d);
      EXPECT_NEAR(sums.delta_d_squared, expected.delta_d_squared, units * sizes.delta_d_squared);
      EXPECT_NEAR(sums.delta_z_squared, expected.delta_z_squared, units * sizes.delta_z_squared);
      EXPECT_NEAR(sums.tensor_net, expected.tensor_net, units * sizes.tensor_net);
      EXPECT_NEAR(sums.z_slope_delta_z, expected.z_slope_delta_z, units * sizes.z_slope_delta_z);

      // The shift term is part of the gradient and of no sum.
      EXPECT_EQ(same.z_delta_d, sums.z_delta_d);
      EXPECT_EQ(same.delta_d_squared, sums.delta_d_squared);
      EXPECT_EQ(same.delta_z_squared, sums.delta_z_squared);
      EXPECT_EQ(same.tensor_net, sums.tensor_net);
      EXPECT_EQ(same.z_slope_delta_z, sums.z_slope_delta_z);
    }
  }
}

TEST(Kernels, ColumnMeansAreOverRows) {
  for (const Index rows : kSizes) {
    for (const Index columns : kSizes) {
      const Matrix matrix = uniform_matrix(rows, columns, -1, 1, 15);
      Eigen::RowVectorXd means = Eigen::RowVectorXd::Constant(columns, 1e300);
      column_means(matrix, means);
      for (Index j = 0; j < columns; ++j) {
        double sum = 0, sizes = 0;
        for (Index s = 0; s < rows; ++s) {
          sum += matrix(s, j);
          sizes += std::abs(matrix(s, j));
        }
        const auto n = static_cast<double>(rows);
        ASSERT_NEAR(means(j), sum / n, (n + 1) * kDoubleUnit * sizes / n) << rows << " rows, column " << j;
      }
    }
  }
}

}  // namespace
}  // namespace ska::test
