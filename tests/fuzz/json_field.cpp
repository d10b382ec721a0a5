// Fuzz target: JSON documents, and every function that reads a value.
#include "io/json_field.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "io/setting_json.h"
#include "property.h"

namespace ska::fuzz {
namespace {

void read_in_every_way(const Field& field) {
  const auto try_to = [](const auto& work) { accepts<JsonError>([&] { static_cast<void>(work()); }); };
  try_to([&] { return field.whole_number(-5, 1000); });
  try_to([&] { return field.whole_numbers(16, 1, 4096); });
  try_to([&] { return field.different_whole_numbers(10, 0, 9); });
  try_to([&] { return field.positive_number(); });
  try_to([&] { return field.truth(); });
  try_to([&] { return field.hex_digits(); });
  try_to([&] { return field.text(20); });
  try_to([&] { return field.one_of({"one", "other"}); });
  try_to([&] {
    field.require_text("one");
    return 0;
  });
  try_to([&] {
    field.require_number(1, ", the only one");
    return 0;
  });
  for (const Setting& setting : all_settings) {
    try_to([&] {
      Config config;
      read_setting(setting, field, config);
      return setting_json(setting, config);
    });
  }
  try_to([&] { return field["member"].path(); });
  if (field.is_object()) {
    field.for_members([](const std::string&, const Field& member) { read_in_every_way(member); });
  } else if (field.value().is_array() && !field.value().empty()) {
    field.for_items("a list", read_in_every_way);
  }
}

/// The code unit of an escape `\uXXXX` at this place, or nothing.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\\u" || at + 6 > text.size()) return std::nullopt;
  unsigned unit = 0;
  const auto [stop, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, unit, 16);
  return error == std::errc() && stop == text.data() + at + 6 ? std::optional(unit) : std::nullopt;
}

/// The text with `\ufffd` in place of the escapes of lone surrogates, which nlohmann's parser refuses.
std::string without_lone_surrogates(std::string text) {
  for (std::size_t at = 0; (at = text.find('\\', at)) != std::string::npos;) {
    const auto unit = escaped_unit(text, at);
    const auto is_high = [](unsigned value) { return value >= 0xD800 && value < 0xDC00; };
    const auto is_low = [](unsigned value) { return value >= 0xDC00 && value < 0xE000; };
    if (!unit) {
      at += 2;
    } else if (is_high(*unit) && is_low(escaped_unit(text, at + 6).value_or(0))) {
      at += 12;
    } else {
      if (is_high(*unit) || is_low(*unit)) text.replace(at, 6, "\\ufffd");
      at += 6;
    }
  }
  return text;
}

void check(std::span<const std::uint8_t> bytes) {
  const Document document{"f", "document"};
  Json json;
  const bool accepted = accepts<JsonError>([&] { json = parse_json(bytes, document); });
  // Skipped members must be valid JSON too.
  const Reading nothing{.keeps = [](const std::string&) { return false; }};
  require(accepts<JsonError>([&] { parse_json(bytes, document, nothing); }) == accepted,
          "what is left out is checked as the rest is");
  // The oracle is nlohmann's own parser, which takes a NUL for the end and has no limits.
  const std::string well_formed = without_lone_surrogates({bytes.begin(), bytes.end()});
  const Json oracle = Json::parse(well_formed, nullptr, false);
  if (!accepted) return;
  require(!oracle.is_discarded() && oracle == json, "what is accepted is JSON");
  const std::string text = json.dump();
  require(parse_json(bytes_of(text), document) == json, "what is written is read back");
  read_in_every_way(Field(json, document));
}

}  // namespace
}  // namespace ska::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ska::fuzz::check({data, size});
  return 0;
}
