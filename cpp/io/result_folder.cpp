#include "io/result_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <ranges>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include "core/text.h"
#include "io/disk.h"
#include "io/files.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

const char* const kHowToReplace = "choose another folder, or --force to overwrite it.";

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

/// A list of renames that are undone in reverse order, unless kept.
class Moves {
 public:
  Moves() = default;
  Moves(const Moves&) = delete;
  Moves& operator=(const Moves&) = delete;
  ~Moves() {
    for (const auto& [from, to] : std::views::reverse(moves_)) move_to_free_name(to, from);
  }

  /// Returns false, with errno set, if the rename fails.
  bool move(const fs::path& from, const fs::path& to) {
    if (!move_to_free_name(from, to)) return false;
    moves_.emplace_back(from, to);
    return true;
  }
  void keep() { moves_.clear(); }

 private:
  std::vector<std::pair<fs::path, fs::path>> moves_;
};

}  // namespace

void MadeFolders::make(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> missing;
  for (fs::path at = folder; !at.empty() && !is_there(at); at = at.parent_path()) missing.push_back(at);
  for (const fs::path& each : std::views::reverse(missing)) {
    if (fs::create_directory(each, error)) made_.push_back(each);
    if (error) break;
  }
  if (!error && !folder.empty() && !fs::is_directory(folder, error) && !error)
    error = std::make_error_code(std::errc::not_a_directory);
  if (!error) return;
  remove();
  throw std::system_error(error);
}

void MadeFolders::remove() {
  std::error_code ignored;  // a folder that is no longer empty stays
  for (; !made_.empty(); made_.pop_back()) fs::remove(made_.back(), ignored);
}

