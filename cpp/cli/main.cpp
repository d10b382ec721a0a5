// The command `ska`: from words on a command line to an exit code.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <variant>

#include "cli/arguments.h"
#include "cli/run_command.h"

namespace {

constexpr int kUsage = 2;
constexpr int kFailure = 1;

int fail(int code, const char* message) {
  std::cerr << "ska: " << message << std::endl;
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto asked = ska::read_arguments(argc, argv);
    if (const auto* error = std::get_if<ska::UsageError>(&asked)) return fail(kUsage, error->message.c_str());
    if (const auto* answer = std::get_if<ska::Answer>(&asked)) {
      std::cout << answer->text;
    } else {
      ska::run_command(std::get<ska::RunArguments>(asked), std::cout);
    }
    std::cout.flush();
    if (!std::cout)
      return fail(kFailure, "The output could not be printed: the disk is full or the reader is gone.");
    return EXIT_SUCCESS;
  } catch (const std::bad_alloc&) {
    return fail(kFailure, "There is not enough memory for this.");
  } catch (const std::exception& error) {
    return fail(kFailure, error.what());
  }
}
