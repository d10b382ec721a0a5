// What does `ska sweep` do? Many runs side by side, a line of JSON for each as it finishes.
#pragma once

#include <iosfwd>
#include <stdexcept>

#include "cli/sweep_arguments.h"

namespace ska {

/// Thrown where all runs have their line, and some have failed.
class FailedRunsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A summary goes to `out`, a line for every finished run to `progress`. Throws Interrupted (signals.h) where
/// a signal ended it; the lines so far stand, and the same command goes on. Throws FailedRunsError,
/// FileError, DataError and ThreadError.
void sweep_command(const SweepArguments& arguments, std::ostream& out, std::ostream& progress);

}  // namespace ska
