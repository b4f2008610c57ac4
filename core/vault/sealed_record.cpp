// Writes and reads sealed records; integers and lengths are big-endian.
#include "core/vault/sealed_record.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/vault/length_prefixed.hpp"

namespace casebridge::vault {
namespace {

std::size_t padding_after(std::size_t id_size) { return (3 - id_size % 3) % 3; }

std::string head_of(std::uint8_t version, std::string_view key_id) {
  std::string out;
  append_integer(out, version, 1);
  append_integer(out, record_algorithm_aes_256_gcm, 1);
  append_integer(out, key_id.size(), 1);
  out.append(key_id);
  return out;
}

std::string place_data(std::uint8_t version, const ports::SealedPlace& place) {
  std::string out;
  append_field(out, "casebridge-vault");
  append_integer(out, version, 1);
  append_integer(out, record_algorithm_aes_256_gcm, 1);
  append_field(out, place.purpose);
  append_field(out, place.account);
  append_field(out, place.owner);
  append_field(out, place.system);
  append_integer(out, static_cast<std::uint64_t>(place.version), 8);
  return out;
}

// Takes octets from the front; once there are too few, everything that follows is empty and `short_` is set.
class Front {
 public:
  explicit Front(std::string_view octets) : octets_(octets) {}
  std::string_view take(std::size_t size) {
    if (size > octets_.size()) {
      short_ = true;
      octets_ = {};
    }
    const std::string_view taken = octets_.substr(0, size);
    octets_.remove_prefix(taken.size());
    return taken;
  }
  std::size_t number(std::size_t size) {
    std::size_t value = 0;
    for (const char octet : take(size)) value = value << 8 | static_cast<std::uint8_t>(octet);
    return value;
  }
  std::string_view rest() const { return octets_; }
  bool is_short() const { return short_; }

 private:
  std::string_view octets_;
  bool short_ = false;
};

bool only_zeros(std::string_view octets) {
  return std::all_of(octets.begin(), octets.end(), [](char octet) { return octet == 0; });
}

}  // namespace

std::string write_record(const SealedRecord& record) {
  std::string out = head_of(record_version, record.key_id);
  out.append(padding_after(record.key_id.size()), '\0').append(record.binding);
  append_integer(out, record.wrapped_key.size(), 2);
  out.append(record.wrapped_key).append(record.sealed);
  return out;
}

std::optional<SealedRecord> read_record(std::string_view octets) {
  Front front(octets);
  const std::size_t version = front.number(1), algorithm = front.number(1), id_size = front.number(1);
  if ((version != record_version && version != record_version_first) ||
      algorithm != record_algorithm_aes_256_gcm || id_size == 0)
    return std::nullopt;
  SealedRecord record;
  record.version = static_cast<std::uint8_t>(version);
  record.key_id = front.take(id_size);
  std::size_t wrapped_size = wrapped_key_size_octets;
  if (version == record_version) {
    if (!only_zeros(front.take(padding_after(id_size)))) return std::nullopt;
    record.binding = front.take(binding_size_octets);
    wrapped_size = front.number(2);
    if (wrapped_size == 0 || wrapped_size > wrapped_key_size_octets_max) return std::nullopt;
  }
  record.wrapped_key = front.take(wrapped_size);
  record.sealed = front.rest();
  if (front.is_short() || record.sealed.size() < sealed_size_octets_min) return std::nullopt;
  return record;
}

std::string text_beginning(std::uint8_t version, std::string_view key_id) {
  std::string head = head_of(version, key_id);
  if (version == record_version) head.append(padding_after(key_id.size()), '\0');
  const std::size_t whole =
      head.size() * 8 / 6;  // a last character that more octets would change is left out
  return crypto::base64url(std::string_view(head)).substr(0, whole);
}

std::string bound_data(const ports::SealedPlace& place) { return place_data(record_version, place); }

std::string binding_of(const ports::SealedPlace& place) {
  const crypto::Digest digest = crypto::sha256(bound_data(place));
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

WrapContext wrap_context(std::string_view binding, std::string_view key_id) {
  const std::span octets(reinterpret_cast<const std::uint8_t*>(binding.data()), binding.size());
  return WrapContext::of({{"format", "casebridge-record-2"},
                          {"algorithm", "AES-256-GCM"},
                          {"use", "data-key"},
                          {"key", std::string(key_id)},
                          {"binding", crypto::hex(octets)}});
}

std::string first_bound_data(const ports::SealedPlace& place, std::string_view key_id) {
  std::string out = place_data(record_version_first, place);
  append_field(out, key_id);
  return out;
}

WrapContext first_wrap_context(const ports::SealedPlace& place, std::string_view key_id) {
  std::string out = first_bound_data(place, key_id);
  append_field(out, "wrap");
  return {std::move(out), {}};
}

}  // namespace casebridge::vault
