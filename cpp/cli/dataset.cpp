#include "cli/dataset.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <system_error>

#include "core/sampling.h"
#include "core/text.h"
#include "io/files.h"
#include "io/idx.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

struct Files {
  fs::path images, labels;
};

Files paper_subset() {
  const char* const chosen = std::getenv("SKA_DATA_DIR");
  const fs::path folder = chosen != nullptr && *chosen != '\0' ? chosen : SKA_DEFAULT_DATA_DIR;
  Files files{folder / "mnist-paper-images-idx3-ubyte.gz", folder / "mnist-paper-labels-idx1-ubyte.gz"};
  std::error_code error;
  if (!fs::exists(files.images, error) || !fs::exists(files.labels, error)) {
    throw FileError(sentence("The data set mnist-paper is not in ", folder.string(),
                             "; `npm run data` prepares it there, and SKA_DATA_DIR names another folder."));
  }
  return files;
}

}  // namespace

Dataset load_dataset(const RunArguments& arguments) {
  const Files files = arguments.images ? Files{*arguments.images, *arguments.labels} : paper_subset();
  const IdxImages images = parse_idx_images(read_file(files.images), files.images.string());
  const std::vector<std::uint8_t> labels = parse_idx_labels(read_file(files.labels), files.labels.string());
  if (images.count != static_cast<std::int64_t>(labels.size())) {
    throw DataError(sentence("Images and labels disagree: ", files.images.string(), " holds ", images.count,
                             " images and ", files.labels.string(), " holds ", labels.size(), " labels."));
  }

  const bool shuffled = arguments.sampling == Sampling::shuffle;
  const std::vector<std::int64_t> chosen =
      shuffled ? select_shuffled(labels, arguments.selection, arguments.data_seed)
               : select_first(labels, arguments.selection);

  const std::int64_t features = images.rows * images.columns;
  Dataset dataset;
  dataset.pixels.reserve(chosen.size() * static_cast<std::size_t>(features));
  for (const std::int64_t i : chosen) {
    const auto sample =
        std::span(images.pixels)
            .subspan(static_cast<std::size_t>(i * features), static_cast<std::size_t>(features));
    dataset.pixels.insert(dataset.pixels.end(), sample.begin(), sample.end());
  }
  dataset.source = {.images = arguments.images ? files.images.string() : "mnist-paper",
                    .labels = arguments.labels ? files.labels.string() : "mnist-paper",
                    .sampling = shuffled ? "shuffle" : "first",
                    .per_class = arguments.selection.per_class,
                    .classes = arguments.selection.classes,
                    .data_seed = shuffled ? std::optional(arguments.data_seed) : std::nullopt,
                    .samples = static_cast<std::int64_t>(chosen.size()),
                    .features = features};
  return dataset;
}

}  // namespace ska
