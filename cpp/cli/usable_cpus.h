// The number of CPUs this process may use: CPU affinity and cgroup quota on Linux, else all CPUs.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace ska {

/// Returns the text of a file, or nothing if it cannot be read.
using ReadText = std::function<std::optional<std::string>(const std::string& path)>;

/// The smallest CPU quota of the process's cgroup and all cgroups above it, rounded up to whole CPUs, at
/// least 1; empty if no quota is set. Reads cgroup v2 (cpu.max) and v1 (cpu.cfs_quota_us).
std::optional<int> cgroup_cpus(const ReadText& read);

/// The number of CPUs this process may use, at least 1.
int usable_cpus();

}  // namespace ska
