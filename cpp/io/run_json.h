// How is a run written as JSON? Its settings always; its history where that is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/history.h"

namespace ska {

/// Where the samples of a run came from.
struct DataSource {
  std::string images, labels;  ///< as the user named them
  /// Of files with relative names: the folder that they are relative to, as seen from the folder of run.json.
  std::optional<std::string> base;
  std::string sampling;  ///< "first" or "shuffle"
  std::optional<std::int64_t> per_class;
  std::vector<std::int64_t> classes;       ///< empty means all
  std::optional<std::uint32_t> data_seed;  ///< only with "shuffle"
  std::int64_t samples = 0;                ///< N
  std::int64_t features = 0;               ///< n₀
};

/// How a run was computed. No number of it depends on this where it is exact.
struct Computation {
  std::string kernels;  ///< Kernels::name
  bool exact = false;
  int threads = 1;
  std::optional<std::string> fingerprint;  ///< Run::fingerprint
};

/// run.json: the version, the configuration, where the data came from, the fingerprint, and how it was
/// computed.
std::string run_json(const Config& config, const DataSource& data, const Computation& computation);

/// history.json: every quantity as one array of records per layer, under the CSV files' names.
std::string history_json(const History& history);

}  // namespace ska
