// Says another id than its manifest.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE("somebody_else", "1.0.0");
BROKEN_EXPORT(broken::good_table());
