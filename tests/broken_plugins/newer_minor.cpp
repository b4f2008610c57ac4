// Needs a minor that this gateway does not have yet.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE_OF(CASEBRIDGE_NOTE_TEXT(1, 7, 9, PLUGIN_ID, "1.0.0"));
BROKEN_EXPORT(broken::good_table());
