// The octets of a sealed record, in both of its versions, and what binds them to their place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/vault.hpp"
#include "core/vault/key_provider.hpp"

namespace casebridge::vault {

// 1: version | algorithm | length of id | id | wrapped key (60) | sealed
// 2: version | algorithm | length of id | id, zeros up to a multiple of three | binding (32) |
//    length of wrapped key (2) | wrapped key | sealed
// In version 2 the content does not know which key wraps its data key, and the wrapped key knows its place by
// a digest only, so it can be wrapped anew without the content and without knowing the place. The zeros make
// the beginning of the base64url text the same for every record of a key, so that a database can find them.
constexpr std::uint8_t record_version_first = 1;
constexpr std::uint8_t record_version = 2;
constexpr std::uint8_t record_algorithm_aes_256_gcm = 1;
constexpr std::size_t wrapped_key_size_octets = 12 + 32 + 16;  // of version 1: iv | data key | tag
constexpr std::size_t wrapped_key_size_octets_max = 4096;
constexpr std::size_t binding_size_octets = 32;
constexpr std::size_t sealed_size_octets_min = 12 + 16;  // iv | tag

// Views into the record they were read from.
struct SealedRecord {
  std::string_view key_id;
  std::string_view wrapped_key;
  std::string_view sealed;
  std::uint8_t version = record_version;
  std::string_view binding{};  // empty in version 1
};

// Of version 2. The id has 1 to 64 octets, the wrapped key 1 to 4096.
std::string write_record(const SealedRecord&);
// nullopt for any other version or algorithm, for anything too short and for padding that is none; there is
// no downgrade.
std::optional<SealedRecord> read_record(std::string_view octets);
// How the base64url text of every record of this key begins.
std::string text_beginning(std::uint8_t version, std::string_view key_id);

// Additional authenticated data: every field has its length before it, so no two places have the same octets.
std::string bound_data(const ports::SealedPlace& place);
std::string binding_of(const ports::SealedPlace& place);  // its digest
// What a data key of version 2 is wrapped for.
WrapContext wrap_context(std::string_view binding, std::string_view key_id);

// The same of version 1, where the content knows the key's id.
std::string first_bound_data(const ports::SealedPlace& place, std::string_view key_id);
WrapContext first_wrap_context(const ports::SealedPlace& place, std::string_view key_id);

}  // namespace casebridge::vault
