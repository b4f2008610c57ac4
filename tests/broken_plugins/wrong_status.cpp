// Answers a status that the contract does not have.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::with_invoke([](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes,
                                     casebridge_bytes, casebridge_sink*) -> std::int32_t { return 77; }));
