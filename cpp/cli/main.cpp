// The command `ska`: from words on a command line to an exit code.
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <variant>

#include "cli/arguments.h"
#include "cli/run_command.h"

namespace {

constexpr int kUsage = 2;
constexpr int kFailure = 1;

/// One line on stderr, whatever the names of files in it contain.
int fail(int code, std::string message) {
  for (char& c : message) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  std::cerr << "ska: " << message << std::endl;
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file over the size limit is an error to report, and not the end
  try {
    const auto asked = ska::read_arguments(argc, argv);
    if (const auto* error = std::get_if<ska::UsageError>(&asked)) return fail(kUsage, error->message);
    if (const auto* answer = std::get_if<ska::Answer>(&asked)) {
      std::cout << answer->text;
    } else {
      ska::run_command(std::get<ska::RunArguments>(asked), std::cout);
    }
    std::cout.flush();
    if (!std::cout) return fail(kFailure, ska::kCannotPrint);
    return EXIT_SUCCESS;
  } catch (const std::bad_alloc&) {
    return fail(kFailure, "There is not enough memory for this.");
  } catch (const std::exception& error) {
    return fail(kFailure, error.what());
  }
}
