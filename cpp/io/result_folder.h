// Writes the files of a result into a folder: all of them, or none.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "io/csv.h"
#include "io/lock.h"

namespace ska {

/// The folders made on the way to one that was missing; removed again, where they are empty, unless kept.
class MadeFolders {
 public:
  MadeFolders() = default;
  MadeFolders(const MadeFolders&) = delete;
  MadeFolders& operator=(const MadeFolders&) = delete;
  ~MadeFolders() { remove(); }

  /// Makes a folder and those above it that are missing. Throws std::system_error with the first reason.
  void make(const std::filesystem::path& folder);
  void keep() { made_.clear(); }

 private:
  void remove();

  std::vector<std::filesystem::path> made_;
};

/// The place of a result. While one exists, other commands cannot write into the folder.
///
/// A folder that is new appears at once with all files in it. One that is there already keeps everything else
/// in it; every file is written under a temporary name, then all are renamed. Where anything fails, what was
/// there before is there again.
class ResultFolder {
 public:
  /// Whether the file of that name in a folder is proven to be of a former result of ours.
  using Proof = std::function<bool(const std::filesystem::path& folder, const std::string& name)>;

  /// Refuses now what would be refused after a long run. `names` are those of every file that a result may
  /// have, of which none may be there; with `replaceable` those may be that are proven. Throws FileError.
  ResultFolder(const std::filesystem::path& folder, std::vector<std::string> names,
               std::optional<Proof> replaceable);

  /// Writes the files, in order: the last one proves that the others are there. Former files go. Throws
  /// FileError, and leaves everything as it was.
  void write(const std::vector<TextFile>& files);

 private:
  class Staging;
  std::filesystem::path parent() const;
  std::string shown(const std::string& name) const;
  void require_free() const;
  void take_lock();
  bool move_as_a_whole(const Staging& staging);
  void move_one_by_one(Staging& staging, const std::vector<TextFile>& files) const;
  [[noreturn]] void fail(const std::string& what, const std::string& why) const;

  std::filesystem::path given_;  ///< as messages have it
  std::filesystem::path path_;   ///< without links
  std::vector<std::string> names_;
  std::optional<Proof> replaceable_;
  MadeFolders above_;
  std::optional<Lock> lock_;
};

}  // namespace ska
