// The command `ska experiment`: replaces itself with Node, which runs the experiments of the page.
#pragma once

#include <string>

#include "cli/arguments.h"

namespace ska {

/// The script of the experiments, in the project's folder. Throws FileError if it does not exist.
std::string experiment_script(const std::string& project);

/// Does not return. The environment variable SKA_COMMAND gives the script the path of this command; `called`
/// is the name it was called by. Throws FileError if the script or Node is missing.
[[noreturn]] void experiment_command(const ExperimentArguments& arguments, const char* called);

}  // namespace ska
