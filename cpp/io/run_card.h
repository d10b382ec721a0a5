// Which run does a run card of the page describe, or the run.json of a result?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/sampling.h"
#include "io/json_field.h"

namespace ska {

/// Thrown for a card that cannot be understood or rerun.
using CardError = JsonError;

/// A prepared data set: the papers' 1000 digits, a training set, or a test set.
enum class DataSet : std::uint8_t { mnist_paper, mnist, mnist_test, fashion_mnist, fashion_mnist_test };

/// The names of the data sets, as options, cards and results have them, in the order of DataSet.
const std::vector<std::string>& data_set_names();
const std::string& name_of(DataSet set);
/// Nothing where no set has that name.
std::optional<DataSet> data_set_named(const std::string& name);

/// What is needed of a card to run it again, from the seed's weights, and to compare.
struct RunCard {
  Config config;
  DataSet set = DataSet::mnist;
  std::optional<std::string> images, labels;  ///< files, both or neither; neither means `set`
  std::optional<std::string> base;  ///< what relative names of files are relative to, from the card's folder
  Selection selection;
  std::optional<std::int64_t> data_seed;   ///< none: the first samples of each class
  std::optional<std::string> digest;       ///< Fingerprint of the samples' pixels; run.json has none
  std::optional<std::string> fingerprint;  ///< of the run; none where its kernels were not exact
  bool other_contract = false;             ///< whether it was computed under another: no fingerprint then
};

/// Reads a card, version 1, or a run.json of any version. `name` is what messages call it. Its name, its date
/// and its records are not looked at. Throws CardError for everything that is not as it must be.
RunCard parse_run_card(std::span<const std::uint8_t> bytes, const std::string& name);

}  // namespace ska
