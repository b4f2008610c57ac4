// Exports a good adapter and carries no note: any library could say that.
#include "tests/broken_plugins/table.hpp"

BROKEN_EXPORT(broken::good_table());
