// Fuzz target: run cards of the page, and run.json.
// An accepted card, written as a run.json, must describe the same run.
#include "io/run_card.h"

#include "io/run_json.h"
#include "property.h"

namespace ska::fuzz {
namespace {

bool same_config(const Config& a, const Config& b) {
  return a.layers == b.layers && a.steps == b.steps && a.learning_rate == b.learning_rate &&
         a.seed == b.seed && a.shift_term == b.shift_term && a.layer_input == b.layer_input &&
         a.gradient_equation == b.gradient_equation;
}

std::string as_result(const RunCard& card) {
  const DataSource source{
      .images = card.images.value_or(name_of(card.set)),
      .labels = card.labels.value_or(name_of(card.set)),
      .sampling = card.data_seed ? "shuffle" : "first",
      .per_class = card.selection.per_class,
      .classes = card.selection.classes,
      .data_seed = card.data_seed ? std::optional(static_cast<std::uint32_t>(*card.data_seed)) : std::nullopt,
      .samples = 1,
      .features = 1};
  return run_json(card.config, source,
                  {.kernels = "k", .exact = true, .threads = 1, .fingerprint = card.fingerprint});
}

void check(std::span<const std::uint8_t> bytes) {
  RunCard card;
  if (!accepts<CardError>([&] { card = parse_run_card(bytes, "f"); })) return;
  require(card.config.validate().empty(), "the settings of a card can be run");
  require(card.images.has_value() == card.labels.has_value(), "images and labels come together");
  const RunCard again = parse_run_card(bytes_of(as_result(card)), "again");
  require(same_config(card.config, again.config), "the settings are read back");
  require(card.images == again.images && card.labels == again.labels && card.set == again.set,
          "the data are read back");
  require(card.selection.classes == again.selection.classes &&
              card.selection.per_class == again.selection.per_class && card.data_seed == again.data_seed,
          "the selection is read back");
  require(card.fingerprint == again.fingerprint, "the fingerprint is read back");
}

}  // namespace
}  // namespace ska::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ska::fuzz::check({data, size});
  return 0;
}
