// Tests the error message of `ska experiment` when the experiments are missing.
#include "cli/experiment_command.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "io/files.h"
#include "messages.h"

namespace ska::test {
namespace {

namespace fs = std::filesystem;

TEST(ExperimentScript, IsAFileInTheProject) {
  const fs::path project = fs::path(testing::TempDir()) / "ska-experiment-script";
  fs::remove_all(project);
  const std::string script = (project / "web/headless/experiment.js").string();
  const std::string missing = "The experiments are not there: " + script +
                              " is missing. `ska experiment` needs the project's folder where it was built.";
  const auto refusal = [&] { return message_of<FileError>([&] { experiment_script(project.string()); }); };
  EXPECT_EQ(refusal(), missing);
  fs::create_directories(script);
  EXPECT_EQ(refusal(), missing);
  fs::remove(script);
  std::ofstream(script) << "";
  EXPECT_EQ(experiment_script(project.string()), script);
  fs::remove_all(project);
}

}  // namespace
}  // namespace ska::test
