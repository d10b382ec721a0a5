#include "io/sweep_spec.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <random>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/text.h"
#include "io/setting_json.h"

namespace ska {
namespace {

constexpr std::int64_t kMostPerClass = std::int64_t{1} << 30;  // more than any IDX file that can be read
constexpr std::int64_t kLabels = 256;                          // a label is a byte
const char* const kLearningRate = "learning_rate";
const char* const kTau = "tau";

/// A run whose learning rate may still be defined by the characteristic time τ.
struct Draft {
  SweepRun run;
  std::optional<double> tau;
};

/// A setting of a run: one of `Config`, τ, or one of the choice of samples.
struct RunSetting {
  const char* name;
  bool is_whole;  ///< whether {"from", "to"} can list its values
  std::function<void(const Field& field, Draft& draft)> read;
  std::function<Json(const SweepRun& run)> json;  ///< none: another name for a setting that has one
};

std::optional<std::int64_t> whole_or_null(const Field& field, std::int64_t least, std::int64_t most) {
  return field.is_null() ? std::nullopt : std::optional(field.whole_number(least, most, ", or null"));
}

DataSet read_set(const Field& field) { return *data_set_named(field.one_of(data_set_names())); }

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

RunSetting run_setting(const Setting& setting) {
  const bool is_rate = std::string_view(setting.name) == kLearningRate;
  return {.name = setting.name,
          .is_whole = std::holds_alternative<Setting::WholeNumber>(setting.type),
          .read =
              [&setting, is_rate](const Field& field, Draft& draft) {
                read_setting(setting, field, draft.run.config);
                if (is_rate) draft.tau = std::nullopt;
              },
          .json = [&setting](const SweepRun& run) { return setting_json(setting, run.config); }};
}

/// All settings of a run, in the order in which lines list them.
std::vector<RunSetting> make_run_settings() {
  std::vector<RunSetting> all;
  for (const Setting& setting : all_settings) {
    all.push_back(run_setting(setting));
    if (std::string_view(setting.name) != kLearningRate) continue;
    all.push_back({kTau, false, [](const Field& field, Draft& draft) { draft.tau = field.positive_number(); },
                   nullptr});
  }
  all.push_back({"set", false, [](const Field& field, Draft& draft) { draft.run.set = read_set(field); },
                 [](const SweepRun& run) { return Json(name_of(run.set)); }});
  all.push_back({"per_class", true,
                 [](const Field& field, Draft& draft) {
                   draft.run.selection.per_class = whole_or_null(field, 1, kMostPerClass);
                 },
                 [](const SweepRun& run) { return or_null(run.selection.per_class); }});
  all.push_back({"classes", false,
                 [](const Field& field, Draft& draft) {
                   draft.run.selection.classes = field.is_null()
                                                     ? std::vector<std::int64_t>()
                                                     : field.different_whole_numbers(kLabels, 0, kLabels - 1);
                 },
                 [](const SweepRun& run) {
                   return run.selection.classes.empty() ? Json() : Json(run.selection.classes);
                 }});
  all.push_back({"data_seed", true,
                 [](const Field& field, Draft& draft) {
                   draft.run.data_seed = whole_or_null(field, 0, Limits::greatest_seed);
                 },
                 [](const SweepRun& run) { return or_null(run.data_seed); }});
  return all;
}

const std::vector<RunSetting>& run_settings() {
  static const std::vector<RunSetting> all = make_run_settings();
  return all;
}

const RunSetting& setting_of(const std::string& name, const Field& field) {
  const auto found = std::ranges::find_if(
      run_settings(), [&](const RunSetting& setting) { return std::string_view(setting.name) == name; });
  if (found != run_settings().end()) return *found;
  std::vector<std::string> names;
  for (const RunSetting& setting : run_settings()) names.emplace_back(setting.name);
  field.complain(sentence(field.path(), " is no setting; a run has ", joined(names, ", "), "."));
}

/// The learning rate and τ are two forms of one setting.
void require_one_rate(const Field& settings) {
  if (settings.value().contains(kLearningRate) && settings.value().contains(kTau)) {
    settings.complain(sentence(settings.path(kLearningRate), " and ", settings.path(kTau),
                               " exclude each other; only one of them may be given."));
  }
}

/// Applies the settings of an object to the draft.
void lay_over(Draft& draft, const Field& settings) {
  settings.for_members(
      [&](const std::string& name, const Field& value) { setting_of(name, value).read(value, draft); });
  require_one_rate(settings);
}

/// A setting of "vary" and its values.
struct Axis {
  const RunSetting* setting;
  std::vector<Json> listed;  ///< empty for a range
  std::int64_t from = 0;     ///< start of a range
  std::size_t count = 0;

