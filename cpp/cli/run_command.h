// What does `ska run` do? Load, train, print a line per step, write the result.
#pragma once

#include <iosfwd>

#include "cli/arguments.h"

namespace ska {

/// What is said where `out` takes no more.
inline constexpr const char* kCannotPrint =
    "The output cannot be printed: the disk is full or the reader is gone.";

/// Throws FileError, DataError, SamplingError, ConfigError, NonFiniteError, MemoryError and ThreadError.
void run_command(const RunArguments& arguments, std::ostream& out);

}  // namespace ska
