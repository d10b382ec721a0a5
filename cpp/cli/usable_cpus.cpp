#include "cli/usable_cpus.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string_view>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <cerrno>
#include <sched.h>
#endif

namespace ska {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

bool has(const std::string& list, std::string_view name) {
  const std::vector<std::string> names = split(list, ',');
  return std::ranges::find(names, name) != names.end();
}

/// A mounted cgroup hierarchy, as seen by this process.
struct Mount {
  bool v2 = false;
  std::string root;   ///< the cgroup that is mounted
  std::string point;  ///< the mount point
};

/// Decodes the octal escapes of mountinfo, such as \040 for a space.
std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int code = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '\\' && i + 3 < text.size() &&
        std::from_chars(digits, digits + 3, code, 8).ptr == digits + 3) {
      plain += static_cast<char>(code);
      i += 3;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

/// The mounts that can limit CPU time. A line of mountinfo is
/// `31 23 0:28 ROOT POINT OPTIONS [OPTIONAL …] - TYPE SOURCE SUPER_OPTIONS`.
std::vector<Mount> cpu_mounts(const std::string& mountinfo) {
  std::vector<Mount> mounts;
  for (const std::string& line : split(mountinfo, '\n')) {
    const std::vector<std::string> words = split(line, ' ');
    const auto dash = std::ranges::find(words, "-");
    if (words.size() < 5 || words.end() - dash < 4) continue;
    const bool v2 = dash[1] == "cgroup2";
    if (!v2 && !(dash[1] == "cgroup" && has(dash[3], "cpu"))) continue;
    mounts.push_back({.v2 = v2, .root = unescaped(words[3]), .point = unescaped(words[4])});
  }
  return mounts;
}

/// The cgroup of this process in a hierarchy. A line of /proc/self/cgroup is `NUMBER:CONTROLLERS:PATH`; in v2
/// the controllers are empty.
std::optional<std::string> own_cgroup(const std::string& cgroups, bool v2) {
  for (const std::string& line : split(cgroups, '\n')) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (v2 ? controllers.empty() : has(controllers, "cpu")) return line.substr(second + 1);
  }
  return std::nullopt;
}

/// The path of the cgroup below the mount point; "" for the mount point itself. If a container sees the
/// host's path, or a path outside of the mount, its own cgroup is at the mount point.
std::string path_below(const std::string& cgroup, const std::string& root) {
  std::string path = cgroup;
  if (root != "/") {
    if (path != root && !path.starts_with(root + "/")) return "";
    path = path.substr(root.size());
  }
  if (!path.starts_with('/') || path == "/" || path.find("/..") != std::string::npos) return "";
  return path;
}

std::optional<double> number_in(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const char* const begin = text->data();
  if (std::from_chars(begin, begin + text->size(), number).ec != std::errc()) return std::nullopt;
  return static_cast<double>(number);
}

/// The quota of one cgroup divided by its period; empty if it has no quota.
std::optional<double> quota(const ReadText& read, const std::string& folder, bool v2) {
  std::optional<double> time, period;
  if (v2) {  // `max 100000`, or `150000 100000`
    const std::string text = read(folder + "/cpu.max").value_or("max");
    const std::size_t space = text.find(' ');
    if (space == std::string::npos) return std::nullopt;
    time = number_in(text.substr(0, space));
    period = number_in(text.substr(space + 1));
  } else {  // −1 stands for no quota
    time = number_in(read(folder + "/cpu.cfs_quota_us"));
    period = number_in(read(folder + "/cpu.cfs_period_us"));
  }
  if (!time || !period || *time <= 0 || *period <= 0) return std::nullopt;
  return *time / *period;
}

#if defined(__linux__)

/// The text of a file in /proc or /sys. Their size is not known in advance.
std::optional<std::string> text_of_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return std::nullopt;
  return text.str();
}

/// The number of CPUs in the affinity mask; empty if the system does not report it.
std::optional<int> affinity_cpus() {
  constexpr std::size_t most = 1 << 16;
  for (std::size_t cpus = 1024; cpus <= most; cpus *= 2) {  // the kernel's mask may be larger than cpu_set_t
    std::vector<cpu_set_t> set(cpus / CPU_SETSIZE);
    const std::size_t bytes = set.size() * sizeof(cpu_set_t);
    if (::sched_getaffinity(0, bytes, set.data()) == 0) return CPU_COUNT_S(bytes, set.data());
    if (errno != EINVAL) break;
  }
  return std::nullopt;
}

#endif

}  // namespace

std::optional<int> cgroup_cpus(const ReadText& read) {
  const auto cgroups = read("/proc/self/cgroup");
  const auto mountinfo = read("/proc/self/mountinfo");
  if (!cgroups || !mountinfo) return std::nullopt;
  std::optional<double> least;
  for (const Mount& mount : cpu_mounts(*mountinfo)) {
    const auto cgroup = own_cgroup(*cgroups, mount.v2);
    if (!cgroup) continue;
    std::string path = path_below(*cgroup, mount.root);
    while (true) {
      if (const auto cpus = quota(read, mount.point + path, mount.v2))
        least = std::min(*cpus, least.value_or(*cpus));
      if (path.empty()) break;
      path.resize(path.rfind('/'));
    }
  }
  if (!least) return std::nullopt;
  constexpr double most = 1e6;  // fits into an int
  return static_cast<int>(std::ceil(std::min(*least, most)));
}

int usable_cpus() {
  int cpus = static_cast<int>(std::thread::hardware_concurrency());
#if defined(__linux__)
  cpus = affinity_cpus().value_or(cpus);
  cpus = std::min(cpus, cgroup_cpus(text_of_file).value_or(cpus));
#endif
  return std::max(cpus, 1);
}

}  // namespace ska
