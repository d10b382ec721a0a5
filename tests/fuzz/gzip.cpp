// Fuzz target: files that may be gzip-compressed, read from a file in memory.
#include <algorithm>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include <zlib.h>

#include "io/disk.h"
#include "io/files.h"
#include "io/idx.h"
#include "property.h"

namespace ska::fuzz {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kMost = 1 << 20;

struct Read {
  Bytes bytes;
  bool accepted = false;
};

Read read(std::span<const std::uint8_t> content) {
  const int handle = ::memfd_create("ska-fuzz", MFD_CLOEXEC);
  require(handle >= 0 && write_all(handle, text_of(content)), "a file in memory can be made");
  const std::string path = "/proc/self/fd/" + std::to_string(handle);
  Read result;
  const auto most = [](std::span<const std::uint8_t> beginning) {
    require(beginning.size() == kJudgedBytes, "as many bytes are judged as is said");
    return kMost;
  };
  result.accepted = accepts<DataError>([&] { result.bytes = read_file(path, most); });
  ::close(handle);
  return result;
}

Bytes packed(std::span<const std::uint8_t> bytes) {
  constexpr int gzip = 16 + MAX_WBITS;
  z_stream stream{};
  require(deflateInit2(&stream, 1, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib works");
  Bytes out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 64);
  stream.next_in = const_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib works");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

void check(std::span<const std::uint8_t> content) {
  const bool is_gzip = content.size() >= 2 && content[0] == 0x1F && content[1] == 0x8B;
  const Read first = read(content);
  if (!is_gzip) {
    require(first.accepted, "a file that is not compressed is read");
    require(std::ranges::equal(first.bytes, content.first(std::min(content.size(), kMost + 1))),
            "its bytes are what is read");
  }
  if (!first.accepted) return;
  require(first.bytes.size() <= kMost + 1, "no more is read than one byte too many");
  const Read again = read(packed(first.bytes));
  require(again.accepted && again.bytes == first.bytes, "what was read is read again once it is packed");
}

}  // namespace
}  // namespace ska::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ska::fuzz::check({data, size});
  return 0;
}