  Json value(std::size_t i) const {
    return listed.empty() ? Json(from + static_cast<std::int64_t>(i)) : listed[i];
  }
};

[[noreturn]] void refuse_count(const Field& field) {
  field.complain(
      sentence(field.path(), " makes more than ", kMostRuns, " runs, the most that a sweep may have."));
}

Axis range_of(const Field& field, const RunSetting& setting) {
  field.for_members([](const std::string& name, const Field& member) {
    if (name != "from" && name != "to")
      member.complain(sentence(member.path(), " is not known here; a range has from and to."));
  });
  const auto bound = [&](const char* key) {
    Draft unused;
    const Field member = field[key];
    const std::int64_t number = member.whole_number(0, Limits::greatest_seed);  // the widest range
    setting.read(member, unused);
    return number;
  };
  const std::int64_t from = bound("from"), to = bound("to");
  if (to < from) {
    field.complain(sentence(field.path("to"), " must be at least ", field.path("from"), ", ", from, "; ", to,
                            " was given."));
  }
  if (to - from >= static_cast<std::int64_t>(kMostRuns)) refuse_count(field);
  return {.setting = &setting, .listed = {}, .from = from, .count = static_cast<std::size_t>(to - from) + 1};
}

Axis axis_of(const Field& field, const RunSetting& setting) {
  if (setting.is_whole && field.is_object()) return range_of(field, setting);
  std::vector<Json> values;
  field.for_items(setting.is_whole ? "a list of values, or {\"from\": …, \"to\": …}" : "a list of values",
                  [&](const Field& item) {
                    Draft unused;
                    setting.read(item, unused);
                    values.push_back(item.value());
                  });
  const std::size_t count = values.size();
  return {.setting = &setting, .listed = std::move(values), .from = 0, .count = count};
}

std::vector<Axis> axes_of(const Field& vary) {
  std::vector<Axis> axes;
  vary.for_members([&](const std::string& name, const Field& values) {
    const RunSetting& setting = setting_of(name, values);
    axes.push_back(axis_of(values, setting));
  });
  require_one_rate(vary);
  return axes;
}

/// Apart from "base", a setting may come from "vary" or "runs", but not from both.
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

/// The drafts from "base" and "runs".
std::vector<Draft> drafts_of(const Field& sweep, const std::vector<Axis>& axes) {
  Draft base;
  if (sweep.value().contains("base")) lay_over(base, sweep["base"]);
  if (!sweep.value().contains("runs")) return {base};
  std::vector<Draft> drafts;
  sweep["runs"].for_items("a list of at least one run", [&](const Field& run) {
    drafts.push_back(base);
    lay_over(drafts.back(), run);
    require_not_varied(run, axes);
  });
  return drafts;
}

/// Computes the learning rate from τ, once the steps are known.
void settle_rate(Draft& draft) {
  if (!draft.tau) return;
  draft.run.config.learning_rate = *draft.tau / static_cast<double>(draft.run.config.steps);
  draft.tau = std::nullopt;
}

void require_count(std::size_t drafts, const std::vector<Axis>& axes, const Field& sweep) {
  std::size_t runs = drafts;
  for (const Axis& axis : axes) {
    if (runs > kMostRuns) break;
    runs *= axis.count;
  }
  if (runs > kMostRuns) refuse_count(sweep);
}

/// Calls `add` with a sequence of numbers that identifies the settings of a run.
template <class Add>
void for_settings(const SweepRun& run, const Add& add) {
  const auto numbers = [&](const std::vector<std::int64_t>& list) {
    add(static_cast<std::uint64_t>(list.size()));
    for (const std::int64_t number : list) add(static_cast<std::uint64_t>(number));
  };
  const auto or_none = [&](const std::optional<std::int64_t>& number) {
    add(static_cast<std::uint64_t>(number.value_or(-1)));  // valid values are not negative
  };
  const auto value = [&](const auto& member) {
    if constexpr (requires { member.size(); })
      numbers(member);
    else if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(member)>>)
      add(std::bit_cast<std::uint64_t>(member));
    else
      add(static_cast<std::uint64_t>(member));
  };
  for (const Setting& setting : all_settings)
    std::visit([&](const auto& type) { value(run.config.*type.member); }, setting.type);
  add(static_cast<std::uint64_t>(run.set));
  or_none(run.selection.per_class);
  numbers(run.selection.classes);
  or_none(run.data_seed);
}

bool same_settings(const SweepRun& one, const SweepRun& other) {
  return one.config == other.config && same_samples(one, other);
}

/// Random for each process, so no document can be crafted whose runs all have the same hash.
std::uint64_t hash_seed() {
  static const std::uint64_t seed = [] {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
  }();
  return seed;
}

/// Hashes all settings with the finalizer of SplitMix64.
std::uint64_t hash_of(const SweepRun& run) {
  std::uint64_t hash = hash_seed();
  for_settings(run, [&](std::uint64_t value) {
    hash = (hash ^ value) + 0x9E3779B97F4A7C15U;
    hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9U;
    hash = (hash ^ (hash >> 27U)) * 0x94D049BB133111EBU;
    hash ^= hash >> 31U;
  });
  return hash;
}

}  // namespace

