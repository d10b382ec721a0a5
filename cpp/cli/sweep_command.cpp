#include "cli/sweep_command.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iomanip>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "cli/dataset.h"
#include "cli/signals.h"
#include "cli/sweep_samples.h"
#include "core/config.h"
#include "core/history.h"
#include "core/run.h"
#include "core/sampling.h"
#include "core/text.h"
#include "io/printable.h"
#include "io/runs_file.h"
#include "io/sweep_lines.h"

namespace ska {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A duration, rounded up, in seconds, minutes or hours.
std::string duration_text(double seconds) {
  constexpr double longest = 120;  // of one unit, before the next larger one is used
  const auto up = [](double value) { return static_cast<std::int64_t>(value) + 1; };
  if (seconds < longest) return sentence(up(seconds), " s");
  if (seconds < longest * 60) return sentence(up(seconds / 60), " min");
  return sentence(up(seconds / 3600), " h");
}

struct Job {
  std::size_t run = 0;
  std::shared_ptr<const Samples> samples;  ///< null if the data set cannot provide them
  std::string why_not;
};

struct Line {
  std::string text;
  bool failed = false;
};

/// The line of a run; empty if a signal stopped the sweep during it.
std::optional<Line> computed(const SweepRun& settings, const Samples& samples, Records records) {
  Run run(settings.config, samples.batch());
  History history(run.layout(), static_cast<std::size_t>(settings.config.steps));
  advance(run, [&](std::span<const double> record) {
    history.append(record);
    return end_signal() == 0 ? Wish::go_on : Wish::pause;
  });
  if (run.status() != Status::finished) return std::nullopt;
  return Line{finished_line({settings, history, samples.indices, run.fingerprint().value()}, records), false};
}

/// As above, or the line of a failed run with its error.
std::optional<Line> line_of(const SweepRun& settings, const Job& job, Records records) {
  const auto failed = [&](const std::string& why) { return Line{failed_line(settings, why), true}; };
  if (!job.samples) return failed(job.why_not);
  try {
    return computed(settings, *job.samples, records);
  } catch (const NonFiniteError& error) {
    return failed(error.what());
  } catch (const MemoryError& error) {
    return failed(error.what());
  } catch (const ConfigError& error) {
    return failed(error.what());
  } catch (const std::bad_alloc&) {
    return failed("There is not enough memory for this run.");
  }
}

/// The work of a sweep, shared by several threads.
class Work {
 public:
  Work(const Sweep& sweep, RunsFile& file, std::ostream* progress)
      : sweep_(sweep), file_(file), progress_(progress) {
    std::vector<std::uint32_t> missing;
    for (std::size_t run = 0; run < sweep.size(); ++run) {
      if (!file.has(run)) missing.push_back(static_cast<std::uint32_t>(run));
    }
    runs_ = by_samples(sweep, missing);
    start_ = std::chrono::steady_clock::now();
  }

  std::size_t runs() const { return runs_.size(); }

  /// Computes runs until none are left or the sweep stops. Called by every thread.
  void take_part() {
    try {
      while (const auto job = take()) {
        const auto line = line_of(sweep_.run(job->run), *job, sweep_.records());
        if (line) finish(job->run, *line);
      }
    } catch (...) {
      stop(std::current_exception());
    }
  }

  /// Stops the sweep for this reason. The first reason is kept.
  void stop(const std::exception_ptr& reason) {
    const std::lock_guard lock(mutex_);
    if (!reason_) reason_ = reason;
  }

  /// Call after all threads have finished: rethrows the reason for the stop.
  void rethrow() const {
    if (reason_) std::rethrow_exception(reason_);
  }

 private:
  /// Takes the next run together with its samples, under one lock. Samples are selected only once, and no
  /// more are in memory than the concurrent runs need.
  std::optional<Job> take() {
    const std::lock_guard lock(mutex_);
    if (reason_ || end_signal() != 0 || taken_ == runs_.size()) return std::nullopt;
    Job job{.run = runs_[taken_++], .samples = nullptr, .why_not = ""};
    try {
      job.samples = source_.of(sweep_.run(job.run));
    } catch (const SamplingError& error) {
      job.why_not = error.what();
    } catch (const std::bad_alloc&) {
      job.why_not = "There is not enough memory for its samples.";
    }
    return job;
  }

  void finish(std::size_t run, const Line& line) {
    const std::lock_guard lock(finish_mutex_);
    file_.append(run, line.text, line.failed);
    ++finished_;
    if (progress_ != nullptr) *progress_ << progress_line() << std::endl;
  }

  std::string progress_line() const {
    const std::size_t left = runs_.size() - finished_;
    std::string line = sentence(file_.lines(), " of ", sweep_.size(), " runs");
    if (left == 0) return line;
    const double each = seconds_since(start_) / static_cast<double>(finished_);
    return sentence(line, ", ", duration_text(each * static_cast<double>(left)), " left");
  }

  const Sweep& sweep_;
  RunsFile& file_;
  std::ostream* progress_;
  std::vector<std::uint32_t> runs_;  // runs without a line, grouped by samples
  std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;  // guards the members below
  std::size_t taken_ = 0;
  SampleSource source_;
  std::exception_ptr reason_;
  std::mutex finish_mutex_;  // guards the file and the members below
  std::size_t finished_ = 0;
};

void work_with(Work& work, std::size_t workers) {
  std::vector<std::thread> helpers;
  try {
    while (helpers.size() + 1 < workers) helpers.emplace_back([&work] { work.take_part(); });
  } catch (const std::system_error&) {
    work.stop(
        std::make_exception_ptr(ThreadError(sentence("The system gives no more than ", helpers.size() + 1,
                                                     " threads; --workers asks for ", workers, "."))));
  }
  work.take_part();
  for (std::thread& helper : helpers) helper.join();
  work.rethrow();
}

void require_data(const Sweep& sweep) {
  for (const DataSet set : sweep.sets()) require_prepared(set);
}

std::string runs_text(std::size_t count) { return sentence(count, count == 1 ? " run" : " runs"); }

}  // namespace

void sweep_command(const SweepArguments& arguments, std::ostream& out, std::ostream& progress) {
  const auto start = std::chrono::steady_clock::now();
  const Sweep& sweep = arguments.sweep;
  require_data(sweep);
  catch_end_signals();
  RunsFile file(arguments.out, sweep, arguments.force);
  const std::size_t kept = file.lines();

  Work work(sweep, file, arguments.quiet ? nullptr : &progress);
  work_with(work, std::min(static_cast<std::size_t>(arguments.workers), work.runs()));
  if (file.lines() < sweep.size()) {
    throw Interrupted(end_signal(),
                      sentence("Stopped by ", name_of_signal(end_signal()), " after ", file.lines(), " of ",
                               runs_text(sweep.size()), "; the same command goes on from there."));
  }
  file.put_in_order();

  if (!arguments.quiet) {
    out << runs_text(file.lines()) << " in "
        << printable(arguments.out.string(), arguments.out.string().size()) << ": " << file.lines() - kept
        << " computed, " << kept << " kept, " << file.failed() << " failed, " << std::fixed
        << std::setprecision(2) << seconds_since(start) << " s" << std::endl;
  }
  if (file.failed() > 0) {
    throw FailedRunsError(sentence(file.failed(), " of ", runs_text(sweep.size()), " failed; the ",
                                   file.failed() == 1 ? "line" : "lines", " with \"error\" in ",
                                   arguments.out.string(), " say", file.failed() == 1 ? "s" : "", " why."));
  }
}

}  // namespace ska
