#include "io/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <zlib.h>

#include "core/text.h"
#include "io/idx.h"
#include "io/json_field.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::strerror(errno); }

[[noreturn]] void fail_reading(const std::string& name, const std::string& why) {
  throw FileError(sentence(name, " cannot be read: ", why, "."));
}

/// A file that is open for reading.
class InputFile {
 public:
  explicit InputFile(const fs::path& path) : name_(path.string()) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) fail_reading(name_, error.message());
    if (fs::is_directory(status)) fail_reading(name_, "it is a folder");
    // A device or a pipe may never end. Looked at twice: opening a pipe disturbs whoever writes into it, and
    // what was a file then may be another thing now.
    constexpr auto strange = "it is not a regular file";
    if (!fs::is_regular_file(status)) fail_reading(name_, strange);
    handle_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (handle_ < 0) fail_reading(name_, reason());
    struct stat opened {};
    std::string why;
    if (::fstat(handle_, &opened) != 0) {
      why = reason();
    } else if (!S_ISREG(opened.st_mode)) {
      why = strange;
    } else if (static_cast<std::uintmax_t>(opened.st_size) > kMostFileBytes) {
      why = "it holds more than 1 GiB, the most that is read";
    }
    if (!why.empty()) {
      ::close(handle_);
      fail_reading(name_, why);
    }
    size_ = static_cast<std::size_t>(opened.st_size);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() { ::close(handle_); }

  const std::string& name() const { return name_; }
  std::size_t size() const { return size_; }  ///< as the file system has it

  /// The number of bytes that were read into the buffer; 0 at the end.
  std::size_t read(std::span<std::uint8_t> buffer) const {
    while (true) {
      const ssize_t count = ::read(handle_, buffer.data(), buffer.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) fail_reading(name_, reason());
    }
  }

 private:
  std::string name_;
  int handle_ = -1;
  std::size_t size_ = 0;
};

/// The content of a file, piece by piece. All members of a gzip file are unpacked: what follows the first one
/// belongs to it, as for gunzip.
class Content {
 public:
  explicit Content(const InputFile& file) : file_(file) {
    fill();
    packed_ = filled_ >= 2 && raw_[0] == 0x1F && raw_[1] == 0x8B;
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (packed_ && inflateInit2(&stream_, gzip_only) != Z_OK)
      throw DataError(file_.name() + " could not be unpacked: out of memory.");
    stream_.next_in = raw_.data();
    stream_.avail_in = static_cast<uInt>(filled_);
  }
  Content(const Content&) = delete;
  Content& operator=(const Content&) = delete;
  ~Content() {
    if (packed_) inflateEnd(&stream_);
  }

  /// No content can be longer.
  std::size_t longest() const {
    constexpr std::size_t best_ratio = 1032;  // of deflate: 258 bytes in 2 bits
    return packed_ ? file_.size() * best_ratio : file_.size();
  }

  /// The next bytes; none at the end.
  std::span<const std::uint8_t> next() {
    if (packed_) return unpacked();
    const std::size_t count = std::exchange(filled_, 0);
    if (count > 0) return std::span(raw_).first(count);
    fill();
    return std::span(raw_).first(std::exchange(filled_, 0));
  }

 private:
  void fill() { filled_ = file_.read(raw_); }

  std::span<const std::uint8_t> unpacked() {
    while (true) {
      if (stream_.avail_in == 0) {
        fill();
        stream_.next_in = raw_.data();
        stream_.avail_in = static_cast<uInt>(filled_);
      }
      const bool at_end = stream_.avail_in == 0;
      if (member_ended_) {
        if (at_end) return {};
        inflateReset(&stream_);
        member_ended_ = false;
      }
      stream_.next_out = unpacked_.data();
      stream_.avail_out = static_cast<uInt>(unpacked_.size());
      const int state = inflate(&stream_, Z_NO_FLUSH);
      member_ended_ = state == Z_STREAM_END;
      if (state == Z_BUF_ERROR && at_end)
        throw DataError(file_.name() + " is truncated: its gzip data end too early.");
      if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
        throw DataError(file_.name() + " is damaged: its gzip data cannot be unpacked.");
      const std::size_t count = unpacked_.size() - stream_.avail_out;
      if (count > 0) return std::span(unpacked_).first(count);
    }
  }

  static constexpr std::size_t kPiece = std::size_t{1} << 16;
  const InputFile& file_;
  std::array<std::uint8_t, kPiece> raw_, unpacked_;  // NOLINT(*-member-init): filled before they are read
  std::size_t filled_ = 0;                           ///< bytes of raw_
  bool packed_ = false, member_ended_ = false;
  z_stream stream_{};
};

