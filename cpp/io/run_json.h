// Writes the settings of a run, and on request its history, as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/history.h"

namespace ska {

/// The source of a run's samples.
struct DataSource {
  std::string images, labels;  ///< as given by the user
  /// For relative file names: the folder they refer to, relative to the folder of run.json.
  std::optional<std::string> base;
  std::string sampling;  ///< "first" or "shuffle"
  std::optional<std::int64_t> per_class;
  std::vector<std::int64_t> classes;       ///< empty means all
  std::optional<std::uint32_t> data_seed;  ///< only with "shuffle"
  std::int64_t samples = 0;                ///< N
  std::int64_t features = 0;               ///< n₀
};

/// How a run was computed. If `exact`, its results do not depend on this.
struct Computation {
  std::string kernels;  ///< Kernels::name
  bool exact = false;
  int threads = 1;
  std::optional<std::string> fingerprint;  ///< Run::fingerprint
};

/// run.json: the version, the configuration, the source of the data, the fingerprint,
/// and how the run was computed.
std::string run_json(const Config& config, const DataSource& data, const Computation& computation);

/// history.json: for every quantity one array of records per layer, under the names of the CSV files.
std::string history_json(const History& history);

}  // namespace ska
