// Answers good JSON of the wrong form.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::with_invoke([](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes,
                                     casebridge_bytes, casebridge_sink* out) -> std::int32_t {
  broken::say(out, R"({"cases":[{"key":900123456}]})");
  return CASEBRIDGE_DONE;
}));
