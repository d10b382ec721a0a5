// Tests reading files: gzip, damaged data, and paths that are not regular files.
#include "io/files.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include "folder.h"
#include "io/idx.h"
#include "messages.h"

namespace ska::test {
namespace {

/// Incompressible bytes, so truncation or a flipped bit affects data, not padding.
Bytes noise(std::size_t count) {
  std::mt19937 engine(61);
  Bytes bytes(count);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine());
  return bytes;
}

/// The bytes compressed with gzip.
Bytes packed(Bytes bytes) {
  z_stream stream{};
  constexpr int gzip = 16 + MAX_WBITS;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib");
  }
  Bytes out(deflateBound(&stream, static_cast<uLong>(bytes.size())));
  stream.next_in = bytes.data();
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  const int state = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::runtime_error("zlib");
  return out;
}

/// Reads a file with the general limit.
Bytes read_whole(const fs::path& path) {
  return read_file(path, [](std::span<const std::uint8_t>) { return kMostFileBytes; });
}

class ReadFile : public Folder {};

TEST_F(ReadFile, GivesPlainBytes) {
  for (const std::size_t size : {0U, 1U, 2U, 100'000U}) {
    const Bytes bytes = noise(size);
    EXPECT_EQ(read_whole(put("plain", bytes)), bytes) << size << " bytes";
  }
}

TEST_F(ReadFile, UnpacksGzipWhateverItIsCalled) {
  for (const std::size_t size : {0U, 1U, 65'536U, 200'000U}) {  // around the size of the output buffer
    const Bytes bytes = noise(size);
    EXPECT_EQ(read_whole(put("no-ending", packed(bytes))), bytes) << size << " bytes";
  }
}

TEST_F(ReadFile, UnpacksEveryMember) {
  // Concatenated gzip files are a valid gzip file.
  Bytes file = packed({1, 2, 3});
  const Bytes second = packed({4, 5});
  file.insert(file.end(), second.begin(), second.end());
  EXPECT_EQ(read_whole(put("members.gz", file)), (Bytes{1, 2, 3, 4, 5}));
}

TEST_F(ReadFile, UnpacksWhatGrowsALot) {
  const Bytes zeros(3'000'000);
  EXPECT_EQ(read_whole(put("zeros.gz", packed(zeros))), zeros);
}

TEST_F(ReadFile, RefusesTruncatedGzip) {
  const Bytes whole = packed(noise(1000));
  for (const std::size_t kept : {std::size_t{2}, std::size_t{10}, whole.size() / 2, whole.size() - 1}) {
    const fs::path file =
        put("cut.gz", Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(kept)));
    EXPECT_EQ(message_of<DataError>([&] { read_whole(file); }),
              file.string() + " is truncated: its gzip data end too early.")
        << kept << " bytes kept";
  }
}

TEST_F(ReadFile, RefusesDamagedGzip) {
  const Bytes whole = packed(noise(1000));
  // Flip a bit in the method byte, in the middle of the data, in the checksum, and in the length.
  for (const std::size_t at : {std::size_t{2}, whole.size() / 2, whole.size() - 8, whole.size() - 1}) {
    Bytes damaged = whole;
    damaged[at] ^= 0x10;
    const fs::path file = put("damaged.gz", damaged);
    EXPECT_EQ(message_of<DataError>([&] { read_whole(file); }),
              file.string() + " is damaged: its gzip data cannot be unpacked.")
        << "byte " << at;
  }
}

TEST_F(ReadFile, RefusesWhatIsNotThere) {
  const fs::path file = path("missing");
  EXPECT_EQ(message_of<FileError>([&] { read_whole(file); }),
            file.string() + " cannot be read: No such file or directory.");
}

TEST_F(ReadFile, RefusesAFolder) {
  fs::create_directory(path("folder"));
  EXPECT_EQ(message_of<FileError>([&] { read_whole(path("folder")); }),
            path("folder").string() + " cannot be read: it is a folder.");
}

TEST_F(ReadFile, RefusesAPipe) {
  // Opening a pipe would wait for a writer, possibly forever.
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(message_of<FileError>([&] { read_whole(path("pipe")); }),
            path("pipe").string() + " cannot be read: it is not a regular file.");
}

TEST_F(ReadFile, RefusesMoreThanItCouldHold) {
  // A sparse file, which uses no disk space.
  const fs::path file = put("huge", Bytes{});
  fs::resize_file(file, (std::uintmax_t{1} << 30U) + 1);
  EXPECT_EQ(message_of<FileError>([&] { read_whole(file); }),
            file.string() + " cannot be read: it holds more than 1 GiB, the most that is read.");
}

TEST_F(ReadFile, StopsAfterTheFirstByteThatIsTooMuch) {
  constexpr std::size_t most = 1000;
  const Bytes bytes = noise(300'000);
  const Bytes expected(bytes.begin(), bytes.begin() + most + 1);
  Bytes judged;
  const auto limit = [&](std::span<const std::uint8_t> beginning) {
    judged.assign(beginning.begin(), beginning.end());
    return most;
  };
  Bytes damaged_later = packed(bytes);
  damaged_later.back() ^= 1;  // beyond the limit, so it is not checked
  for (const fs::path& file :
       {put("plain", bytes), put("packed", packed(bytes)), put("later", damaged_later)}) {
    EXPECT_EQ(read_file(file, limit), expected);
    EXPECT_EQ(judged, Bytes(bytes.begin(), bytes.begin() + kJudgedBytes));
  }
  EXPECT_EQ(read_file(put("exact", packed(Bytes(most))), limit), Bytes(most));
}

TEST_F(ReadFile, TakesNoMemoryForWhatIsNotRead) {
  // 1 GiB of zeros compressed to 1 MB. Only the limit of a document plus one byte is read.
  Bytes bomb;
  const Bytes member = packed(Bytes(std::size_t{1} << 24U));
  for (int i = 0; i < 64; ++i) bomb.insert(bomb.end(), member.begin(), member.end());
  const Bytes read = read_document(put("bomb", bomb));
  EXPECT_EQ(read.size(), (std::size_t{1} << 26U) + 1);
  EXPECT_LE(read.capacity(), (std::size_t{1} << 26U) + (std::size_t{1} << 20U));
}

TEST_F(ReadFile, EndsWithWhatJudgesTheBeginning) {
  const fs::path file = put("packed", packed(noise(100'000)));
  EXPECT_EQ(message_of<DataError>([&] {
              read_file(file, [](std::span<const std::uint8_t>) -> std::size_t { throw DataError("No."); });
            }),
            "No.");
  Bytes few{1, 2, 3};
  EXPECT_EQ(read_file(put("few", few),
                      [](std::span<const std::uint8_t>) -> std::size_t { throw DataError("No."); }),
            few);
}

TEST_F(ReadFile, NamesTheFileThatTheSystemCannotRead) {
  // A regular file that returns an input/output error when read: nothing is mapped at address 0.
  const fs::path file = "/proc/self/mem";
  if (!fs::is_regular_file(file)) GTEST_SKIP() << "this system has no /proc";
  EXPECT_EQ(message_of<FileError>([&] { read_whole(file); }),
            "/proc/self/mem cannot be read: Input/output error.");
}

}  // namespace
}  // namespace ska::test
