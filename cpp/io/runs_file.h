// Crash-safe append-only store of sweep results (JSON Lines).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/disk.h"
#include "io/lock.h"
#include "io/sweep_spec.h"

namespace ska {

/// The file that takes a sweep's lines. While one exists, no other sweep can write it.
class RunsFile {
 public:
  /// Opens the file, or makes it, and reads what a former sweep has left; a last line that was cut is
  /// dropped if it is known to be the beginning of a line of this sweep. With `anew` all that is in it is
  /// dropped. Throws FileError where that cannot be, where another sweep has the file, and where a line is
  /// none of this sweep's.
  RunsFile(const std::filesystem::path& path, const Sweep& sweep, bool anew);
  RunsFile(const RunsFile&) = delete;
  RunsFile& operator=(const RunsFile&) = delete;

  /// Whether there is a line of the sweep's run of that number.
  bool has(std::size_t run) const { return places_[run].length > 0; }
  std::size_t lines() const { return lines_; }
  std::size_t failed() const { return failed_; }  ///< lines of runs that failed

  /// Adds the line of a run, and returns when it is on the disk. Throws FileError.
  void append(std::size_t run, const std::string& line, bool failed);

  /// When every run has its line: puts them in the sweep's order, all at once. Throws FileError.
  void put_in_order() const;

 private:
  struct Place {
    std::uint64_t start = 0, length = 0;
  };

  void lock();
  void open();
  void require_cut_line(const std::string& text, const std::string& name, const Sweep& sweep) const;
  void read(const Sweep& sweep);
  void note(std::size_t run, const Place& place, bool failed);
  void cut_to(std::uint64_t length) const;
  std::string text_at(const Place& place) const;
  [[noreturn]] void fail() const;

  std::string name_;            ///< what messages call it
  std::filesystem::path path_;  ///< where it is, without links
  std::optional<Lock> lock_;
  Handle handle_;
  std::vector<Place> places_;  ///< of every run of the sweep
  std::uint64_t end_ = 0;
  std::size_t lines_ = 0, failed_ = 0;
};

}  // namespace ska
