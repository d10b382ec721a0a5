#include "io/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <zlib.h>

#include "core/text.h"
#include "io/idx.h"

namespace ska {
namespace {

namespace fs = std::filesystem;

/// A file of endless zeros, or one that unpacks to them, must not fill the memory. MNIST has 47 MB.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;
const char* const kTooMuch = "more than 1 GiB, the most that is read.";

bool is_gzip(const std::vector<std::uint8_t>& bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

/// Unpacks all members of a gzip file: what follows the first one belongs to it, as for gunzip.
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
  stream.avail_in = static_cast<uInt>(packed.size());  // fits: no file is read beyond kMostBytes
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    state = inflate(&stream, Z_NO_FLUSH);
    unpacked.insert(unpacked.end(), chunk.begin(), chunk.end() - stream.avail_out);
    if (unpacked.size() > kMostBytes) throw DataError(sentence(name, " unpacks to ", kTooMuch));
    if (state == Z_STREAM_END && stream.avail_in > 0) state = inflateReset(&stream);
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

std::vector<std::uint8_t> read_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status))
    throw FileError(sentence(path.string(), " cannot be read: ", error.message(), "."));
  if (fs::is_directory(status)) throw FileError(sentence(path.string(), " cannot be read: it is a folder."));
  if (!fs::is_regular_file(status)) {  // a device or a pipe may never end
    throw FileError(sentence(path.string(), " cannot be read: it is not a regular file."));
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(sentence(path.string(), " cannot be read: ", reason(), "."));
  if (fs::file_size(path, error) > kMostBytes)
    throw FileError(sentence(path.string(), " cannot be read: it holds ", kTooMuch));
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) throw FileError(sentence(path.string(), " cannot be read: ", reason(), "."));
  return is_gzip(bytes) ? gunzip(std::move(bytes), path.string()) : bytes;
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
