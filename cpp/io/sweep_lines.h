// Writes a finished run of a sweep as one line of JSON, and reads the line back.
//
//     {"run":{"layers":[…],…},"samples":1000,"fingerprint":"…","entropy_min":[…],"entropy_min_step":[…],…}
//     {"run":{…},"error":"Class 3 has 5 samples; 100 per class were asked for."}
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/history.h"
#include "io/sweep_spec.h"

namespace ska {

/// The data of a finished run for its line.
struct FinishedRun {
  const SweepRun& run;
  const History& history;
  const std::vector<std::int64_t>& indices;  ///< of the samples, within the data set
  std::string fingerprint;
};

/// The line, with its end. Minima and maxima come with their record numbers, counted from 1 (for
/// knowledge_norm record 1 is step 0); a value without record is null. With Records::all the line also has
/// all records, as a list per layer, and the outputs as a list per neuron. Every number reads back exactly.
std::string finished_line(const FinishedRun& finished, Records records);

/// The line of a run that failed, with its end.
std::string failed_line(const SweepRun& run, const std::string& why);

/// The fields of a line that identify its run.
struct LineHead {
  std::optional<SweepRun> run;  ///< empty if the settings are not those of a run
  std::string settings;         ///< their text, shortened for messages
  bool failed = false;
  Records records = Records::summary;  ///< only for a run that did not fail
};

/// The maximum length of a line in bytes, for a sweep with these records.
std::size_t most_line_bytes(Records records);

/// Parses a line without its end. `name` is its name in messages. Throws JsonError if it is invalid.
LineHead parse_line(std::string_view line, const std::string& name);

/// The start of the line of a run with these settings, which are the text of settings_of(run).dump().
std::string beginning_of_line(const std::string& settings);

}  // namespace ska
