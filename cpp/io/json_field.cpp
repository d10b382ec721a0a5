#include "io/json_field.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "core/text.h"

namespace ska {
namespace {

constexpr int kDeepest = 16;
constexpr std::size_t kMostBytes = std::size_t{1} << 26;
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

[[noreturn]] void complain_of(const Document& document, const std::string& what) {
  throw JsonError(sentence(document.name, " is no ", document.kind, ": ", what));
}

}  // namespace

Json parse_json(std::span<const std::uint8_t> bytes, const Document& document, std::string_view unread) {
  if (bytes.size() > kMostBytes) {
    complain_of(document, sentence("it has ", bytes.size(), " bytes; at most ", kMostBytes, " are allowed."));
  }
  const auto watch = [&](int depth, Json::parse_event_t event, const Json& value) {
    if (depth > kDeepest)
      complain_of(document, sentence("it is nested deeper than the ", kDeepest, " levels allowed."));
    return unread.empty() || depth != 1 || event != Json::parse_event_t::key || value != std::string(unread);
  };
  try {
    return Json::parse(bytes.begin(), bytes.end(), watch);
  } catch (const Json::parse_error& error) {
    complain_of(document, sentence("it is not JSON, as byte ", error.byte, " shows."));
  } catch (const Json::out_of_range&) {
    complain_of(document, "one of its numbers is beyond what a finite number can be.");
  }
}

std::string Field::path(const std::string& member) const {
  if (member.empty()) return path_.empty() ? "it" : path_;
  return path_.empty() ? member : sentence(path_, ".", member);
}

Field Field::operator[](const char* key) const {
  if (!value_.is_object()) refuse("an object");
  const auto found = value_.find(key);
  if (found == value_.end()) {
    throw JsonError(
        sentence(document_.name, " is no whole ", document_.kind, ": ", path(key), " is missing."));
  }
  return {*found, document_, path(key)};
}

void Field::for_members(const std::function<void(const std::string&, const Field&)>& visit) const {
  if (!value_.is_object()) refuse("an object");
  for (const auto& [name, value] : value_.items()) visit(name, {value, document_, path(name)});
}

std::vector<Field> Field::items(const std::string& allowed) const {
  if (!value_.is_array() || value_.empty()) refuse(allowed);
  std::vector<Field> items;
  items.reserve(value_.size());
  for (std::size_t i = 0; i < value_.size(); ++i)
    items.emplace_back(value_[i], document_, sentence(path_, "[", i, "]"));
  return items;
}

std::int64_t Field::whole_number(std::int64_t least, std::int64_t most, const char* otherwise) const {
  const auto number = whole(value_);
  if (!number || *number < least || *number > most)
    refuse(sentence("a whole number from ", least, " to ", most, otherwise));
  return *number;
}

void Field::require_number(std::int64_t number, const char* why) const {
  if (whole(value_) != number) refuse(sentence(number, why));
}

std::vector<std::int64_t> Field::whole_numbers(std::int64_t longest, std::int64_t least,
                                               std::int64_t most) const {
  const std::string allowed =
      sentence("a list of 1 to ", longest, " whole numbers from ", least, " to ", most);
  if (value_.size() > static_cast<std::size_t>(longest)) refuse(allowed);
  std::vector<std::int64_t> numbers;
  for (const Field& item : items(allowed)) numbers.push_back(item.whole_number(least, most));
  return numbers;
}

std::vector<std::int64_t> Field::different_whole_numbers(std::int64_t longest, std::int64_t least,
                                                         std::int64_t most) const {
  std::vector<std::int64_t> numbers = whole_numbers(longest, least, most), sorted = numbers;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) refuse("a list of different classes");
  return numbers;
}

double Field::positive_number() const {
  if (!value_.is_number() || !std::isfinite(value_.get<double>()) || value_.get<double>() <= 0)
    refuse("a finite number above 0");
  return value_.get<double>();
}

bool Field::truth() const {
  if (!value_.is_boolean()) refuse("true or false");
  return value_.get<bool>();
}

std::string Field::hex_digits(const char* otherwise) const {
  const auto is_hex = [](char c) {
    return std::string_view("0123456789abcdef").find(c) != std::string::npos;
  };
  const std::string text = value_.is_string() ? value_.get<std::string>() : "";
  if (text.size() != kHexDigits || !std::ranges::all_of(text, is_hex))
    refuse(sentence(kHexDigits, " hexadecimal digits", otherwise));
  return text;
}

std::string Field::text() const {
  if (!value_.is_string() || value_.get_ref<const std::string&>().empty()) refuse("text");
  return value_.get<std::string>();
}

std::string Field::one_of(const std::vector<std::string>& texts) const {
  if (!value_.is_string() || std::ranges::find(texts, value_.get_ref<const std::string&>()) == texts.end())
    refuse(sentence("\"", joined(texts, "\" or \""), "\""));
  return value_.get<std::string>();
}

void Field::require_text(std::string_view text) const {
  if (!value_.is_string() || value_.get_ref<const std::string&>() != text) refuse(sentence("\"", text, "\""));
}

void Field::refuse(const std::string& allowed) const {
  complain(sentence(path(), " must be ", allowed, "; ", shown(value_), " was given."));
}

void Field::complain(const std::string& what) const { complain_of(document_, what); }

}  // namespace ska
