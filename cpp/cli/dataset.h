// Which samples does the command train on?
#pragma once

#include <cstdint>
#include <vector>

#include "cli/arguments.h"
#include "core/batch.h"
#include "io/run_json.h"

namespace ska {

/// The chosen samples, and where they came from.
struct Dataset {
  std::vector<std::uint8_t> pixels;  ///< (samples, features)
  DataSource source;

  Batch batch() const { return {pixels, source.samples, source.features}; }
};

/// Reads the files and takes the samples that `arguments` names.
/// Throws FileError, DataError and SamplingError.
Dataset load_dataset(const RunArguments& arguments);

}  // namespace ska
