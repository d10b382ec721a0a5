// How the command reacts to signals: it ends between two steps, cleans up, and respects `nohup`.
#pragma once

#include <stdexcept>
#include <string>

namespace ska {

/// Thrown where a signal ended the work before its end.
class Interrupted : public std::runtime_error {
 public:
  Interrupted(int signal, const std::string& message) : std::runtime_error(message), signal_(signal) {}
  int signal() const { return signal_; }

 private:
  int signal_;
};

/// From now on SIGINT, SIGTERM, SIGHUP and SIGPIPE only ask for an end; a second one ends the process at
/// once. A signal that was ignored when the command started stays ignored, as `nohup` wants it.
void catch_end_signals();

/// The signal that has asked for an end, or 0.
int end_signal();

const char* name_of_signal(int signal);

/// Node resets every signal, for itself and for what it starts. These two carry what is ignored across it, in
/// the environment variable SKA_IGNORED_SIGNALS, names separated by commas.
void export_ignored_signals();
void ignore_exported_signals();

}  // namespace ska
