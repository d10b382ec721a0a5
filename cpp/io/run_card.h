// Which run does a run card of the page describe, or the run.json of a result?
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/config.h"
#include "core/sampling.h"
#include "io/json_field.h"

namespace ska {

/// Thrown for a card that cannot be understood or rerun.
using CardError = JsonError;

/// A prepared data set: the papers' 1000 digits, or MNIST's training set.
enum class DataSet : std::uint8_t { mnist_paper, mnist };

struct NamedDataSet {
  DataSet set;
  const char* name;
};
/// Every prepared data set, as people call it.
inline constexpr std::array data_sets{NamedDataSet{DataSet::mnist_paper, "mnist-paper"},
                                      NamedDataSet{DataSet::mnist, "mnist"}};
const char* name_of(DataSet set);
/// None for any other name.
std::optional<DataSet> data_set_of(std::string_view name);

/// What is needed of a card to run it again, from the seed's weights, and to compare.
struct RunCard {
  Config config;
  DataSet set = DataSet::mnist;
  std::optional<std::string> images, labels;  ///< files, both or neither; neither means `set`
  Selection selection;
  std::optional<std::int64_t> data_seed;   ///< none: the first samples of each class
  std::optional<std::string> digest;       ///< Fingerprint of the samples' pixels; run.json has none
  std::optional<std::string> fingerprint;  ///< of the run; none where its kernels were not exact
};

/// Reads a card, version 1, or a run.json of any version. `name` is what messages call it. Its name, its date
/// and its records are not looked at. Throws CardError for everything that is not as it must be.
RunCard parse_run_card(std::span<const std::uint8_t> bytes, const std::string& name);

}  // namespace ska
