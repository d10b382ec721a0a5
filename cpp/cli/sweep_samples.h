// Provides the samples of the runs in a sweep. Each data set is read, and each selection made, only once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cli/dataset.h"
#include "core/batch.h"
#include "io/sweep_spec.h"

namespace ska {

struct Samples {
  std::vector<std::int64_t> indices;  ///< within the data set
  std::vector<std::uint8_t> pixels;   ///< (samples, features)
  std::int64_t features = 0;

  Batch batch() const { return {pixels, static_cast<std::int64_t>(indices.size()), features}; }
};

/// Orders runs of a sweep by data set, and within a data set by their samples.
std::vector<std::uint32_t> by_samples(const Sweep& sweep, const std::vector<std::uint32_t>& runs);

/// Caches the last selection of samples and its data set. Not thread-safe.
class SampleSource {
 public:
  /// Throws FileError and DataError, and SamplingError if the data set cannot provide the samples.
  std::shared_ptr<const Samples> of(const SweepRun& run);

 private:
  struct Loaded {
    DataSet set;
    LabelledImages content;
  };
  const LabelledImages& load(DataSet set);

  std::optional<Loaded> loaded_;
  SweepRun run_;  ///< the run that samples_ was selected for
  std::shared_ptr<const Samples> samples_;
};

}  // namespace ska
