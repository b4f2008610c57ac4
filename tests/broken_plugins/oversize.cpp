// Writes without end, whatever the sink answers, and calls it done.
#include <string>

#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::with_invoke([](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes,
                                     casebridge_bytes, casebridge_sink* out) -> std::int32_t {
  const std::string blank(1024 * 1024, ' ');
  for (int i = 0; i < 40; ++i) broken::say(out, blank);
  broken::say(out, R"({"cases":[]})");
  return CASEBRIDGE_DONE;
}));
