// Which runs does a sweep consist of?
//
//     {"base": {"steps": 50}, "vary": {"tau": [0.5, 1], "seed": {"from": 0, "to": 9}}}   // 20 runs
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
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

struct Sweep {
  std::vector<SweepRun> runs;  ///< in order; no two have the same settings
  Records records = Records::summary;
};

/// Reads a sweep: every one of "runs" (or one of no settings), times the product of "vary", whose last key
/// goes fastest, all laid over "base". Of runs with the same settings only the first is kept. `name` is what
/// messages call the document. Throws SweepError for everything that is not as it must be.
Sweep parse_sweep(std::span<const std::uint8_t> bytes, const std::string& name);

/// All settings of a run, in an order that never changes: what `runs` of a sweep could hold.
Json settings_of(const SweepRun& run);

/// The settings of which samples a run looks at, likewise.
Json sample_settings_of(const SweepRun& run);

}  // namespace ska
