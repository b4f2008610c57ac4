// The purposes under which it seals are its own, so that no other sealed record opens as a value, nor a value
// as another record.
#include "core/switchboard/value_keeper.hpp"

#include <algorithm>

#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t value_key_bytes_max = 200;
constexpr std::size_t value_bytes_max = 256 * 1024;

bool is_key(std::string_view key) { return !key.empty() && key.size() <= value_key_bytes_max; }

// What a transaction came to: its own code, unless the store failed.
std::int32_t code_after(const Result<void>& done, std::int32_t code) {
  return done ? code : CASEBRIDGE_KV_FAILED;
}

}  // namespace

std::string ValueKeeper::digest_of(std::string_view key) const {
  return vault_.fingerprint("adapter-value-key", system_ + '\n' + std::string(key));
}

ports::SealedPlace ValueKeeper::place_of_key() const { return {"adapter-value-key", "", "", system_, 0}; }

ports::SealedPlace ValueKeeper::place_of_value(std::string_view digest, std::int64_t version) const {
  return {"adapter-value", "", digest, system_, version};
}

Result<ports::AdapterValue> ValueKeeper::sealed_value(std::string_view key, std::string_view value,
                                                      std::int64_t version) const {
  ports::AdapterValue row;
  row.system = system_;
  row.key_digest = digest_of(key);
  row.size = static_cast<std::int64_t>(key.size() + value.size());
  row.version = version;
  CASEBRIDGE_TRY(row.sealed_key, vault_.seal(SecretBytes::copy_of(key), place_of_key()));
  CASEBRIDGE_TRY(row.sealed,
                 vault_.seal(SecretBytes::copy_of(value), place_of_value(row.key_digest, version)));
  return row;
}

std::int32_t ValueKeeper::get(std::string_view key, SecretBytes& value, std::int64_t& version) const {
  if (!is_key(key)) return CASEBRIDGE_KV_NOT_ALLOWED;
  std::optional<ports::AdapterValue> row;
  const std::string digest = digest_of(key);
  const auto done = store_.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(row, tx.adapter_values().find(system_, digest));
    return {};
  });
  if (!done) return CASEBRIDGE_KV_FAILED;
  if (!row) return CASEBRIDGE_KV_NOT_FOUND;
  auto opened = vault_.open(row->sealed, place_of_value(digest, row->version));
  if (!opened) return CASEBRIDGE_KV_FAILED;
  value = std::move(*opened);
  version = row->version;
  return CASEBRIDGE_KV_OK;
}

std::int32_t ValueKeeper::put(std::string_view key, std::string_view value, std::int64_t expected,
                              std::int64_t& version) {
  if (!is_key(key) || value.size() > value_bytes_max || expected < CASEBRIDGE_KV_ANY_VERSION)
    return CASEBRIDGE_KV_NOT_ALLOWED;
  const std::string digest = digest_of(key);
  std::int32_t code = CASEBRIDGE_KV_OK;
  const auto done = store_.write([&](ports::Transaction& tx) -> Result<void> {
    auto& values = tx.adapter_values();
    CASEBRIDGE_TRY(const auto old, values.find(system_, digest));
    const std::int64_t present = old ? old->version : 0;
    code = CASEBRIDGE_KV_CONFLICT;
    if (expected != CASEBRIDGE_KV_ANY_VERSION && expected != present) return {};
    CASEBRIDGE_TRY(ports::AdapterUsage usage, values.usage(system_));
    // One row of numbers for all keys: a value made anew never has the version of one that was removed.
    CASEBRIDGE_TRY(const ports::AdapterValue row, sealed_value(key, value, ++usage.last_version));
    usage.entries += old ? 0 : 1;
    usage.octets += row.size - (old ? old->size : 0);
    // What makes less of too much is welcome, also after the quota was lowered.
    const bool grows = !old || row.size > old->size;
    code = CASEBRIDGE_KV_FULL;
    if (grows && (usage.entries > quota_.entries_max || usage.octets > quota_.bytes_max)) return {};
    CASEBRIDGE_CHECK(values.put(row));
    CASEBRIDGE_CHECK(values.set_usage(usage));
    code = CASEBRIDGE_KV_OK;
    version = row.version;
    return {};
  });
  return code_after(done, code);
}

std::int32_t ValueKeeper::remove(std::string_view key, std::int64_t expected) {
  if (!is_key(key) || expected < CASEBRIDGE_KV_ANY_VERSION) return CASEBRIDGE_KV_NOT_ALLOWED;
  const std::string digest = digest_of(key);
  std::int32_t code = CASEBRIDGE_KV_OK;
  const auto done = store_.write([&](ports::Transaction& tx) -> Result<void> {
    auto& values = tx.adapter_values();
    CASEBRIDGE_TRY(const auto old, values.find(system_, digest));
    const bool as_expected = expected == CASEBRIDGE_KV_ANY_VERSION || expected == (old ? old->version : 0);
    code = as_expected ? CASEBRIDGE_KV_OK : CASEBRIDGE_KV_CONFLICT;
    if (!old || !as_expected) return {};
    CASEBRIDGE_TRY(ports::AdapterUsage usage, values.usage(system_));
    usage.entries -= 1;
    usage.octets -= old->size;
    CASEBRIDGE_CHECK(values.remove(system_, digest));
    return values.set_usage(usage);
  });
  return code_after(done, code);
}

std::int32_t ValueKeeper::list(std::string_view prefix, std::vector<std::string>& keys) const {
  std::vector<std::string> sealed;
  const auto done = store_.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(sealed, tx.adapter_values().sealed_keys(system_));
    return {};
  });
  if (!done) return CASEBRIDGE_KV_FAILED;
  keys.clear();
  for (const std::string& one : sealed) {
    const auto key = vault_.open(one, place_of_key());
    if (!key) return CASEBRIDGE_KV_FAILED;
    if (key->reveal().starts_with(prefix)) keys.emplace_back(key->reveal());
  }
  std::sort(keys.begin(), keys.end());
  return CASEBRIDGE_KV_OK;
}

}  // namespace casebridge::switchboard
