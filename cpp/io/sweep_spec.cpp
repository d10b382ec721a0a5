#include "io/sweep_spec.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/text.h"
#include "io/variants.h"

namespace ska {
namespace {

constexpr std::int64_t kMostPerClass = std::int64_t{1} << 30;  // no IDX file that is read has more
constexpr std::int64_t kLabels = 256;                          // a label is a byte
const char* const kLearningRate = "learning_rate";
const char* const kTau = "tau";

/// A run whose learning rate may still be given by the characteristic time.
struct Draft {
  SweepRun run;
  std::optional<double> tau;
};

enum class Kind : std::uint8_t { config, samples };

struct Setting {
  const char* name;
  Kind kind;
  bool whole;  ///< whether {"from", "to"} can list its values
  void (*read)(const Field& field, Draft& draft);
  Json (*shown)(const SweepRun& run);  ///< nullptr: another name for a setting that is shown
};

std::optional<std::int64_t> whole_or_null(const Field& field, std::int64_t least, std::int64_t most) {
  return field.is_null() ? std::nullopt : std::optional(field.whole_number(least, most, ", or null"));
}

DataSet read_set(const Field& field) { return *data_set_named(field.one_of(data_set_names())); }

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

/// All there are, in the order in which they are written.
const std::array kSettings{
    Setting{"layers", Kind::config, false,
            [](const Field& field, Draft& draft) {
              draft.run.config.layers = field.whole_numbers(Limits::most_layers, 1, Limits::most_neurons);
            },
            [](const SweepRun& run) { return Json(run.config.layers); }},
    Setting{"steps", Kind::config, true,
            [](const Field& field, Draft& draft) {
              draft.run.config.steps = field.whole_number(1, Limits::most_steps);
            },
            [](const SweepRun& run) { return Json(run.config.steps); }},
    Setting{kLearningRate, Kind::config, false,
            [](const Field& field, Draft& draft) {
              draft.run.config.learning_rate = field.positive_number();
              draft.tau = std::nullopt;
            },
            [](const SweepRun& run) { return Json(run.config.learning_rate); }},
    Setting{kTau, Kind::config, false,
            [](const Field& field, Draft& draft) { draft.tau = field.positive_number(); }, nullptr},
    Setting{"seed", Kind::config, true,
            [](const Field& field, Draft& draft) {
              draft.run.config.seed = field.whole_number(0, Limits::greatest_seed);
            },
            [](const SweepRun& run) { return Json(run.config.seed); }},
    Setting{"shift_term", Kind::config, false,
            [](const Field& field, Draft& draft) { draft.run.config.shift_term = field.truth(); },
            [](const SweepRun& run) { return Json(run.config.shift_term); }},
    Setting{"layer_input", Kind::config, false,
            [](const Field& field, Draft& draft) { draft.run.config.layer_input = read_layer_input(field); },
            [](const SweepRun& run) { return Json(name_of(run.config.layer_input)); }},
    Setting{"gradient_equation", Kind::config, false,
            [](const Field& field, Draft& draft) {
              draft.run.config.gradient_equation = read_gradient_equation(field);
            },
            [](const SweepRun& run) { return Json(run.config.gradient_equation); }},
    Setting{"set", Kind::samples, false,
            [](const Field& field, Draft& draft) { draft.run.set = read_set(field); },
            [](const SweepRun& run) { return Json(name_of(run.set)); }},
    Setting{"per_class", Kind::samples, true,
            [](const Field& field, Draft& draft) {
              draft.run.selection.per_class = whole_or_null(field, 1, kMostPerClass);
            },
            [](const SweepRun& run) { return or_null(run.selection.per_class); }},
    Setting{"classes", Kind::samples, false,
            [](const Field& field, Draft& draft) {
              draft.run.selection.classes = field.is_null()
                                                ? std::vector<std::int64_t>()
                                                : field.different_whole_numbers(kLabels, 0, kLabels - 1);
            },
            [](const SweepRun& run) {
              return run.selection.classes.empty() ? Json() : Json(run.selection.classes);
            }},
    Setting{"data_seed", Kind::samples, true,
            [](const Field& field, Draft& draft) {
              draft.run.data_seed = whole_or_null(field, 0, Limits::greatest_seed);
            },
            [](const SweepRun& run) { return or_null(run.data_seed); }},
};

const Setting& setting_of(const std::string& name, const Field& field) {
  const auto* const found = std::ranges::find_if(
      kSettings, [&](const Setting& setting) { return std::string_view(setting.name) == name; });
  if (found != kSettings.end()) return *found;
  std::vector<std::string> names;
  for (const Setting& setting : kSettings) names.emplace_back(setting.name);
  field.complain(sentence(field.path(), " is no setting; a run has ", joined(names, ", "), "."));
}

/// The learning rate and τ are two names for one setting.
void require_one_rate(const Field& settings) {
  if (settings.value().contains(kLearningRate) && settings.value().contains(kTau)) {
    settings.complain(sentence(settings.path(kLearningRate), " and ", settings.path(kTau),
                               " exclude each other; only one of them may be given."));
  }
}

/// Lays the settings of an object over those of the draft.
void lay_over(Draft& draft, const Field& settings) {
  settings.for_members(
      [&](const std::string& name, const Field& value) { setting_of(name, value).read(value, draft); });
  require_one_rate(settings);
}

/// A setting of "vary" and the values that it takes in turn.
struct Axis {
  const Setting* setting;
  std::vector<Json> values;
};

[[noreturn]] void refuse_count(const Field& field) {
  field.complain(
      sentence(field.path(), " makes more than ", kMostRuns, " runs, the most that a sweep may have."));
}

std::vector<Json> range_of(const Field& field, const Setting& setting) {
  field.for_members([](const std::string& name, const Field& member) {
    if (name != "from" && name != "to")
      member.complain(sentence(member.path(), " is not known here; a range has from and to."));
  });
  const auto bound = [&](const char* key) {
    Draft unused;
    const Field member = field[key];
    const std::int64_t number = member.whole_number(0, Limits::greatest_seed);  // no setting goes further
    setting.read(member, unused);
    return number;
  };
  const std::int64_t from = bound("from"), to = bound("to");
  if (to < from) {
    field.complain(sentence(field.path("to"), " must be at least ", field.path("from"), ", ", from, "; ", to,
                            " was given."));
  }
  if (to - from >= static_cast<std::int64_t>(kMostRuns)) refuse_count(field);
  std::vector<Json> values;
  for (std::int64_t value = from; value <= to; ++value) values.emplace_back(value);
  return values;
}

std::vector<Json> values_of(const Field& field, const Setting& setting) {
  if (setting.whole && field.is_object()) return range_of(field, setting);
  std::vector<Json> values;
  for (const Field& item :
       field.items(setting.whole ? "a list of values, or {\"from\": …, \"to\": …}" : "a list of values")) {
    Draft unused;
    setting.read(item, unused);
    values.push_back(item.value());
  }
  return values;
}

std::vector<Axis> axes_of(const Field& vary) {
  std::vector<Axis> axes;
  vary.for_members([&](const std::string& name, const Field& values) {
    const Setting& setting = setting_of(name, values);
    axes.push_back({&setting, values_of(values, setting)});
  });
  require_one_rate(vary);
  return axes;
}

/// A setting has one source beside "base".
void require_not_varied(const Field& run, const std::vector<Axis>& axes) {
  const auto rate_of = [](const std::string& name) { return name == kTau ? kLearningRate : name; };
  run.for_members([&](const std::string& name, const Field& value) {
    for (const Axis& axis : axes) {
      if (rate_of(name) == rate_of(axis.setting->name)) {
        value.complain(sentence(value.path(), " and vary.", axis.setting->name,
                                " exclude each other; only one of them may be given."));
      }
    }
  });
}

void require_members(const Field& sweep) {
  sweep.for_members([](const std::string& name, const Field& member) {
    constexpr std::array known{"base", "vary", "runs", "records"};
    if (std::ranges::find(known, std::string_view(name)) == known.end()) {
      member.complain(
          sentence(member.path(), " is not known here; a sweep has base, vary, runs and records."));
    }
  });
}

Records records_of(const Field& sweep) {
  if (!sweep.value().contains("records")) return Records::summary;
  const Field records = sweep["records"];
  const std::string text = records.value().is_string() ? records.value().get<std::string>() : "";
  if (text != "summary" && text != "all") records.refuse("\"summary\" or \"all\"");
  return text == "all" ? Records::all : Records::summary;
}

/// The runs that "base" and "runs" name.
std::vector<Draft> drafts_of(const Field& sweep, const std::vector<Axis>& axes) {
  Draft base;
  if (sweep.value().contains("base")) lay_over(base, sweep["base"]);
  if (!sweep.value().contains("runs")) return {base};
  std::vector<Draft> drafts;
  for (const Field& run : sweep["runs"].items("a list of at least one run")) {
    drafts.push_back(base);
    lay_over(drafts.back(), run);
    require_not_varied(run, axes);
  }
  return drafts;
}

/// The run that a draft has become, checked.
SweepRun resolved(const Draft& draft, const Field& sweep) {
  SweepRun run = draft.run;
  if (draft.tau) run.config.learning_rate = *draft.tau / static_cast<double>(run.config.steps);
  if (const std::vector<Fault> faults = run.config.validate(); !faults.empty()) {
    sweep.complain(sentence("one of its runs cannot be. ", ConfigError(faults).what(),
                            " Its settings: ", settings_of(run).dump()));
  }
  return run;
}

std::size_t number_of_runs(std::size_t drafts, const std::vector<Axis>& axes, const Field& sweep) {
  std::size_t runs = drafts;  // below 2²⁶, for so many bytes a document may have
  for (const Axis& axis : axes) {
    if (runs > kMostRuns) break;
    runs *= axis.values.size();
  }
  if (runs > kMostRuns) refuse_count(sweep);
  return runs;
}

}  // namespace

Sweep parse_sweep(std::span<const std::uint8_t> bytes, const std::string& name) {
  const Document document{name, "sweep"};
  const Json json = parse_json(bytes, document);
  const Field sweep(json, document);
  require_members(sweep);
  const std::vector<Axis> axes = json.contains("vary") ? axes_of(sweep["vary"]) : std::vector<Axis>();
  const std::vector<Draft> drafts = drafts_of(sweep, axes);

  Sweep read{.runs = {}, .records = records_of(sweep)};
  const std::size_t count = number_of_runs(drafts.size(), axes, sweep);
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t combinations = count / drafts.size();
    Draft draft = drafts[i / combinations];
    std::size_t rest = i % combinations, stride = combinations;
    for (const Axis& axis : axes) {
      stride /= axis.values.size();
      axis.setting->read({axis.values[rest / stride], document}, draft);
      rest %= stride;
    }
    SweepRun run = resolved(draft, sweep);
    if (seen.insert(settings_of(run).dump()).second) read.runs.push_back(std::move(run));
  }
  return read;
}

Json settings_of(const SweepRun& run) {
  Json settings = Json::object();
  for (const Setting& setting : kSettings) {
    if (setting.shown != nullptr) settings[setting.name] = setting.shown(run);
  }
  return settings;
}

Json sample_settings_of(const SweepRun& run) {
  Json settings = Json::object();
  for (const Setting& setting : kSettings) {
    if (setting.kind == Kind::samples) settings[setting.name] = setting.shown(run);
  }
  return settings;
}

}  // namespace ska
