#include "cli/sweep_arguments.h"

#include <system_error>

#include <CLI/CLI.hpp>

#include "cli/options.h"
#include "core/team.h"
#include "core/text.h"
#include "io/files.h"

namespace ska {

SweepOptions::SweepOptions(CLI::App& subcommand)
    : app_(subcommand),
      spec_(add_option(subcommand, "SPEC", "FILE",
                       "JSON file that says which runs: base, vary, runs, records")),
      out_(add_option(subcommand, "--out", "FILE", "File that takes a line of JSON for every run")),
      workers_(add_option(subcommand, "--workers", "T",
                          "Runs at the same time; the lines do not depend on it (default: the CPUs this "
                          "process may use, at most 64)")),
      force_(add_flag(subcommand, "--force", "Start anew where the file has lines of another sweep")),
      quiet_(add_flag(subcommand, "--quiet", "Print nothing but errors")) {
  subcommand.allow_extras();
}

SweepArguments SweepOptions::read() const {
  const auto spec = path_of(spec_, "a sweep");
  const auto out = path_of(out_, "a file");
  if (!spec)
    throw BadUsage("ska sweep needs the file that says which runs: `ska sweep SPEC.json --out RUNS.jsonl`.");
  if (!out) throw BadUsage("ska sweep needs --out, the file that takes the runs.");
  std::error_code none;
  if (std::filesystem::equivalent(*spec, *out, none))
    throw BadUsage(sentence("--out must be another file than the sweep, ", spec->string(), "."));
  SweepArguments arguments;
  arguments.out = *out;
  arguments.workers = threads_of(workers_, Team::most_threads);
  arguments.force = force_.count() > 0;
  arguments.quiet = quiet_.count() > 0;
  arguments.sweep = parse_sweep(read_document(*spec), spec->string());
  return arguments;
}

}  // namespace ska
