#include "cli/arguments.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>

#include "cli/options.h"
#include "cli/setting_options.h"
#include "core/execution.h"
#include "core/text.h"
#include "core/version.h"
#include "io/files.h"
#include "io/printable.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

std::vector<std::int64_t> classes_of(const CLI::Option& option) {
  const std::string allowed = "different whole numbers from 0 to 255 separated by commas, such as 0,1,7";
  std::vector<std::int64_t> classes;
  for (const std::int64_t c : list_of(option, allowed).value_or(std::vector<std::int64_t>())) {
    const bool named_before = std::ranges::find(classes, c) != classes.end();
    if (c < 0 || c > 255 || named_before) refuse(option, allowed, option.results().front());
    classes.push_back(c);
  }
  return classes;
}

void require_both(const CLI::Option& one, const CLI::Option& other) {
  if ((one.count() > 0) != (other.count() > 0)) {
    const bool first = one.count() > 0;
    throw BadUsage(sentence((first ? one : other).get_name(), " needs ", (first ? other : one).get_name(),
                            ": images and labels are given together."));
  }
}

/// The requested subcommand. Throws BadUsage unless there is exactly one.
const CLI::App& asked_for(const CLI::App& app) {
  const std::vector<std::string> strange = app.remaining();
  const auto asked = app.get_subcommands();  // those on the command line
  if (asked.empty()) {
    if (strange.empty()) {
      throw BadUsage(
          "A subcommand is needed: `ska run` trains a network, `ska sweep` many, and `ska experiment` "
          "repeats "
          "an experiment; see `ska --help`.");
    }
    throw BadUsage(
        sentence("\"", printable(strange.front()),
                 "\" is not a subcommand; there are run, sweep and experiment; see `ska --help`."));
  }
  if (!strange.empty())
    throw BadUsage(sentence("\"", printable(strange.front()), "\" is out of place; see `ska --help`."));
  if (asked.size() > 1) {
    throw BadUsage(sentence(asked[0]->get_name(), " and ", asked[1]->get_name(),
                            " are two subcommands; only one of them may be given."));
  }
  const CLI::App& only = *asked.front();
  if (only.count() > 1)
    throw BadUsage(sentence(only.get_name(), " is given ", only.count(), " times; once is enough."));
  return only;
}

/// The path of a file that a card names. A relative name refers to the folder in which the run was made. If
/// the card does not give that folder, or the file is no longer there, the name refers to the current folder.
std::optional<fs::path> file_of_card(const std::optional<std::string>& name, const RunCard& card,
                                     const fs::path& card_folder) {
  if (!name || !card.base) return name;
  fs::path there = (card_folder / *card.base / *name).lexically_normal();
  std::error_code none;
  return fs::exists(there, none) ? there : fs::path(*name);
}

/// Starts from the settings of the card; other options override them.
void start_from_card(RunArguments& arguments, RunCard card, const fs::path& folder) {
  arguments.config = card.config;
  arguments.set = card.set;
  arguments.images = file_of_card(card.images, card, folder);
  arguments.labels = file_of_card(card.labels, card, folder);
  arguments.selection = card.selection;
  if (card.data_seed) {
    arguments.sampling = Sampling::shuffle;
    arguments.data_seed = static_cast<std::uint32_t>(*card.data_seed);
  }
  arguments.card = std::move(card);
}

