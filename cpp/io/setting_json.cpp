#include "io/setting_json.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/text.h"

namespace ska {
namespace {

std::int64_t value_of(const Setting::WholeNumber& type, const Field& field) {
  return field.whole_number(type.min, type.max);
}

std::vector<std::int64_t> value_of(const Setting::WholeNumbers& type, const Field& field) {
  return field.whole_numbers(type.max_count, type.min, type.max);
}

std::int64_t value_of(const Setting::WholeChoice& type, const Field& field) {
  for (const std::int64_t value : type.values) {
    if (field.value().is_number() && field.value().get<double>() == static_cast<double>(value)) return value;
  }
  field.refuse(sentence(type.values[0], " or ", type.values[1]));
}

double value_of(const Setting::PositiveNumber&, const Field& field) { return field.positive_number(); }

LayerInput value_of(const Setting::NamedChoice&, const Field& field) {
  const auto input = layer_input_of(field.value().is_string() ? field.value().get<std::string>() : "");
  if (!input) field.refuse("\"previous\" or \"current\"");
  return *input;
}

bool value_of(const Setting::Truth&, const Field& field) { return field.truth(); }

template <class T>
Json json_of(const T& value) {
  return value;
}
Json json_of(LayerInput input) { return name_of(input); }

}  // namespace

void read_setting(const Setting& setting, const Field& field, Config& config) {
  std::visit([&](const auto& type) { config.*type.member = value_of(type, field); }, setting.type);
}

Json setting_json(const Setting& setting, const Config& config) {
  return std::visit([&](const auto& type) { return json_of(config.*type.member); }, setting.type);
}

}  // namespace ska
