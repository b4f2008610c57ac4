// The control: the same table with nothing spoilt. It must work.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");
BROKEN_EXPORT(broken::good_table());
