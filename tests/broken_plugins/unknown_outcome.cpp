// Refuses with a word that is not of the closed list.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::with_invoke([](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes,
                                     casebridge_bytes, casebridge_sink* out) -> std::int32_t {
  broken::say(out, R"({"outcome":"shrug","reason":"","field":"","detail":""})");
  return CASEBRIDGE_REFUSED;
}));
