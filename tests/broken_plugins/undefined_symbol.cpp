// Needs a function that nobody has.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");

extern "C" std::int32_t function_that_nobody_has(const casebridge_host*, std::uint32_t,
                                                 const casebridge_adapter**);

BROKEN_EXPORT_CREATE(function_that_nobody_has);
