// audit verify and audit key: they need no gateway, and open a database or a settings file themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace casebridge::cli {

struct AuditWords {
  std::string config;    // a gateway's settings: where its database and its keys are
  std::string keys;      // in the place of the settings' folders.keys
  std::string database;  // in place of it: sqlite:FILE or postgresql:CONNECTION
  std::string password_file;
  std::vector<std::string> checkpoints;  // files that were kept elsewhere
  std::string key;            // whose signature is believed; empty: that of the settings' key files
  std::int64_t size_min = 0;  // a checkpoint of fewer entries is too old; means nothing without one
};

// 0 good, 1 broken, 2 truncated, 3 rewritten, 4 a checkpoint that is unsigned, of others, or too old; 64 and
// above when nothing could be looked at.
int verify_audit(const AuditWords& words);
// Prints the key that checkpoints are checked with.
int print_audit_key(const AuditWords& words);

}  // namespace casebridge::cli
