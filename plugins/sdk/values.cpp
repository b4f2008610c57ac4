// Calls into kv/1, with text instead of octets and refusals instead of codes.
#include "plugins/sdk/values.hpp"

#include "plugins/sdk/octets.hpp"

namespace casebridge::sdk {
namespace {

using model::Outcome;

model::Refusal value_refusal(std::int32_t code) {
  switch (code) {
    case CASEBRIDGE_KV_CONFLICT: return refuse(Outcome::unavailable, "version_conflict");
    case CASEBRIDGE_KV_FULL: return refuse(Outcome::bug, "quota_exceeded");
    case CASEBRIDGE_KV_FAILED: return refuse(Outcome::unavailable, "store_failed");
    case CASEBRIDGE_KV_CANCELLED: return refuse(Outcome::timeout, "call_over");
    default: return refuse(Outcome::bug, "value_not_allowed");
  }
}

struct ValueSink {
  casebridge_sink table;
  SecretBytes octets;
};

}  // namespace

Answer<std::optional<Values::Value>> Values::get(std::string_view key) const {
  ValueSink sink{{sizeof(casebridge_sink), 0,
                  [](casebridge_sink* self, casebridge_bytes octets) -> std::int32_t {
                    reinterpret_cast<ValueSink*>(self)->octets = SecretBytes::copy_of(view_of(octets));
                    return 0;
                  },
                  [](casebridge_sink*, casebridge_bytes) -> std::int32_t { return 1; }},
                 {}};
  std::int64_t version = 0;
  const std::int32_t code = service_->get(service_, call_, bytes_of(key), &sink.table, &version);
  if (code == CASEBRIDGE_KV_NOT_FOUND) return std::optional<Value>{};
  if (code != CASEBRIDGE_KV_OK) return value_refusal(code);
  return std::optional<Value>{Value{std::move(sink.octets), version}};
}

Answer<std::int64_t> Values::put(std::string_view key, std::string_view octets, std::int64_t expected) const {
  std::int64_t version = 0;
  const std::int32_t code =
      service_->put(service_, call_, bytes_of(key), bytes_of(octets), expected, &version);
  if (code != CASEBRIDGE_KV_OK) return value_refusal(code);
  return version;
}

Answer<Done> Values::remove(std::string_view key, std::int64_t expected) const {
  const std::int32_t code = service_->remove(service_, call_, bytes_of(key), expected);
  if (code != CASEBRIDGE_KV_OK) return value_refusal(code);
  return Done{};
}

Answer<std::vector<std::string>> Values::keys(std::string_view prefix) const {
  std::vector<std::string> found;
  const std::int32_t code =
      service_->list(service_, call_, bytes_of(prefix), &found, [](void* self, casebridge_bytes key) {
        static_cast<std::vector<std::string>*>(self)->emplace_back(view_of(key));
      });
  if (code != CASEBRIDGE_KV_OK) return value_refusal(code);
  return found;
}

}  // namespace casebridge::sdk
