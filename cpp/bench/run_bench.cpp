// Benchmark of the papers' default run, natively. `ska_run_bench THREADS [fast]` prints one line of JSON.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "cli/dataset.h"
#include "core/run.h"
#include "core/team.h"

int main(int argc, char** argv) try {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
  const bool fast = argc > 2 && std::strcmp(argv[2], "fast") == 0;
  const ska::Dataset dataset = ska::load_dataset({});
  ska::Team team;
  const ska::Execution execution{.kernels = (fast ? ska::fast_kernels() : ska::exact_kernels()).back(),
                                 .team = &team,
                                 .threads = threads};
  // The time includes drawing the weights, as PyTorch's time does.
  const auto start = std::chrono::steady_clock::now();
  ska::Run run({}, dataset.batch(), execution);
  while (run.status() == ska::Status::ready) run.step();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  std::printf("{\"kernels\":\"%s\",\"threads\":%d,\"seconds\":%.5f}\n", execution.kernels->name, threads,
              elapsed.count());
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return EXIT_FAILURE;
}
