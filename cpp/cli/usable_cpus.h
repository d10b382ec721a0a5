// How many CPUs this process may use: CPU affinity and cgroup quota (Linux), else the CPUs of the machine.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace ska {

/// The text of a file, or nothing where it cannot be read.
using ReadText = std::function<std::optional<std::string>(const std::string& path)>;

/// The CPU quota of the process's cgroup and of every cgroup above it, the smallest of them, rounded up to
/// whole CPUs and at least 1; nothing where none is set. Reads cgroup v2 (cpu.max) and v1 (cpu.cfs_quota_us).
std::optional<int> cgroup_cpus(const ReadText& read);

/// The CPUs that this process may use, at least 1.
int usable_cpus();

}  // namespace ska
