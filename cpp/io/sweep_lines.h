// How is a finished run of a sweep written as one line of JSON, and read back?
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

/// What a line tells of a run that came to its end.
struct FinishedRun {
  const SweepRun& run;
  const History& history;
  const std::vector<std::int64_t>& indices;  ///< of its samples within its data set
  std::string fingerprint;
};

/// The line, with its end. Minima and maxima come with their records, which count from 1 (knowledge_norm from
/// step 0, so that its record 1 is step 0); null stands where there is no record. With Records::all every
/// record is there too, a list per layer, and outputs a list per neuron. Every number reads back exactly.
std::string finished_line(const FinishedRun& finished, Records records);

/// The line of a run that failed, with its end.
std::string failed_line(const SweepRun& run, const std::string& why);

/// What of a line tells whose it is.
struct LineHead {
  std::optional<SweepRun> run;  ///< none where its settings are no run's
  std::string settings;         ///< the beginning of them, for messages
  bool failed = false;
  Records records = Records::summary;  ///< of a run that did not fail
};

/// The most bytes that a line of a sweep that asks for such records may have.
std::size_t most_line_bytes(Records records);

/// Reads a line, without its end. `name` is what messages call it. Throws JsonError where it is none.
LineHead parse_line(std::string_view line, const std::string& name);

/// What a line of the run with these settings, as settings_of(run).dump(), begins with.
std::string beginning_of_line(const std::string& settings);

}  // namespace ska
