// Which samples do the runs of a sweep look at, without any of them being read or chosen twice?
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

/// These runs of a sweep in such an order that those of one data set follow each other, and within them those
/// of the same samples.
std::vector<std::uint32_t> by_samples(const Sweep& sweep, const std::vector<std::uint32_t>& runs);

/// Keeps the samples that were asked for last, and their data set. For one thread at a time.
class SampleSource {
 public:
  /// Throws FileError and DataError, and SamplingError where the data set does not have them.
  std::shared_ptr<const Samples> of(const SweepRun& run);

 private:
  struct Loaded {
    DataSet set;
    LabelledImages content;
  };
  const LabelledImages& load(DataSet set);

  std::optional<Loaded> loaded_;
  SweepRun run_;  ///< whose samples_ they are
  std::shared_ptr<const Samples> samples_;
};

}  // namespace ska
