// Loads the samples to train on.
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

/// The selected samples, and their source.
struct Dataset {
  std::vector<std::uint8_t> pixels;  ///< (samples, features)
  DataSource source;

  Batch batch() const { return {pixels, source.samples, source.features}; }
};

/// Reads the files and selects the samples that `arguments` describes.
/// Throws FileError, DataError and SamplingError.
Dataset load_dataset(const RunArguments& arguments);

/// The images and labels of a data set, as read from its files.
struct LabelledImages {
  IdxImages images;
  std::vector<std::uint8_t> labels;
};

/// The whole of a prepared data set. Throws FileError and DataError.
LabelledImages load_prepared(DataSet set);

/// Throws FileError if the files of the set do not exist.
void require_prepared(DataSet set);

/// The pixels of these samples: (indices, features).
std::vector<std::uint8_t> pixels_of(const IdxImages& images, std::span<const std::int64_t> indices);

}  // namespace ska
