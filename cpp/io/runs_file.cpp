#include "io/runs_file.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <istream>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "core/text.h"
#include "io/disk.h"
#include "io/files.h"
#include "io/sweep_lines.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

const char* const kWayOut = " Choose another file, or --force to start anew.";

/// Reads the next line, without its end, as std::getline does. Of a line longer than `most` it returns
/// slightly more than `most` bytes and leaves the rest unread.
bool next_line(std::istream& file, std::string& line, std::size_t most) {
  constexpr std::size_t piece_size = std::size_t{1} << 16;
  std::array<char, piece_size> piece{};
  line.clear();
  while (line.size() <= most) {
    file.getline(piece.data(), piece.size());
    const auto count = static_cast<std::size_t>(file.gcount());
    if (file.good()) {
      line.append(piece.data(), count - 1);  // without the line end, which gcount includes
      return true;
    }
    line.append(piece.data(), count);
    const bool is_full = !file.bad() && !file.eof() && count == piece.size() - 1;
    if (!is_full) break;
    file.clear();
  }
  return !line.empty() && !file.bad();
}

}  // namespace

RunsFile::RunsFile(const fs::path& path, const Sweep& sweep, bool anew)
    : name_(path.string()), places_(sweep.size()) {
  try {
    path_ = target_of(path);
    lock();
  } catch (const std::system_error& error) {
    throw FileError(sentence(name_, " cannot be written: ", error.code().message(), "."));
  }
  open();
  if (!anew) read(sweep);
  cut_to(end_);
}

void RunsFile::fail() const { throw FileError(sentence(name_, " cannot be written: ", last_error(), ".")); }

void RunsFile::lock() {
  struct stat found {};
  if (::stat(path_.c_str(), &found) == 0 && !S_ISREG(found.st_mode))
    throw FileError(sentence(name_, " cannot be written: it is not a regular file."));
  const std::string busy =
      sentence(name_, " is being written by another sweep; wait for its end, or choose another file.");
  lock_.emplace(lock_file_of(path_), busy);
}

void RunsFile::open() {
  handle_ = Handle(::open(path_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!handle_) fail();
}

/// Checks that a last line without end is the start of a line of this sweep, as a killed sweep leaves it.
/// Other text is not deleted. After lines of this sweep, any start of one of its lines qualifies; as the only
/// text, it must contain all settings of a run.
void RunsFile::require_cut_line(const std::string& text, const std::string& name, const Sweep& sweep) const {
  for (std::size_t run = 0; run < sweep.size(); ++run) {
    const std::string beginning = beginning_of_line(settings_of(sweep.run(run)).dump());
    if (text.starts_with(beginning) || (lines_ > 0 && beginning.starts_with(text))) return;
  }
  throw FileError(sentence(name, " is no line of a sweep: it has no end.", kWayOut));
}

void RunsFile::read(const Sweep& sweep) {
  std::optional<RunTable> numbers;  // built when there is a first line
  std::ifstream file(path_, std::ios::binary);
  std::string line;
  const std::size_t most = most_line_bytes(sweep.records());
  for (std::size_t i = 1; next_line(file, line, most); ++i) {
    const std::string name = sentence(name_, ", line ", i, ",");
    if (line.size() > most) {
      throw FileError(sentence(name, " is no line of this sweep: it has more than ", most,
                               " bytes, the most allowed.", kWayOut));
    }
    if (file.eof()) return require_cut_line(line, name, sweep);
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
  if (file.bad()) throw FileError(sentence(name_, " cannot be read: ", last_error(), "."));
}

void RunsFile::note(std::size_t run, const Place& place, bool failed) {
  places_[run] = place;
  ++lines_;
  if (failed) ++failed_;
}

void RunsFile::cut_to(std::uint64_t length) const {
  if (::ftruncate(handle_.get(), static_cast<off_t>(length)) != 0 ||
      ::lseek(handle_.get(), static_cast<off_t>(length), SEEK_SET) < 0)
    fail();
}

void RunsFile::append(std::size_t run, const std::string& line, bool failed) {
  if (!write_all(handle_.get(), line) || !flush(handle_.get())) {
    const int why = errno;
    cut_to(end_);  // remove a partial line
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
        ::pread(handle_.get(), text.data() + got, text.size() - got, static_cast<off_t>(place.start + got));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) throw FileError(sentence(name_, " cannot be read: somebody else has changed it."));
    got += static_cast<std::size_t>(read);
  }
  return text;
}

void RunsFile::put_in_order() const {
  struct stat former {};
  if (::fstat(handle_.get(), &former) != 0) fail();
  const fs::path folder = path_.parent_path();
  try {
    TemporaryFile ordered(folder);
    bool written = ::fchmod(ordered.handle(), former.st_mode & 07777) == 0;
    for (std::size_t run = 0; written && run < places_.size(); ++run)
      written = write_all(ordered.handle(), text_at(places_[run]));
    if (!written || !flush(ordered.handle()) || !ordered.rename_to(path_)) fail();
  } catch (const std::system_error& error) {
    throw FileError(sentence(name_, " cannot be written: ", error.code().message(), "."));
  }
  flush_folder(folder.empty() ? "." : folder);
}

}  // namespace ska
