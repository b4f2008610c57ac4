// The octets of a sealed record: version | algorithm | key id | wrapped key | sealed text; what binds them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/vault.hpp"

namespace casebridge::vault {

constexpr std::uint8_t record_version = 1;
constexpr std::uint8_t record_algorithm_aes_256_gcm = 1;
constexpr std::size_t wrapped_key_size_octets = 12 + 32 + 16;  // iv | data key | tag
constexpr std::size_t sealed_size_octets_min = 12 + 16;        // iv | tag

// Views into the record they were read from.
struct SealedRecord {
  std::string_view key_id;
  std::string_view wrapped_key;
  std::string_view sealed;
};

std::string write_record(const SealedRecord&);
// nullopt for any other version or algorithm and for anything too short; there is no downgrade.
std::optional<SealedRecord> read_record(std::string_view octets);
// Additional authenticated data: every field has its length before it, so no two places have the same octets.
std::string bound_data(const ports::SealedPlace& place, std::string_view key_id);
std::string bound_data_of_key(const ports::SealedPlace& place, std::string_view key_id);

}  // namespace casebridge::vault
