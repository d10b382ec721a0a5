// What did the user ask the command for?
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/sweep_arguments.h"
#include "core/config.h"
#include "core/sampling.h"
#include "io/run_card.h"

namespace ska {

enum class Sampling : std::uint8_t { first, shuffle };
enum class Format : std::uint8_t { csv, json };

/// What `ska run` was asked to do. The settings are not yet validated against the data.
struct RunArguments {
  std::optional<std::filesystem::path> images, labels;  ///< both or neither; neither means `set`
  DataSet set = DataSet::mnist_paper;
  Selection selection;
  Sampling sampling = Sampling::first;
  std::uint32_t data_seed = 0;
  Config config;
  int threads = 1;
  bool fast = false;  ///< kernels that may differ in the last bits
  std::optional<std::filesystem::path> out;
  Format format = Format::csv;
  bool force = false;
  bool quiet = false;
  std::optional<RunCard> card;  ///< the run that this one is compared with
  bool same_settings = true;    ///< whether the settings are all the card's
  bool same_data = true;        ///< whether the samples are the card's
};

/// What `ska experiment` was asked to do: words for the script of the experiments.
struct ExperimentArguments {
  std::vector<std::string> words;
};

/// The command line could not be understood: exit code 2.
struct UsageError {
  std::string message;
};

/// Help or the version was asked for: print and exit with 0.
struct Answer {
  std::string text;
};

using Asked = std::variant<RunArguments, SweepArguments, ExperimentArguments, UsageError, Answer>;

/// Reads the command line, and the run card or the sweep where it names one. Faults of the configuration, of
/// the card and of the sweep count as usage errors. Throws FileError and DataError where their file cannot be
/// read.
Asked read_arguments(int argc, const char* const* argv);

}  // namespace ska
