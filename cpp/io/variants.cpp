#include "io/variants.h"

#include <string>

namespace ska {

LayerInput read_layer_input(const Field& field) {
  const auto input = layer_input_of(field.value().is_string() ? field.value().get<std::string>() : "");
  if (!input) field.refuse("\"previous\" or \"current\"");
  return *input;
}

std::int64_t read_gradient_equation(const Field& field) {
  for (const std::int64_t equation : Limits::gradient_equations) {
    if (field.value().is_number() && field.value().get<double>() == static_cast<double>(equation))
      return equation;
  }
  field.refuse("22 or 31");
}

}  // namespace ska
