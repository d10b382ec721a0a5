// Which variant of the rule does a document ask for?
#pragma once

#include <cstdint>

#include "core/config.h"
#include "io/json_field.h"

namespace ska {

/// Throws JsonError for anything but a variant's name.
LayerInput read_layer_input(const Field& field);

/// Throws JsonError for anything but the number of an equation that there is.
std::int64_t read_gradient_equation(const Field& field);

}  // namespace ska
