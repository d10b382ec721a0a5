// Builds the texts of error messages: one line each, with exact and short numbers.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace ska {

/// The value with 15 to 17 significant digits, as few as are needed to read it back exactly, and without
/// trailing zeros. `nan`, `inf` or `-inf` if it is not finite.
std::string number_text(double value);

namespace detail {
inline std::string part(std::string_view text) { return std::string(text); }
inline std::string part(std::floating_point auto value) { return number_text(value); }
inline std::string part(std::integral auto value) { return std::to_string(value); }
}  // namespace detail

/// Concatenates the parts: strings unchanged, floating-point numbers by `number_text`.
template <class... Parts>
std::string sentence(const Parts&... parts) {
  return (std::string() + ... + detail::part(parts));
}

/// The texts with `separator` between them.
inline std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += separator;
    all += text;
  }
  return all;
}

}  // namespace ska
