// Tests that a result is written completely or not at all, and never overwrites other files.
#include "io/result_folder.h"

#include <cerrno>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "file_system.h"
#include "folder.h"
#include "io/files.h"
#include "io/former_result.h"
#include "messages.h"

namespace ska::test {
namespace {

const std::vector<std::string> kNames{"a.csv", "b.csv", "run.json"};
const std::vector<TextFile> kFiles{{"a.csv", "1\n"}, {"run.json", "{}"}};
const Contents kWritten{{"a.csv", "1\n"}, {"run.json", "{}"}};
const std::string kTooLong(300, 'b');  // file names have at most 255 bytes
const char* const kWayOut = " exists already; choose another folder, or --force to overwrite it.";

/// Accepts a file as part of a former result if its content is "old".
bool is_old(const fs::path& folder, const std::string& name) {
  return text_of_file((folder / name).string()) == "old";
}

class Results : public Folder {
 protected:
  void write(const std::string& folder, const std::vector<TextFile>& files = kFiles,
             const std::optional<ResultFolder::Proof>& replaceable = {}) const {
    ResultFolder(path(folder), kNames, replaceable).write(files);
  }
  std::string refusal(const std::string& folder, const std::vector<TextFile>& files = kFiles,
                      const std::optional<ResultFolder::Proof>& replaceable = {}) const {
    return message_of<FileError>([&] { write(folder, files, replaceable); });
  }
  /// The files in one folder.
  Contents contents_of(const std::string& folder) const {
    Contents found;
    for (const auto& [name, content] : contents()) {
      if (name.starts_with(folder + "/")) found[name.substr(folder.size() + 1)] = content;
    }
    return found;
  }
};

TEST_F(Results, AreEveryFileAndNothingElse) {
  const std::vector<TextFile> files{{"a.csv", "1\n"}, {"b.csv", std::string(1'000'000, 'x')}, {"empty", ""}};
  const Contents all{{"a.csv", "1\n"}, {"b.csv", std::string(1'000'000, 'x')}, {"empty", ""}};
  fs::create_directory(path("there"));
  for (const char* folder : {"new", "there", "with/others/above"}) {
    write(folder, files);
    EXPECT_EQ(contents_of(folder), all) << folder;
  }
  EXPECT_EQ(contents().size(), 3 * 3 + 5) << "nothing beside them";
}

TEST_F(Results, HaveThePermissionsOfAnyNewFolderAndFile) {
  fs::create_directory(path("usual"));
  put("file", "");
  write("new");
  EXPECT_EQ(fs::status(path("new")).permissions(), fs::status(path("usual")).permissions());
  EXPECT_EQ(fs::status(path("new/a.csv")).permissions(), fs::status(path("file")).permissions());
}

TEST_F(Results, KeepOtherFilesInTheFolder) {
  put("other", "not ours");
  write("");
  EXPECT_EQ(contents(), (Contents{{"a.csv", "1\n"}, {"other", "not ours"}, {"run.json", "{}"}}));
}

TEST_F(Results, TakeNoNameThatIsThere) {
  put("b.csv", "old");
  EXPECT_EQ(refusal(""), path("b.csv").string() + kWayOut);
  fs::remove(path("b.csv"));
  fs::create_symlink("nowhere", path("b.csv"));
  EXPECT_EQ(refusal(""), path("b.csv").string() + kWayOut);
}

TEST_F(Results, ReplaceWhatIsProven) {
  put("a.csv", "old");
  put("b.csv", "old");
  put("other", "not ours");
  write("", kFiles, is_old);
  EXPECT_EQ(contents(), (Contents{{"a.csv", "1\n"}, {"other", "not ours"}, {"run.json", "{}"}}));
}

TEST_F(Results, ReplaceNothingElse) {
  put("a.csv", "old");
  put("b.csv", "mine");
  EXPECT_EQ(
      refusal("", kFiles, is_old),
      path("b.csv").string() +
          " is not of a result that ska wrote, so --force does not overwrite it; choose another folder.");
  EXPECT_EQ(contents(), (Contents{{"a.csv", "old"}, {"b.csv", "mine"}}));
}

TEST_F(Results, ReplaceNoFolder) {
  fs::create_directories(path("b.csv/full"));
  EXPECT_EQ(refusal("", kFiles, is_old), path("b.csv").string() + " cannot be overwritten: it is a folder.");
  EXPECT_EQ(contents(), (Contents{{"b.csv", "(a folder)"}, {"b.csv/full", "(a folder)"}}));
}

TEST_F(Results, LeaveEverythingAsItWasWhereOneCannotBeWritten) {
  put("there/none", "");  // does nothing: the folder does not exist
  fs::create_directory(path("there"));
  put("there/a.csv", "old");
  put("there/other", "not ours");
  const Contents before = contents();
  for (const char* folder : {"there", "new", "new/and/deep"}) {
    EXPECT_EQ(refusal(folder, {{"a.csv", "new"}, {kTooLong, "new"}}, is_old),
              (path(folder) / kTooLong).string() + " cannot be written: File name too long.");
    EXPECT_EQ(contents(), before) << folder;
  }
}

TEST_F(Results, LeaveTheFormerOnesWhereTheNewCannotTakeTheirPlace) {
  put("a.csv", "old");
  put("run.json", "old");
  put("c.csv", "mine");  // not among the names of a result, so it is only found when the new files are moved
  EXPECT_EQ(refusal("", {{"a.csv", "new"}, {"c.csv", "new"}, {"run.json", "new"}}, is_old),
            path("c.csv").string() + kWayOut);
  EXPECT_EQ(contents(), (Contents{{"a.csv", "old"}, {"c.csv", "mine"}, {"run.json", "old"}}));
}

TEST_F(Results, LeaveWhatChangedMeanwhile) {
  put("a.csv", "old");
  ResultFolder result(path(""), kNames, is_old);
  put("a.csv", "mine");
  EXPECT_EQ(message_of<FileError>([&] { result.write(kFiles); }),
            path("a.csv").string() + " was changed by another program meanwhile.");
  EXPECT_EQ(contents(), (Contents{{".ska-lock", ""}, {"a.csv", "mine"}}));
}

TEST_F(Results, GoWhereALinkLeads) {
  fs::create_directory(path("there"));
  fs::create_symlink("there", path("link"));
  fs::create_symlink("new", path("dangling"));
  write("link");
  write("dangling");
  EXPECT_EQ(contents_of("there"), kWritten);
  EXPECT_EQ(contents_of("new"), kWritten);
  EXPECT_TRUE(fs::is_symlink(path("link")) && fs::is_symlink(path("dangling")));
}

TEST_F(Results, AreNotLostWhereFoldersComeAndGoMeanwhile) {
  ResultFolder removed(path("one/deep"), kNames, {});
  fs::remove_all(path("one"));
  removed.write(kFiles);
  EXPECT_EQ(contents_of("one/deep"), kWritten);

  ResultFolder made(path("two"), kNames, {});
  fs::create_directory(path("two"));
  put("two/notes", "mine");
  made.write(kFiles);
  Contents both = kWritten;
  both["notes"] = "mine";
  EXPECT_EQ(contents_of("two"), both);
}

/// Two commands with the same folder, which is new or contains other files.
class TwoResults : public Results, public testing::WithParamInterface<bool> {
 protected:
  TwoResults() {
    if (GetParam()) fs::create_directory(path("o"));
    if (GetParam()) put("o/notes", "mine");
  }
  Contents expected() const {
    Contents all = kWritten;
    if (GetParam()) all["notes"] = "mine";
    return all;
  }
};

TEST_P(TwoResults, AreRefusedWhileOneIsBeingWritten) {
  const std::string busy = "The folder " + path("o").string() +
                           " is being written by another run; wait for its end, or choose another folder.";
  ResultFolder first(path("o"), kNames, {});
  EXPECT_EQ(refusal("o"), busy);
  EXPECT_EQ(refusal("o", kFiles, is_old), busy);
  first.write(kFiles);
  EXPECT_EQ(contents_of("o").count("run.json"), 1U);
}

TEST_P(TwoResults, OneOfThemGetsInEvenWithoutLocks) {
  ResultFolder first(path("o"), kNames, {});
  for (const char* lock : {".o.ska-lock", "o/.ska-lock"}) fs::remove(path(lock));  // simulates missing locks
  ResultFolder second(path("o"), kNames, {});
  second.write({{"b.csv", "other"}, {"run.json", "other"}});
  EXPECT_EQ(message_of<FileError>([&] { first.write(kFiles); }), path("o/b.csv").string() + kWayOut);
  const Contents after = contents_of("o");
  EXPECT_EQ(after.count("a.csv"), 0U);
  EXPECT_EQ(after.at("b.csv"), "other");
  EXPECT_EQ(after.at("run.json"), "other");
}

TEST_P(TwoResults, ComeOneAfterTheOtherWithForce) {
  write("o", {{"b.csv", "old"}, {"run.json", "old"}});
  write("o", kFiles, is_old);
  EXPECT_EQ(contents_of("o"), expected());
}

TEST_P(TwoResults, WorkOnFileSystemsThatLackEverything) {
  for (const int error : {ENOSYS, ENOTSUP, EINVAL}) {
    FileSystem lacking;
    lacking.flock = lacking.fsync = lacking.renameat2 = error;
    lacking.link = error == EINVAL ? EPERM : error;  // FAT reports EPERM
    {
      const ResultFolder first(path("o"), kNames, {});
      const std::string lock = path(GetParam() ? "o/.ska-lock" : ".o.ska-lock").string();
      EXPECT_EQ(refusal("o"), "The folder " + path("o").string() +
                                  " is being written by another run; wait for its end, or choose another "
                                  "folder. If nothing else is "
                                  "writing it, remove " +
                                  lock + ".");
    }
    write("o");
    EXPECT_EQ(contents_of("o"), expected());
    EXPECT_EQ(refusal("o"), path("o/a.csv").string() + kWayOut);
    for (const char* name : {"a.csv", "run.json"}) fs::remove(path("o") / name);
    if (!GetParam()) fs::remove(path("o"));
  }
}

INSTANTIATE_TEST_SUITE_P(Folders, TwoResults, testing::Bool(),
                         [](const auto& each) { return each.param ? "ThatIsThere" : "ThatIsNew"; });

TEST_F(Results, AreRefusedWhereTheDiskFails) {
  FileSystem failing;
  failing.fsync = EIO;
  EXPECT_EQ(refusal("o"), path("o/a.csv").string() + " cannot be written: Input/output error.");
  failing.fsync = 0;
  failing.flock = EIO;
  EXPECT_EQ(refusal("o"), "The folder " + path("o").string() + " cannot be made: Input/output error.");
}

TEST_F(Results, TakeOverTheLockOfAKilledCommand) {
  put(".o.ska-lock", "");
  write("o");
  EXPECT_EQ(contents_of("o"), kWritten);
  EXPECT_FALSE(fs::exists(path(".o.ska-lock")));
}

TEST_F(Results, TakeNothingElseForALock) {
  const auto refused = [&] { return refusal("o"); };
  const std::string lock = path(".o.ska-lock").string();
  put(".o.ska-lock", "mine");
  EXPECT_EQ(refused(), lock + " is no lock of ska; move it to another place.");
  EXPECT_EQ(contents(), (Contents{{".o.ska-lock", "mine"}}));
  fs::remove(lock);
  put("victim", "");
  fs::create_symlink("victim", lock);
  EXPECT_EQ(refused(),
            "The folder " + path("o").string() + " cannot be made: Too many levels of symbolic links.");
  EXPECT_TRUE(fs::is_symlink(lock));
}

TEST_F(Results, CanHaveALongName) {
  const std::string longest(255, 'o');
  write(longest);
  EXPECT_EQ(contents_of(longest), kWritten);
}

TEST_F(Results, AreRefusedBehindAFile) {
  put("file", "");
  for (const char* folder : {"file", "file/folder"}) {
    EXPECT_EQ(refusal(folder), "The folder " + path(folder).string() + " cannot be made: Not a directory.");
  }
  EXPECT_EQ(contents(), (Contents{{"file", ""}}));
}

TEST_F(Results, AreRefusedWithoutPermission) {
  constexpr auto look_only = static_cast<fs::perms>(0555);
  fs::create_directory(path("locked"));
  fs::permissions(path("locked"), look_only);
  fs::permissions(path(""), look_only | fs::perms::owner_write);
  const NotRoot not_root;
  const std::string reason = ": Permission denied.";
  EXPECT_EQ(refusal("locked"), "The folder " + path("locked").string() + " cannot be written" + reason);
  // The message gives the error of the first folder that cannot be created, not that of the last.
  for (const char* folder : {"locked/o", "locked/very/deep"})
    EXPECT_EQ(refusal(folder), "The folder " + path(folder).string() + " cannot be made" + reason);
}

TEST_F(Results, AreRefusedWhereNoFilesCanBe) {
  // Even root cannot create files in /proc.
  if (!fs::is_directory("/proc/self")) GTEST_SKIP() << "this system has no /proc";
  EXPECT_NE(message_of<FileError>([] { ResultFolder("/proc/self", kNames, {}); }), "(nothing was thrown)");
}

// ---- recognising a former result ------------------------------------------------------------

const std::string kRunJson = R"({"program":"ska","config":{"layers":[5,3],"steps":3}})";

class FormerResult : public Folder {
 protected:
  bool is_former(const std::string& name, const std::string& content) const {
    put(name, content);
    return is_of_former_result(path(""), name);
  }
};

TEST_F(FormerResult, IsOneWithARunJsonOfOurs) {
  EXPECT_TRUE(is_former("run.json", kRunJson));
  EXPECT_TRUE(is_former("entropy_history.csv", ",K=1,K=2\nLayer 1,0.5,0.5\n"));
  EXPECT_TRUE(is_former("frobenius_history.csv", ",K=1,K=2,K=3\nLayer 1,1.0,1.0,1.0\n"));
  EXPECT_TRUE(is_former("entropy_history.csv", "\nLayer 1\n"));  // from the page, paused after the first step
  EXPECT_TRUE(is_former("output_neuron_activation.csv", "Step,Neuron 0,Neuron 1,Neuron 2\n0,0.5,0.5,0.5\n"));
  EXPECT_TRUE(is_former("history.json", R"({"frobenius_history":[[1.0]]})"));
}

TEST_F(FormerResult, IsNoneOfAnotherShape) {
  put("run.json", kRunJson);
  for (const char* text : {"", "mine", ",K=1,K=2", ",K=1,K=2,K=3,K=4\nLayer 1,", ",K=1,K=3\nLayer 1,",
                           ",K=1,K\nLayer 1,", ",K=1,K=2\nmine"})
    EXPECT_FALSE(is_former("entropy_history.csv", text)) << text;
  EXPECT_FALSE(is_former("output_neuron_activation.csv", "Step,Neuron 0\n0,0.5\n"));
  EXPECT_FALSE(is_former("history.json", "{}"));
  EXPECT_FALSE(is_former("other.csv", ",K=1,K=2\nLayer 1,0.5,0.5\n"));
}

TEST_F(FormerResult, IsNoneWithoutARunJsonOfOurs) {
  // The papers' notebook writes files with these names and this layout.
  const std::string history = ",K=1,K=2\nLayer 1,0.5,0.5\n";
  EXPECT_FALSE(is_former("entropy_history.csv", history));
  const std::string deep(100'000, '[');
  for (const std::string& other :
       {std::string("{}"), std::string(), std::string("[1]"), std::string(R"({"program":"npm"})"), deep,
        std::string(R"({"program":"ska"})"),
        std::string(R"({"program":"ska","config":{"layers":[],"steps":3}})"),
        std::string(R"({"program":"ska","config":{"layers":["x"],"steps":3}})"),
        std::string(R"({"program":"ska","config":{"layers":[3],"steps":1e300}})"),
        std::string(R"({"program":"ska","config":{"layers":[3],"steps":-1}})")}) {
    EXPECT_FALSE(is_former("run.json", other)) << other.substr(0, 80);
    EXPECT_FALSE(is_former("entropy_history.csv", history)) << other.substr(0, 80);
  }
}

TEST_F(FormerResult, IsNoLink) {
  put("elsewhere", kRunJson);
  fs::create_symlink("elsewhere", path("run.json"));
  EXPECT_FALSE(is_of_former_result(path(""), "run.json"));
}

}  // namespace
}  // namespace ska::test
