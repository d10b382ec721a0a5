#include "io/former_result.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

#include "core/config.h"
#include "core/record.h"
#include "core/text.h"
#include "io/csv.h"
#include "io/disk.h"
#include "io/json_field.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

/// Larger than any run.json and any first line of a history.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

/// The first bytes of a regular file; empty if it is not a regular file or cannot be read.
std::string beginning_of(const fs::path& path) {
  const Handle handle(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat found {};
  if (!handle || ::fstat(handle.get(), &found) != 0 || !S_ISREG(found.st_mode)) return "";
  std::string text(std::min(static_cast<std::size_t>(found.st_size), kMostBytes), '\0');
  std::size_t got = 0;
  while (got < text.size()) {
    const ssize_t read = ::read(handle.get(), text.data() + got, text.size() - got);
    if (read <= 0) break;
    got += static_cast<std::size_t>(read);
  }
  text.resize(got);
  return text;
}

struct Shape {
  std::int64_t steps = 0, outputs = 0;
};

/// The shape of the run in a folder's run.json, if ska wrote it.
std::optional<Shape> shape_in(const fs::path& folder) {
  const Json json = Json::parse(beginning_of(folder / "run.json"), nullptr, false);
  if (!json.is_object() || json.value("program", Json()) != "ska") return std::nullopt;
  const Json config = json.value("config", Json());
  if (!config.is_object()) return std::nullopt;
  const Json layers = config.value("layers", Json()), steps = config.value("steps", Json());
  if (!steps.is_number_integer() || !layers.is_array() || layers.empty()) return std::nullopt;
  if (!layers.back().is_number_integer()) return std::nullopt;
  const Shape shape{.steps = steps.get<std::int64_t>(), .outputs = layers.back().get<std::int64_t>()};
  if (shape.steps < 1 || shape.steps > Limits::most_steps) return std::nullopt;
  if (shape.outputs < 1 || shape.outputs > Limits::most_neurons) return std::nullopt;
  return shape;
}

/// Whether the text starts like a quantity's file of a run with this many steps. The page may have recorded
/// only the first of them.
bool is_quantity(const std::string& text, std::int64_t steps) {
  std::string columns;
  for (std::int64_t k = 1; k <= steps; ++k) columns += sentence(",K=", k);
  const std::size_t end = text.find('\n');
  if (end == std::string::npos || end > columns.size()) return false;
  if (columns.compare(0, end, text, 0, end) != 0) return false;
  return (end == columns.size() || columns[end] == ',') && text.compare(end + 1, 7, "Layer 1") == 0;
}

bool are_outputs(const std::string& text, std::int64_t outputs) {
  std::string columns = "Step";
  for (std::int64_t j = 0; j < outputs; ++j) columns += sentence(",Neuron ", j);
  return text.starts_with(columns + "\n");
}

}  // namespace

bool is_of_former_result(const fs::path& folder, const std::string& name) {
  const std::optional<Shape> shape = shape_in(folder);
  if (!shape) return false;
  if (name == "run.json") return true;
  const std::string text = beginning_of(folder / name);
  if (name == "history.json") return text.starts_with("{\"frobenius_history\":[[");
  if (name == "output_neuron_activation.csv") return are_outputs(text, shape->outputs);
  return std::ranges::any_of(all_quantities,
                             [&](Quantity quantity) { return name == history_name(quantity) + ".csv"; }) &&
         is_quantity(text, shape->steps);
}

}  // namespace ska
