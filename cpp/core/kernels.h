// What does a step spend its time on? These five passes over a layer. Everything faster than plain Eigen
// comes in behind this seam; nothing else of the core touches single elements of Z, D or a gradient.
#pragma once

#include <memory>

#include "core/matrix.h"

namespace ska {

/// Sums over all samples and neurons of one layer, in double.
struct LayerSums {
  double z_delta_d = 0;        ///< Σ Z·ΔD
  double delta_d_squared = 0;  ///< Σ ΔD²
  double delta_z_squared = 0;  ///< Σ ΔZ²
  double tensor_net = 0;       ///< Σ ΔZ·(D − (1/ln 2) Z·D·(1−D))
  double z_slope_delta_z = 0;  ///< Σ Z·D·(1−D)·ΔZ
};

/// A layer's Z and D at a step and at the one before, each (samples, neurons).
struct LayerStates {
  const Matrix& z;
  const Matrix& d;
  const Matrix& z_previous;
  const Matrix& d_previous;
};

/// The two products of one layer, with their working memory allocated once.
class LayerProducts {
 public:
  LayerProducts(Eigen::Index samples, Eigen::Index inputs, Eigen::Index neurons);
  ~LayerProducts();
  LayerProducts(LayerProducts&&) noexcept;

  /// Z = A·W + b. `input` is (samples, inputs), `weights` (inputs, neurons), `z` (samples, neurons).
  void affine(const MatrixView& input, const Matrix& weights, const RowVector& bias, Matrix& z);

  /// W −= rate · Aᵀ·g. `gradient` is (samples, neurons).
  void descend(const MatrixView& input, const Matrix& gradient, double rate, Matrix& weights);

 private:
  struct Workspace;
  std::unique_ptr<Workspace> workspace_;
};

/// D = σ(Z), element by element.
void sigmoid(const Matrix& z, Matrix& d);

/// Frobenius norm, summed in double.
double frobenius(const Matrix& matrix);

/// All sums of a layer and its gradient g = −(1/ln 2)(Z·D·(1−D) + ΔD), without ΔD where `shift_term` is
/// false.
LayerSums measure(const LayerStates& layer, bool shift_term, Matrix& gradient);

/// Mean of every column over the rows, in double. `means` holds one value per column.
void column_means(const Matrix& matrix, Eigen::Ref<Eigen::RowVectorXd> means);

}  // namespace ska
