// The octets of an entry that its hash is of: every field with its length before it, in one order.
#pragma once

#include <string>

#include "core/base/crypto.hpp"
#include "core/ports/store_audit.hpp"

namespace casebridge::audit {

// "casebridge-audit-1", then stream, seq, id, at, actor, subject, action, outcome, request, details, personal
// and prev_hash; each is four octets of length, most significant first, and the text. Numbers are decimal,
// `at` in seconds since 1970.
std::string canonical(const ports::AuditEntry& entry);
// SHA-256 of an octet 0 and the canonical form: a leaf of RFC 6962 §2.1.
crypto::Digest leaf_hash(const ports::AuditEntry& entry);
// Of the entry before the first.
const std::string& no_hash();

}  // namespace casebridge::audit
