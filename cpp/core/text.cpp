#include "core/text.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace ska {

// Not to_chars: it is faster but adds 100 kB of tables to the WebAssembly module.
std::string number_text(double value) {
  constexpr int always_enough = 17;
  std::array<char, 32> buffer{};
  for (int digits = 15;; ++digits) {
    std::snprintf(buffer.data(), buffer.size(), "%.*g", digits, value);
    if (digits == always_enough || std::strtod(buffer.data(), nullptr) == value) return buffer.data();
  }
}

}  // namespace ska