Asked understood(int argc, const char* const* argv) {
  // The script parses all words after `experiment`.
  if (argc > 1 && std::string_view(argv[1]) == "experiment")
    return ExperimentArguments{{argv + 2, argv + argc}};
  CLI::App app("ska: Structured Knowledge Accumulation, forward-only learning by local entropy gradients",
               "ska");
  app.set_version_flag("--version", sentence("ska ", version));
  app.allow_extras();
  CLI::App& run = *app.add_subcommand("run", "Train a network on a batch of images and record every step");
  run.allow_extras();

  const auto option = [&run](const char* name, const char* value, const char* help) -> const CLI::Option& {
    return add_option(run, name, value, help);
  };
  const auto flag = [&run](const char* name, const std::string& help) -> const CLI::Option& {
    return add_flag(run, name, help);
  };
  const auto& card_file =
      option("--config", "FILE",
             "Rerun a run card of the page, or a run.json, and compare; other options override it");
  const auto& images = option("--images", "FILE", "IDX file of images; may be gzip-compressed");
  const auto& labels = option("--labels", "FILE", "IDX file of their labels; may be gzip-compressed");
  const auto& data =
      option("--data", "NAME",
             "A data set by name: mnist-paper, the papers' 1000 digits (the default), mnist, mnist-test, "
             "fashion-mnist or fashion-mnist-test");
  const auto& per_class = option("--per-class", "M", "Samples of each class (default: all)");
  const auto& classes = option("--classes", "C,C,...", "Which classes (default: all)");
  const auto& sampling =
      option("--sampling", "first|shuffle",
             "first: file order over all classes; shuffle: NumPy's, class by class (default: first)");
  const auto& data_seed = option("--data-seed", "S", "Seed of the shuffle (default: 0)");
  const SettingOptions settings(run);
  const auto& threads = option("--threads", "T",
                               "Threads that compute; the numbers do not depend on them (default: the CPUs "
                               "this process may use, at most 16)");
  const auto& fast = flag("--fast", "Allow the last bits to differ where that is faster: no fingerprint");
  const auto& out = option("--out", "FOLDER", "Folder to write the histories and run.json into");
  const auto& format =
      option("--format", "csv|json", "csv: the papers' CSV files; json: one history.json (default: csv)");
  const auto& force = flag("--force", "Replace a result that is there already");
  const auto& quiet = flag("--quiet", "Print nothing but errors");

  const SweepOptions sweep(*app.add_subcommand(
      "sweep", "Train networks of many settings, side by side, and write a line for each"));
  app.add_subcommand("experiment", "Repeat an experiment of the papers; needs Node");

  require_values_after_equals(argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto asked = app.get_subcommands();
    return Answer{asked.empty() ? app.help() : asked.front()->help("ska")};
  } catch (const CLI::CallForVersion&) {
    return Answer{sentence("ska ", version, "\n")};
  } catch (const CLI::ArgumentMismatch& error) {
    throw BadUsage(mismatch_message(error.what()));
  }
  const CLI::App& asked = asked_for(app);
  require_understood(asked);
  if (&asked == &sweep.app()) return sweep.read();
  require_both(images, labels);
  require_one_of(data, images);
  settings.require_one_rate();

  const auto is_given = [](const CLI::Option* one) { return one->count() > 0; };
  RunArguments arguments;
  if (const auto path = path_of(card_file, "a run card")) {
    start_from_card(arguments, parse_run_card(read_document(*path), path->string()), path->parent_path());
    const std::array samples{&images, &labels, &data, &per_class, &classes, &sampling, &data_seed};
    arguments.same_settings = !settings.any_given();
    arguments.same_data = std::ranges::none_of(samples, is_given);
  }
  if (images.count() > 0) {
    arguments.images = path_of(images, "an IDX file of images");
    arguments.labels = path_of(labels, "an IDX file of labels");
  }
  if (const std::string name = choice_of(data, data_set_names()); data.count() > 0) {
    arguments.set = *data_set_named(name);
    arguments.images = arguments.labels = std::nullopt;
  }
  if (classes.count() > 0) arguments.selection.classes = classes_of(classes);
  if (const auto most = whole_number_of(per_class, 1, {})) arguments.selection.per_class = most;
  if (const std::string way = choice_of(sampling, {"first", "shuffle"}); sampling.count() > 0)
    arguments.sampling = way == "shuffle" ? Sampling::shuffle : Sampling::first;
  if (const auto chosen = whole_number_of(data_seed, 0, Limits::greatest_seed))
    arguments.data_seed = static_cast<std::uint32_t>(*chosen);
  if (data_seed.count() > 0 && arguments.sampling != Sampling::shuffle) {
    throw BadUsage("--data-seed needs --sampling shuffle: samples in file order have no seed.");
  }
  arguments.threads = threads_of(threads, Execution::most_useful_threads);
  arguments.fast = fast.count() > 0;
  arguments.out = path_of(out, "a folder");
  arguments.format = choice_of(format, {"csv", "json"}) == "json" ? Format::json : Format::csv;
  arguments.force = force.count() > 0;
  arguments.quiet = quiet.count() > 0;

  settings.read(arguments.config);
  if (const std::vector<Fault> faults = arguments.config.validate(); !faults.empty())
    throw ConfigError(faults);
  return arguments;
}

}  // namespace

Asked read_arguments(int argc, const char* const* argv) {
  try {
    return understood(argc, argv);
  } catch (const BadUsage& error) {
    return UsageError{error.what()};
  } catch (const ConfigError& error) {
    return UsageError{error.what()};
  } catch (const CardError& error) {
    return UsageError{error.what()};
  } catch (const CLI::ParseError& error) {
    return UsageError{error.what()};
  }
}

}  // namespace ska