fs::path temporary_name(const fs::path& folder, std::string_view name) {
  return folder / sentence(".", name, ".", ::getpid(), ".tmp");
}

/// A file that is removed again unless it was renamed to its own name.
class TemporaryFile {
 public:
  TemporaryFile(const fs::path& folder, const TextFile& file)
      : path_(temporary_name(folder, file.name)), target_(folder / file.name) {
    const int handle = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (handle < 0) throw FileError(sentence(target_.string(), " cannot be written: ", reason(), "."));
    const bool whole = write_all(handle, file.content) && ::fsync(handle) == 0;
    const std::string why = whole ? "" : reason();
    if (::close(handle) != 0 || !whole) {
      discard();
      throw FileError(sentence(target_.string(), " cannot be written: ", whole ? reason() : why, "."));
    }
  }
  TemporaryFile(TemporaryFile&& other) noexcept
      : path_(std::exchange(other.path_, {})), target_(std::move(other.target_)) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile() { discard(); }

  void keep() {
    std::error_code error;
    fs::rename(path_, target_, error);
    if (error) throw FileError(sentence(target_.string(), " cannot be written: ", error.message(), "."));
    path_.clear();
  }

 private:
  void discard() {
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
  }

  fs::path path_;
  fs::path target_;
};

/// The folders made on the way to one that was missing; removed again unless kept.
class MadeFolders {
 public:
  explicit MadeFolders(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> missing;
    for (fs::path at = folder; !at.empty() && !fs::exists(fs::symlink_status(at, error));
         at = at.parent_path())
      missing.push_back(at);
    while (!missing.empty()) {
      if (fs::create_directory(missing.back(), error)) made_.push_back(missing.back());
      missing.pop_back();
    }
    if (!fs::is_directory(folder, error)) {
      remove();
      if (!error) error = std::make_error_code(std::errc::not_a_directory);
      throw FileError(sentence("The folder ", folder.string(), " cannot be made: ", error.message(), "."));
    }
  }
  MadeFolders(const MadeFolders&) = delete;
  MadeFolders& operator=(const MadeFolders&) = delete;
  ~MadeFolders() { remove(); }

  void keep() { made_.clear(); }

 private:
  void remove() {
    std::error_code ignored;  // a folder that somebody has put something into stays
    for (; !made_.empty(); made_.pop_back()) fs::remove(made_.back(), ignored);
  }

  std::vector<fs::path> made_;
};

bool stands(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

}  // namespace

std::vector<std::uint8_t> read_file(const fs::path& path, const MostBytes& most) {
  const InputFile file(path);
  Content content(file);
  std::vector<std::uint8_t> bytes;
  std::size_t limit = kMostFileBytes;
  bool judged = false;
  for (auto piece = content.next(); !piece.empty(); piece = content.next()) {
    bytes.insert(bytes.end(), piece.begin(), piece.end());
    if (!judged && bytes.size() >= kJudgedBytes) {
      judged = true;
      limit = std::min(limit, most(std::span(bytes).first(kJudgedBytes)));
      bytes.reserve(std::min(limit + piece.size(), content.longest()));
    }
    if (bytes.size() > limit) {
      bytes.resize(limit + 1);
      break;
    }
  }
  return bytes;
}

std::vector<std::uint8_t> read_document(const fs::path& path) {
  return read_file(path, [](std::span<const std::uint8_t>) { return kMostDocumentBytes; });
}

bool write_all(int handle, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(handle, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void require_absent(const fs::path& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (stands(folder / name)) {
      throw FileError(sentence((folder / name).string(),
                               " exists already; choose another folder, or --force to overwrite it."));
    }
  }
}

void require_writable(const fs::path& folder, const std::vector<std::string>& names) {
  const MadeFolders made(folder);  // and removed again: nothing is there before there is a result
  for (const std::string& name : names) {
    std::error_code error;
    if (fs::is_directory(fs::symlink_status(folder / name, error)))
      throw FileError(sentence((folder / name).string(), " cannot be overwritten: it is a folder."));
  }
  const TemporaryFile probe(folder, {.name = "ska-probe", .content = ""});
}

void write_files(const fs::path& folder, const std::vector<TextFile>& files,
                 const std::vector<std::string>& former) {
  MadeFolders made(folder);
  std::vector<TemporaryFile> written;
  written.reserve(files.size());
  for (const TextFile& file : files) written.emplace_back(folder, file);
  for (const std::string& name : former) {
    std::error_code error;
    fs::remove(folder / name, error);
    if (error)
      throw FileError(sentence((folder / name).string(), " cannot be overwritten: ", error.message(), "."));
  }
  for (TemporaryFile& file : written) file.keep();
  made.keep();
}

}  // namespace ska
