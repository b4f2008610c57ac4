// Sleeps through every deadline.
#include <chrono>
#include <thread>

#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::with_invoke([](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes,
                                     casebridge_bytes, casebridge_sink* out) -> std::int32_t {
  std::this_thread::sleep_for(std::chrono::milliseconds{1200});
  broken::say(out, R"({"cases":[]})");
  return CASEBRIDGE_DONE;
}));