/// A private temporary folder with an unpredictable name. It holds the new files until they are complete, and
/// the former files until the new ones are in place. The destructor deletes everything but former files.
class ResultFolder::Staging {
 public:
  /// Throws std::system_error.
  explicit Staging(const fs::path& folder) {
    std::string name = (folder / ".ska-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category());
    path_ = name;
    // A nested folder gets the permissions of any new folder, unlike the one of mkdtemp.
    for (const fs::path& each : {whole(), former()}) {
      if (::mkdir(each.c_str(), 0777) == 0) continue;
      const int why = errno;
      remove();
      throw std::system_error(why, std::generic_category());
    }
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  ~Staging() { remove(); }

  fs::path whole() const { return path_ / "result"; }
  fs::path former() const { return path_ / "former"; }

  /// Returns false, with errno set, if writing fails.
  bool write(const TextFile& file) const {
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    Handle handle(::open((whole() / file.name).c_str(), flags, 0666));
    return handle && write_all(handle.get(), file.content) && flush(handle.get()) && handle.close();
  }

  void remove_former() const {
    std::error_code ignored;
    fs::remove_all(former(), ignored);
  }

  bool has_former() const {
    std::error_code error;
    return !fs::is_empty(former(), error) && !error;
  }

 private:
  void remove() const {
    std::error_code ignored;
    fs::remove_all(whole(), ignored);
    fs::remove(former(), ignored);  // only if it is empty
    fs::remove(path_, ignored);
  }

  fs::path path_;
};

ResultFolder::ResultFolder(const fs::path& folder, std::vector<std::string> names,
                           std::optional<Proof> replaceable)
    : given_(folder), names_(std::move(names)), replaceable_(std::move(replaceable)) {
  try {
    path_ = target_of(folder.has_filename() || !folder.has_relative_path() ? folder : folder.parent_path());
    struct stat found {};
    if (::stat(path_.c_str(), &found) == 0) {
      if (!S_ISDIR(found.st_mode)) fail("made", std::strerror(ENOTDIR));
      require_free();  // first: its messages are more specific than those of the lock
    } else if (errno == ENOENT) {
      above_.make(parent());
    } else {
      fail("made", last_error());
    }
  } catch (const std::system_error& error) {
    fail("made", error.code().message());
  }
  take_lock();
  require_free();
}

void ResultFolder::take_lock() {
  std::error_code none;
  const bool there = fs::is_directory(path_, none);
  try {
    lock_.emplace(there ? path_ / ".ska-lock" : lock_file_of(path_),
                  sentence("The folder ", given_.string(),
                           " is being written by another run; wait for its end, or choose another folder."));
  } catch (const std::system_error& error) {
    fail(there ? "written" : "made", error.code().message());
  }
}

fs::path ResultFolder::parent() const { return path_.parent_path(); }

std::string ResultFolder::shown(const std::string& name) const { return (given_ / name).string(); }

void ResultFolder::fail(const std::string& what, const std::string& why) const {
  throw FileError(sentence("The folder ", given_.string(), " cannot be ", what, ": ", why, "."));
}

void ResultFolder::require_free() const {
  for (const std::string& name : names_) {
    if (!is_there(path_ / name)) continue;
    if (!replaceable_) throw FileError(sentence(shown(name), " exists already; ", kHowToReplace));
    std::error_code error;
    if (fs::is_directory(fs::symlink_status(path_ / name, error)))
      throw FileError(sentence(shown(name), " cannot be overwritten: it is a folder."));
    if (!(*replaceable_)(path_, name))
      throw FileError(sentence(shown(name), " is not of a result that ska wrote, so --force does not ",
                               "overwrite it; choose another folder."));
  }
}

void ResultFolder::write(const std::vector<TextFile>& files) {
  std::error_code none;
  try {
    const bool there = fs::is_directory(path_, none);
    if (!there) above_.make(parent());  // they may have been deleted in the meantime
    Staging staging(there ? path_ : parent());
    for (const TextFile& file : files) {
      if (!staging.write(file))
        throw FileError(sentence(shown(file.name), " cannot be written: ", last_error(), "."));
    }
    if (there || !move_as_a_whole(staging)) move_one_by_one(staging, files);
  } catch (const std::system_error& error) {
    fail("written", error.code().message());
  }
  flush_folder(path_);
  flush_folder(parent().empty() ? "." : parent());
  above_.keep();
}

/// Returns false if the folder exists by now and is not empty.
bool ResultFolder::move_as_a_whole(const Staging& staging) {
  flush_folder(staging.whole());
  if (::rename(staging.whole().c_str(), path_.c_str()) == 0) return true;
  if (errno == ENOTEMPTY || errno == EEXIST) return false;
  fail("made", last_error());
}

/// If two commands do this at the same time, without --force and without locks, one of them gets the last
/// name and the other undoes its renames.
void ResultFolder::move_one_by_one(Staging& staging, const std::vector<TextFile>& files) const {
  try {
    Moves moves;
    if (replaceable_) {
      for (const std::string& name : std::views::reverse(names_)) {
        if (is_there(path_ / name) && !moves.move(path_ / name, staging.former() / name))
          throw FileError(sentence(shown(name), " cannot be overwritten: ", last_error(), "."));
      }
      for (const std::string& name : names_) {  // check again: a file may have been replaced
        if (is_there(staging.former() / name) && !(*replaceable_)(staging.former(), name))
          throw FileError(sentence(shown(name), " was changed by another program meanwhile."));
      }
    } else {
      require_free();
    }
    for (const TextFile& file : files) {
      if (moves.move(staging.whole() / file.name, path_ / file.name)) continue;
      if (errno == EEXIST) throw FileError(sentence(shown(file.name), " exists already; ", kHowToReplace));
      throw FileError(sentence(shown(file.name), " cannot be written: ", last_error(), "."));
    }
    moves.keep();
  } catch (const FileError& error) {
    if (!staging.has_former()) throw;
    throw FileError(sentence(error.what(), " The former files are in ", staging.former().string(), " now."));
  }
  staging.remove_former();
}

}  // namespace ska
