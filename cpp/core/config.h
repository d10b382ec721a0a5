// What can be asked of a run, and what is wrong with what was asked?
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

/// One thing wrong with a configuration, for a person to read.
struct Fault {
  /// Which setting: "layers", "steps", "learning_rate", "seed", "gradient_equation", "samples", "pixels".
  std::string field;
  std::string message;  ///< a sentence: what was wrong, where, and what is allowed
};

/// Which D⁽ˡ⁻¹⁾ the update of a layer l > 1 multiplies its gradient with.
enum class LayerInput : std::uint8_t {
  previous,  ///< that of the step before: the authors' code
  current,   ///< that of this step, which Z⁽ˡ⁾ was made of
};

/// "previous" or "current".
std::string_view name_of(LayerInput input);
/// None for any other name.
std::optional<LayerInput> layer_input_of(std::string_view name);

/// The settings of one run. The defaults are the papers'.
///
/// The integers are wider than their ranges so that whatever arrives can be held, and then judged by
/// `validate`.
struct Config {
  std::vector<std::int64_t> layers{256, 128, 64, 10};  ///< neurons n₁…n_L
  std::int64_t steps = 50;                             ///< K, forward steps
  double learning_rate = 0.01;                         ///< η; the characteristic time τ is η·K
  std::int64_t seed = 42;                              ///< weight seed, as in torch.manual_seed
  bool shift_term = true;                              ///< whether ΔD is part of the gradient
  LayerInput layer_input = LayerInput::previous;       ///< what layers above the first learn from
  /// The first paper's number of the gradient's equation.
  ///   22: g = −(1/ln 2)(Z·D·(1−D) + ΔD)
  ///   31: g = −(1/ln 2) Z·D·(1−D) − ΔD, in which ΔD is not divided by ln 2
  /// Without ΔD they are one and the same.
  std::int64_t gradient_equation = 22;

  /// Everything that is wrong with this configuration for this batch; empty when a run may start.
  std::vector<Fault> validate(const Batch& batch) const;

  /// As above, for the settings alone.
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

/// Thrown where a run is asked for that `Config::validate` finds fault with; `what()` joins all messages.
class ConfigError : public std::invalid_argument {
 public:
  explicit ConfigError(std::vector<Fault> faults);
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

}  // namespace ska
