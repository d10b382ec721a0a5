#include "io/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <zlib.h>

#include "core/text.h"
#include "io/disk.h"
#include "io/idx.h"
#include "io/json_field.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

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
    // A device or a pipe may never end. The type is checked twice: before opening, because opening a pipe
    // disturbs its writer, and after, because the file may have been replaced in between.
    constexpr auto strange = "it is not a regular file";
    if (!fs::is_regular_file(status)) fail_reading(name_, strange);
    handle_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (handle_ < 0) fail_reading(name_, last_error());
    struct stat opened {};
    std::string why;
    if (::fstat(handle_, &opened) != 0) {
      why = last_error();
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
  std::size_t size() const { return size_; }  ///< as reported by the file system

  /// Returns the number of bytes read into the buffer; 0 at the end of the file.
  std::size_t read(std::span<std::uint8_t> buffer) const {
    while (true) {
      const ssize_t count = ::read(handle_, buffer.data(), buffer.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) fail_reading(name_, last_error());
    }
  }

 private:
  std::string name_;
  int handle_ = -1;
  std::size_t size_ = 0;
};

/// The content of a file in pieces, decompressed if it is gzip.
/// All members of a gzip file are decompressed, as gunzip does.
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

  /// An upper bound of the content's size.
  std::size_t longest() const {
    constexpr std::size_t best_ratio = 1032;  // limit of deflate: 258 bytes from 2 bits
    return packed_ ? file_.size() * best_ratio : file_.size();
  }

  /// The next bytes; empty at the end.
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
  std::size_t filled_ = 0;                           ///< number of valid bytes in raw_
  bool packed_ = false, member_ended_ = false;
  z_stream stream_{};
};

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

}  // namespace ska
