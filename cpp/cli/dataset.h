// Which samples does the command train on?
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cli/arguments.h"
#include "core/batch.h"
#include "io/idx.h"
#include "io/run_card.h"
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

/// A set of images as its files hold it.
struct LabelledImages {
  IdxImages images;
  std::vector<std::uint8_t> labels;
};

/// The whole of a prepared data set. Throws FileError and DataError.
LabelledImages load_prepared(DataSet set);

/// Throws FileError where the set's files are not there.
void require_prepared(DataSet set);

/// The pixels of these samples: (indices, features).
std::vector<std::uint8_t> pixels_of(const IdxImages& images, std::span<const std::int64_t> indices);

}  // namespace ska
