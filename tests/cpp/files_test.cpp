// Do bytes come from the disk and get back there whole, or not at all?
#include "io/files.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include "fixtures.h"
#include "io/idx.h"
#include "messages.h"

namespace ska::test {
namespace {

namespace fs = std::filesystem;

using Bytes = std::vector<std::uint8_t>;

/// A folder of the test's own, gone with it.
class Folder : public testing::Test {
 protected:
  Folder() {
    std::string name = (fs::temp_directory_path() / "ska-files-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~Folder() override {
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_directory()) fs::permissions(entry.path(), fs::perms::owner_all);
    }
    fs::remove_all(folder_);
  }

  fs::path path(const std::string& name) const { return folder_ / name; }

  fs::path put(const std::string& name, const Bytes& bytes) const {
    std::ofstream(path(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path(name);
  }
  fs::path put(const std::string& name, const std::string& text) const {
    return put(name, Bytes(text.begin(), text.end()));
  }

  /// Every file in the folder by its name, hidden ones too, with its content.
  std::map<std::string, std::string> contents() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      const std::string name = fs::relative(entry.path(), folder_).string();
      found[name] = entry.is_directory() ? "(a folder)" : text_of_file(entry.path().string());
    }
    return found;
  }

 private:
  fs::path folder_;
};

using Contents = std::map<std::string, std::string>;

// ---- reading --------------------------------------------------------------------------------

/// Bytes that do not compress, so that a cut or a flipped bit meets data and not padding.
Bytes noise(std::size_t count) {
  std::mt19937 engine(61);
  Bytes bytes(count);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine());
  return bytes;
}

/// What gzip makes of the bytes.
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

/// As much as is read of any file.
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
  for (const std::size_t size : {0U, 1U, 65'536U, 200'000U}) {  // around the size of the unpacking buffer
    const Bytes bytes = noise(size);
    EXPECT_EQ(read_whole(put("no-ending", packed(bytes))), bytes) << size << " bytes";
  }
}

TEST_F(ReadFile, UnpacksEveryMember) {
  // gzip files put one after another are a gzip file.
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
  // In the method's byte, in the middle of the data, in the checksum, and in the length.
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
  // Opening one would wait for a writer, maybe for ever.
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(message_of<FileError>([&] { read_whole(path("pipe")); }),
            path("pipe").string() + " cannot be read: it is not a regular file.");
}

TEST_F(ReadFile, RefusesMoreThanItCouldHold) {
  // A sparse file: it takes no space on the disk.
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
  damaged_later.back() ^= 1;  // is not even looked at
  for (const fs::path& file :
       {put("plain", bytes), put("packed", packed(bytes)), put("later", damaged_later)}) {
    EXPECT_EQ(read_file(file, limit), expected);
    EXPECT_EQ(judged, Bytes(bytes.begin(), bytes.begin() + kJudgedBytes));
  }
  EXPECT_EQ(read_file(put("exact", packed(Bytes(most))), limit), Bytes(most));
}

TEST_F(ReadFile, TakesNoMemoryForWhatIsNotRead) {
  // 1 GiB of zeros in 1 MB. What is read of it is a document's most bytes and one.
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
  // A regular file that gives an input/output error where it is read: nothing is mapped at 0.
  const fs::path file = "/proc/self/mem";
  if (!fs::is_regular_file(file)) GTEST_SKIP() << "this system has no /proc";
  EXPECT_EQ(message_of<FileError>([&] { read_whole(file); }),
            "/proc/self/mem cannot be read: Input/output error.");
}

// ---- writing --------------------------------------------------------------------------------

class WriteFiles : public Folder {};

TEST_F(WriteFiles, WritesEveryFileAndNothingElse) {
  write_files(path(""), {{"a.csv", "1\n"}, {"b.csv", std::string(1'000'000, 'x')}, {"empty", ""}});
  EXPECT_EQ(contents(), (Contents{{"a.csv", "1\n"}, {"b.csv", std::string(1'000'000, 'x')}, {"empty", ""}}));
}

TEST_F(WriteFiles, ReplacesWhatWasThere) {
  put("a.csv", "a long old content");
  put("other", "not ours");
  write_files(path(""), {{"a.csv", "new"}});
  EXPECT_EQ(contents(), (Contents{{"a.csv", "new"}, {"other", "not ours"}}));
}

TEST_F(WriteFiles, LeavesEverythingAsItWasWhereOneCannotBeWritten) {
  put("a.csv", "old");
  const std::string too_long(300, 'b');  // names end at 255 bytes
  const std::string message = message_of<FileError>([&] {
    write_files(path(""), {{"a.csv", "new"}, {too_long, "new"}});
  });
  EXPECT_EQ(message, path(too_long).string() + " cannot be written: File name too long.");
  EXPECT_EQ(contents(), (Contents{{"a.csv", "old"}}));
}

