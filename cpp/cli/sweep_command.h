// The command `ska sweep`: runs many configurations in parallel and writes one JSON line for each.
#pragma once

#include <iosfwd>
#include <stdexcept>

#include "cli/sweep_arguments.h"

namespace ska {

/// Thrown when all runs have a line but some of them failed.
class FailedRunsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes a summary to `out` and a line per finished run to `progress`. Throws Interrupted (signals.h) if a
/// signal stopped the sweep; finished lines are kept, and the same command resumes it. Also throws
/// FailedRunsError, FileError, DataError and ThreadError.
void sweep_command(const SweepArguments& arguments, std::ostream& out, std::ostream& progress);

}  // namespace ska
