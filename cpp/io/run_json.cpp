#include "io/run_json.h"

#include <cstddef>
#include <string_view>

#include "core/fingerprint.h"
#include "core/version.h"
#include "io/csv.h"
#include "io/json_field.h"
#include "io/setting_json.h"

namespace ska {
namespace {

/// File names need not be UTF-8. Invalid bytes become the replacement character.
std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json config_json(const Config& config) {
  Json json;
  for (const Setting& setting : all_settings) {
    json[setting.name] = setting_json(setting, config);
    if (std::string_view(setting.name) == "learning_rate")
      json["tau"] = config.learning_rate * static_cast<double>(config.steps);
  }
  return json;
}

}  // namespace

std::string run_json(const Config& config, const DataSource& data, const Computation& computation) {
  Json json{
      {"program", "ska"},
      {"version", version},
      {"contract", contract},
      {"config", config_json(config)},
      {"data",
       {{"images", data.images},
        {"labels", data.labels},
        {"sampling", data.sampling},
        {"per_class", or_null(data.per_class)},
        {"classes", data.classes.empty() ? Json() : Json(data.classes)},
        {"data_seed", or_null(data.data_seed)},
        {"samples", data.samples},
        {"features", data.features}}},
      {"fingerprint", or_null(computation.fingerprint)},
      {"computed",
       {{"kernels", computation.kernels}, {"exact", computation.exact}, {"threads", computation.threads}}},
  };
  if (data.base) json["data"]["base"] = *data.base;
  return dumped(json, 2);
}

std::string history_json(const History& history) {
  Json json = Json::object();
  for (const Quantity quantity : all_quantities) {
    Json layers = Json::array();
    for (std::size_t l = 0; l < history.layout().layers(); ++l) {
      Json records = Json::array();
      for (std::size_t i = 0; i < history.records(quantity); ++i)
        records.push_back(history.at(quantity, l, i));
      layers.push_back(std::move(records));
    }
    json[history_name(quantity)] = std::move(layers);
  }
  Json outputs = Json::array();
  for (std::size_t k = 0; k < history.steps(); ++k) {
    outputs.push_back(std::vector<double>(history.outputs(k).begin(), history.outputs(k).end()));
  }
  json["output_neuron_activation"] = std::move(outputs);
  return dumped(json, -1);
}

}  // namespace ska
