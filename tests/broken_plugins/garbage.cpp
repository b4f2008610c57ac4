// Answers octets that are not JSON.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::with_invoke([](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes,
                                     casebridge_bytes, casebridge_sink* out) -> std::int32_t {
  broken::say(out, "\xff\xfe{\"cases\": [900-12-3456");
  return CASEBRIDGE_DONE;
}));
