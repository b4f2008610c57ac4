// Writes and reads sealed records; integers and lengths are big-endian.
#include "core/vault/sealed_record.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t head_size_octets = 3;  // version, algorithm, length of the key id

void append_integer(std::string& out, std::uint64_t value, int octets) {
  for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8)
    out.push_back(static_cast<char>((value >> shift) & 0xFFU));
}

void append_field(std::string& out, std::string_view field) {
  append_integer(out, field.size(), 4);
  out.append(field);
}

}  // namespace

std::string write_record(const SealedRecord& record) {
  std::string out;
  append_integer(out, record_version, 1);
  append_integer(out, record_algorithm_aes_256_gcm, 1);
  append_integer(out, record.key_id.size(), 1);
  out.append(record.key_id).append(record.wrapped_key).append(record.sealed);
  return out;
}

std::optional<SealedRecord> read_record(std::string_view octets) {
  if (octets.size() < head_size_octets) return std::nullopt;
  const auto octet = [&](std::size_t at) { return static_cast<std::uint8_t>(octets[at]); };
  if (octet(0) != record_version || octet(1) != record_algorithm_aes_256_gcm) return std::nullopt;
  const std::size_t id_size = octet(2);
  octets.remove_prefix(head_size_octets);
  if (id_size == 0 || octets.size() < id_size + wrapped_key_size_octets + sealed_size_octets_min)
    return std::nullopt;
  return SealedRecord{octets.substr(0, id_size), octets.substr(id_size, wrapped_key_size_octets),
                      octets.substr(id_size + wrapped_key_size_octets)};
}

std::string bound_data(const ports::SealedPlace& place, std::string_view key_id) {
  std::string out;
  append_field(out, "casebridge-vault");
  append_integer(out, record_version, 1);
  append_integer(out, record_algorithm_aes_256_gcm, 1);
  append_field(out, place.purpose);
  append_field(out, place.account);
  append_field(out, place.owner);
  append_field(out, place.system);
  append_integer(out, static_cast<std::uint64_t>(place.version), 8);
  append_field(out, key_id);
  return out;
}

std::string bound_data_of_key(const ports::SealedPlace& place, std::string_view key_id) {
  std::string out = bound_data(place, key_id);
  append_field(out, "wrap");
  return out;
}

}  // namespace casebridge::vault
