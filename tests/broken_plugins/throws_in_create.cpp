// Breaks the contract's first rule before it even exists.
#include <stdexcept>

#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");

static std::int32_t create(const casebridge_host*, std::uint32_t, const casebridge_adapter**) {
  throw std::runtime_error("the secret is 900-12-3456");
}

BROKEN_EXPORT_CREATE(create);