/// All combinations of a draft with one value of every axis. The last axis varies fastest.
struct Sweep::Plan {
  std::vector<Draft> drafts;
  std::vector<Axis> axes;
  Records records = Records::summary;
  std::shared_ptr<const Document> document;
  /// The combinations that are runs; if empty, all are.
  std::vector<std::uint32_t> kept{};

  std::size_t combinations() const {
    std::size_t count = drafts.size();
    for (const Axis& axis : axes) count *= axis.count;
    return count;
  }

  void vary(Draft& draft, const Axis& axis, std::size_t i) const {
    const Json value = axis.value(i);
    axis.setting->read({value, document}, draft);
  }

  SweepRun combined(std::size_t combination) const {
    std::size_t stride = 1;
    for (const Axis& axis : axes) stride *= axis.count;
    Draft draft = drafts[combination / stride];
    for (const Axis& axis : axes) {
      const std::size_t rest = combination % stride;
      stride /= axis.count;
      vary(draft, axis, rest / stride);
    }
    settle_rate(draft);
    return std::move(draft.run);
  }
};

namespace {

bool varies(const std::vector<Axis>& axes, const char* setting) {
  return std::ranges::any_of(
      axes, [&](const Axis& axis) { return std::string_view(axis.setting->name) == setting; });
}

void require_valid(const SweepRun& run, const Field& sweep) {
  if (const std::vector<Fault> faults = run.config.validate(); !faults.empty()) {
    sweep.complain(sentence("one of its runs cannot be. ", ConfigError(faults).what(),
                            " Its settings: ", settings_of(run).dump()));
  }
}

/// The numbers below `count` whose run, `made(number)`, has settings that no smaller number's run has.
std::vector<std::uint32_t> different(std::size_t count, const std::function<SweepRun(std::size_t)>& made) {
  std::vector<std::uint32_t> kept;
  RunTable table(count, made);
  for (std::size_t i = 0; i < count; ++i) {
    if (table.add(i, made(i)) == i) kept.push_back(static_cast<std::uint32_t>(i));
  }
  return kept;
}

template <class T>
void keep_only(std::vector<T>& items, const std::vector<std::uint32_t>& kept) {
  if (kept.size() == items.size()) return;
  std::vector<T> chosen;
  chosen.reserve(kept.size());
  for (const std::uint32_t i : kept) chosen.push_back(std::move(items[i]));
  items = std::move(chosen);
}

/// Drops drafts and axis values that repeat an earlier one. This suffices if no learning rate depends on the
/// steps of its run: then different drafts and different values always give different runs.
void drop_repeated_parts(Sweep::Plan& plan, const Field& sweep) {
  const auto checked = [&](std::size_t i) {
    Draft draft = plan.drafts[i];
    for (const Axis& axis : plan.axes) plan.vary(draft, axis, 0);
    require_valid(draft.run, sweep);
    return draft.run;
  };
  keep_only(plan.drafts, different(plan.drafts.size(), checked));
  for (Axis& axis : plan.axes) {
    if (axis.listed.empty()) continue;
    keep_only(axis.listed, different(axis.count, [&](std::size_t i) {
                Draft draft;
                plan.vary(draft, axis, i);
                return draft.run;
              }));
    axis.count = axis.listed.size();
  }
}

void drop_repeated_runs(Sweep::Plan& plan, const Field& sweep) {
  const std::size_t count = plan.combinations();
  std::vector<std::uint32_t> kept = different(count, [&](std::size_t i) {
    SweepRun run = plan.combined(i);
    require_valid(run, sweep);
    return run;
  });
  if (kept.size() < count) plan.kept = std::move(kept);
}

}  // namespace

