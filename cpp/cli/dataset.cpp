#include "cli/dataset.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>

#include "core/fingerprint.h"
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

fs::path data_folder() {
  const char* const chosen = std::getenv("SKA_DATA_DIR");
  return chosen != nullptr && *chosen != '\0' ? chosen : SKA_DEFAULT_DATA_DIR;
}

/// The files in the data folder whose names start with `prefix`.
Files prepared(const std::string& prefix) {
  const fs::path folder = data_folder();
  return {folder / (prefix + "-images-idx3-ubyte.gz"), folder / (prefix + "-labels-idx1-ubyte.gz")};
}

bool stand(const Files& files) {
  std::error_code error;
  return fs::exists(files.images, error) && fs::exists(files.labels, error);
}

[[noreturn]] void refuse_absent(DataSet set) {
  throw FileError(sentence("The data set ", name_of(set), " is not in ", data_folder().string(),
                           "; `npm run data` prepares it there, and SKA_DATA_DIR names another folder."));
}

/// The prefixes of the file names of a data set.
struct Prefixes {
  std::optional<std::string> first;  ///< of files with the first 100 samples of each class
  std::string whole;
};

Prefixes prefixes_of(DataSet set) {
  switch (set) {
    case DataSet::mnist:
      return {.first = "mnist-paper", .whole = "train"};
    case DataSet::mnist_test:
      return {.first = std::nullopt, .whole = "t10k"};
    case DataSet::fashion_mnist:
      return {.first = "fashion-mnist-first", .whole = "fashion-mnist-train"};
    case DataSet::fashion_mnist_test:
      return {.first = std::nullopt, .whole = "fashion-mnist-t10k"};
    case DataSet::mnist_paper:
      break;
  }
  return {.first = std::nullopt, .whole = "mnist-paper"};
}

/// The files of a whole data set.
Files whole_files(DataSet set) {
  Files files = prepared(prefixes_of(set).whole);
  if (!stand(files)) refuse_absent(set);
  return files;
}

/// The smallest files that contain the requested samples.
Files prepared_files(const RunArguments& arguments) {
  constexpr std::int64_t per_class_of_first = 100;
  const std::optional<std::string> first = prefixes_of(arguments.set).first;
  const bool first_will_do = first && arguments.sampling == Sampling::first &&
                             arguments.selection.per_class &&
                             *arguments.selection.per_class <= per_class_of_first;
  if (first_will_do && stand(prepared(*first))) return prepared(*first);
  return whole_files(arguments.set);
}

LabelledImages read_labelled(const Files& files) {
  const std::string images = files.images.string(), labels = files.labels.string();
  const auto images_size = [&](auto beginning) { return idx_images_size(beginning, images); };
  const auto labels_size = [&](auto beginning) { return idx_labels_size(beginning, labels); };
  LabelledImages read{.images = parse_idx_images(read_file(files.images, images_size), images),
                      .labels = parse_idx_labels(read_file(files.labels, labels_size), labels)};
  if (read.images.count != static_cast<std::int64_t>(read.labels.size())) {
    throw DataError(sentence("Images and labels disagree: ", files.images.string(), " holds ",
                             read.images.count, " images and ", files.labels.string(), " holds ",
                             read.labels.size(), " labels."));
  }
  return read;
}

/// The folder that relative file names refer to, relative to the result folder.
std::optional<std::string> base_of(const RunArguments& arguments) {
  if (!arguments.out || !arguments.images) return std::nullopt;
  if (arguments.images->is_absolute() && arguments.labels->is_absolute()) return std::nullopt;
  std::error_code error;
  const fs::path base = fs::relative(fs::current_path(error), fs::absolute(*arguments.out, error), error);
  return error || base.empty() ? std::nullopt : std::optional(base.string());
}

/// Throws DataError unless the pixels have the digest of the card.
void require_same_pixels(const std::string& digest_of_card, std::span<const std::uint8_t> pixels) {
  Fingerprint digest;
  digest.add(pixels);
  if (digest.text() != digest_of_card) {
    throw DataError(sentence("The samples in ", data_folder().string(),
                             " are not the card's: their digest is ", digest.text(),
                             ", the card's data.digest is ", digest_of_card, "."));
  }
}

}  // namespace

std::vector<std::uint8_t> pixels_of(const IdxImages& images, std::span<const std::int64_t> indices) {
  const auto features = static_cast<std::size_t>(images.rows * images.columns);
  std::vector<std::uint8_t> pixels;
  pixels.reserve(indices.size() * features);
  for (const std::int64_t i : indices) {
    const auto sample = std::span(images.pixels).subspan(static_cast<std::size_t>(i) * features, features);
    pixels.insert(pixels.end(), sample.begin(), sample.end());
  }
  return pixels;
}

void require_prepared(DataSet set) { static_cast<void>(whole_files(set)); }

LabelledImages load_prepared(DataSet set) { return read_labelled(whole_files(set)); }

Dataset load_dataset(const RunArguments& arguments) {
  const Files files =
      arguments.images ? Files{*arguments.images, *arguments.labels} : prepared_files(arguments);
  const auto [images, labels] = read_labelled(files);
  const bool shuffled = arguments.sampling == Sampling::shuffle;
  const auto data_seed = shuffled ? std::optional(arguments.data_seed) : std::nullopt;
  const std::vector<std::int64_t> chosen = select_samples(labels, arguments.selection, data_seed);

  const std::int64_t features = images.rows * images.columns;
  Dataset dataset;
  dataset.pixels = pixels_of(images, chosen);
  if (arguments.card && arguments.card->digest && arguments.same_data)
    require_same_pixels(*arguments.card->digest, dataset.pixels);
  dataset.source = {.images = arguments.images ? files.images.string() : name_of(arguments.set),
                    .labels = arguments.labels ? files.labels.string() : name_of(arguments.set),
                    .base = base_of(arguments),
                    .sampling = shuffled ? "shuffle" : "first",
                    .per_class = arguments.selection.per_class,
                    .classes = arguments.selection.classes,
                    .data_seed = data_seed,
                    .samples = static_cast<std::int64_t>(chosen.size()),
                    .features = features};
  return dataset;
}

}  // namespace ska
