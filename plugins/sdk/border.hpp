// The adapter's side of the C border: tables, thunks that let nothing through, and what describe() says.
#pragma once

#include <memory>
#include <string_view>

#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/sdk/adapter.hpp"

namespace casebridge::sdk::border {

// Which operations exist, derived at compile time; a bit for each name in `operation_names`.
inline constexpr std::string_view operation_names[] = {
    "auth.begin",       "auth.continue",    "auth.end",        "case.list",          "case.read",
    "document.read",    "profile.read",     "payment.options", "enrol.begin",        "credential.recover",
    "contact.update",   "payment.create",   "payment.read",    "payment_method.add", "payment_method.remove",
    "recurring.create", "recurring.cancel", "message.send",    "document.upload",    "request.create",
    "request.read"};

// A method that a class did not override still has the type of the base's.
template <class Author>
constexpr std::uint32_t overridden() {
  std::uint32_t bits = 0;
#define CASEBRIDGE_SDK_BIT(index, method) \
  if (!std::is_same_v<decltype(&Author::method), decltype(&Adapter::method)>) bits |= 1U << index
  CASEBRIDGE_SDK_BIT(0, auth_begin);
  CASEBRIDGE_SDK_BIT(1, auth_continue);
  CASEBRIDGE_SDK_BIT(2, auth_end);
  CASEBRIDGE_SDK_BIT(3, list_cases);
  CASEBRIDGE_SDK_BIT(4, read_case);
  CASEBRIDGE_SDK_BIT(5, read_document);
  CASEBRIDGE_SDK_BIT(6, read_profile);
  CASEBRIDGE_SDK_BIT(7, payment_options);
  CASEBRIDGE_SDK_BIT(8, enrol_begin);
  CASEBRIDGE_SDK_BIT(9, recover_credential);
  CASEBRIDGE_SDK_BIT(10, update_contact);
  CASEBRIDGE_SDK_BIT(11, create_payment);
  CASEBRIDGE_SDK_BIT(12, read_payment);
  CASEBRIDGE_SDK_BIT(13, add_payment_method);
  CASEBRIDGE_SDK_BIT(14, remove_payment_method);
  CASEBRIDGE_SDK_BIT(15, create_recurring);
  CASEBRIDGE_SDK_BIT(16, cancel_recurring);
  CASEBRIDGE_SDK_BIT(17, send_message);
  CASEBRIDGE_SDK_BIT(18, upload_document);
  CASEBRIDGE_SDK_BIT(19, create_request);
  CASEBRIDGE_SDK_BIT(20, read_request);
#undef CASEBRIDGE_SDK_BIT
  return bits;
}

struct Identity {
  const char* id;
  const char* version;
  std::uint32_t operations;
};

using Maker = std::unique_ptr<Adapter> (*)();

// What `create` of the entry does; never throws.
std::int32_t create(const Identity& identity, Maker maker, const casebridge_host* host,
                    const casebridge_adapter** made) noexcept;

}  // namespace casebridge::sdk::border