Sweep parse_sweep(std::span<const std::uint8_t> bytes, const std::string& name) {
  const auto document = std::make_shared<const Document>(Document{name, "sweep"});
  const Json json = parse_json(bytes, *document);
  const Field sweep(json, document);
  require_members(sweep);
  auto plan = std::make_shared<Sweep::Plan>(
      Sweep::Plan{.drafts = {}, .axes = {}, .records = Records::summary, .document = document});
  if (json.contains("vary")) plan->axes = axes_of(sweep["vary"]);
  plan->drafts = drafts_of(sweep, plan->axes);
  plan->records = records_of(sweep);
  require_count(plan->drafts.size(), plan->axes, sweep);
  const bool has_tau = std::ranges::any_of(plan->drafts, [](const Draft& draft) { return !!draft.tau; });
  if (varies(plan->axes, kTau) || (has_tau && varies(plan->axes, "steps"))) {
    drop_repeated_runs(*plan, sweep);
  } else {
    std::ranges::for_each(plan->drafts, settle_rate);
    drop_repeated_parts(*plan, sweep);
  }
  return Sweep(std::move(plan));
}

Sweep::Sweep() : plan_(std::make_shared<const Plan>()) {}

std::size_t Sweep::size() const { return plan_->kept.empty() ? plan_->combinations() : plan_->kept.size(); }

SweepRun Sweep::run(std::size_t number) const {
  return plan_->combined(plan_->kept.empty() ? number : plan_->kept[number]);
}

Records Sweep::records() const { return plan_->records; }

std::set<DataSet> Sweep::sets() const {
  std::set<DataSet> sets;
  const auto axis = std::ranges::find_if(
      plan_->axes, [](const Axis& one) { return std::string_view(one.setting->name) == "set"; });
  if (axis == plan_->axes.end()) {
    for (const Draft& draft : plan_->drafts) sets.insert(draft.run.set);
    return sets;
  }
  Draft draft;
  for (std::size_t i = 0; i < axis->count; ++i) {
    plan_->vary(draft, *axis, i);
    sets.insert(draft.run.set);
  }
  return sets;
}

RunTable::RunTable(std::size_t most, std::function<SweepRun(std::size_t)> made)
    : made_(std::move(made)), slots_(std::bit_ceil(2 * most + 1)) {}

std::size_t RunTable::slot_of(const SweepRun& run, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  const auto tag = static_cast<std::uint32_t>(hash >> 32U);
  std::size_t at = hash & mask;
  for (; slots_[at].number != 0; at = (at + 1) & mask) {
    if (slots_[at].tag == tag && same_settings(made_(slots_[at].number - 1), run)) break;
  }
  return at;
}

std::size_t RunTable::add(std::size_t number, const SweepRun& run) {
  const std::uint64_t hash = hash_of(run);
  Slot& slot = slots_[slot_of(run, hash)];
  if (slot.number == 0)
    slot = {.tag = static_cast<std::uint32_t>(hash >> 32U), .number = static_cast<std::uint32_t>(number + 1)};
  return slot.number - 1;
}

std::optional<std::size_t> RunTable::find(const SweepRun& run) const {
  const Slot& slot = slots_[slot_of(run, hash_of(run))];
  return slot.number == 0 ? std::nullopt : std::optional<std::size_t>(slot.number - 1);
}

Json settings_of(const SweepRun& run) {
  Json settings = Json::object();
  for (const RunSetting& setting : run_settings()) {
    if (setting.json) settings[setting.name] = setting.json(run);
  }
  return settings;
}

std::optional<SweepRun> run_of_settings(const Json& settings) {
  const Field field(settings, {"", ""});
  Draft draft;
  std::size_t read = 0;
  try {
    for (const RunSetting& setting : run_settings()) {
      if (!setting.json) continue;
      setting.read(field[setting.name], draft);
      ++read;
    }
  } catch (const JsonError&) {
    return std::nullopt;
  }
  return read == settings.size() ? std::optional(std::move(draft.run)) : std::nullopt;
}

SweepRun with_samples_of(const SweepRun& run) {
  return {.config = {}, .set = run.set, .selection = run.selection, .data_seed = run.data_seed};
}

bool same_samples(const SweepRun& one, const SweepRun& other) {
  return one.set == other.set && one.data_seed == other.data_seed &&
         one.selection.per_class == other.selection.per_class &&
         one.selection.classes == other.selection.classes;
}

}  // namespace ska
