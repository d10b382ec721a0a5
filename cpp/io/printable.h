// Escapes and shortens text from a file or a command line for use in messages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ska {

/// The default maximum length of quoted text, in characters.
inline constexpr std::size_t kLongestQuotation = 60;

/// Escapes control characters, line separators, bidirectional marks and bytes that are not valid UTF-8 (\n,
/// \u001b, \xff). A text longer than `longest` characters is cut and ends with "…".
std::string printable(std::string_view text, std::size_t longest = kLongestQuotation);

}  // namespace ska
