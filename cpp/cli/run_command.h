// What does `ska run` do? Load, train, print a line per step, write the result.
#pragma once

#include <iosfwd>
#include <stdexcept>

#include "cli/arguments.h"

namespace ska {

/// What is said where `out` takes no more.
inline constexpr const char* kCannotPrint =
    "The output cannot be printed: the disk is full or the reader is gone.";

/// Thrown where a run card's run, computed again, has another fingerprint; its result is written all the
/// same.
class FingerprintError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws Interrupted (signals.h), FingerprintError, FileError, DataError, SamplingError, ConfigError,
/// NonFiniteError, MemoryError and ThreadError.
void run_command(const RunArguments& arguments, std::ostream& out);

}  // namespace ska
