#include "cli/signals.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <vector>

#include "core/text.h"

namespace ska {
namespace {

const char* const kVariable = "SKA_IGNORED_SIGNALS";

struct Named {
  int signal;
  const char* name;
};
constexpr std::array kSignals{Named{SIGINT, "SIGINT"}, Named{SIGTERM, "SIGTERM"}, Named{SIGHUP, "SIGHUP"},
                              Named{SIGPIPE, "SIGPIPE"}};

std::atomic<int> asked{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void ask_for_end(int signal) {
  int none = 0;
  asked.compare_exchange_strong(none, signal);  // keep the first signal as the reason
}

bool is_ignored(int signal) {
  struct sigaction current {};
  return ::sigaction(signal, nullptr, &current) == 0 && current.sa_handler == SIG_IGN;
}

}  // namespace

void catch_end_signals() {
  for (const auto& [signal, name] : kSignals) {
    if (is_ignored(signal)) continue;
    struct sigaction action {};
    action.sa_handler = ask_for_end;
    // After SIGPIPE further writes fail before the work stops. Another SIGPIPE must not kill the process.
    action.sa_flags = SA_RESTART | (signal == SIGPIPE ? 0 : static_cast<int>(SA_RESETHAND));
    ::sigaction(signal, &action, nullptr);
  }
}

int end_signal() { return asked; }

const char* name_of_signal(int signal) {
  for (const auto& [each, name] : kSignals) {
    if (each == signal) return name;
  }
  return "a signal";
}

void export_ignored_signals() {
  std::vector<std::string> ignored;
  for (const auto& [signal, name] : kSignals) {
    if (signal != SIGPIPE && is_ignored(signal)) ignored.emplace_back(name);  // Node ignores SIGPIPE itself
  }
  ::setenv(kVariable, joined(ignored, ",").c_str(), 1);
}

void ignore_exported_signals() {
  const char* const names = std::getenv(kVariable);
  if (names == nullptr) return;
  const std::string between = sentence(",", names, ",");
  for (const auto& [signal, name] : kSignals) {
    if (between.find(sentence(",", name, ",")) != std::string::npos) std::signal(signal, SIG_IGN);
  }
}

}  // namespace ska
