// The parsed command line of `ska`.
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

/// The arguments of `ska run`. The settings are not yet validated against the data.
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
  std::optional<RunCard> card;  ///< the run to compare this one with
  bool same_settings = true;    ///< whether all settings are those of the card
  bool same_data = true;        ///< whether the samples are those of the card
};

/// The arguments of `ska experiment`, passed to the script of the experiments unchanged.
struct ExperimentArguments {
  std::vector<std::string> words;
};

/// The command line is invalid: exit code 2.
struct UsageError {
  std::string message;
};

/// Help or the version was requested: print the text and exit with 0.
struct Answer {
  std::string text;
};

using Asked = std::variant<RunArguments, SweepArguments, ExperimentArguments, UsageError, Answer>;

/// Parses the command line, and the run card or the sweep that it names. Faults of the configuration, the
/// card and the sweep are returned as UsageError. Throws FileError and DataError if a file cannot be read.
Asked read_arguments(int argc, const char* const* argv);

}  // namespace ska
