// The standard descriptors, and what may be printed on them.
#pragma once

#include <string>
#include <string_view>

namespace ska {

/// Opens those of the descriptors 0, 1 and 2 that are closed on /dev/null. Otherwise the next file that is
/// opened would get one of them, and messages would be written into it.
void open_standard_descriptors();

/// The text as one line that a terminal only shows: control characters become spaces, bytes that are not
/// UTF-8 the replacement character. Names of files, options and keys may hold anything, also sequences that
/// control a terminal.
std::string printable(std::string_view text);

}  // namespace ska
