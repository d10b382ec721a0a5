// The entry point of the command `ska`. It runs a subcommand and turns its result into an exit code.
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <variant>

#include "cli/arguments.h"
#include "cli/experiment_command.h"
#include "cli/run_command.h"
#include "cli/signals.h"
#include "cli/sweep_command.h"
#include "cli/terminal.h"
#include "io/printable.h"

namespace {

constexpr int kUsage = 2;
constexpr int kFailure = 1;
constexpr int kSignal = 128;  // plus the signal number, as in shells

/// Prints one line on stderr; control characters in file names are escaped.
int fail(int code, const std::string& message) {
  std::cerr << "ska: " << ska::printable(message, message.size()) << std::endl;
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  ska::open_standard_descriptors();
  ska::ignore_exported_signals();
  std::signal(SIGXFSZ, SIG_IGN);  // report a file over the size limit instead of being killed
  try {
    const auto asked = ska::read_arguments(argc, argv);
    if (const auto* error = std::get_if<ska::UsageError>(&asked)) return fail(kUsage, error->message);
    if (const auto* answer = std::get_if<ska::Answer>(&asked)) {
      std::cout << answer->text;
    } else if (const auto* words = std::get_if<ska::ExperimentArguments>(&asked)) {
      ska::experiment_command(*words, argv[0]);
    } else if (const auto* sweep = std::get_if<ska::SweepArguments>(&asked)) {
      ska::sweep_command(*sweep, std::cout, std::cerr);
    } else {
      ska::run_command(std::get<ska::RunArguments>(asked), std::cout);
    }
    std::cout.flush();
    if (!std::cout && ska::end_signal() == SIGPIPE) return kSignal + SIGPIPE;
    if (!std::cout) return fail(kFailure, ska::kCannotPrint);
    return EXIT_SUCCESS;
  } catch (const ska::Interrupted& end) {
    if (end.signal() == SIGPIPE) return kSignal + SIGPIPE;
    return fail(kSignal + end.signal(), end.what());
  } catch (const std::bad_alloc&) {
    return fail(kFailure, "There is not enough memory for this.");
  } catch (const std::exception& error) {
    return fail(kFailure, error.what());
  }
}
