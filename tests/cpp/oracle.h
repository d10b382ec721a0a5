// Reference implementation of a step for tests: double precision, plain loops, no code of the kernels. It
// also bounds the rounding error of a float engine.
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

/// A number, and a bound on the rounding error that a float engine may have in it.
struct Expected {
  double value = 0;
  double tolerance = 0;
};

/// Error bound of a float sigmoid: 4 units of roundoff below 1, enough for a quotient of two polynomials of
/// degree 9 and 10 evaluated in float.
inline constexpr double kSigmoidError = 4 * 0x1p-24;

/// A run in double, from the same float weights and pixels as the engine's.
///
/// Every number carries a first-order bound on the float engine's error. With u = 2⁻²⁴, a product over n
/// inputs may be off by (n + 2)·u·Σ|a·w|. The error of a layer propagates to the next one through its
/// weights, and every update adds its error to that of the weights.
class Oracle {
 public:
  Oracle(Config config, const Batch& batch, const Network& network);

  void step();
  /// As Run::forget: keeps the weights.
  void forget() { steps_done_ = 0; }
  /// Continues from the engine's weights, Z and D (from its first samples if it has more than the oracle).
  /// Calling this before every step compares single steps. Over many steps the accumulated bound would be far
  /// larger than any real error, and a comparison would detect nothing.
  void adopt(const Run& run);

  /// The record of the last step. Quantities that need a previous step are only meaningful from step 1 on.
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
    // Bounds on the engine's error in a single element:
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
