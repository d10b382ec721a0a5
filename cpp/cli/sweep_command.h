// What does `ska sweep` do? Many runs side by side, a line of JSON for each as it finishes.
#pragma once

#include <iosfwd>
#include <stdexcept>

#include "cli/sweep_arguments.h"

namespace ska {

/// Thrown where SIGINT or SIGTERM ended a sweep. The lines so far stand, and the same command goes on.
class Interrupted : public std::runtime_error {
 public:
  Interrupted(int signal, const std::string& message) : std::runtime_error(message), signal_(signal) {}
  int signal() const { return signal_; }

 private:
  int signal_;
};

/// Thrown where all runs have their line, and some have failed.
class FailedRunsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A summary goes to `out`, a line for every finished run to `progress`. Throws Interrupted, FailedRunsError,
/// FileError, DataError and ThreadError.
void sweep_command(const SweepArguments& arguments, std::ostream& out, std::ostream& progress);

}  // namespace ska
