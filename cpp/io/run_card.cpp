#include "io/run_card.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/fingerprint.h"
#include "core/text.h"
#include "io/json_field.h"
#include "io/setting_json.h"

namespace ska {
namespace {

const char* const kKind = "run card";
constexpr std::int64_t kMostPerClass = 60'000;                  // the whole MNIST training set
constexpr std::int64_t kMostPerResult = std::int64_t{1} << 30;  // more than any IDX file that can be read
constexpr std::int64_t kClasses = 10;
constexpr std::size_t kLongestName = 4096;  // no system accepts a longer one

Config config_of(const Field& fields) {
  Config config;
  for (const Setting& setting : all_settings) {
    if (!setting.is_optional || fields.has(setting.name)) read_setting(setting, fields[setting.name], config);
  }
  return config;
}

/// A card without a set is from the time when there was only one.
DataSet set_of(const Field& data) {
  if (!data.has("set")) return DataSet::mnist;
  std::vector<std::string> names = data_set_names();
  std::erase(names, name_of(DataSet::mnist_paper));  // a card describes it by set, per_class and data_seed
  return *data_set_named(data["set"].one_of(names));
}

Selection selection_of(const Field& data) {
  Selection selection{.classes = data["classes"].different_whole_numbers(kClasses, 0, kClasses - 1),
                      .per_class = data["per_class"].whole_number(1, kMostPerClass)};
  const std::int64_t samples = *selection.per_class * static_cast<std::int64_t>(selection.classes.size());
  data["samples"].require_number(samples, ", per_class times the number of classes");
  return selection;
}

/// The fingerprint; empty if the kernels were not exact, since the last bits may then differ between hosts.
std::optional<std::string> fingerprint_of(const Field& card) {
  const Field fingerprint = card["fingerprint"];
  std::optional<std::string> read;
  if (!fingerprint.is_null()) read = fingerprint.hex_digits(", or null");
  return card["computed"]["exact"].truth() ? read : std::nullopt;
}

/// Ignores a fingerprint under another contract, because it cannot be compared with a run of this program.
void read_promise(const Field& card, RunCard& read) {
  read.fingerprint = fingerprint_of(card);
  if (!card.has("contract")) return;
  read.other_contract = card["contract"].text() != contract;
  if (read.other_contract) read.fingerprint.reset();
}

/// The digest and the number of samples are not checked:
/// run.json has no digest, and the fingerprint detects a difference.
RunCard card_of_result(const Field& result) {
  constexpr std::int64_t labels = 256;  // a label is a byte
  const Field data = result["data"], classes = data["classes"], per_class = data["per_class"];
  RunCard read;
  read.config = config_of(result["config"]);
  const std::string images = data["images"].text(kLongestName),
                    label_file = data["labels"].text(kLongestName);
  if (const std::optional<DataSet> set = data_set_named(images)) {
    read.set = *set;
  } else {
    read.images = images;
    read.labels = label_file;
    if (data.has("base")) read.base = data["base"].text();
  }
  if (!classes.is_null()) read.selection.classes = classes.different_whole_numbers(labels, 0, labels - 1);
  if (!per_class.is_null()) read.selection.per_class = per_class.whole_number(1, kMostPerResult, ", or null");
  if (const Field seed = data["data_seed"]; !seed.is_null())
    read.data_seed = seed.whole_number(0, Limits::greatest_seed, ", or null");
  read_promise(result, read);
  return read;
}

/// Throws CardError if the run started from given weights, which are not part of a card.
void require_seed_start(const Field& start, const std::string& name) {
  if (start.is_null()) return;
  if (!start.is_object()) start.refuse("null or an object");
  throw CardError(sentence(name,
                           " cannot be rerun: start is not null, and the weights that the run began with ",
                           "are not part of a card."));
}

}  // namespace

const std::vector<std::string>& data_set_names() {
  static const std::vector<std::string> names{"mnist-paper", "mnist", "mnist-test", "fashion-mnist",
                                              "fashion-mnist-test"};
  return names;
}

const std::string& name_of(DataSet set) { return data_set_names()[static_cast<std::size_t>(set)]; }

std::optional<DataSet> data_set_named(const std::string& name) {
  const std::vector<std::string>& names = data_set_names();
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<DataSet>(found - names.begin());
}

RunCard parse_run_card(std::span<const std::uint8_t> bytes, const std::string& name) {
  const auto is_needed = [](const std::string& key) { return key != "records"; };  // large and not used
  const Json json = parse_json(bytes, {name, kKind}, {.keeps = is_needed});
  const Field card(json, {name, kKind});
  if (json.is_object() && json.contains("program")) {
    card["program"].require_text("ska");
    if (json.contains("start")) require_seed_start(card["start"], name);
    return card_of_result(card);
  }
  card["format"].require_text("ska-run-card");
  card["version"].require_number(1, ", the only version there is");
  require_seed_start(card["start"], name);
  const Field data = card["data"], seed = data["data_seed"];
  RunCard read;
  read.config = config_of(card["config"]);
  read.set = set_of(data);
  read.selection = selection_of(data);
  read.digest = data["digest"].hex_digits();
  if (!seed.is_null()) read.data_seed = seed.whole_number(0, Limits::greatest_seed, ", or null");
  read_promise(card, read);
  return read;
}

}  // namespace ska
