// The JavaScript interface of the WebAssembly module.
#include <malloc.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <emscripten/bind.h>

#include "core/run.h"
#include "core/sampling.h"
#include "core/version.h"
#include "wasm/convert.h"

namespace ska::js {
namespace {

using emscripten::val;

const Kernels& kernels() {
#if defined(SKA_FAST)
  return *fast_kernels().back();
#else
  return *exact_kernels().back();
#endif
}

/// One team for all engines. With a team per engine, the threads of a deleted engine would return to the pool
/// only when JavaScript's event loop runs, too late for an engine that is created right away.
Team& team() {
  static Team all;
  return all;
}

/// A run and its samples, owned together.
class Session {
 public:
  Session(const Config& config, std::vector<std::uint8_t> pixels, std::int64_t samples, int threads)
      : pixels_(std::move(pixels)), run_(config, batch(samples), execution(threads)) {}

  Session(const Config& config, std::vector<std::uint8_t> pixels, std::int64_t samples, int threads,
          const std::vector<float>& weights)
      : pixels_(std::move(pixels)), run_(config, batch(samples), weights, execution(threads)) {}

  Run& run() { return run_; }

 private:
  Batch batch(std::int64_t samples) const {
    return {.pixels = pixels_,
            .samples = samples,
            .features = samples > 0 ? static_cast<std::int64_t>(pixels_.size()) / samples : 0};
  }

  static Execution execution(int threads) {
    return {.kernels = &kernels(), .team = &team(), .threads = threads};
  }

  std::vector<std::uint8_t> pixels_;
  Run run_;
};

/// The object that JavaScript holds. A running `advance` shares the session,
/// because its callback may delete this object.
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

Engine* make_engine_of(const ConfigObject& config, const ByteArray& pixels, double samples, double threads) {
  return guarded([&] {
    return new Engine(std::make_shared<Session>(config_from(config), pixels_from(pixels),
                                                whole_number(samples, "samples"), thread_count(threads)));
  });
}

Engine* make_engine(const ConfigObject& config, const ByteArray& pixels, double samples) {
  return make_engine_of(config, pixels, samples, 1);
}

Engine* make_engine_from(const ConfigObject& config, const ByteArray& pixels, double samples, double threads,
                         const FloatArray& weights) {
  return guarded([&] {
    return new Engine(std::make_shared<Session>(config_from(config), pixels_from(pixels),
                                                whole_number(samples, "samples"), thread_count(threads),
                                                weights_from(weights)));
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

IndexArray sample_indices(const ByteArray& labels, const SamplingObject& options) {
  return guarded([&] {
    const Sampling sampling = sampling_from(options);
    return index_array(select_samples(labels_from(labels), sampling.selection, sampling.data_seed));
  });
}

/// Copies the record and passes it to the callback. A return value of `false` pauses the run.
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
    if (run.status() != Status::ready) run.step();  // throws the reason why no step can be taken
    return static_cast<double>(advance(
        run, [&](std::span<const double> record) { return push(watch, record); }, limit));
  });
}

void extend(Engine& engine, double steps) {
  guarded([&] { engine.run().extend(whole_number(steps, "steps")); });
}

void cancel(Engine& engine) { engine.run().cancel(); }
void forget(Engine& engine) { engine.run().forget(); }
bool is_ready(const Engine& engine) { return engine.run().status() == Status::ready; }
double steps_done(const Engine& engine) { return static_cast<double>(engine.run().steps_done()); }

/// A copy of a layer's weights, biases, knowledge or decisions, row-major.
template <auto What>
FloatArray of_layer(Engine& engine, double layer) {
  return guarded([&] {
    const auto values = (engine.run().*What)(layer_index(layer));
    return float_array({values.data(), static_cast<std::size_t>(values.size())});
  });
}

std::optional<std::string> fingerprint(const Engine& engine) { return engine.run().fingerprint(); }

std::string version_text() { return version; }
std::string kernels_name() { return kernels().name; }
bool is_exact() { return kernels().exact; }
double heap_bytes_in_use() { return static_cast<double>(mallinfo().uordblks); }
double memory_bytes() { return static_cast<double>(__builtin_wasm_memory_size(0)) * 65536; }

}  // namespace
}  // namespace ska::js

EMSCRIPTEN_BINDINGS(ska) {
  using namespace emscripten;
  using namespace ska::js;

  register_type<ConfigObject>(
      "{ layers: number[]; steps: number; learning_rate: number; seed: number; shift_term: boolean; "
      "layer_input?: 'previous' | 'current'; gradient_equation?: 22 | 31 }");
  register_type<FaultList>("{ field: string; message: string }[]");
  register_type<SettingList>(
      "{ name: string; meaning: string; optional: boolean; "
      "type: 'whole' | 'list' | 'choice' | 'positive' | 'truth'; default: unknown; "
      "min?: number; max?: number; maxCount?: number; choices?: (number | string)[] }[]");
  register_type<ByteArray>("Uint8Array");
  register_type<FloatArray>("Float32Array");
  register_type<IndexArray>("Int32Array");
  register_type<SamplingObject>("{ per_class: number; classes: number[]; data_seed: number | null }");
  register_type<StepWatcher>("(record: Float64Array) => boolean | void");
  register_optional<std::string>();

  class_<Engine>("Engine")
      .constructor(&make_engine, allow_raw_pointers())
      .constructor(&make_engine_of, allow_raw_pointers())
      .constructor(&make_engine_from, allow_raw_pointers())
      .function("advance(most, watch)", &advance_engine)
      .function("extend(steps)", &extend)
      .function("cancel()", &cancel)
      .function("forget()", &forget)
      .function("weights(layer)", &of_layer<&ska::Run::weights>)
      .function("biases(layer)", &of_layer<&ska::Run::bias>)
      .function("knowledge(layer)", &of_layer<&ska::Run::knowledge>)
      .function("decisions(layer)", &of_layer<&ska::Run::decisions>)
      .function("fingerprint()", &fingerprint)
      .property("isReady", &is_ready)
      .property("stepsDone", &steps_done);

#if !defined(__EMSCRIPTEN_PTHREADS__) && !defined(SKA_FAST)
  function("settings()", &setting_list);  // the same for all builds, and a kilobyte: the plain build has it
#endif
  function("validate(config)", &validate);
  function("sampleIndices(labels, options)", &sample_indices);
  function("version()", &version_text);
  function("kernels()", &kernels_name);
  function("isExact()", &is_exact);
  function("heapBytesInUse()", &heap_bytes_in_use);
  function("memoryBytes()", &memory_bytes);
}
