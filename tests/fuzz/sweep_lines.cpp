// Fuzz target: lines of a sweep's file. An accepted line with the settings of a run must still be that run's
// line after it is written again.
#include "io/sweep_lines.h"

#include "property.h"

namespace ska::fuzz {
namespace {

void check(std::string_view line) {
  LineHead head;
  if (!accepts<JsonError>([&] { head = parse_line(line, "l"); })) return;
  require(printable(head.settings, head.settings.size()) == head.settings && head.settings.size() < 2000,
          "the settings can be shown");
  if (!head.run) return;
  const Json settings = settings_of(*head.run);
  std::string written = failed_line(*head.run, "Why.");
  require(written.ends_with('\n') && written.starts_with(beginning_of_line(settings.dump())),
          "a line begins and ends as one");
  written.pop_back();
  const LineHead again = parse_line(written, "again");
  require(again.failed && again.run && settings_of(*again.run) == settings,
          "a line that is written is read back");
}

}  // namespace
}  // namespace ska::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ska::fuzz::check(ska::fuzz::text_of({data, size}));
  return 0;
}
