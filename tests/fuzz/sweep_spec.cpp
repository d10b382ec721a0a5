// Fuzz target: sweep specifications. The runs of an accepted one must be different and valid, and equal those
// of a sweep that lists them.
#include "io/sweep_spec.h"

#include <algorithm>
#include <set>

#include "property.h"

namespace ska::fuzz {
namespace {

void check(std::span<const std::uint8_t> bytes) {
  Sweep sweep;
  if (!accepts<SweepError>([&] { sweep = parse_sweep(bytes, "f"); })) return;
  require(sweep.size() >= 1 && sweep.size() <= kMostRuns, "a sweep has 1 to a million runs");
  const std::size_t looked_at = std::min<std::size_t>(sweep.size(), 50);
  RunTable table(looked_at, [&](std::size_t i) { return sweep.run(i); });
  std::set<std::string> settings;
  Json listed = Json::array();
  const std::set<DataSet> sets = sweep.sets();
  for (std::size_t i = 0; i < looked_at; ++i) {
    const SweepRun run = sweep.run(i);
    require(run.config.validate().empty(), "every run can be run");
    require(sets.contains(run.set), "the data set of a run is among the sweep's");
    require(table.add(i, run) == i && table.find(run) == i, "a run is found by its settings");
    const Json json = settings_of(run);
    require(settings.insert(json.dump()).second, "no two runs have the same settings");
    const auto again = run_of_settings(json);
    require(again && settings_of(*again) == json, "settings are read back");
    listed.push_back(json);
  }
  const Json spec{{"runs", listed}};
  const Sweep list = parse_sweep(bytes_of(spec.dump()), "list");
  require(list.size() == looked_at, "listed runs are as many");
  for (std::size_t i = 0; i < looked_at; ++i)
    require(settings_of(list.run(i)) == listed[i], "listed runs are the same, in the same order");
}

}  // namespace
}  // namespace ska::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ska::fuzz::check({data, size});
  return 0;
}
