// Written for a contract that does not exist yet.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE_OF(CASEBRIDGE_NOTE_TEXT(9, 0, 0, PLUGIN_ID, "1.0.0"));
BROKEN_EXPORT(broken::good_table());
