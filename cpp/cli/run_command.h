// The command `ska run`: loads the data, trains, prints a line per step, and writes the result.
#pragma once

#include <iosfwd>
#include <stdexcept>

#include "cli/arguments.h"

namespace ska {

/// The message when writing to `out` fails.
inline constexpr const char* kCannotPrint =
    "The output cannot be printed: the disk is full or the reader is gone.";

/// Thrown if rerunning a run card gives a different fingerprint. The result is written nevertheless.
class FingerprintError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Runs the command. Throws Interrupted (signals.h), FingerprintError, FileError, DataError, SamplingError,
/// ConfigError, NonFiniteError, MemoryError and ThreadError.
void run_command(const RunArguments& arguments, std::ostream& out);

}  // namespace ska
