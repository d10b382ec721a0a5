// Helpers of the fuzz targets: parsing the input, and checks of error messages.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/printable.h"

namespace ska::fuzz {

/// Aborts if a property does not hold, so libFuzzer keeps the input.
inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "This does not hold: %s\n", property);
  std::abort();
}

/// Checks that a message is a sentence of reasonable length without control characters.
inline void require_sentence(std::string_view message) {
  constexpr std::size_t longest = 3000;  // the settings of a run can have 256 classes
  require(!message.empty() && message.size() <= longest, "a refusal has 1 to 3000 bytes");
  require(message.ends_with('.'), "a refusal ends with a full stop");
  require(printable(message, message.size()) == message, "a refusal has no control characters");
}

/// Runs `work`. Returns whether it threw nothing.
/// Any exception must be an `Error` whose message is a sentence.
template <class Error, class Work>
bool accepts(const Work& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    require_sentence(error.what());
    return false;
  }
}

inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace ska::fuzz
