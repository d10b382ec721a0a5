// The settings of a run, their limits, and their validation.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/batch.h"

namespace ska {

/// One fault of a configuration, described for the user.
struct Fault {
  /// The setting: "layers", "steps", "learning_rate", "seed", "gradient_equation", "samples" or "pixels".
  std::string field;
  std::string message;  ///< full sentences: what is wrong, where, and what is allowed
};

/// Which D⁽ˡ⁻¹⁾ is the input in the update of a layer l > 1.
enum class LayerInput : std::uint8_t {
  previous,  ///< that of the previous step, as in the authors' code
  current,   ///< that of this step, from which Z⁽ˡ⁾ was computed
};

/// "previous" or "current".
std::string_view name_of(LayerInput input);
/// The inverse of name_of; empty for any other name.
std::optional<LayerInput> layer_input_of(std::string_view name);

/// The settings of one run. The defaults are those of the papers.
///
/// The integers are wider than their allowed ranges, so `validate` can report a value that is out of range.
struct Config {
  std::vector<std::int64_t> layers{256, 128, 64, 10};  ///< neurons n₁…n_L
  std::int64_t steps = 50;                             ///< K, forward steps
  double learning_rate = 0.01;                         ///< η; the characteristic time τ is η·K
  std::int64_t seed = 42;                              ///< weight seed, as in torch.manual_seed
  bool shift_term = true;                              ///< whether ΔD is part of the gradient
  LayerInput layer_input = LayerInput::previous;       ///< the update's input for layers above the first
  /// Which equation of the first paper defines the gradient.
  ///   22: g = −(1/ln 2)(Z·D·(1−D) + ΔD)
  ///   31: g = −(1/ln 2) Z·D·(1−D) − ΔD, in which ΔD is not divided by ln 2
  /// Without ΔD both are the same.
  std::int64_t gradient_equation = 22;

  /// All faults of this configuration for this batch; empty if a run can start.
  std::vector<Fault> validate(const Batch& batch) const;

  /// All faults of the settings alone, without a batch.
  std::vector<Fault> validate() const;
};

struct Limits {
  static constexpr std::int64_t most_layers = 16;
  static constexpr std::int64_t most_neurons = 4096;
  static constexpr std::int64_t most_steps = 10000;
  static constexpr std::int64_t most_features = 1'000'000;
  static constexpr std::int64_t greatest_seed = 4'294'967'295;  ///< seeds are 32-bit words
  static constexpr std::array<std::int64_t, 2> gradient_equations{22, 31};
};

/// Thrown when a run is requested with an invalid configuration. `what()` joins the messages of all faults.
class ConfigError : public std::invalid_argument {
 public:
  explicit ConfigError(std::vector<Fault> faults);
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

}  // namespace ska
