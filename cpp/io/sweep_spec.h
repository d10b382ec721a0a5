// Parses the specification of a sweep and enumerates its runs.
//
//     {"base": {"steps": 50}, "vary": {"tau": [0.5, 1], "seed": {"from": 0, "to": 9}}}   // 20 runs
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/config.h"
#include "core/sampling.h"
#include "io/json_field.h"
#include "io/run_card.h"

namespace ska {

/// Thrown for a sweep that is invalid or cannot be run.
using SweepError = JsonError;

inline constexpr std::size_t kMostRuns = 1'000'000;

/// One run of a sweep. The defaults are those of `ska run`.
struct SweepRun {
  Config config;
  DataSet set = DataSet::mnist_paper;
  Selection selection;
  std::optional<std::int64_t> data_seed;  ///< empty: the first samples of each class
};

enum class Records : std::uint8_t {
  summary,  ///< extremes and last values
  all,      ///< also all records, and the indices of the samples
};

/// The runs of a sweep in order, without duplicate settings. Each run is computed on request, so a million of
/// them take little memory.
class Sweep {
 public:
  struct Plan;  ///< the parts that the runs are combined from
  explicit Sweep(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
  /// An empty sweep.
  Sweep();

  std::size_t size() const;
  SweepRun run(std::size_t number) const;
  Records records() const;
  /// The data sets that the runs use.
  std::set<DataSet> sets() const;

 private:
  std::shared_ptr<const Plan> plan_;
};

/// A hash table of runs by their settings.
/// It stores only run numbers, 16 bytes per run, and recomputes a run to compare it.
class RunTable {
 public:
  /// For at most `most` runs; `made` returns the run of a number.
  RunTable(std::size_t most, std::function<SweepRun(std::size_t)> made);

  /// Adds a run unless there is one with these settings. Returns the number of the run that is in the table.
  std::size_t add(std::size_t number, const SweepRun& run);
  /// The number of the run with these settings; empty if there is none.
  std::optional<std::size_t> find(const SweepRun& run) const;

 private:
  struct Slot {
    std::uint32_t tag = 0;     ///< hash bits that do not determine the slot
    std::uint32_t number = 0;  ///< run number plus 1; 0 marks a free slot
  };
  /// The slot of the run, or the free slot where it belongs.
  std::size_t slot_of(const SweepRun& run, std::uint64_t hash) const;

  std::function<SweepRun(std::size_t)> made_;
  std::vector<Slot> slots_;  ///< the size is a power of two
};

/// Parses a sweep: every entry of "runs" (or a single empty one), times all combinations of the values in
/// "vary", all applied over "base". The last key of "vary" varies fastest. Of runs with the same settings
/// only the first is kept. `name` is the document's name in messages.
/// Throws SweepError for an invalid document.
Sweep parse_sweep(std::span<const std::uint8_t> bytes, const std::string& name);

/// All settings of a run in a fixed order. They form a valid entry of "runs" in a sweep.
Json settings_of(const SweepRun& run);

/// The inverse of settings_of, for any order of the settings; empty for anything else.
std::optional<SweepRun> run_of_settings(const Json& settings);

/// A run with the same samples and otherwise default settings.
SweepRun with_samples_of(const SweepRun& run);

/// Whether two runs use the same samples.
bool same_samples(const SweepRun& one, const SweepRun& other);

}  // namespace ska
