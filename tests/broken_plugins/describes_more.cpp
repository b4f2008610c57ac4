// Claims an operation that its manifest does not list.
#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");

namespace {
casebridge_adapter boastful() {
  casebridge_adapter table = broken::good_table();
  table.describe = [](void*, casebridge_sink* out) -> std::int32_t {
    broken::say(out, R"({"id":")" PLUGIN_ID
                     R"(","version":"1.0.0","model_major":1,"operations":["case.list","profile.read"]})");
    return CASEBRIDGE_DONE;
  };
  return table;
}
}  // namespace

BROKEN_EXPORT(boastful());
