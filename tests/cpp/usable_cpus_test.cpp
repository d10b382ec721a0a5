// Tests the number of usable CPUs for given contents of the cgroup files.
#include "cli/usable_cpus.h"

#include <map>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace ska::test {
namespace {

using Files = std::map<std::string, std::string>;

std::optional<int> cpus_by(const Files& files) {
  return cgroup_cpus([&](const std::string& path) -> std::optional<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  });
}

/// A process in cgroup `path` of a v2 hierarchy.
Files v2(const std::string& path, Files limits) {
  limits["/proc/self/cgroup"] = "0::" + path + "\n";
  limits["/proc/self/mountinfo"] =
      "24 30 0:22 / /proc rw,nosuid shared:12 - proc proc rw\n"
      "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";
  return limits;
}

/// A process in cgroup `path` of a v1 hierarchy whose cgroup `root` is mounted.
Files v1(const std::string& path, const std::string& root, Files limits) {
  limits["/proc/self/cgroup"] = "9:memory:/elsewhere\n3:cpu,cpuacct:" + path + "\n2:cpuset:/\n0::/\n";
  limits["/proc/self/mountinfo"] =
      "36 31 0:33 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
      "34 31 0:31 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
      "33 31 0:29 " +
      root + " /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n";
  return limits;
}

constexpr const char* v1_folder = "/sys/fs/cgroup/cpu,cpuacct";

Files v1_limit(const std::string& path, const std::string& quota, const std::string& period) {
  return {{v1_folder + path + "/cpu.cfs_quota_us", quota}, {v1_folder + path + "/cpu.cfs_period_us", period}};
}

TEST(CgroupCpus, AreUnlimitedWithoutAQuota) {
  EXPECT_EQ(cpus_by({}), std::nullopt);
  EXPECT_EQ(cpus_by(v2("/", {})), std::nullopt) << "the root cgroup has no cpu.max";
  EXPECT_EQ(cpus_by(v2("/", {{"/sys/fs/cgroup/cpu.max", "max 100000\n"}})), std::nullopt);
  EXPECT_EQ(cpus_by(v1("/", "/", v1_limit("", "-1\n", "100000\n"))), std::nullopt);
}

TEST(CgroupCpus, AreTheQuotaRoundedUp) {
  const auto cpus = [](const std::string& text) {
    return cpus_by(v2("/", {{"/sys/fs/cgroup/cpu.max", text}}));
  };
  EXPECT_EQ(cpus("200000 100000\n"), 2);
  EXPECT_EQ(cpus("150000 100000\n"), 2);
  EXPECT_EQ(cpus("1000 100000\n"), 1);
  EXPECT_EQ(cpus("50000 20000\n"), 3);
  EXPECT_EQ(cpus_by(v1("/", "/", v1_limit("", "250000\n", "100000\n"))), 3);
}

TEST(CgroupCpus, AreTheSmallestQuotaFromTheProcessUpToTheRoot) {
  const std::string top = "/sys/fs/cgroup/a/cpu.max", middle = "/sys/fs/cgroup/a/b/cpu.max",
                    own = "/sys/fs/cgroup/a/b/c d/cpu.max", other = "/sys/fs/cgroup/z/cpu.max";
  const std::string one = "100000 100000\n", four = "400000 100000\n", none = "max 100000\n";
  const auto cpus = [](const Files& limits) { return cpus_by(v2("/a/b/c d", limits)); };
  EXPECT_EQ(cpus({{top, one}, {middle, four}, {own, none}}), 1);
  EXPECT_EQ(cpus({{top, four}, {middle, one}, {own, none}}), 1);
  EXPECT_EQ(cpus({{top, none}, {middle, four}, {own, one}}), 1);
  EXPECT_EQ(cpus({{own, four}}), 4) << "the levels above have no file";
  EXPECT_EQ(cpus({{other, one}}), std::nullopt);
  Files limits = v1_limit("/a", "100000\n", "100000\n");
  limits.merge(v1_limit("/a/b", "-1\n", "100000\n"));
  EXPECT_EQ(cpus_by(v1("/a/b", "/", limits)), 1);
}

TEST(CgroupCpus, OfAContainerAreAtTheMountPoint) {
  // Without a cgroup namespace the container sees the host's path, with its own cgroup mounted.
  const Files limits = v1_limit("", "300000\n", "100000\n");
  EXPECT_EQ(cpus_by(v1("/docker/0a1b", "/docker/0a1b", limits)), 3);
  EXPECT_EQ(cpus_by(v1("/docker/other", "/docker/0a1b", limits)), 3);
  EXPECT_EQ(cpus_by(v1("/docker/0a1bc", "/docker/0a1b", limits)), 3);
  Files below = limits;
  below.merge(v1_limit("/job", "100000\n", "100000\n"));
  EXPECT_EQ(cpus_by(v1("/docker/0a1b/job", "/docker/0a1b", below)), 1);
  // With a namespace, a process that was moved out of it has a path that starts with "/..".
  EXPECT_EQ(cpus_by(v2("/../other", {{"/sys/fs/cgroup/cpu.max", "200000 100000\n"}})), 2);
}

TEST(CgroupCpus, AreTheSmallerOfBothVersionsSideBySide) {
  Files files = v1("/", "/", v1_limit("", "300000\n", "100000\n"));
  files["/proc/self/mountinfo"] += "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
  EXPECT_EQ(cpus_by(files), 3);
  files["/sys/fs/cgroup/unified/cpu.max"] = "100000 100000\n";
  EXPECT_EQ(cpus_by(files), 1);
}

TEST(CgroupCpus, OfAMountPointWithASpace) {
  EXPECT_EQ(cpus_by({{"/proc/self/cgroup", "0::/\n"},
                     {"/proc/self/mountinfo", "35 24 0:30 / /mnt/my\\040groups rw - cgroup2 none rw\n"},
                     {"/mnt/my groups/cpu.max", "100000 100000\n"}}),
            1);
}

TEST(CgroupCpus, IgnoreFilesThatMakeNoSense) {
  for (const std::string text : {"", "\n", "max", "x 100000\n", "100000\n", "100000 0\n", "0 100000\n",
                                 "-5 100000\n", "99999999999999999999 100000\n", " "}) {
    EXPECT_EQ(cpus_by(v2("/", {{"/sys/fs/cgroup/cpu.max", text}})), std::nullopt) << text;
  }
  EXPECT_EQ(cpus_by(v2("/", {{"/sys/fs/cgroup/cpu.max", "9223372036854775807 1\n"}})), 1'000'000);
  for (const std::string text : {"", "0", "::", "0:", "0::", "\n\n", "0::relative", "3:cpu"}) {
    Files files = v2("/", {{"/sys/fs/cgroup/cpu.max", "100000 100000\n"}});
    files["/proc/self/cgroup"] = text;
    cpus_by(files);  // must not hang or crash
  }
  for (const std::string text : {"", "-", "- cgroup2 a b", "1 2 3 4 5 - cgroup2", " - \n - - - -"}) {
    Files files = v2("/", {});
    files["/proc/self/mountinfo"] = text;
    EXPECT_EQ(cpus_by(files), std::nullopt) << text;
  }
}

TEST(UsableCpus, AreAtLeastOne) { EXPECT_GE(usable_cpus(), 1); }

}  // namespace
}  // namespace ska::test
