#include "cli/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include <CLI/CLI.hpp>

#include "core/team.h"
#include "core/text.h"
#include "core/version.h"
#include "io/files.h"

namespace ska {
namespace {

/// Whole numbers separated by commas, or nothing where the text is something else.
std::optional<std::vector<std::int64_t>> whole_numbers(const std::string& text) {
  std::vector<std::int64_t> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return std::nullopt;
    numbers.push_back(number);
    if (stop == end) return numbers;
    if (*stop != ',') return std::nullopt;
    at = stop + 1;
  }
}

/// The command line cannot be meant as it stands; `what()` is a sentence for a person.
class BadUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// CLI11 finds the options; what their values mean is settled here, because CLI11 reads 010 as eight, and
// because its messages do not say what is allowed.

/// The value of an option word for word, or nothing where the option is not there.
std::optional<std::string> text_of(const CLI::Option& option) {
  if (option.count() == 0) return std::nullopt;
  if (option.count() > 1) {
    throw BadUsage(sentence(option.get_name(), " is given ", option.count(), " times; once is enough."));
  }
  return option.results().front();
}

[[noreturn]] void refuse(const CLI::Option& option, const std::string& allowed, const std::string& text) {
  throw BadUsage(sentence(option.get_name(), " must be ", allowed, "; \"", text, "\" was given."));
}

std::optional<std::filesystem::path> path_of(const CLI::Option& option, const std::string& what) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  if (text->empty()) refuse(option, sentence("the name of ", what), *text);
  return *text;
}

std::optional<std::int64_t> whole_number_of(const CLI::Option& option, std::int64_t least,
                                            std::optional<std::int64_t> most) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  const auto numbers = whole_numbers(*text);
  if (!numbers || numbers->size() != 1 || numbers->front() < least || (most && numbers->front() > *most)) {
    refuse(option,
           most ? sentence("a whole number from ", least, " to ", *most)
                : sentence("a whole number of at least ", least),
           *text);
  }
  return numbers->front();
}

std::optional<double> positive_number_of(const CLI::Option& option) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  double value = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  const bool read = error == std::errc() && stop == end;
  if (!read || !std::isfinite(value) || value <= 0)
    refuse(option, "a finite number above 0, such as 0.01", *text);
  return value;
}

std::optional<std::vector<std::int64_t>> list_of(const CLI::Option& option, const std::string& allowed) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  auto numbers = whole_numbers(*text);
  if (!numbers) refuse(option, allowed, *text);
  return numbers;
}

/// The first of `names` where the option is not there.
std::string choice_of(const CLI::Option& option, const std::vector<std::string>& names) {
  const auto text = text_of(option);
  if (!text) return names.front();
  if (std::ranges::find(names, *text) == names.end()) refuse(option, joined(names, " or "), *text);
  return *text;
}

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

/// Refuses two options that say the same thing in two ways.
void require_one_of(const CLI::Option& one, const CLI::Option& other) {
  if (one.count() > 0 && other.count() > 0) {
    throw BadUsage(sentence(one.get_name(), " and ", other.get_name(),
                            " exclude each other; only one of them may be given."));
  }
}

void require_both(const CLI::Option& one, const CLI::Option& other) {
  if ((one.count() > 0) != (other.count() > 0)) {
    const bool first = one.count() > 0;
    throw BadUsage(sentence((first ? one : other).get_name(), " needs ", (first ? other : one).get_name(),
                            ": images and labels are given together."));
  }
}

/// `--out --quiet` would make a folder of that name.
void require_no_option_as_value(const CLI::App& run) {
  for (const CLI::Option* option : run.get_options()) {
    for (const std::string& text : option->results()) {
      if (text.starts_with("--"))
        throw BadUsage(sentence(option->get_name(), " needs a value; \"", text, "\" looks like an option."));
    }
  }
}

/// What CLI11 found no place for.
void require_nothing_left(const CLI::App& app, const CLI::App& run) {
  const std::vector<std::string> strange = app.remaining();
  if (!run.parsed()) {
    if (strange.empty())
      throw BadUsage("A subcommand is needed: `ska run` trains a network; see `ska --help`.");
    throw BadUsage(
        sentence("\"", strange.front(), "\" is not a subcommand; the only one is run; see `ska --help`."));
  }
  if (!strange.empty())
    throw BadUsage(sentence("\"", strange.front(), "\" is out of place; see `ska --help`."));
  if (run.count() > 1) throw BadUsage(sentence("run is given ", run.count(), " times; once is enough."));
  const std::vector<std::string> left = run.remaining();
  if (left.empty()) return;
  // An unknown option says more than the value that follows it.
  const auto option =
      std::ranges::find_if(left, [](const std::string& word) { return word.starts_with("-"); });
  throw BadUsage(sentence("\"", option != left.end() ? *option : left.front(),
                          "\" is not an option of ska run; see `ska run --help`."));
}

/// CLI11's word for an option without a value, or a flag with one, in ours.
std::string mismatch_message(const std::string& what) {
  const std::string name = what.substr(0, what.find_first_of(": "));
  if (!name.starts_with("--")) return sentence("--", name, " takes no value.");  // it names flags like this
  return sentence(name, " needs a value.");
}

