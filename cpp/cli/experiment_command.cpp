#include "cli/experiment_command.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "cli/signals.h"
#include "core/text.h"
#include "io/disk.h"
#include "io/files.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

/// The path of this executable.
std::string own_path(const char* called) {
  std::error_code error;
  const fs::path linked = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::absolute(called, error).string() : linked.string();
}

}  // namespace

std::string experiment_script(const std::string& project) {
  std::string script = project + "/web/headless/experiment.js";
  std::error_code error;
  if (!fs::is_regular_file(script, error)) {
    throw FileError(sentence("The experiments are not there: ", script,
                             " is missing. `ska experiment` needs the project's folder where it was built."));
  }
  return script;
}

void experiment_command(const ExperimentArguments& arguments, const char* called) {
  std::vector<std::string> words{"node", experiment_script(SKA_PROJECT_DIR)};
  words.insert(words.end(), arguments.words.begin(), arguments.words.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  ::setenv("SKA_COMMAND", own_path(called).c_str(), 1);
  export_ignored_signals();
  std::signal(SIGXFSZ, SIG_DFL);  // an ignored signal would be inherited
  ::execvp(pointers.front(), pointers.data());
  if (errno == ENOENT)
    throw FileError("`ska experiment` needs Node 20.19 or newer; there is no `node` on the PATH.");
  throw FileError(sentence("Node cannot be started: ", last_error(), "."));
}

}  // namespace ska
