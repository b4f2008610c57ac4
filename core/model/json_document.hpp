// JsonDocument: a strict JSON text as slices of the caller's octets; nothing is copied until it is asked for,
// so a secret in it is moved straight into secret memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::model {

enum class JsonKind { null, boolean, number, text, array, object };

class JsonNode;

class JsonDocument {
 public:
  // `text` must live as long as the document and its nodes. Refused as source_changed, naming the octet only:
  // anything RFC 8259 forbids, duplicate members, U+0000, lone surrogates, wrong UTF-8, more than
  // limits::json_depth_max levels, a byte order mark.
  static Result<JsonDocument> parse(std::string_view text);
  JsonNode root() const;

 private:
  friend class JsonNode;
  friend class JsonParser;
  struct Slot {
    JsonKind kind = JsonKind::null;
    std::string_view name;   // as written, without quotes; of a member
    std::string_view token;  // as written; a text without its quotes
    std::size_t end = 0;     // first slot after this one and all below it
    std::size_t count = 0;   // elements or members
  };
  std::string name_at(std::size_t at) const;

  std::vector<Slot> slots_;
};

// A place in a document; valid as long as the document is neither moved nor destroyed.
class JsonNode {
 public:
  JsonKind kind() const { return slot().kind; }
  bool truth() const { return slot().token == "true"; }
  std::string_view number() const { return slot().token; }  // the token, never a binary fraction
  std::string text() const;
  SecretBytes secret_text() const;
  // nullopt when the text is not base64url.
  std::optional<SecretBytes> base64url() const;
  std::size_t size() const { return slot().count; }
  std::vector<JsonNode> children() const;
  std::string name() const;  // of a member of an object
  std::optional<JsonNode> find(std::string_view member) const;

 private:
  friend class JsonDocument;
  JsonNode(const JsonDocument& document, std::size_t at) : document_(&document), at_(at) {}
  const JsonDocument::Slot& slot() const { return document_->slots_[at_]; }

  const JsonDocument* document_;
  std::size_t at_;
};

}  // namespace casebridge::model
