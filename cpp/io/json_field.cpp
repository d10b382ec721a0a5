#include "io/json_field.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <system_error>

#include "core/text.h"
#include "io/printable.h"

namespace ska {
namespace {

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMostItems = 1'000'000;  // more than any valid list or object has
constexpr std::size_t kMostAllocated =
    6'000'000;  // strings, lists and objects; bounds the memory for a text such as `[],[],…`
constexpr std::size_t kHexDigits = 32;

/// The value as text short enough for a message.
std::string shown(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return sentence("a list of ", value.size());
  const auto dumped = [](const Json& one) {
    return one.dump(-1, ' ', true, Json::error_handler_t::replace);  // ASCII, so it can be cut anywhere
  };
  // The start of a long string is enough. It may end within a character.
  const std::string text = value.is_string() && value.get_ref<const std::string&>().size() > kLongestQuotation
                               ? dumped(value.get_ref<const std::string&>().substr(0, kLongestQuotation))
                               : dumped(value);
  return printable(text);
}

/// A whole number, written as 50 or as 5e1; empty for anything else.
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

/// Builds a document from the events of nlohmann's parser. The parser's own builders search all members of a
/// list or object for every member they add.
class Builder {
 public:
  Builder(const Document& document, const Reading& reading) : document_(document), reading_(reading) {}

  Json take() { return std::move(root_); }

  // Callbacks of the parser. Each returns whether parsing continues.

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string& /*text*/) { return add(value); }
  bool string(std::string& value) {
    if (!skips()) count_allocated();
    return add(std::move(value));
  }
  bool binary(Json::binary_t& /*value*/) { return false; }  // does not occur in text
  bool start_object(std::size_t /*unknown*/) { return open(Json::object()); }
  bool start_array(std::size_t /*unknown*/) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    if (skips()) return true;
    key_ = std::move(name);
    skips_next_ = depth_ == 1 && reading_.keeps && !reading_.keeps(key_);
    return true;
  }
  bool parse_error(std::size_t byte, const std::string& /*token*/, const Json::exception& error) {
    constexpr int number_overflow = 406;  // nlohmann's error number
    if (error.id == number_overflow)
      complain_of(document_, "one of its numbers is beyond what a finite number can be.");
    throw NotJsonError(
        sentence(document_.name, " is no ", document_.kind, ": it is not JSON, as byte ", byte, " shows."));
  }

 private:
  /// A list or an object that is not yet closed.
  struct Open {
    Json* value;
    std::map<std::string, std::size_t> places{};  ///< index of members by name, built once there are many
  };

  /// Whether the parser is inside a member that is not kept.
  bool skips() const { return skipped_depth_ > 0; }

  bool add(Json value) {
    if (skips()) return true;
    if (skips_next_) {
      skips_next_ = false;
    } else {
      place() = std::move(value);
    }
    return true;
  }

  bool open(Json value) {
    if (++depth_ > kDeepest)
      complain_of(document_, sentence("it is nested deeper than the ", kDeepest, " levels allowed."));
    if (skips() || skips_next_) {
      skips_next_ = false;
      ++skipped_depth_;
      return true;
    }
    count_allocated();
    Json& placed = place();
    placed = std::move(value);
    open_.push_back({.value = &placed});
    return true;
  }

  bool close() {
    --depth_;
    if (skips()) {
      --skipped_depth_;
    } else {
      open_.pop_back();
    }
    return true;
  }

  void count_allocated() {
    if (++allocated_ > kMostAllocated) {
      complain_of(document_, sentence("it has more than ", kMostAllocated,
                                      " texts, lists and objects, the most allowed."));
    }
  }

  /// The position of the next value.
  Json& place() {
    if (open_.empty()) return root_;
    Open& open = open_.back();
    if (open.value->size() == kMostItems) {
      complain_of(document_, sentence(open.value->is_array() ? "a list in it has" : "an object in it has",
                                      " more than ", kMostItems, " items, the most allowed."));
    }
    if (!open.value->is_array()) return member(open);
    auto& items = open.value->get_ref<Json::array_t&>();
    return items.emplace_back();
  }

  /// The member with the current key; it is added if missing.
  Json& member(Open& open) {
    constexpr std::size_t few = 16;  // up to this many, a linear search is faster than the map
    auto& members = open.value->get_ref<Json::object_t&>();
    if (members.size() < few) {
      for (auto& [name, value] : members) {
        if (name == key_) return value;
      }
    } else {
      if (open.places.empty()) {
        for (std::size_t i = 0; i < members.size(); ++i)
          open.places.emplace(members.begin()[static_cast<std::ptrdiff_t>(i)].first, i);
      }
      const auto [found, is_new] = open.places.emplace(key_, members.size());
      if (!is_new) return members.begin()[static_cast<std::ptrdiff_t>(found->second)].second;
    }
    members.emplace_back(std::move(key_), nullptr);
    return members.back().second;
  }

