// A good adapter in plain C structs, for each broken one to spoil in one way. PLUGIN_ID comes from CMake.
#pragma once

#include <string_view>

#include "plugins/abi/casebridge_adapter_v1.h"

namespace broken {

inline std::int32_t say(casebridge_sink* out, std::string_view text) {
  return out->write(out, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

inline std::int32_t refuse(casebridge_sink* out) {
  say(out, R"({"outcome":"unavailable","reason":"","field":"","detail":""})");
  return CASEBRIDGE_REFUSED;
}

using Invoke = decltype(casebridge_adapter::invoke);

// Describes itself as the manifest of this folder does, takes any settings, and answers an empty list of
// cases.
inline casebridge_adapter good_table() {
  return {sizeof(casebridge_adapter),
          0,
          nullptr,
          [](void*, casebridge_sink* out) -> std::int32_t {
            say(out,
                R"({"id":")" PLUGIN_ID R"(","version":"1.0.0","model_major":1,"operations":["case.list"]})");
            return CASEBRIDGE_DONE;
          },
          [](void*, casebridge_bytes, casebridge_sink*) -> std::int32_t { return CASEBRIDGE_DONE; },
          [](void*, const casebridge_call*, casebridge_bytes, casebridge_sink* out) { return refuse(out); },
          [](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes, casebridge_sink* out) {
            return refuse(out);
          },
          [](void*, const casebridge_call*, casebridge_bytes, casebridge_sink* out) { return refuse(out); },
          [](void*, const casebridge_call*, casebridge_bytes, casebridge_bytes, casebridge_bytes,
             casebridge_sink* out) -> std::int32_t {
            say(out, R"({"cases":[]})");
            return CASEBRIDGE_DONE;
          },
          [](void*) {}};
}

inline casebridge_adapter with_invoke(Invoke invoke) {
  casebridge_adapter table = good_table();
  table.invoke = invoke;
  return table;
}

}  // namespace broken

// Exports a table: BROKEN_EXPORT(broken::with_invoke(...)).
#define BROKEN_EXPORT(table_expression)                                                                \
  static std::int32_t create(const casebridge_host*, std::uint32_t, const casebridge_adapter** made) { \
    static const casebridge_adapter table = table_expression;                                          \
    *made = &table;                                                                                    \
    return CASEBRIDGE_DONE;                                                                            \
  }                                                                                                    \
  BROKEN_EXPORT_CREATE(create)

#define BROKEN_EXPORT_CREATE(create_function)                                                      \
  static const casebridge_entry entry{                                                             \
      sizeof(casebridge_entry), CASEBRIDGE_ABI_MAJOR, 0, CASEBRIDGE_ABI_MINOR, PLUGIN_ID, "1.0.0", \
      create_function};                                                                            \
  extern "C" CASEBRIDGE_EXPORT const void* const casebridge_adapter_v1;                            \
  const void* const casebridge_adapter_v1 = &entry
