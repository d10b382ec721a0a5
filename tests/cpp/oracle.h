// What should a step compute? The algorithm once more, in double, with plain loops and nothing from the
// engine's kernels; and how far an engine in float may be from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/batch.h"
#include "core/config.h"
#include "core/network.h"
#include "core/record.h"
#include "core/run.h"

namespace ska::test {

/// A number and how far, by a bound on the rounding errors of a float engine, one may be from it.
struct Expected {
  double value = 0;
  double tolerance = 0;
};

/// How far a float sigmoid may be from the true one: 4 units of roundoff below 1, for a quotient of two
/// polynomials of degree 9 and 10 evaluated in float.
inline constexpr double kSigmoidError = 4 * 0x1p-24;

/// A run in double, from the same float weights and pixels as the engine's.
///
/// Beside every number it carries a first-order bound on the float engine's error: with u = 2⁻²⁴, a product
/// over n inputs may be off by (n + 2)·u·Σ|a·w|; what a layer is off by reaches the next one through its
/// weights, and every update adds its own error to the weights'.
class Oracle {
 public:
  Oracle(Config config, const Batch& batch, const Network& network);

  void step();
  /// As Run::forget: the weights stay.
  void forget() { steps_done_ = 0; }
  /// Goes on from the engine's own weights, Z and D (its first samples, where it has more than the oracle).
  /// Taken before every step this compares steps one by one: over many steps a bound on errors of errors
  /// grows far beyond any error, and a comparison within it would find nothing.
  void adopt(const Run& run);

  /// The last step's record. Quantities that need a step before are only meaningful from step 1 on.
  Expected at(Quantity quantity, std::size_t layer) const {
    return layers_[layer].record[static_cast<std::size_t>(quantity)];
  }
  Expected total_entropy() const;
  Expected output(std::size_t neuron) const;
  Expected weight(std::size_t layer, std::size_t input, std::size_t neuron) const;
  Expected bias(std::size_t layer, std::size_t neuron) const;

 private:
  using Values = std::vector<double>;
  struct LayerState {
    std::size_t inputs = 0, neurons = 0;
    Values weights, bias;             // (inputs, neurons), (neurons)
    Values z, d, z_before, d_before;  // (samples, neurons)
    // Bounds on the engine's error in any one element:
    double weight_error = 0, z_error = 0, d_error = 0, z_error_before = 0, d_error_before = 0;
    Expected record[all_quantities.size()];
  };

  void forward(std::size_t l);
  void measure(LayerState& layer) const;
  void update(std::size_t l);
  Expected& recorded(LayerState& layer, Quantity quantity) const {
    return layer.record[static_cast<std::size_t>(quantity)];
  }

  Config config_;
  std::size_t samples_;
  Values pixels_;  // (samples, features)
  std::vector<LayerState> layers_;
  std::int64_t steps_done_ = 0;
};

}  // namespace ska::test
