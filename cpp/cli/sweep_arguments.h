// What was `ska sweep` asked for?
#pragma once

#include <filesystem>

#include "io/sweep_spec.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace ska {

/// What `ska sweep` was asked to do.
struct SweepArguments {
  Sweep sweep;
  std::filesystem::path out;  ///< takes the lines
  int workers = 1;            ///< runs at the same time
  bool force = false;
  bool quiet = false;
};

/// The options of the subcommand.
class SweepOptions {
 public:
  /// Adds them to the subcommand, which must outlive this.
  explicit SweepOptions(CLI::App& subcommand);

  const CLI::App& app() const { return app_; }

  /// What they say after CLI11 has found them. Throws BadUsage, SweepError, FileError and DataError.
  SweepArguments read() const;

 private:
  const CLI::App& app_;
  const CLI::Option &spec_, &out_, &workers_, &force_, &quiet_;
};

}  // namespace ska
