// CASEBRIDGE_EXPORT_ADAPTER(Class, "id", "version"): makes a class an adapter that the gateway can load.
#pragma once

#include <memory>
#include <type_traits>

#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/sdk/adapter.hpp"
#include "plugins/sdk/border.hpp"

// Once per adapter, at global scope, in one .cpp file. Id and version are those of manifest.yaml; the
// operations that the manifest lists must be those whose methods the class overrides (publicly, without
// overloads).
#define CASEBRIDGE_EXPORT_ADAPTER(Class, adapter_id, adapter_version)                                        \
  CASEBRIDGE_NOTE(adapter_id, adapter_version);                                                              \
  static_assert(std::is_base_of_v<casebridge::sdk::Adapter, Class>, "derive from casebridge::sdk::Adapter"); \
  static_assert(std::is_default_constructible_v<Class>, "settings arrive in configure(), not before");       \
  static constexpr casebridge::sdk::border::Identity casebridge_identity_{                                   \
      adapter_id, adapter_version, casebridge::sdk::border::overridden<Class>()};                            \
  static std::int32_t casebridge_create_(const casebridge_host* host, std::uint32_t,                         \
                                         const casebridge_adapter** made) noexcept {                         \
    return casebridge::sdk::border::create(                                                                  \
        casebridge_identity_,                                                                                \
        []() -> std::unique_ptr<casebridge::sdk::Adapter> { return std::make_unique<Class>(); }, host,       \
        made);                                                                                               \
  }                                                                                                          \
  static constexpr casebridge_entry casebridge_entry_{                                                       \
      sizeof(casebridge_entry), CASEBRIDGE_ABI_MAJOR, 0, CASEBRIDGE_ABI_MINOR, adapter_id,                   \
      adapter_version,          casebridge_create_};                                                         \
  extern "C" CASEBRIDGE_EXPORT const void* const casebridge_adapter_v1;                                      \
  const void* const casebridge_adapter_v1 = &casebridge_entry_
