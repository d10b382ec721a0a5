#include "io/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <zlib.h>

#include "core/text.h"
#include "io/idx.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

bool is_gzip(const std::vector<std::uint8_t>& bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

std::vector<std::uint8_t> gunzip(std::vector<std::uint8_t> packed, const std::string& name) {
  constexpr int gzip_only = 16 + MAX_WBITS;
  z_stream stream{};
  if (inflateInit2(&stream, gzip_only) != Z_OK)
    throw DataError(name + " could not be unpacked: out of memory.");
  const struct End {
    z_stream& stream;
    ~End() { inflateEnd(&stream); }
  } end{stream};

  std::vector<std::uint8_t> unpacked;
  std::array<std::uint8_t, 1 << 16> chunk;  // NOLINT(*-member-init): inflate fills it
  stream.next_in = packed.data();
  stream.avail_in = static_cast<uInt>(packed.size());
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    state = inflate(&stream, Z_NO_FLUSH);
    unpacked.insert(unpacked.end(), chunk.begin(), chunk.end() - stream.avail_out);
  }
  if (state == Z_BUF_ERROR) throw DataError(name + " is truncated: its gzip data end too early.");
  if (state != Z_STREAM_END) throw DataError(name + " is damaged: its gzip data cannot be unpacked.");
  return unpacked;
}

std::string reason() { return std::strerror(errno); }

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
  static bool write_all(int handle, std::string_view content) {
    while (!content.empty()) {
      const ssize_t written = ::write(handle, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  void discard() {
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
  }

  fs::path path_;
  fs::path target_;
};

}  // namespace

std::vector<std::uint8_t> read_file(const fs::path& path) {
  if (fs::is_directory(path)) throw FileError(sentence(path.string(), " cannot be read: it is a folder."));
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(sentence(path.string(), " cannot be read: ", reason(), "."));
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) throw FileError(sentence(path.string(), " cannot be read: ", reason(), "."));
  return is_gzip(bytes) ? gunzip(std::move(bytes), path.string()) : bytes;
}

void require_absent(const fs::path& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (fs::exists(folder / name)) {
      throw FileError(sentence((folder / name).string(),
                               " exists already; choose another folder, or --force to overwrite it."));
    }
  }
}

void require_writable(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw FileError(sentence("The folder ", folder.string(), " cannot be made: ", error.message(), "."));
  TemporaryFile probe(folder, {.name = "ska-probe", .content = ""});
}

void write_files(const fs::path& folder, const std::vector<TextFile>& files) {
  std::vector<TemporaryFile> written;
  written.reserve(files.size());
  for (const TextFile& file : files) written.emplace_back(folder, file);
  for (TemporaryFile& file : written) file.keep();
}

}  // namespace ska
