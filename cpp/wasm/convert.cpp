#include "wasm/convert.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <iterator>
#include <new>
#include <stdexcept>
#include <utility>
#include <variant>

#include "core/run.h"
#include "core/text.h"

namespace ska::js {
namespace {

using emscripten::typed_memory_view;
using emscripten::val;

/// Number.MAX_SAFE_INTEGER: all whole numbers up to it are exact doubles.
constexpr double kSafeInteger = 9007199254740991.0;
constexpr std::size_t kLongestList = 1000;

/// False for NaN, which is not equal to itself.
bool is_whole(double number) { return std::trunc(number) == number && std::abs(number) <= kSafeInteger; }

std::string not_whole(const std::string& place, double number) {
  return sentence(place, " must be a whole number; ", number, " was given.");
}

/// Reads the fields of an object and collects the faults of their types.
class Reader {
 public:
  explicit Reader(const val& object) : object_(object) {}

  std::int64_t whole(const char* field) { return whole(object_[field], field, field); }

  /// `most` completes the message "field has 5000 numbers, far more than …".
  std::vector<std::int64_t> whole_list(const char* field, const char* most) {
    const val list = object_[field];
    if (!list.isArray()) {
      fault(field, sentence(field, " must be a list of whole numbers."));
      return {};
    }
    std::vector<std::int64_t> numbers;
    const auto length = list["length"].as<std::size_t>();
    if (length > kLongestList) {  // not read, since it may have four billion items
      fault(field, sentence(field, " has ", length, " numbers, far more than ", most, "."));
      return {};
    }
    for (std::size_t i = 0; i < length; ++i)
      numbers.push_back(whole(list[i], field, sentence(field, "[", i, "]")));
    return numbers;
  }

  std::optional<std::int64_t> whole_or_null(const char* field) {
    if (object_[field].isNull()) return std::nullopt;
    return whole(field);
  }

  double real(const char* field) {
    const val value = object_[field];
    if (!value.isNumber()) {
      fault(field, sentence(field, " must be a number."));
      return 0;
    }
    return value.as<double>();
  }

  bool truth(const char* field) {
    const val value = object_[field];
    if (!value.isTrue() && !value.isFalse()) fault(field, sentence(field, " must be true or false."));
    return value.isTrue();
  }

  // By the type of a setting.
  std::int64_t read(const char* field, const Setting::WholeNumber&) { return whole(field); }
  std::int64_t read(const char* field, const Setting::WholeChoice&) { return whole(field); }
  std::vector<std::int64_t> read(const char* field, const Setting::WholeNumbers&) {
    return whole_list(field, "a network has layers");
  }
  double read(const char* field, const Setting::PositiveNumber&) { return real(field); }
  bool read(const char* field, const Setting::Truth&) { return truth(field); }
  LayerInput read(const char* field, const Setting::NamedChoice&) {
    const val value = object_[field];
    const auto input = layer_input_of(value.isString() ? value.as<std::string>() : "");
    if (!input) fault(field, sentence(field, " must be \"previous\" or \"current\"."));
    return input.value_or(LayerInput::previous);
  }

  std::vector<Fault> faults() && { return std::move(faults_); }

 private:
  std::int64_t whole(const val& value, const char* field, const std::string& place) {
    const double number = value.isNumber() ? value.as<double>() : std::nan("");
    if (!is_whole(number)) {
      fault(field, value.isNumber() ? not_whole(place, number) : sentence(place, " must be a whole number."));
      return 0;
    }
    return static_cast<std::int64_t>(number);
  }

  void fault(const char* field, std::string message) { faults_.push_back({field, std::move(message)}); }

