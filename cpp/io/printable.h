// Text from a file or a command line, made fit for a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ska {

/// What most quotations are cut to, in characters.
inline constexpr std::size_t kLongestQuotation = 60;

/// The text with control characters, line separators, marks that change the direction of writing and bytes
/// that are not UTF-8 escaped (\n, \u001b, \xff), cut after `longest` characters and a "…".
std::string printable(std::string_view text, std::size_t longest = kLongestQuotation);

}  // namespace ska
