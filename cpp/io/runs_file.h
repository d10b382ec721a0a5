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

/// The file of a sweep's results. While this exists, no other sweep can write the file.
class RunsFile {
 public:
  /// Opens or creates the file and reads the lines of an earlier sweep. A cut last line is dropped if it is
  /// the start of a line of this sweep. With `anew` the whole content is dropped. Throws FileError if the
  /// file cannot be read or written, if another sweep is writing it,
  /// or if a line does not belong to this sweep.
  RunsFile(const std::filesystem::path& path, const Sweep& sweep, bool anew);
  RunsFile(const RunsFile&) = delete;
  RunsFile& operator=(const RunsFile&) = delete;

  /// Whether the sweep's run of this number has a line.
  bool has(std::size_t run) const { return places_[run].length > 0; }
  std::size_t lines() const { return lines_; }
  std::size_t failed() const { return failed_; }  ///< number of lines of failed runs

  /// Appends the line of a run and returns when it is on the disk. Throws FileError.
  void append(std::size_t run, const std::string& line, bool failed);

  /// Sorts the lines in the order of the sweep, atomically. Every run must have its line. Throws FileError.
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

  std::string name_;            ///< the name in messages
  std::filesystem::path path_;  ///< the path with links resolved
  std::optional<Lock> lock_;
  Handle handle_;
  std::vector<Place> places_;  ///< position of the line of every run
  std::uint64_t end_ = 0;
  std::size_t lines_ = 0, failed_ = 0;
};

}  // namespace ska
