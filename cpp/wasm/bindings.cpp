// What does the WebAssembly module offer? This list.
#include <malloc.h>
#include <memory>
#include <utility>

#include <emscripten/bind.h>

#include "core/run.h"
#include "core/version.h"
#include "wasm/convert.h"

namespace ska::js {
namespace {

using emscripten::val;

/// A run and the samples it looks at, owned together.
class Session {
 public:
  Session(const Config& config, const std::vector<std::uint8_t>& bytes, std::int64_t samples)
      : pixels_(pixels_from_bytes(bytes)),
        run_(config, {.pixels = pixels_,
                      .samples = samples,
                      .features = samples > 0 ? static_cast<std::int64_t>(bytes.size()) / samples : 0}) {}

  Run& run() { return run_; }

 private:
  std::vector<float> pixels_;
  Run run_;
};

/// What JavaScript holds. The session is shared with the `advance` at work, whose watcher may delete this.
class Engine {
 public:
  explicit Engine(std::shared_ptr<Session> session) : session_(std::move(session)) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() { run().cancel(); }

  Run& run() const { return session_->run(); }
  std::shared_ptr<Session> session() const { return session_; }

 private:
  std::shared_ptr<Session> session_;
};

Engine* make_engine(const ConfigObject& config, const ByteArray& pixels, double samples) {
  return guarded([&] {
    return new Engine(
        std::make_shared<Session>(config_from(config), bytes_from(pixels), whole_number(samples, "samples")));
  });
}

FaultList validate(const ConfigObject& config) {
  return guarded([&] {
    try {
      return fault_list(config_from(config).validate());
    } catch (const ConfigError& error) {
      return fault_list(error.faults());
    }
  });
}

/// Copies the record out once, then hands it over. `false` from the watcher pauses the run.
Wish push(const StepWatcher& watch, std::span<const double> record) {
  const val copy = val(emscripten::typed_memory_view(record.size(), record.data())).call<val>("slice");
  return watch(copy).isFalse() ? Wish::pause : Wish::go_on;
}

double advance_engine(Engine& engine, double most, const StepWatcher& watch) {
  return guarded([&] {
    const std::int64_t limit = whole_number(most, "most");
    require_function(watch);
    const std::shared_ptr<Session> session = engine.session();
    Run& run = session->run();
    if (run.status() != Status::ready) run.step();  // throws, and says why there is no further step
    return static_cast<double>(advance(
        run, [&](std::span<const double> record) { return push(watch, record); }, limit));
  });
}

void cancel(Engine& engine) { engine.run().cancel(); }
void forget(Engine& engine) { engine.run().forget(); }
bool is_ready(const Engine& engine) { return engine.run().status() == Status::ready; }
double steps_done(const Engine& engine) { return static_cast<double>(engine.run().steps_done()); }

FloatArray weights(Engine& engine, double layer) {
  return guarded([&] {
    const Matrix& matrix = engine.run().weights(layer_index(layer));
    return float_array({matrix.data(), static_cast<std::size_t>(matrix.size())});
  });
}

FloatArray biases(Engine& engine, double layer) {
  return guarded([&] {
    const RowVector& vector = engine.run().bias(layer_index(layer));
    return float_array({vector.data(), static_cast<std::size_t>(vector.size())});
  });
}

std::string version_text() { return version; }
double heap_bytes_in_use() { return static_cast<double>(mallinfo().uordblks); }

}  // namespace
}  // namespace ska::js

EMSCRIPTEN_BINDINGS(ska) {
  using namespace emscripten;
  using namespace ska::js;

  register_type<ConfigObject>(
      "{ layers: number[]; steps: number; learning_rate: number; seed: number; shift_term: boolean }");
  register_type<FaultList>("{ field: string; message: string }[]");
  register_type<ByteArray>("Uint8Array");
  register_type<FloatArray>("Float32Array");
  register_type<StepWatcher>("(record: Float64Array) => boolean | void");

  class_<Engine>("Engine")
      .constructor(&make_engine, allow_raw_pointers())
      .function("advance(most, watch)", &advance_engine)
      .function("cancel()", &cancel)
      .function("forget()", &forget)
      .function("weights(layer)", &weights)
      .function("biases(layer)", &biases)
      .property("isReady", &is_ready)
      .property("stepsDone", &steps_done);

  function("validate(config)", &validate);
  function("version()", &version_text);
  function("heapBytesInUse()", &heap_bytes_in_use);
}
