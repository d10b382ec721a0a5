// The settings of a run, the one table that describes them, and their validation.
//
// To add a setting, add a member to `Config` and an entry to `all_settings`. Validation, the command's
// options and help, run cards, sweeps and the WebAssembly module follow the table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
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

  bool operator==(const Config&) const = default;
};

struct Limits {
  static constexpr std::int64_t most_layers = 16;
  static constexpr std::int64_t most_neurons = 4096;
  static constexpr std::int64_t most_steps = 10000;
  static constexpr std::int64_t most_features = 1'000'000;
  static constexpr std::int64_t greatest_seed = 4'294'967'295;  ///< seeds are 32-bit words
  static constexpr std::array<std::int64_t, 2> gradient_equations{22, 31};
};

/// One setting of `Config`: its name, what it means, its type with the range, and the member that holds it.
/// The default is that member of `Config{}`.
struct Setting {
  /// A whole number from min to max.
  struct WholeNumber {
    std::int64_t Config::*member;
    std::int64_t min, max;
  };
  /// A list of 1 to max_count whole numbers from min to max.
  struct WholeNumbers {
    std::vector<std::int64_t> Config::*member;
    std::int64_t max_count, min, max;
  };
  /// One of two whole numbers.
  struct WholeChoice {
    std::int64_t Config::*member;
    std::array<std::int64_t, 2> values;
  };
  /// A finite number above 0.
  struct PositiveNumber {
    double Config::*member;
  };
  /// An enumeration, by name.
  struct NamedChoice {
    LayerInput Config::*member;
  };
  struct Truth {
    bool Config::*member;
  };

  const char* name;     ///< in files, in sweeps and in JavaScript
  const char* subject;  ///< the beginning of sentences about it: "The weight seed"
  const char* option;   ///< of the command; that of a Truth sets what is not the default
  const char* value;    ///< what the help calls the option's value; of a Truth nothing
  const char* meaning;  ///< what the option does, in one line
  std::variant<WholeNumber, WholeNumbers, WholeChoice, PositiveNumber, NamedChoice, Truth> type;
  bool is_optional = false;  ///< documents and objects without it mean the default
};

/// All settings of `Config`, in the order in which files list them.
inline constexpr std::array all_settings{
    Setting{.name = "layers",
            .subject = "The layers",
            .option = "--layers",
            .value = "N,N,...",
            .meaning = "Neurons of each layer",
            .type = Setting::WholeNumbers{&Config::layers, Limits::most_layers, 1, Limits::most_neurons}},
    Setting{.name = "steps",
            .subject = "The number of steps",
            .option = "--steps",
            .value = "K",
            .meaning = "Forward steps",
            .type = Setting::WholeNumber{&Config::steps, 1, Limits::most_steps}},
    Setting{.name = "learning_rate",
            .subject = "The learning rate",
            .option = "--lr",
            .value = "X",
            .meaning = "Learning rate η",
            .type = Setting::PositiveNumber{&Config::learning_rate}},
    Setting{.name = "seed",
            .subject = "The weight seed",
            .option = "--seed",
            .value = "S",
            .meaning = "Weight seed, as in torch.manual_seed",
            .type = Setting::WholeNumber{&Config::seed, 0, Limits::greatest_seed}},
    Setting{.name = "shift_term",
            .subject = "The shift term",
            .option = "--no-shift-term",
            .value = "",
            .meaning = "Leave ΔD out of the gradient",
            .type = Setting::Truth{&Config::shift_term}},
    Setting{
        .name = "layer_input",
        .subject = "The layers' input",
        .option = "--layer-input",
        .value = "previous|current",
        .meaning =
            "What layers above the first learn from: D of the layer below at the previous step, or at the "
            "current one",
        .type = Setting::NamedChoice{&Config::layer_input},
        .is_optional = true},
    Setting{.name = "gradient_equation",
            .subject = "The gradient's equation",
            .option = "--gradient",
            .value = "22|31",
            .meaning = "The first paper's equation of the gradient: 31 leaves ΔD undivided by ln 2",
            .type = Setting::WholeChoice{&Config::gradient_equation, Limits::gradient_equations},
            .is_optional = true},
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
