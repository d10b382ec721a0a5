// How do values cross between JavaScript and the core? Copied, always; errors as real JavaScript errors.
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

/// A configuration from a JavaScript object. Throws ConfigError for a field that is missing, of another type,
/// or not a whole number where one is needed, together with the faults that the core finds in the others.
Config config_from(const ConfigObject& object);

/// Which samples to take.
struct Sampling {
  Selection selection;
  std::optional<std::int64_t> data_seed;
};

/// From a JavaScript object. Throws ConfigError as config_from does; ranges are the core's to judge.
Sampling sampling_from(const SamplingObject& object);

/// A count or index that crossed as a double, which is how JavaScript's own conversion is kept from cutting
/// 1.5 down to 1. Throws ConfigError for what is not a whole number; its range is the core's to judge.
std::int64_t whole_number(double value, const char* name);

/// The index of a layer. Throws as whole_number, and std::out_of_range for what no index of 32 bits can be.
std::size_t layer_index(double value);

/// A number of threads, as wrong as it may be: its range is the core's to judge. Throws as whole_number.
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

/// Throws, in JavaScript, the error that stands for the C++ exception being handled: RangeError (with its
/// `faults`) for a bad configuration or argument and for memory, Error for all else. Call it from a catch
/// block.
[[noreturn]] void rethrow_to_javascript();

/// What `work` returns; what it throws arrives in JavaScript.
template <class Work>
auto guarded(const Work& work) {
  try {
    return work();
  } catch (const std::exception&) {
    rethrow_to_javascript();
  }
}

}  // namespace ska::js