  const Document& document_;
  const Reading& reading_;
  Json root_;
  std::vector<Open> open_;
  std::string key_;  ///< key of the next value
  bool skips_next_ = false;
  std::size_t depth_ = 0, skipped_depth_ = 0, allocated_ = 0;
};

/// The UTF-16 unit of the escape \uXXXX at this position; empty if there is none.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t at) {
  constexpr std::size_t length = 6;
  if (at > text.size() || !text.substr(at).starts_with("\\u") || text.size() - at < length)
    return std::nullopt;
  const char* const digits = text.data() + at + 2;
  const char* const end = text.data() + at + length;
  unsigned unit = 0;
  const auto [stop, error] = std::from_chars(digits, end, unit, 16);
  return error == std::errc() && stop == end ? std::optional(unit) : std::nullopt;
}

/// The text with lone surrogates replaced by U+FFFD, as escapes of the same length; empty if there are none.
/// JavaScript reads and writes lone surrogates, but the parser would reject the text.
std::optional<std::string> without_lone_surrogates(std::string_view text) {
  const auto within = [](std::optional<unsigned> unit, unsigned first, unsigned last) {
    return unit && *unit >= first && *unit <= last;
  };
  std::optional<std::string> mended;
  std::size_t step = 0;
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + step)) {
    const auto unit = escaped_unit(text, at);
    step = unit ? 6 : 2;
    if (!within(unit, 0xD800, 0xDFFF)) continue;
    if (within(unit, 0xD800, 0xDBFF) && within(escaped_unit(text, at + step), 0xDC00, 0xDFFF)) {
      step *= 2;
      continue;
    }
    if (!mended) mended.emplace(text);
    mended->replace(at, step, "\\ufffd");
  }
  return mended;
}

}  // namespace

Json parse_json(std::span<const std::uint8_t> bytes, const Document& document, const Reading& reading) {
  if (bytes.size() > reading.most_bytes)
    complain_of(document, sentence("it has more than ", reading.most_bytes, " bytes, the most allowed."));
  // The parser treats a NUL as the end of the text. JSON does not allow NUL, not even within strings.
  const auto nul = std::ranges::find(bytes, std::uint8_t{0});
  Builder builder(document, reading);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()),
                              static_cast<std::size_t>(nul - bytes.begin()));
  const auto mended = without_lone_surrogates(text);
  Json::sax_parse(mended ? std::string_view(*mended) : text, &builder);
  if (nul != bytes.end()) {
    throw NotJsonError(sentence(document.name, " is no ", document.kind, ": it is not JSON, as byte ",
                                nul - bytes.begin() + 1, " shows."));
  }
  return builder.take();
}

std::string Field::path(const std::string& member) const {
  if (member.empty()) return path_.empty() ? "it" : path_;
  return path_.empty() ? printable(member) : sentence(path_, ".", printable(member));
}

Field Field::operator[](const char* key) const {
  if (!value_.is_object()) refuse("an object");
  const auto found = value_.find(key);
  if (found == value_.end()) {
    throw JsonError(
        sentence(document_->name, " is no whole ", document_->kind, ": ", path(key), " is missing."));
  }
  return {*found, document_, path(key)};
}

void Field::for_members(const std::function<void(const std::string&, const Field&)>& visit) const {
  if (!value_.is_object()) refuse("an object");
  for (const auto& [name, value] : value_.get_ref<const Json::object_t&>())
    visit(name, {value, document_, path(name)});
}

void Field::for_items(const char* allowed, const std::function<void(const Field&)>& visit) const {
  if (!value_.is_array() || value_.empty()) refuse(allowed);
  for (std::size_t i = 0; i < value_.size(); ++i)
    visit({value_[i], document_, path_ + "[" + std::to_string(i) + "]"});
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
  const auto allowed = [&] {
    return sentence("a list of 1 to ", longest, " whole numbers from ", least, " to ", most);
  };
  if (value_.size() > static_cast<std::size_t>(longest)) refuse(allowed());
  std::vector<std::int64_t> numbers;
  if (!value_.is_array() || value_.empty()) refuse(allowed());
  for (const Json& item : value_) {
    const auto number = whole(item);
    // The path of an item is only built for a message.
    if (!number || *number < least || *number > most) {
      Field(item, document_, sentence(path_, "[", numbers.size(), "]"))
          .refuse(sentence("a whole number from ", least, " to ", most));
    }
    numbers.push_back(*number);
  }
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

std::string Field::text(std::size_t longest) const {
  if (!value_.is_string() || value_.get_ref<const std::string&>().empty()) refuse("text");
  if (value_.get_ref<const std::string&>().size() > longest)
    refuse(sentence("text of at most ", longest, " bytes"));
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

void Field::complain(const std::string& what) const { complain_of(*document_, what); }

}  // namespace ska
