// Lengths keep two different entries from having the same octets.
#include "core/audit/canonical.hpp"

#include <cstdint>
#include <string_view>

namespace casebridge::audit {
namespace {

constexpr std::size_t usual_size_octets = 640;

void add(std::string& to, std::string_view field) {
  const auto size = static_cast<std::uint32_t>(field.size());
  for (const int shift : {24, 16, 8, 0}) to += static_cast<char>((size >> shift) & 0xFFU);
  to += field;
}

void add_fields(std::string& to, const ports::AuditEntry& entry) {
  const ports::AuditRecord& record = entry.record;
  add(to, "casebridge-audit-1");
  add(to, record.stream);
  add(to, std::to_string(entry.seq));
  add(to, record.id);
  add(to, std::to_string(record.at.time_since_epoch().count()));
  for (const std::string* field : {&record.actor, &record.subject, &record.action, &record.outcome,
                                   &record.request, &record.details, &record.personal, &entry.prev_hash})
    add(to, *field);
}

}  // namespace

std::string canonical(const ports::AuditEntry& entry) {
  std::string octets;
  add_fields(octets, entry);
  return octets;
}

crypto::Digest leaf_hash(const ports::AuditEntry& entry) {
  std::string octets;
  octets.reserve(usual_size_octets);
  octets += '\0';
  add_fields(octets, entry);
  return crypto::sha256(octets);
}

const std::string& no_hash() {
  static const std::string zeros(2 * std::tuple_size_v<crypto::Digest>, '0');
  return zeros;
}

}  // namespace casebridge::audit
