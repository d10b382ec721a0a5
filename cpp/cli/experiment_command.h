// What does `ska experiment` do? It becomes Node, which runs the experiments of the page.
#pragma once

#include "cli/arguments.h"

namespace ska {

/// Does not return. The script finds this command by the environment variable SKA_COMMAND; `called` is what
/// it was called by. Throws FileError where there is no script, or no Node.
[[noreturn]] void experiment_command(const ExperimentArguments& arguments, const char* called);

}  // namespace ska
