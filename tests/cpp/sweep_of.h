// Parses a sweep from the text of its specification.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "io/sweep_spec.h"

namespace ska::test {

inline Sweep sweep_of(std::string_view text, const std::string& name = "s.json") {
  return parse_sweep({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, name);
}

}  // namespace ska::test
