#include "io/runs_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "core/text.h"
#include "io/sweep_lines.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

const char* const kWayOut = " Choose another file, or --force to start anew.";

/// What links lead to, so that the file is replaced and not the link.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  fs::path canonical = fs::canonical(path, error);
  return error ? path : canonical;
}

/// Closes a file when it is no longer needed.
class Handle {
 public:
  explicit Handle(int handle) : handle_(handle) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (handle_ >= 0) ::close(handle_);
  }
  int get() const { return handle_; }

 private:
  int handle_;
};

}  // namespace

RunsFile::RunsFile(const fs::path& path, const Sweep& sweep, bool anew)
    : name_(path.string()), path_(resolved(path)), places_(sweep.size()) {
  try {
    open();
    if (!anew) read(sweep);
    cut_to(end_);
  } catch (...) {
    if (handle_ >= 0) ::close(handle_);
    throw;
  }
}

RunsFile::~RunsFile() { ::close(handle_); }

void RunsFile::fail() const {
  throw FileError(sentence(name_, " cannot be written: ", std::strerror(errno), "."));
}

/// The file and its lock. The sweep that had it last may have put another file in its place meanwhile.
void RunsFile::open() {
  struct stat locked {
  }, named{};
  do {
    if (handle_ >= 0) ::close(handle_);
    if (::stat(path_.c_str(), &named) == 0 && !S_ISREG(named.st_mode))
      throw FileError(sentence(name_, " cannot be written: it is not a regular file."));
    handle_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (handle_ < 0) fail();
    if (::flock(handle_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) fail();
      throw FileError(
          sentence(name_, " is being written by another sweep; wait for its end, or choose another file."));
    }
    if (::fstat(handle_, &locked) != 0) fail();
  } while (::stat(path_.c_str(), &named) != 0 || locked.st_ino != named.st_ino ||
           locked.st_dev != named.st_dev);
}

void RunsFile::read(const Sweep& sweep) {
  std::optional<RunTable> numbers;  // made when there is a line
  std::ifstream file(path_, std::ios::binary);
  std::string line;
  for (std::size_t i = 1; std::getline(file, line); ++i) {
    const std::string name = sentence(name_, ", line ", i, ",");
    if (file.eof()) {
      if (!begins_like_a_line(line))
        throw FileError(sentence(name, " is no line of a sweep: it has no end.", kWayOut));
      return;  // cut by whatever ended the former sweep
    }
    if (!numbers) {
      numbers.emplace(sweep.size(), [&sweep](std::size_t run) { return sweep.run(run); });
      for (std::size_t run = 0; run < sweep.size(); ++run) numbers->add(run, sweep.run(run));
    }
    LineHead head;
    try {
      head = parse_line(line, name);
    } catch (const JsonError& error) {
      throw FileError(sentence(error.what(), kWayOut));
    }
    const auto run = head.run ? numbers->find(*head.run) : std::nullopt;
    if (!run) {
      throw FileError(
          sentence(name, " is of a run that is not in this sweep: ", head.settings, ".", kWayOut));
    }
    if (!head.failed && head.records != sweep.records()) {
      throw FileError(sentence(name,
                               sweep.records() == Records::all
                                   ? " lacks the records that this sweep asks for."
                                   : " has records, and this sweep asks for none.",
                               kWayOut));
    }
    const std::uint64_t length = line.size() + 1;
    if (!has(*run)) note(*run, {end_, length}, head.failed);
    end_ += length;
  }
  if (file.bad()) throw FileError(sentence(name_, " cannot be read: ", std::strerror(errno), "."));
}

void RunsFile::note(std::size_t run, const Place& place, bool failed) {
  places_[run] = place;
  ++lines_;
  if (failed) ++failed_;
}

void RunsFile::cut_to(std::uint64_t length) const {
  if (::ftruncate(handle_, static_cast<off_t>(length)) != 0 ||
      ::lseek(handle_, static_cast<off_t>(length), SEEK_SET) < 0)
    fail();
}

void RunsFile::append(std::size_t run, const std::string& line, bool failed) {
  if (!write_all(handle_, line) || ::fsync(handle_) != 0) {
    const int why = errno;
    cut_to(end_);  // no half line stays
    errno = why;
    fail();
  }
  note(run, {end_, line.size()}, failed);
  end_ += line.size();
}

std::string RunsFile::text_at(const Place& place) const {
  std::string text(place.length, '\0');
  std::size_t got = 0;
  while (got < text.size()) {
    const ssize_t read =
        ::pread(handle_, text.data() + got, text.size() - got, static_cast<off_t>(place.start + got));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) throw FileError(sentence(name_, " cannot be read: somebody else has changed it."));
    got += static_cast<std::size_t>(read);
  }
  return text;
}

void RunsFile::put_in_order() const {
  // One name, for there is one sweep: what a killed one has left is overwritten.
  const fs::path ordered = path_.parent_path() / sentence(".", path_.filename().string(), ".tmp");
  struct stat former {};
  if (::fstat(handle_, &former) != 0) fail();
  const Handle file(::open(ordered.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  bool written = file.get() >= 0 && ::fchmod(file.get(), former.st_mode & 07777) == 0;
  for (std::size_t run = 0; written && run < places_.size(); ++run)
    written = write_all(file.get(), text_at(places_[run]));
  written = written && ::fsync(file.get()) == 0 && ::rename(ordered.c_str(), path_.c_str()) == 0;
  if (written) return;
  const int why = errno;
  ::unlink(ordered.c_str());
  errno = why;
  fail();
}

}  // namespace ska
