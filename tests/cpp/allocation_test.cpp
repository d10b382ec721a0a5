// Checks that a step does not allocate: all memory is allocated when the run is created.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/history.h"
#include "core/run.h"
#include "fixtures.h"

// The linker redirects calls of these functions in the program's objects and archives to __wrap_…
// (CMakeLists.txt: --wrap), which counts them and passes them on. A shared C++ library allocates without
// these wrappers, so operator new is replaced as well.
namespace {
std::atomic<std::int64_t> allocations = 0;  // threads may allocate too
}

extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): the linker gives these names
void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_realloc(void* memory, std::size_t size);
void* __real_aligned_alloc(std::size_t alignment, std::size_t size);
int __real_posix_memalign(void** memory, std::size_t alignment, std::size_t size);

void* __wrap_malloc(std::size_t size) {
  ++allocations;
  return __real_malloc(size);
}
void* __wrap_calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __real_calloc(count, size);
}
void* __wrap_realloc(void* memory, std::size_t size) {
  ++allocations;
  return __real_realloc(memory, size);
}
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __real_aligned_alloc(alignment, size);
}
int __wrap_posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  ++allocations;
  return __real_posix_memalign(memory, alignment, size);
}
// NOLINTEND(bugprone-reserved-identifier)
}

// If these were inlined, the compiler would see memory from new that is freed by free.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = __real_malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  void* memory = nullptr;
  if (__real_posix_memalign(&memory, static_cast<std::size_t>(alignment), size) == 0) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace ska::test {
namespace {

using SkaRun = ska::Run;  // inside a test, Run would name testing::Test::Run

template <class Work>
std::int64_t allocations_of(const Work& work) {
  const std::int64_t before = allocations;
  work();
  return allocations - before;
}

/// Keeps the optimiser from removing an unused allocation.
void use(void* memory) {
  static void* volatile sink;
  sink = memory;
  (void)sink;
}

TEST(Counter, CountsEveryWayToAllocate) {
  EXPECT_EQ(allocations_of([] {}), 0);
  // At least one: in a statically linked C library one function may allocate through another.
  const auto once = [](void* (*make)()) {
    return allocations_of([&] {
      void* const memory = make();
      use(memory);
      std::free(memory);
    });
  };
  EXPECT_GE(once([] { return std::malloc(10); }), 1);
  EXPECT_GE(once([] { return std::calloc(2, 5); }), 1);
  EXPECT_GE(once([] { return std::realloc(nullptr, 10); }), 1);
  EXPECT_GE(once([] { return std::aligned_alloc(64, 64); }), 1);
  EXPECT_GE(once([] {
              void* memory = nullptr;
              return posix_memalign(&memory, 64, 10) == 0 ? memory : nullptr;
            }),
            1);
}

TEST(Counter, CountsWhatCppAllocates) {
  EXPECT_EQ(allocations_of([] { use(std::vector<int>(10).data()); }), 1);
  struct alignas(64) Aligned {
    char bytes[64];
  };
  EXPECT_EQ(allocations_of([] { use(std::vector<Aligned>(10).data()); }), 1);
}

TEST(Counter, CountsWhatEigenAllocates) {
  EXPECT_EQ(allocations_of([] { use(Matrix(10, 10).data()); }), 1);
  // A product needs packing buffers. Up to 128 KB they are on the stack, so the matrices are large.
  const Matrix a = Matrix::Ones(400, 400), b = Matrix::Ones(400, 400);
  Matrix c = Matrix::Zero(400, 400);
  EXPECT_GT(allocations_of([&] { c.noalias() += a * b; }), 0);
}

struct Sizes {
  std::int64_t samples, features;
  std::vector<std::int64_t> layers;
  double lit;  // fraction of nonzero pixels; selects the sparse or the dense code path
  int threads;
};

#if defined(__EMSCRIPTEN__)
constexpr int kThreads = 1;  // WebAssembly tests have no threads
#else
constexpr int kThreads = 2;
#endif

class Step : public testing::TestWithParam<Sizes> {};

TEST_P(Step, AllocatesNothing) {
  const auto& [samples, features, layers, lit, threads] = GetParam();
  const std::vector<std::uint8_t> pixels =
      random_pixels(static_cast<std::size_t>(samples * features), 51, lit);
  Team team;
  SkaRun run({.layers = layers, .steps = 4}, {.pixels = pixels, .samples = samples, .features = features},
             {.team = &team, .threads = threads});
  History history(run.layout(), 4);
  for (int k = 0; k < 4; ++k) {
    // This includes the first step: the constructor allocates everything.
    EXPECT_EQ(allocations_of([&] { history.append(run.step()); }), 0) << "step " << k;
  }
  run.forget();
  EXPECT_EQ(allocations_of([&] { run.step(); }), 0) << "after forgetting";
}

INSTANTIATE_TEST_SUITE_P(Shapes, Step,
                         testing::Values(Sizes{1, 1, {1}, 1, 1}, Sizes{37, 13, {5, 3, 2}, 1, 1},
                                         Sizes{101, 784, {33, 17, 5}, 0.2, 1},
                                         Sizes{999, 784, {256, 128, 64, 10}, 1, 1},
                                         Sizes{1000, 784, {256, 128, 64, 10}, 0.2, 1},
                                         Sizes{998, 784, {256, 128, 64, 10}, 0.2, kThreads}),
                         [](const auto& test) { return std::to_string(test.param.samples) + "Samples"; });

}  // namespace
}  // namespace ska::test
