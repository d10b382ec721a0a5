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
  std::string sampling;        ///< "first" or "shuffle"
  std::optional<std::int64_t> per_class;
  std::vector<int> classes;                ///< empty means all
  std::optional<std::uint32_t> data_seed;  ///< only with "shuffle"
  std::int64_t samples = 0;                ///< N
  std::int64_t features = 0;               ///< n₀
};

/// run.json: the version, the configuration, and where the data came from.
std::string run_json(const Config& config, const DataSource& data);

/// history.json: every quantity as one array of records per layer, under the CSV files' names.
std::string history_json(const History& history);

}  // namespace ska
