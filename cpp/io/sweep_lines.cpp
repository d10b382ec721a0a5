#include "io/sweep_lines.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>

#include "io/json_field.h"
#include "io/printable.h"

namespace ska {
namespace {

constexpr std::size_t kFirstIndices = 8;
constexpr std::size_t kMostLineBytes = std::size_t{1} << 31;  // 4096 outputs at 10 000 steps take 1 GB
constexpr std::size_t kLongestSettings = 400;                 // in messages about a line of another sweep

using Curve = std::vector<double>;

const char* key_of(Quantity quantity) {
  switch (quantity) {
    case Quantity::knowledge_norm:
      return "knowledge_norm";
    case Quantity::entropy:
      return "entropy";
    case Quantity::cosine:
      return "cosine";
    case Quantity::tensor_net:
      return "tensor_net";
    case Quantity::flow:
      return "flow";
    case Quantity::lagrangian:
      return "lagrangian";
    case Quantity::weight_norm:
      return "weight_norm";
  }
  return "records";
}

Curve curve_of(const History& history, Quantity quantity, std::size_t layer) {
  Curve curve(history.records(quantity));
  for (std::size_t i = 0; i < curve.size(); ++i) curve[i] = history.at(quantity, layer, i);
  return curve;
}

Curve total_entropy_of(const History& history) {
  Curve curve(history.records(Quantity::entropy));
  for (std::size_t i = 0; i < curve.size(); ++i) curve[i] = history.total_entropy(i);
  return curve;
}

// Figures of a curve; null if it has no records.

Json last_of(const Curve& curve) { return curve.empty() ? Json() : Json(curve.back()); }
Json first_of(const Curve& curve) { return curve.empty() ? Json() : Json(curve.front()); }
Json sum_of(const Curve& curve) {
  return curve.empty() ? Json() : Json(std::accumulate(curve.begin(), curve.end(), 0.0));
}
Json mean_of(const Curve& curve) {
  return curve.empty() ? Json() : Json(sum_of(curve).get<double>() / static_cast<double>(curve.size()));
}
Json min_of(const Curve& curve) { return curve.empty() ? Json() : Json(std::ranges::min(curve)); }
Json max_of(const Curve& curve) { return curve.empty() ? Json() : Json(std::ranges::max(curve)); }
/// The record number of a position, counted from 1. Of equal extremes the first is used.
Json record_at(const Curve& curve, Curve::const_iterator at) {
  return curve.empty() ? Json() : Json(at - curve.begin() + 1);
}
Json min_step_of(const Curve& curve) { return record_at(curve, std::ranges::min_element(curve)); }
Json max_step_of(const Curve& curve) { return record_at(curve, std::ranges::max_element(curve)); }

struct Figure {
  const char* key;
  Quantity quantity;
  Json (*of)(const Curve&);
};

/// The figures of a summary that have a value per layer.
constexpr std::array kFigures{
    Figure{"entropy_min", Quantity::entropy, min_of},
    Figure{"entropy_min_step", Quantity::entropy, min_step_of},
    Figure{"entropy_last", Quantity::entropy, last_of},
    Figure{"cosine_max", Quantity::cosine, max_of},
    Figure{"cosine_max_step", Quantity::cosine, max_step_of},
    Figure{"cosine_last", Quantity::cosine, last_of},
    Figure{"flow_max", Quantity::flow, max_of},
    Figure{"flow_max_step", Quantity::flow, max_step_of},
    Figure{"flow_last", Quantity::flow, last_of},
    Figure{"tensor_net_sum", Quantity::tensor_net, sum_of},
    Figure{"tensor_net_last", Quantity::tensor_net, last_of},
    Figure{"lagrangian_min", Quantity::lagrangian, min_of},
    Figure{"lagrangian_min_step", Quantity::lagrangian, min_step_of},
    Figure{"lagrangian_last", Quantity::lagrangian, last_of},
    Figure{"knowledge_norm_first", Quantity::knowledge_norm, first_of},
    Figure{"knowledge_norm_last", Quantity::knowledge_norm, last_of},
    Figure{"weight_norm_last", Quantity::weight_norm, last_of},
};

Json figure_of(const History& history, const Figure& figure) {
  Json layers = Json::array();
  for (std::size_t l = 0; l < history.layout().layers(); ++l)
    layers.push_back(figure.of(curve_of(history, figure.quantity, l)));
  return layers;
}

Json outputs_of(const History& history) {
  Json neurons = Json::array();
  for (std::size_t j = 0; j < history.layout().outputs(); ++j) {
    Curve curve(history.steps());
    for (std::size_t k = 0; k < curve.size(); ++k) curve[k] = history.outputs(k)[j];
    neurons.push_back(std::move(curve));
  }
  return neurons;
}

Json records_of(const History& history) {
  Json records = Json::object();
  for (const Quantity quantity : all_quantities) {
    Json layers = Json::array();
    for (std::size_t l = 0; l < history.layout().layers(); ++l)
      layers.push_back(curve_of(history, quantity, l));
    records[key_of(quantity)] = std::move(layers);
  }
  records["outputs"] = outputs_of(history);
  return records;
}

std::string line_of(const Json& line) { return line.dump() + "\n"; }

}  // namespace

std::string finished_line(const FinishedRun& finished, Records records) {
  const auto& [run, history, indices, fingerprint] = finished;
  Json line{{"run", settings_of(run)}, {"samples", indices.size()}};
  line["first_indices"] =
      std::vector(indices.begin(),
                  indices.begin() + static_cast<std::ptrdiff_t>(std::min(indices.size(), kFirstIndices)));
  line["fingerprint"] = fingerprint;
  for (const Figure& figure : kFigures) line[figure.key] = figure_of(history, figure);
  const Curve total = total_entropy_of(history);
  line["entropy_total_min"] = min_of(total);
  line["entropy_total_min_step"] = min_step_of(total);
  line["entropy_total_mean"] = mean_of(total);
  line["entropy_total"] = total;
  const std::span<const double> outputs = history.outputs(history.steps() - 1);
  line["outputs_last"] = Curve(outputs.begin(), outputs.end());
  if (records == Records::all) {
    line["indices"] = indices;
    line["records"] = records_of(history);
  }
  return line_of(line);
}

std::string failed_line(const SweepRun& run, const std::string& why) {
  return line_of(Json{{"run", settings_of(run)}, {"error", why}});
}

std::size_t most_line_bytes(Records records) {
  return records == Records::all ? kMostLineBytes : kMostDocumentBytes;
}

LineHead parse_line(std::string_view line, const std::string& name) {
  const Document document{name, "line of a sweep"};
  bool has_records = false;
  // Only the fields that identify the run are kept; long lists of numbers are skipped while parsing.
  const auto keeps = [&](const std::string& key) {
    has_records = has_records || key == "records";
    return key == "run" || key == "error" || key == "fingerprint";
  };
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(line.data()), line.size());
  Json json;
  try {
    json = parse_json(bytes, document, {.keeps = keeps, .most_bytes = kMostLineBytes});
  } catch (const NotJsonError&) {
    json = Json();
  }
  const Field field(json, document);
  if (!json.is_object()) field.complain("it is not a JSON object.");
  const Field run = field["run"];
  if (!run.is_object()) run.refuse("an object");
  const bool failed = json.contains("error");
  if (failed) {
    static_cast<void>(field["error"].text());
  } else {
    static_cast<void>(field["fingerprint"].hex_digits());
  }
  return {.run = run_of_settings(run.value()),
          .settings = printable(run.value().dump(), kLongestSettings),
          .failed = failed,
          .records = has_records ? Records::all : Records::summary};
}

std::string beginning_of_line(const std::string& settings) { return "{\"run\":" + settings + ","; }

}  // namespace ska
