#include "cli/run_command.h"

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <optional>
#include <ostream>

#include "cli/dataset.h"
#include "cli/signals.h"
#include "core/history.h"
#include "core/run.h"
#include "core/team.h"
#include "core/text.h"
#include "io/csv.h"
#include "io/files.h"
#include "io/former_result.h"
#include "io/result_folder.h"

namespace ska {
namespace {

/// All files of a result. run.json is last, so its presence means that the result is complete.
std::vector<TextFile> result_files(const RunArguments& arguments, const Dataset& dataset,
                                   const History& history, const Computation& computation) {
  std::vector<TextFile> files;
  if (arguments.format == Format::csv) {
    files = csv_files(history);
  } else {
    files.push_back({"history.json", history_json(history)});
  }
  files.push_back({"run.json", run_json(arguments.config, dataset.source, computation)});
  return files;
}

/// The names of all files that a result can have: first those of the requested format, then those of the
/// other. Files of a former result in the other format must not remain next to the new ones.
std::vector<std::string> result_names(RunArguments arguments) {
  std::vector<std::string> names;
  const Format other = arguments.format == Format::csv ? Format::json : Format::csv;
  for (const Format format : {arguments.format, other}) {
    arguments.format = format;
    // A history without records has the same file names.
    for (const TextFile& file : result_files(arguments, Dataset{}, History(RecordLayout(0, 0), 0), {})) {
      if (std::ranges::find(names, file.name) == names.end()) names.push_back(file.name);
    }
  }
  return names;
}

void require_no_end_signal() {
  if (end_signal() == 0) return;
  throw Interrupted(end_signal(),
                    sentence("Stopped by ", name_of_signal(end_signal()), "; nothing was written."));
}

/// Prints a step in the notebook's format.
void print_step(std::ostream& out, std::int64_t step, double entropy) {
  out << "Step: " << step << ", Total Steps: " << step << ", Entropy: " << std::fixed << std::setprecision(4)
      << entropy << std::endl;
}

void print_summary(std::ostream& out, const History& history, double seconds) {
  const std::size_t records = history.records(Quantity::entropy);
  double sum = 0;
  for (std::size_t i = 0; i < records; ++i) sum += history.total_entropy(i);
  out << "Average Entropy: " << std::fixed << std::setprecision(4)
      << (records == 0 ? 0.0 : sum / static_cast<double>(records)) << ", Steps: " << records
      << ", Time: " << std::setprecision(2) << seconds << " s" << std::endl;
}

void print_fingerprint(std::ostream& out, const Computation& computation) {
  out << "Fingerprint: "
      << computation.fingerprint.value_or(
             "none, for fast kernels may differ in the last bits from host to host")
      << std::endl;
}

std::string verdict(const Computation& computation, const RunCard& card) {
  if (card.other_contract)
    return "The card's fingerprint is of a contract that is not known here, so it is not compared.";
  if (!card.fingerprint) return "The card has no fingerprint to compare with.";
  if (!computation.fingerprint) return "There is no fingerprint to compare with the card's.";
  if (computation.fingerprint == card.fingerprint) return "The fingerprint is the card's.";
  return sentence("The fingerprint differs from the card's (", *card.fingerprint, ").");
}

/// Whether a run with the card's settings and samples has a different fingerprint.
bool breaks_promise(const RunArguments& arguments, const Computation& computation) {
  return arguments.same_settings && arguments.same_data && arguments.card->fingerprint &&
         computation.fingerprint && computation.fingerprint != arguments.card->fingerprint;
}

}  // namespace

void run_command(const RunArguments& arguments, std::ostream& out) {
  std::optional<ResultFolder> result;
  if (arguments.out) {  // check the folder before the run, not after it
    catch_end_signals();
    const auto replaceable = arguments.force ? std::optional(is_of_former_result) : std::nullopt;
    result.emplace(*arguments.out, result_names(arguments), replaceable);
  }
  const Dataset dataset = load_dataset(arguments);
  Team team;
  const Execution execution{.kernels = (arguments.fast ? fast_kernels() : exact_kernels()).back(),
                            .team = &team,
                            .threads = arguments.threads};
  Run run(arguments.config, dataset.batch(), execution);
  History history(run.layout(), static_cast<std::size_t>(arguments.config.steps));

  const auto start = std::chrono::steady_clock::now();
  advance(run, [&](std::span<const double> record) {
    history.append(record);
    if (!arguments.quiet && history.steps() > 1) {
      const std::size_t last = history.records(Quantity::entropy) - 1;
      print_step(out, static_cast<std::int64_t>(last + 1), history.total_entropy(last));
      if (!out) {
        require_no_end_signal();
        throw FileError(kCannotPrint);
      }
    }
    return end_signal() == 0 ? Wish::go_on : Wish::pause;
  });
  require_no_end_signal();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;

  const Computation computation{.kernels = execution.kernels->name,
                                .exact = execution.kernels->exact,
                                .threads = execution.threads,
                                .fingerprint = run.fingerprint()};
  if (result) result->write(result_files(arguments, dataset, history, computation));
  if (!arguments.quiet) {
    print_summary(out, history, elapsed.count());
    print_fingerprint(out, computation);
  }
  if (!arguments.card) return;
  const std::string compared = verdict(computation, *arguments.card);
  if (breaks_promise(arguments, computation)) throw FingerprintError(compared);
  if (!arguments.quiet) out << compared << std::endl;
}

}  // namespace ska
