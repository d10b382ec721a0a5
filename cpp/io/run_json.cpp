#include "io/run_json.h"

#include <cstddef>

#include <nlohmann/json.hpp>

#include "core/fingerprint.h"
#include "core/version.h"
#include "io/csv.h"

namespace ska {
namespace {

using Json = nlohmann::ordered_json;  // keys stay in the order below, for human readers

/// File names need not be UTF-8. Invalid bytes become the replacement character.
std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

std::string run_json(const Config& config, const DataSource& data, const Computation& computation) {
  Json json{
      {"program", "ska"},
      {"version", version},
      {"contract", contract},
      {"config",
       {{"layers", config.layers},
        {"steps", config.steps},
        {"learning_rate", config.learning_rate},
        {"tau", config.learning_rate * static_cast<double>(config.steps)},
        {"seed", config.seed},
        {"shift_term", config.shift_term},
        {"layer_input", name_of(config.layer_input)},
        {"gradient_equation", config.gradient_equation}}},
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
