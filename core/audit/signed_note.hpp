// Signed notes as C2SP's signed-note describes them: a text, an empty line, lines of Ed25519 signatures.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::audit {

// RFC 4648 §4, with padding.
std::string base64(std::string_view octets);
Result<std::string> from_base64(std::string_view text);

// Whom to believe: name+id+key, the id in hex, the key in base64 after an octet 1.
class NoteKey {
 public:
  // invalid_field(key) when the text is no such key, or its id is not that of its name and key.
  static Result<NoteKey> parse(std::string_view text);
  std::string text() const;
  const std::string& name() const noexcept { return name_; }
  // The text of a note that this key has signed; invalid_field(checkpoint) for any other note.
  Result<std::string> open(std::string_view note) const;

 private:
  friend class NoteSigner;
  NoteKey(std::string name, std::string public_key);
  std::string name_;
  std::string public_key_;  // 32 octets
  std::string id_;          // 4 octets
};

class NoteSigner {
 public:
  // The seed has 32 octets (RFC 8032 §5.1.5); the name neither blanks nor '+'.
  NoteSigner(const std::string& name, SecretBytes seed);
  const NoteKey& key() const noexcept { return key_; }
  // `text` ends with a line feed.
  std::string sign(const std::string& text) const;

 private:
  SecretBytes seed_;
  NoteKey key_;
};

}  // namespace casebridge::audit
