// The products of the kernels in plain Eigen, as a reference for their tests.
#pragma once

#include "core/matrix.h"

namespace ska::test {

/// A·W.
inline Matrix product(const Matrix& a, const Matrix& w) { return a * w; }

/// Aᵀ·g.
inline Matrix transposed_product(const Matrix& a, const Matrix& g) { return a.transpose() * g; }

/// Σ|a·w| for every element of A·W, the scale of its rounding errors.
inline Eigen::MatrixXd product_size(const Matrix& a, const Matrix& w) {
  return a.cwiseAbs().cast<double>() * w.cwiseAbs().cast<double>();
}

/// Frobenius norm, computed in double.
inline double frobenius(const Matrix& matrix) { return matrix.cast<double>().norm(); }

}  // namespace ska::test
