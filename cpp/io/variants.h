// Reads the variants of the learning rule from JSON.
#pragma once

#include <cstdint>

#include "core/config.h"
#include "io/json_field.h"

namespace ska {

/// Throws JsonError for anything but the name of a layer input.
LayerInput read_layer_input(const Field& field);

/// Throws JsonError for anything but the number of a known equation.
std::int64_t read_gradient_equation(const Field& field);

}  // namespace ska
