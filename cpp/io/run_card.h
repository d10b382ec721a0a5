// Reads the run cards of the page and the run.json files of results.
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

/// Thrown for a card that is invalid or cannot be rerun.
using CardError = JsonError;

/// A prepared data set: the papers' 1000 digits, a training set, or a test set.
enum class DataSet : std::uint8_t { mnist_paper, mnist, mnist_test, fashion_mnist, fashion_mnist_test };

/// The names of the data sets in options, cards and results, in the order of DataSet.
const std::vector<std::string>& data_set_names();
const std::string& name_of(DataSet set);
/// Empty if there is no data set of that name.
std::optional<DataSet> data_set_named(const std::string& name);

/// The parts of a card that are needed to run it again, from the seed's weights, and to compare the result.
struct RunCard {
  Config config;
  DataSet set = DataSet::mnist;
  std::optional<std::string> images, labels;  ///< files, both or neither; neither means `set`
  std::optional<std::string> base;  ///< folder of relative file names, relative to the card's folder
  Selection selection;
  std::optional<std::int64_t> data_seed;   ///< empty: the first samples of each class
  std::optional<std::string> digest;       ///< Fingerprint of the samples' pixels; run.json has none
  std::optional<std::string> fingerprint;  ///< of the run; empty if its kernels were not exact
  bool other_contract = false;             ///< computed under another contract; then there is no fingerprint
};

/// Parses a card of version 1 or a run.json of any version. `name` is its name in messages. The card's own
/// name, date and records are ignored. Throws CardError if anything else is invalid.
RunCard parse_run_card(std::span<const std::uint8_t> bytes, const std::string& name);

}  // namespace ska
