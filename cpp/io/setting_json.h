// Reads and writes the settings of `Config` as JSON.
#pragma once

#include "core/config.h"
#include "io/json_field.h"

namespace ska {

/// Sets the member of `config` that the setting is about. Throws JsonError for a value that is not allowed.
void read_setting(const Setting& setting, const Field& field, Config& config);

/// The value that the setting has in `config`.
Json setting_json(const Setting& setting, const Config& config);

}  // namespace ska
