#include "io/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
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

}  // namespace ska
