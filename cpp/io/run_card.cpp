#include "io/run_card.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/text.h"

namespace ska {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 16;
constexpr std::size_t kMostBytes = std::size_t{1} << 26;
constexpr std::int64_t kMostPerClass = 60'000;                  // all of MNIST's training set
constexpr std::int64_t kMostPerResult = std::int64_t{1} << 30;  // no IDX file that is read has more
constexpr std::int64_t kClasses = 10;
constexpr std::size_t kHexDigits = 32;

/// The value in so many words that they fit in a sentence.
std::string shown(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return sentence("a list of ", value.size());
  constexpr std::size_t longest = 60;
  const std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);  // ASCII: cut anywhere
  return text.size() <= longest ? text : text.substr(0, longest) + "…";
}

/// A whole number, be it written as 50 or as 5e1; nothing for all else.
std::optional<std::int64_t> whole(const Json& value) {
  constexpr double safe_integer = 9007199254740991.0;
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  if (std::trunc(number) != number || std::abs(number) > safe_integer) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

/// One value of a card and the way to it.
class Field {
 public:
  Field(const Json& value, const std::string& card, std::string path)
      : value_(value), card_(card), path_(std::move(path)) {}

  Field operator[](const char* key) const {
    const std::string path = path_.empty() ? key : sentence(path_, ".", key);
    if (!value_.is_object()) refuse("an object");
    const auto found = value_.find(key);
    if (found == value_.end())
      throw CardError(sentence(card_, " is no whole run card: ", path, " is missing."));
    return {*found, card_, path};
  }

  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }

  bool is_object() const { return value_.is_object(); }
  bool is_null() const { return value_.is_null(); }

  std::int64_t whole_number(std::int64_t least, std::int64_t most, const char* otherwise = "") const {
    const auto number = whole(value_);
    if (!number || *number < least || *number > most)
      refuse(sentence("a whole number from ", least, " to ", most, otherwise));
    return *number;
  }

  void require_number(std::int64_t number, const char* why) const {
    if (whole(value_) != number) refuse(sentence(number, why));
  }

  std::vector<std::int64_t> whole_numbers(std::int64_t longest, std::int64_t least, std::int64_t most) const {
    const std::string allowed =
        sentence("a list of 1 to ", longest, " whole numbers from ", least, " to ", most);
    if (!value_.is_array() || value_.empty() || value_.size() > static_cast<std::size_t>(longest))
      refuse(allowed);
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < value_.size(); ++i) {
      const Field item(value_[i], card_, sentence(path_, "[", i, "]"));
      numbers.push_back(item.whole_number(least, most));
    }
    return numbers;
  }

  double positive_number() const {
    if (!value_.is_number() || !std::isfinite(value_.get<double>()) || value_.get<double>() <= 0)
      refuse("a finite number above 0");
    return value_.get<double>();
  }

  bool truth() const {
    if (!value_.is_boolean()) refuse("true or false");
    return value_.get<bool>();
  }

  std::string hex_digits(const char* otherwise = "") const {
    const auto is_hex = [](char c) {
      return std::string_view("0123456789abcdef").find(c) != std::string::npos;
    };
    const std::string text = value_.is_string() ? value_.get<std::string>() : "";
    if (text.size() != kHexDigits || !std::ranges::all_of(text, is_hex))
      refuse(sentence(kHexDigits, " hexadecimal digits", otherwise));
    return text;
  }

  std::string text() const {
    if (!value_.is_string() || value_.get_ref<const std::string&>().empty()) refuse("text");
    return value_.get<std::string>();
  }

  std::string one_of(const std::vector<std::string>& texts) const {
    if (!value_.is_string() || std::ranges::find(texts, value_.get_ref<const std::string&>()) == texts.end())
      refuse(sentence("\"", joined(texts, "\" or \""), "\""));
    return value_.get<std::string>();
  }

  void require_text(std::string_view text) const {
    if (!value_.is_string() || value_.get_ref<const std::string&>() != text)
      refuse(sentence("\"", text, "\""));
  }

  [[noreturn]] void refuse(const std::string& allowed) const {
    const std::string what = path_.empty() ? "it" : path_;
    throw CardError(
        sentence(card_, " is no run card: ", what, " must be ", allowed, "; ", shown(value_), " was given."));
  }

 private:
  const Json& value_;
  const std::string& card_;
  std::string path_;
};