TEST_F(WriteFiles, RemovesFormerFilesWhenAllIsWritten) {
  put("former.csv", "old");
  put("other", "not ours");
  write_files(path(""), {{"a.csv", "new"}}, {"former.csv", "never-was.csv"});
  EXPECT_EQ(contents(), (Contents{{"a.csv", "new"}, {"other", "not ours"}}));
}

TEST_F(WriteFiles, KeepsFormerFilesWhereNotAllIsWritten) {
  put("former.csv", "old");
  EXPECT_THROW(write_files(path(""), {{std::string(300, 'b'), "new"}}, {"former.csv"}), FileError);
  EXPECT_EQ(contents(), (Contents{{"former.csv", "old"}}));
}

TEST_F(WriteFiles, MakesTheFolderAndTakesItBackWhereItFails) {
  EXPECT_THROW(write_files(path("failed/deep"), {{std::string(300, 'b'), "new"}}), FileError);
  write_files(path("made/deep"), {{"a.csv", "new"}});
  EXPECT_EQ(contents(),
            (Contents{{"made", "(a folder)"}, {"made/deep", "(a folder)"}, {"made/deep/a.csv", "new"}}));
}

TEST_F(WriteFiles, LeavesNoTemporaryFileWhereRenamingFails) {
  fs::create_directories(path("b.csv/full"));  // a file cannot take the place of a folder
  const std::string message = message_of<FileError>([&] {
    write_files(path(""), {{"b.csv", "new"}, {"c.csv", "new"}});
  });
  EXPECT_EQ(message, path("b.csv").string() + " cannot be written: Is a directory.");
  EXPECT_EQ(contents(), (Contents{{"b.csv", "(a folder)"}, {"b.csv/full", "(a folder)"}}));
}

class RequireAbsent : public Folder {};

TEST_F(RequireAbsent, AcceptsAFolderWithOtherFiles) {
  put("other", "");
  EXPECT_NO_THROW(require_absent(path(""), {"a.csv", "b.csv"}));
  EXPECT_NO_THROW(require_absent(path("missing"), {"a.csv"}));
}

TEST_F(RequireAbsent, NamesWhatIsThere) {
  put("b.csv", "");
  EXPECT_EQ(message_of<FileError>([&] {
              require_absent(path(""), {"a.csv", "b.csv"});
            }),
            path("b.csv").string() + " exists already; choose another folder, or --force to overwrite it.");
}

class RequireWritable : public Folder {};

TEST_F(RequireWritable, LeavesNothingInAFolderThatIs) {
  put("other", "");
  require_writable(path(""));
  EXPECT_EQ(contents(), (Contents{{"other", ""}}));
}

TEST_F(RequireWritable, AcceptsAFolderThatCanBeMadeAndDoesNotLeaveIt) {
  require_writable(path("new/and/deep"));
  EXPECT_EQ(contents(), Contents{});
}

TEST_F(RequireWritable, RefusesAFolderInTheFilesPlace) {
  fs::create_directory(path("b.csv"));
  EXPECT_EQ(message_of<FileError>([&] {
              require_writable(path(""), {"a.csv", "b.csv"});
            }),
            path("b.csv").string() + " cannot be overwritten: it is a folder.");
}

TEST_F(RequireWritable, RefusesAFolderBehindAFile) {
  put("file", "");
  const std::string message = message_of<FileError>([&] { require_writable(path("file/folder")); });
  EXPECT_EQ(message, "The folder " + path("file/folder").string() + " cannot be made: Not a directory.");
  EXPECT_EQ(contents(), (Contents{{"file", ""}}));
}

/// Nothing is forbidden to root: where the test runs as root, it is nobody while this lives.
class NotRoot {
 public:
  NotRoot() : was_root_(::geteuid() == 0) {
    constexpr uid_t nobody = 65534;
    if (was_root_ && ::seteuid(nobody) != 0) throw std::runtime_error("root cannot become nobody");
  }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;
  ~NotRoot() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool was_root_;
};

TEST_F(RequireWritable, RefusesAFolderWithoutPermission) {
  constexpr auto look_only = static_cast<fs::perms>(0555);
  fs::create_directory(path("locked"));
  fs::permissions(path("locked"), look_only);
  fs::permissions(path(""), look_only | fs::perms::owner_write);
  const NotRoot not_root;
  EXPECT_EQ(message_of<FileError>([&] { require_writable(path("locked")); }),
            path("locked/ska-probe").string() + " cannot be written: Permission denied.");
  EXPECT_EQ(message_of<FileError>([&] {
              write_files(path("locked"), {{"a.csv", "new"}});
            }),
            path("locked/a.csv").string() + " cannot be written: Permission denied.");
}

TEST_F(RequireWritable, RefusesAFolderThatTakesNoFiles) {
  // Forbidden to root as well: nothing can be made in /proc.
  if (!fs::is_directory("/proc/self")) GTEST_SKIP() << "this system has no /proc";
  EXPECT_NE(message_of<FileError>([] { require_writable("/proc/self"); }), "(nothing was thrown)");
}

}  // namespace
}  // namespace ska::test
