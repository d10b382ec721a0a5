// What the fuzz targets share: input taken apart, and what must hold of everything that is refused.
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

/// Ends the process where a property does not hold, for libFuzzer to keep the input.
inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "This does not hold: %s\n", property);
  std::abort();
}

/// A message for a person: a sentence of a length that can be read, which leaves the terminal alone.
inline void require_sentence(std::string_view message) {
  constexpr std::size_t longest = 3000;  // the settings of a run can have 256 classes
  require(!message.empty() && message.size() <= longest, "a refusal has 1 to 3000 bytes");
  require(message.ends_with('.'), "a refusal ends with a full stop");
  require(printable(message, message.size()) == message, "a refusal has no control characters");
}

/// Runs `work`; what it throws, if anything, must be an `Error` with a sentence. Whether it threw nothing.
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
