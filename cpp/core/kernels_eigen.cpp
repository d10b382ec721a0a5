#include <cmath>
#include <numbers>

#include "core/kernels.h"

namespace ska {
namespace {

using Eigen::Index;

constexpr double kInverseLn2 = 1.0 / std::numbers::ln2;

/// out += alpha · lhs · rhs for one shape. Eigen's `noalias() +=` allocates its packing buffers on every
/// call; this calls the same product with buffers made once, so that a step allocates nothing.
template <int LhsOrder>
class Product {
 public:
  Product(Index rows, Index cols, Index depth)
      : rows_(rows), cols_(cols), depth_(depth), blocking_(rows, cols, depth, 1, true) {
    blocking_.allocateAll();
  }

  void add(float alpha, const float* lhs, Index lhs_stride, const Matrix& rhs, Matrix& out) {
    namespace internal = Eigen::internal;
    internal::general_matrix_matrix_product<Index, float, LhsOrder, false, float, Eigen::RowMajor, false,
                                            Eigen::RowMajor, 1>::run(rows_, cols_, depth_, lhs, lhs_stride,
                                                                     rhs.data(), rhs.cols(), out.data(), 1,
                                                                     out.cols(), alpha, blocking_, nullptr);
  }

 private:
  Index rows_, cols_, depth_;
  Eigen::internal::gemm_blocking_space<Eigen::RowMajor, float, float, Eigen::Dynamic, Eigen::Dynamic,
                                       Eigen::Dynamic>
      blocking_;
};

}  // namespace

struct LayerProducts::Workspace {
  Product<Eigen::RowMajor> forward;   // A·W
  Product<Eigen::ColMajor> backward;  // Aᵀ·g: a row-major A is a column-major Aᵀ
};

LayerProducts::LayerProducts(Index samples, Index inputs, Index neurons)
    : workspace_(
          new Workspace{.forward = {samples, neurons, inputs}, .backward = {inputs, neurons, samples}}) {}
LayerProducts::~LayerProducts() = default;
LayerProducts::LayerProducts(LayerProducts&&) noexcept = default;

void LayerProducts::affine(const MatrixView& input, const Matrix& weights, const RowVector& bias, Matrix& z) {
  z.rowwise() = bias;
  workspace_->forward.add(1.0F, input.data(), input.outerStride(), weights, z);
}

void LayerProducts::descend(const MatrixView& input, const Matrix& gradient, double rate, Matrix& weights) {
  workspace_->backward.add(static_cast<float>(-rate), input.data(), input.outerStride(), gradient, weights);
}

void sigmoid(const Matrix& z, Matrix& d) { d.array() = z.array().logistic(); }

double frobenius(const Matrix& matrix) {
  double sum = 0;
  for (Index i = 0; i < matrix.size(); ++i) {
    const double value = matrix.data()[i];
    sum += value * value;
  }
  return std::sqrt(sum);
}

LayerSums measure(const LayerStates& layer, bool shift_term, Matrix& gradient) {
  LayerSums sums;
  for (Index i = 0; i < layer.z.size(); ++i) {
    const double z = layer.z.data()[i];
    const double d = layer.d.data()[i];
    const double delta_z = z - layer.z_previous.data()[i];
    const double delta_d = d - layer.d_previous.data()[i];
    const double z_slope = z * d * (1.0 - d);
    sums.z_delta_d += z * delta_d;
    sums.delta_d_squared += delta_d * delta_d;
    sums.delta_z_squared += delta_z * delta_z;
    sums.tensor_net += delta_z * (d - kInverseLn2 * z_slope);
    sums.z_slope_delta_z += z_slope * delta_z;
    gradient.data()[i] = static_cast<float>(-kInverseLn2 * (z_slope + (shift_term ? delta_d : 0.0)));
  }
  return sums;
}

void column_means(const Matrix& matrix, Eigen::Ref<Eigen::RowVectorXd> means) {
  means.setZero();
  for (Index row = 0; row < matrix.rows(); ++row) means += matrix.row(row).cast<double>();
  means /= static_cast<double>(matrix.rows());
}

}  // namespace ska