/// `--out=` would take the next word for its value.
void require_values_after_equals(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with("--") && word.ends_with('=') && word.find('=') == word.size() - 1)
      throw BadUsage(sentence(word.substr(0, word.size() - 1), " needs a value."));
  }
}

/// The card's run, for the options to override.
void start_from_card(RunArguments& arguments, RunCard card) {
  arguments.config = card.config;
  arguments.set = card.set;
  arguments.images = card.images;
  arguments.labels = card.labels;
  arguments.selection = card.selection;
  if (card.data_seed) {
    arguments.sampling = Sampling::shuffle;
    arguments.data_seed = static_cast<std::uint32_t>(*card.data_seed);
  }
  arguments.card = std::move(card);
}

std::variant<RunArguments, UsageError, Answer> understood(int argc, const char* const* argv) {
  CLI::App app("ska: Structured Knowledge Accumulation, forward-only learning by local entropy gradients",
               "ska");
  app.set_version_flag("--version", sentence("ska ", version));
  app.allow_extras();
  CLI::App& run = *app.add_subcommand("run", "Train a network on a batch of images and record every step");
  run.allow_extras();

  const auto option = [&run](const char* name, const char* value, const char* help) -> const CLI::Option& {
    return *run.add_option(
                   name, [](const CLI::results_t&) { return true; }, help)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
                ->type_name(value);
  };
  const auto flag = [&run](const char* name, const std::string& help) -> const CLI::Option& {
    return *run.add_flag(name, help)->disable_flag_override();
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
  const auto& layers = option("--layers", "N,N,...", "Neurons of each layer (default: 256,128,64,10)");
  const auto& steps = option("--steps", "K", "Forward steps (default: 50)");
  const auto& rate = option("--lr", "X", "Learning rate η (default: 0.01)");
  const auto& tau = option("--tau", "X", "Characteristic time τ; the learning rate is then τ / K");
  const auto& seed = option("--seed", "S", "Weight seed, as in torch.manual_seed (default: 42)");
  const auto& no_shift_term = flag("--no-shift-term", "Leave ΔD out of the gradient");
  const auto& threads = option(
      "--threads", "T", "Threads that compute; the numbers do not depend on them (default: all cores)");
  const auto& fast = flag("--fast", "Allow the last bits to differ where that is faster: no fingerprint");
  const auto& out = option("--out", "FOLDER", "Folder to write the histories and run.json into");
  const auto& format =
      option("--format", "csv|json", "csv: the papers' CSV files; json: one history.json (default: csv)");
  const auto& force = flag("--force", "Replace a result that is there already");
  const auto& quiet = flag("--quiet", "Print nothing but errors");

  require_values_after_equals(argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Answer{run.parsed() ? run.help("ska") : app.help()};
  } catch (const CLI::CallForVersion&) {
    return Answer{sentence("ska ", version, "\n")};
  } catch (const CLI::ArgumentMismatch& error) {
    throw BadUsage(mismatch_message(error.what()));
  }
  require_no_option_as_value(run);
  require_nothing_left(app, run);
  require_both(images, labels);
  require_one_of(data, images);
  require_one_of(rate, tau);

  const auto is_given = [](const CLI::Option* one) { return one->count() > 0; };
  RunArguments arguments;
  if (const auto path = path_of(card_file, "a run card")) {
    start_from_card(arguments, parse_run_card(read_file(*path), path->string()));
    const std::array settings{&layers, &steps, &rate, &tau, &seed, &no_shift_term};
    const std::array samples{&images, &labels, &data, &per_class, &classes, &sampling, &data_seed};
    arguments.same_settings = std::ranges::none_of(settings, is_given);
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
  const int cores = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, Team::most_threads);
  arguments.threads = static_cast<int>(whole_number_of(threads, 1, Team::most_threads).value_or(cores));
  arguments.fast = fast.count() > 0;
  arguments.out = path_of(out, "a folder");
  arguments.format = choice_of(format, {"csv", "json"}) == "json" ? Format::json : Format::csv;
  arguments.force = force.count() > 0;
  arguments.quiet = quiet.count() > 0;

  Config& config = arguments.config;
  const std::string sizes = "layer sizes separated by commas, such as 256,128,64,10";
  config.layers = list_of(layers, sizes).value_or(config.layers);
  config.steps = whole_number_of(steps, 1, Limits::most_steps).value_or(config.steps);
  config.learning_rate = positive_number_of(rate).value_or(config.learning_rate);
  // The learning rate and τ are two names for one setting.
  if (const auto time = positive_number_of(tau))
    config.learning_rate = *time / static_cast<double>(config.steps);
  config.seed = whole_number_of(seed, 0, Limits::greatest_seed).value_or(config.seed);
  if (no_shift_term.count() > 0) config.shift_term = false;
  if (const std::vector<Fault> faults = config.validate(); !faults.empty()) throw ConfigError(faults);
  return arguments;
}

}  // namespace

std::variant<RunArguments, UsageError, Answer> read_arguments(int argc, const char* const* argv) {
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
