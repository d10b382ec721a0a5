// What does `ska experiment` do? It becomes Node, which runs the experiments of the page.
#pragma once

#include <string>

#include "cli/arguments.h"

namespace ska {

/// The script that runs the experiments, in the project's folder. Throws FileError where there is none.
std::string experiment_script(const std::string& project);

/// Does not return. The script finds this command by the environment variable SKA_COMMAND; `called` is what
/// it was called by. Throws FileError where there is no script, or no Node.
[[noreturn]] void experiment_command(const ExperimentArguments& arguments, const char* called);

}  // namespace ska
