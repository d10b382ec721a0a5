// Converts values between JavaScript and C++. All data is copied, and exceptions become JavaScript errors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <emscripten/val.h>

#include "core/config.h"
#include "core/matrix.h"
#include "core/sampling.h"

namespace ska::js {

// Names for the generated TypeScript declarations.
EMSCRIPTEN_DECLARE_VAL_TYPE(ConfigObject)
EMSCRIPTEN_DECLARE_VAL_TYPE(FaultList)
EMSCRIPTEN_DECLARE_VAL_TYPE(SettingList)
EMSCRIPTEN_DECLARE_VAL_TYPE(ByteArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(FloatArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(IndexArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(SamplingObject)
EMSCRIPTEN_DECLARE_VAL_TYPE(StepWatcher)

/// A configuration from a JavaScript object. Throws ConfigError if fields are missing, of the wrong type, or
/// not whole numbers where required, together with the faults that the core finds in the other fields.
Config config_from(const ConfigObject& object);

/// The selection of samples, and the seed.
struct Sampling {
  Selection selection;
  std::optional<std::int64_t> data_seed;
};

/// A selection from a JavaScript object. Throws ConfigError as config_from does. The core checks the ranges.
Sampling sampling_from(const SamplingObject& object);

/// A count or index that was passed as a double, because the built-in conversion to an integer would truncate
/// 1.5 to 1. Throws ConfigError if it is not a whole number. The core checks the range.
std::int64_t whole_number(double value, const char* name);

/// The index of a layer. Throws as whole_number does,
/// and std::out_of_range if no network can have this layer.
std::size_t layer_index(double value);

/// A number of threads, clamped to an int. The core checks the range. Throws as whole_number does.
int thread_count(double value);

FaultList fault_list(const std::vector<Fault>& faults);
/// `all_settings`, for JavaScript.
SettingList setting_list();
/// Throws std::invalid_argument. Asked before a step is taken, for a step cannot be taken back.
void require_function(const StepWatcher& watch);

std::vector<std::uint8_t> pixels_from(const ByteArray& array);
std::vector<std::uint8_t> labels_from(const ByteArray& array);
std::vector<float> weights_from(const FloatArray& array);
FloatArray float_array(std::span<const float> values);
IndexArray index_array(std::span<const std::int64_t> values);

/// Throws the JavaScript error for the C++ exception that is being handled: RangeError for a bad
/// configuration (with its `faults`), a bad argument or a lack of memory, and Error for anything else. Must
/// be called from a catch block.
[[noreturn]] void rethrow_to_javascript();

/// Returns the result of `work`, and rethrows its exceptions in JavaScript.
template <class Work>
auto guarded(const Work& work) {
  try {
    return work();
  } catch (const std::exception&) {
    rethrow_to_javascript();
  }
}

}  // namespace ska::js
