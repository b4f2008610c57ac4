// Lets an exception out of a call.
#include <stdexcept>

#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::with_invoke([](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes,
                                     casebridge_bytes, casebridge_sink*) -> std::int32_t {
  throw std::runtime_error("the secret is 900-12-3456");
}));
