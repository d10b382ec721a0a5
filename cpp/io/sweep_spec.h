// Which runs does a sweep consist of?
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

/// Thrown for a sweep that cannot be understood or run.
using SweepError = JsonError;

inline constexpr std::size_t kMostRuns = 1'000'000;

/// One run of a sweep. The defaults are those of `ska run`.
struct SweepRun {
  Config config;
  DataSet set = DataSet::mnist_paper;
  Selection selection;
  std::optional<std::int64_t> data_seed;  ///< none: the first samples of each class
};

enum class Records : std::uint8_t {
  summary,  ///< extremes and last values
  all,      ///< every record beside them, and which samples were looked at
};

/// The runs of a sweep in order, no two with the same settings. A run is made when it is asked for, so that
/// a million of them take little memory.
class Sweep {
 public:
  struct Plan;  ///< what the runs are made of
  explicit Sweep(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
  /// Of no runs.
  Sweep();

  std::size_t size() const;
  SweepRun run(std::size_t number) const;
  Records records() const;
  /// The data sets that the runs look at.
  std::set<DataSet> sets() const;

 private:
  std::shared_ptr<const Plan> plan_;
};

/// Finds runs by their settings, in 16 bytes for each: it makes a run again to compare it.
class RunTable {
 public:
  /// For at most `most` runs, which `made` makes from their numbers.
  RunTable(std::size_t most, std::function<SweepRun(std::size_t)> made);

  /// The number of the run with these settings, which is `number` where there was none before.
  std::size_t add(std::size_t number, const SweepRun& run);
  /// Nothing where no run has these settings.
  std::optional<std::size_t> find(const SweepRun& run) const;

 private:
  struct Slot {
    std::uint32_t tag = 0;     ///< bits of the hash that do not say where the slot is
    std::uint32_t number = 0;  ///< of the run, from 1; 0: the slot is free
  };
  /// Where the run is, or else the free slot where it belongs.
  std::size_t slot_of(const SweepRun& run, std::uint64_t hash) const;

  std::function<SweepRun(std::size_t)> made_;
  std::vector<Slot> slots_;  ///< 2ᵏ
};

/// Reads a sweep: every one of "runs" (or one of no settings), times the product of "vary", whose last key
/// goes fastest, all laid over "base". Of runs with the same settings only the first is kept. `name` is what
/// messages call the document. Throws SweepError for everything that is not as it must be.
Sweep parse_sweep(std::span<const std::uint8_t> bytes, const std::string& name);

/// All settings of a run, in an order that never changes: what `runs` of a sweep could hold.
Json settings_of(const SweepRun& run);

/// The run whose settings_of this is, in any order; nothing for all else.
std::optional<SweepRun> run_of_settings(const Json& settings);

/// A run of default settings that looks at the same samples.
SweepRun with_samples_of(const SweepRun& run);

/// Whether two runs look at the same samples.
bool same_samples(const SweepRun& one, const SweepRun& other);

}  // namespace ska
