// The options and arguments of `ska sweep`.
#pragma once

#include <filesystem>

#include "io/sweep_spec.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace ska {

/// The parsed arguments of `ska sweep`.
struct SweepArguments {
  Sweep sweep;
  std::filesystem::path out;  ///< the file of results, one line per run
  int workers = 1;            ///< number of concurrent runs
  bool force = false;
  bool quiet = false;
};

/// The options of the subcommand.
class SweepOptions {
 public:
  /// Adds the options to the subcommand, which must outlive this.
  explicit SweepOptions(CLI::App& subcommand);

  const CLI::App& app() const { return app_; }

  /// The arguments, after CLI11 has parsed the command line.
  /// Throws BadUsage, SweepError, FileError and DataError.
  SweepArguments read() const;

 private:
  const CLI::App& app_;
  const CLI::Option &spec_, &out_, &workers_, &force_, &quiet_;
};

}  // namespace ska