Json parsed(std::span<const std::uint8_t> bytes, const std::string& name) {
  if (bytes.size() > kMostBytes) {
    throw CardError(sentence(name, " is no run card: it has ", bytes.size(),
                             " bytes, and a card has at most ", kMostBytes, "."));
  }
  const auto watch = [&](int depth, Json::parse_event_t event, const Json& value) {
    if (depth > kDeepest) {
      throw CardError(
          sentence(name, " is no run card: it is nested deeper than the ", kDeepest, " levels allowed."));
    }
    // Many numbers, of which none is needed.
    return !(depth == 1 && event == Json::parse_event_t::key && value == "records");
  };
  try {
    return Json::parse(bytes.begin(), bytes.end(), watch);
  } catch (const Json::parse_error& error) {
    throw CardError(sentence(name, " is no run card: it is not JSON, as byte ", error.byte, " shows."));
  } catch (const Json::out_of_range&) {
    throw CardError(
        sentence(name, " is no run card: one of its numbers is beyond what a finite number can be."));
  }
}

Config config_of(const Field& config) {
  return {.layers = config["layers"].whole_numbers(Limits::most_layers, 1, Limits::most_neurons),
          .steps = config["steps"].whole_number(1, Limits::most_steps),
          .learning_rate = config["learning_rate"].positive_number(),
          .seed = config["seed"].whole_number(0, Limits::greatest_seed),
          .shift_term = config["shift_term"].truth()};
}

void require_different(const Field& classes, std::vector<std::int64_t> numbers) {
  std::ranges::sort(numbers);
  if (std::ranges::adjacent_find(numbers) != numbers.end()) classes.refuse("a list of different classes");
}

/// A card without a set was saved when there was only one.
DataSet set_of(const Field& data) {
  if (!data.has("set")) return DataSet::mnist;
  std::vector<std::string> names = data_set_names();
  std::erase(names, name_of(DataSet::mnist_paper));  // a card says that by its numbers
  return *data_set_named(data["set"].one_of(names));
}

Selection selection_of(const Field& data) {
  Selection selection{.classes = data["classes"].whole_numbers(kClasses, 0, kClasses - 1),
                      .per_class = data["per_class"].whole_number(1, kMostPerClass)};
  require_different(data["classes"], selection.classes);
  const std::int64_t samples = *selection.per_class * static_cast<std::int64_t>(selection.classes.size());
  data["samples"].require_number(samples, ", per_class times the number of classes");
  return selection;
}

/// None where the kernels were not exact: the last bits may then be others on every host.
std::optional<std::string> fingerprint_of(const Field& card) {
  const Field fingerprint = card["fingerprint"];
  std::optional<std::string> read;
  if (!fingerprint.is_null()) read = fingerprint.hex_digits(", or null");
  return card["computed"]["exact"].truth() ? read : std::nullopt;
}

/// Neither digest nor number of samples is checked: run.json has no digest, and the fingerprint tells.
RunCard card_of_result(const Field& result) {
  constexpr std::int64_t labels = 256;  // a label is a byte
  const Field data = result["data"], classes = data["classes"], per_class = data["per_class"];
  RunCard read;
  read.config = config_of(result["config"]);
  const std::string images = data["images"].text(), label_file = data["labels"].text();
  if (const std::optional<DataSet> set = data_set_named(images)) {
    read.set = *set;
  } else {
    read.images = images;
    read.labels = label_file;
  }
  if (!classes.is_null()) read.selection.classes = classes.whole_numbers(labels, 0, labels - 1);
  require_different(classes, read.selection.classes);
  if (!per_class.is_null()) read.selection.per_class = per_class.whole_number(1, kMostPerResult, ", or null");
  if (const Field seed = data["data_seed"]; !seed.is_null())
    read.data_seed = seed.whole_number(0, Limits::greatest_seed, ", or null");
  read.fingerprint = fingerprint_of(result);
  return read;
}

/// A run that began with given weights cannot be made again without them.
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
  const Json json = parsed(bytes, name);
  const Field card(json, name, "");
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
  read.fingerprint = fingerprint_of(card);
  return read;
}

}  // namespace ska
