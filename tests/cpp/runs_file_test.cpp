// Tests the file of a sweep's results: what is dropped, what is refused, and on which file systems it works.
#include "io/runs_file.h"

#include <cerrno>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <vector>

#include <gtest/gtest.h>

#include "file_system.h"
#include "folder.h"
#include "io/files.h"
#include "io/sweep_lines.h"
#include "io/sweep_spec.h"
#include "messages.h"
#include "sweep_of.h"

namespace ska::test {
namespace {

class SweepFile : public Folder {
 protected:
  SweepFile() {
    for (std::size_t run = 0; run < sweep.size(); ++run)
      lines.push_back(failed_line(sweep.run(run), "no reason"));
  }

  /// Opens a file with this content and returns its number of lines.
  std::size_t opened(const std::string& text) {
    put("o", text);
    return RunsFile(path("o"), sweep, false).lines();
  }
  std::string refusal(const std::string& text) {
    return message_of<FileError>([&] { opened(text); });
  }

  const Sweep sweep = sweep_of(R"({"vary":{"seed":[1,2]}})");
  std::vector<std::string> lines;
  const std::string no_end =
      " is no line of a sweep: it has no end. Choose another file, or --force to start anew.";
};

TEST_F(SweepFile, DropsALineThatWasCut) {
  for (std::size_t length = 1; length < lines[1].size(); ++length) {
    EXPECT_EQ(opened(lines[0] + lines[1].substr(0, length)), 1U) << length;
    EXPECT_EQ(contents(), (Contents{{"o", lines[0]}}));
  }
}

TEST_F(SweepFile, DropsALineThatWasCutAndIsAloneOnlyWithAllSettings) {
  const std::size_t settings = beginning_of_line(settings_of(sweep.run(0)).dump()).size();
  for (std::size_t length = 1; length < lines[0].size(); ++length) {
    const std::string cut = lines[0].substr(0, length);
    if (length >= settings) {
      EXPECT_EQ(opened(cut), 0U) << length;
      EXPECT_EQ(contents(), (Contents{{"o", ""}}));
    } else {
      EXPECT_EQ(refusal(cut), path("o").string() + ", line 1," + no_end);
      EXPECT_EQ(contents(), (Contents{{"o", cut}}));
    }
  }
}

TEST_F(SweepFile, KeepsWhatOnlyLooksLikeALine) {
  for (const std::string text : {"{", "{\"run\":{", "{\"run\":{\"precious\":1}}", "my notes", "{ }", "["}) {
    EXPECT_EQ(refusal(text), path("o").string() + ", line 1," + no_end);
    EXPECT_EQ(contents(), (Contents{{"o", text}}));
  }
  const std::string other = lines[0] + "{\"run\":{\"precious\":1}}";
  EXPECT_EQ(refusal(other), path("o").string() + ", line 2," + no_end);
  EXPECT_EQ(contents(), (Contents{{"o", other}}));
}

TEST_F(SweepFile, ReadsALineOnlyUpToTheMostBytesThatOneMayHave) {
  constexpr std::uintmax_t endless = std::uintmax_t{10} << 30;  // a sparse file, which uses no disk space
  put("o", lines[0]);
  fs::resize_file(path("o"), endless);
  EXPECT_EQ(message_of<FileError>([&] { RunsFile(path("o"), sweep, false); }),
            path("o").string() +
                ", line 2, is no line of this sweep: it has more than 67108864 bytes, the most allowed." +
                " Choose another file, or --force to start anew.");
  EXPECT_EQ(fs::file_size(path("o")), endless);
}

TEST_F(SweepFile, ReadsLinesOfEveryLength) {
  // Lines are read in pieces of 65535 bytes.
  for (const std::size_t length : {65534U, 65535U, 65536U, 131069U, 131070U, 131071U}) {
    const std::string empty = failed_line(sweep.run(0), "");
    const std::string line = failed_line(sweep.run(0), std::string(length - (empty.size() - 1), 'x'));
    ASSERT_EQ(line.size(), length + 1);
    EXPECT_EQ(opened(line + lines[1]), 2U) << length;
    EXPECT_EQ(opened(line), 1U) << length;
    EXPECT_EQ(opened(line.substr(0, length)), 0U) << length;
  }
}

TEST_F(SweepFile, FollowsNoPlantedLink) {
  put("victim", "mine");
  for (const char* name : {".o.tmp", ".o.ska-lock"}) {
    fs::create_symlink("victim", path(name));
    if (std::string(name) == ".o.ska-lock") {
      EXPECT_EQ(message_of<FileError>([&] { RunsFile(path("o"), sweep, true); }),
                path("o").string() + " cannot be written: Too many levels of symbolic links.");
      continue;
    }
    RunsFile file(path("o"), sweep, true);
    for (std::size_t run : {1U, 0U}) file.append(run, lines[run], true);
    file.put_in_order();
  }
  EXPECT_EQ(text_of_file(path("victim").string()), "mine");
  EXPECT_EQ(text_of_file(path("o").string()), lines[0] + lines[1]);
}

TEST_F(SweepFile, GoesWhereALinkLeadsThoughNothingIsThereYet) {
  fs::create_directory(path("there"));
  fs::create_symlink("there/runs", path("link"));
  fs::create_symlink(path("link"), path("o"));
  {
    RunsFile file(path("o"), sweep, false);
    for (std::size_t run : {1U, 0U}) file.append(run, lines[run], true);
    file.put_in_order();
  }
  EXPECT_TRUE(fs::is_symlink(path("o")) && fs::is_symlink(path("link")));
  EXPECT_EQ(text_of_file(path("there/runs").string()), lines[0] + lines[1]);
}

TEST_F(SweepFile, KeepsItsPermissions) {
  put("o", "");
  fs::permissions(path("o"), static_cast<fs::perms>(0640));
  RunsFile file(path("o"), sweep, false);
  for (std::size_t run : {1U, 0U}) file.append(run, lines[run], true);
  file.put_in_order();
  EXPECT_EQ(fs::status(path("o")).permissions(), static_cast<fs::perms>(0640));
}

TEST_F(SweepFile, WorksWithoutLocksAndWithoutFsync) {
  for (const int error : {ENOSYS, ENOTSUP, EINVAL}) {
    FileSystem lacking;
    lacking.flock = lacking.fsync = error;
    {
      RunsFile file(path("o"), sweep, true);
      EXPECT_EQ(message_of<FileError>([&] { RunsFile(path("o"), sweep, true); }),
                path("o").string() +
                    " is being written by another sweep; wait for its end, or choose another file. If "
                    "nothing else is "
                    "writing it, remove " +
                    path(".o.ska-lock").string() + ".");
      for (std::size_t run : {1U, 0U}) file.append(run, lines[run], true);
      file.put_in_order();
    }
    EXPECT_EQ(contents(), (Contents{{"o", lines[0] + lines[1]}}));
  }
}

TEST_F(SweepFile, ReportsADiskThatFails) {
  RunsFile file(path("o"), sweep, true);
  FileSystem failing;
  failing.fsync = EIO;
  EXPECT_EQ(message_of<FileError>([&] { file.append(0, lines[0], true); }),
            path("o").string() + " cannot be written: Input/output error.");
}

}  // namespace
}  // namespace ska::test