  const val& object_;
  std::vector<Fault> faults_;
};

/// A copy of a typed array's numbers.
template <class Number>
std::vector<Number> numbers_from(const val& array, const char* type, const char* message) {
  if (!array.instanceof (val::global(type))) throw std::invalid_argument(message);
  return emscripten::convertJSArrayToNumberVector<Number>(array);
}

val error_object(const char* kind, const char* message) {
  return val::global(kind).new_(val::u8string(message));
}

/// The JavaScript error for the exception being handled.
val current_error() {
  try {
    throw;
  } catch (const ConfigError& error) {
    val object = error_object("RangeError", error.what());
    object.set("faults", fault_list(error.faults()));
    return object;
  } catch (const MemoryError& error) {
    return error_object("RangeError", error.what());
  } catch (const std::bad_alloc&) {
    return error_object("RangeError", "There is not enough memory for this.");
  } catch (const std::invalid_argument& error) {
    return error_object("RangeError", error.what());
  } catch (const std::out_of_range&) {
    return error_object("RangeError", "The network has no such layer.");
  } catch (const std::exception& error) {
    return error_object("Error", error.what());
  }
}

template <class Numbers>
val number_list(const Numbers& numbers) {
  val list = val::array();
  for (const std::int64_t number : numbers) list.call<void>("push", static_cast<double>(number));
  return list;
}

val default_value(std::int64_t value) { return val(static_cast<double>(value)); }
val default_value(double value) { return val(value); }
val default_value(bool value) { return val(value); }
val default_value(LayerInput value) { return val::u8string(std::string(name_of(value)).c_str()); }
val default_value(const std::vector<std::int64_t>& values) { return number_list(values); }

// Each adds the type and the range of a setting to its description.

void describe_range(val& object, const char* type, std::int64_t min, std::int64_t max) {
  object.set("type", val::u8string(type));
  object.set("min", static_cast<double>(min));
  object.set("max", static_cast<double>(max));
}
void describe(val& object, const Setting::WholeNumber& type) {
  describe_range(object, "whole", type.min, type.max);
}
void describe(val& object, const Setting::WholeNumbers& type) {
  describe_range(object, "list", type.min, type.max);
  object.set("maxCount", static_cast<double>(type.max_count));
}
void describe(val& object, const Setting::WholeChoice& type) {
  object.set("type", val::u8string("choice"));
  object.set("choices", number_list(type.values));
}
void describe(val& object, const Setting::PositiveNumber&) { object.set("type", val::u8string("positive")); }
void describe(val& object, const Setting::NamedChoice&) {
  object.set("type", val::u8string("choice"));
  val choices = val::array();
  for (const LayerInput input : {LayerInput::previous, LayerInput::current})
    choices.call<void>("push", default_value(input));
  object.set("choices", choices);
}
void describe(val& object, const Setting::Truth&) { object.set("type", val::u8string("truth")); }

}  // namespace

Config config_from(const ConfigObject& object) {
  if (object.isNull() || object.isUndefined())
    throw ConfigError({{"config", "A configuration object is needed."}});
  Reader reader(object);
  Config config;
  for (const Setting& setting : all_settings) {
    if (setting.is_optional && object[setting.name].isUndefined()) continue;
    std::visit([&](const auto& type) { config.*type.member = reader.read(setting.name, type); },
               setting.type);
  }
  std::vector<Fault> faults = std::move(reader).faults();
  if (faults.empty()) return config;
  // Also report the core's faults for the fields that could be read, so all faults come at once.
  const auto unread = [&](const Fault& fault) {
    return std::ranges::any_of(faults, [&](const Fault& other) { return other.field == fault.field; });
  };
  std::vector<Fault> others = config.validate();
  std::erase_if(others, unread);
  std::ranges::move(others, std::back_inserter(faults));
  throw ConfigError(std::move(faults));
}

Sampling sampling_from(const SamplingObject& object) {
  if (object.isNull() || object.isUndefined())
    throw ConfigError({{"options", "An object of options is needed."}});
  Reader reader(object);
  Sampling sampling{.selection = {.classes = reader.whole_list("classes", "there are classes"),
                                  .per_class = reader.whole("per_class")},
                    .data_seed = reader.whole_or_null("data_seed")};
  std::vector<Fault> faults = std::move(reader).faults();
  if (!faults.empty()) throw ConfigError(std::move(faults));
  return sampling;
}

std::int64_t whole_number(double value, const char* name) {
  if (!is_whole(value)) throw ConfigError({{name, not_whole(name, value)}});
  return static_cast<std::int64_t>(value);
}

std::size_t layer_index(double value) {
  const std::int64_t index = whole_number(value, "layer");
  if (index < 0 || index >= Limits::most_layers)
    throw std::out_of_range("layer");  // truncated to 32 bits, 2³² would be 0
  return static_cast<std::size_t>(index);
}

int thread_count(double value) {
  const std::int64_t threads = whole_number(value, "threads");
  // Clamped to a value just out of range, which the core rejects with the allowed range.
  return static_cast<int>(std::clamp<std::int64_t>(threads, -1, Team::most_threads + 1));
}

FaultList fault_list(const std::vector<Fault>& faults) {
  val list = val::array();
  for (const Fault& fault : faults) {
    val object = val::object();
    object.set("field", val::u8string(fault.field.c_str()));
    object.set("message", val::u8string(fault.message.c_str()));
    list.call<void>("push", object);
  }
  return FaultList(list);
}

SettingList setting_list() {
  const Config defaults;
  val list = val::array();
  for (const Setting& setting : all_settings) {
    val object = val::object();
    object.set("name", val::u8string(setting.name));
    object.set("meaning", val::u8string(setting.meaning));
    object.set("optional", setting.is_optional);
    std::visit(
        [&](const auto& type) {
          object.set("default", default_value(defaults.*type.member));
          describe(object, type);
        },
        setting.type);
    list.call<void>("push", object);
  }
  return SettingList(list);
}

void require_function(const StepWatcher& watch) {
  if (watch.typeOf().as<std::string>() != "function")
    throw std::invalid_argument("The watcher of steps must be a function.");
}

std::vector<std::uint8_t> pixels_from(const ByteArray& array) {
  return numbers_from<std::uint8_t>(array, "Uint8Array",
                                    "The pixels must be a Uint8Array, one byte per pixel.");
}

std::vector<std::uint8_t> labels_from(const ByteArray& array) {
  return numbers_from<std::uint8_t>(array, "Uint8Array",
                                    "The labels must be a Uint8Array, one byte per sample.");
}

std::vector<float> weights_from(const FloatArray& array) {
  return numbers_from<float>(
      array, "Float32Array",
      "The weights must be a Float32Array: for each layer its weights, then its biases.");
}

FloatArray float_array(std::span<const float> values) {
  // The view does not leave this function: it would become empty, without an error, when the memory grows.
  return FloatArray(val(typed_memory_view(values.size(), values.data())).call<val>("slice"));
}

IndexArray index_array(std::span<const std::int64_t> values) {
  const std::vector<std::int32_t> indices(values.begin(), values.end());  // 2³¹ labels do not fit into memory
  return IndexArray(val(typed_memory_view(indices.size(), indices.data())).call<val>("slice"));
}

void rethrow_to_javascript() {
  const val error = current_error();
  error.throw_();
  std::terminate();  // not reached: throw_ throws in JavaScript
}

}  // namespace ska::js
