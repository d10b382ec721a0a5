// Signal handling: the command stops between two steps, cleans up, and respects `nohup`.
#pragma once

#include <stdexcept>
#include <string>

namespace ska {

/// Thrown if a signal stopped the work early.
class Interrupted : public std::runtime_error {
 public:
  Interrupted(int signal, const std::string& message) : std::runtime_error(message), signal_(signal) {}
  int signal() const { return signal_; }

 private:
  int signal_;
};

/// From now on SIGINT, SIGTERM, SIGHUP and SIGPIPE only request a stop. A second signal of the same kind,
/// except SIGPIPE, kills the process. Signals that were ignored when the command started stay ignored,
/// as `nohup` expects.
void catch_end_signals();

/// The signal that requested a stop, or 0.
int end_signal();

const char* name_of_signal(int signal);

/// Node resets all signal handlers, also for its child processes. These two functions pass the ignored
/// signals through it in the environment variable SKA_IGNORED_SIGNALS, as names separated by commas.
void export_ignored_signals();
void ignore_exported_signals();

}  // namespace ska
