// Reading texts, blobs and members out of a parsed document.
#include "core/model/json_document.hpp"

#include <algorithm>
#include <cstring>

#include "core/base/crypto.hpp"

namespace casebridge::model {
namespace {

unsigned hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a' + 10);
}

unsigned four_hex(std::string_view digits) {
  unsigned code = 0;
  for (const char c : digits.substr(0, 4)) code = code << 4 | hex_value(c);
  return code;
}

char plain_of(char escape) {
  switch (escape) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return escape;
  }
}

std::size_t put_utf8(std::uint32_t code, char* out) {
  const auto tail = [code](unsigned shift) { return static_cast<char>(0x80U | (code >> shift & 0x3FU)); };
  if (code < 0x80) return out[0] = static_cast<char>(code), 1;
  if (code < 0x800) return out[0] = static_cast<char>(0xC0U | code >> 6), out[1] = tail(0), 2;
  if (code < 0x10000)
    return out[0] = static_cast<char>(0xE0U | code >> 12), out[1] = tail(6), out[2] = tail(0), 3;
  return out[0] = static_cast<char>(0xF0U | code >> 18), out[1] = tail(12), out[2] = tail(6),
         out[3] = tail(0), 4;
}

// Undoes the escapes of a slice the parser accepted. Never longer than the slice; answers the octets written.
std::size_t unescape(std::string_view slice, char* out) {
  char* const begin = out;
  while (!slice.empty()) {
    if (slice[0] != '\\') {
      *out++ = slice[0];
      slice.remove_prefix(1);
    } else if (slice[1] != 'u') {
      *out++ = plain_of(slice[1]);
      slice.remove_prefix(2);
    } else {
      std::uint32_t code = four_hex(slice.substr(2));
      slice.remove_prefix(6);
      if (code >= 0xD800 && code < 0xE000) {  // the parser made sure that the second half follows
        code = 0x10000 + ((code - 0xD800) << 10) + (four_hex(slice.substr(2)) - 0xDC00);
        slice.remove_prefix(6);
      }
      out += put_utf8(code, out);
    }
  }
  return static_cast<std::size_t>(out - begin);
}

std::string plain_text(std::string_view slice) {
  std::string made(slice.size(), '\0');
  made.resize(unescape(slice, made.data()));
  return made;
}

}  // namespace

JsonNode JsonDocument::root() const { return {*this, 0}; }
std::string JsonDocument::name_at(std::size_t at) const { return plain_text(slots_[at].name); }

std::string JsonNode::text() const { return plain_text(slot().token); }
std::string JsonNode::name() const { return document_->name_at(at_); }

SecretBytes JsonNode::secret_text() const {
  SecretBytes wide(slot().token.size());
  if (wide.empty()) return wide;
  const std::size_t size = unescape(slot().token, reinterpret_cast<char*>(wide.bytes().data()));
  return size == wide.size() ? std::move(wide) : SecretBytes::copy_of(wide.reveal().substr(0, size));
}

std::optional<SecretBytes> JsonNode::base64url() const {
  constexpr std::size_t piece_chars = 64;
  const std::string_view text = slot().token;
  SecretBytes wide(text.size() / 4 * 3 + 3);
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size(); at += piece_chars) {
    Result<std::string> piece = crypto::from_base64url(text.substr(at, piece_chars));
    if (!piece) return std::nullopt;
    std::memcpy(wide.bytes().data() + used, piece->data(), piece->size());
    used += piece->size();
    wipe(*piece);
  }
  return SecretBytes::copy_of(wide.reveal().substr(0, used));
}

std::vector<JsonNode> JsonNode::children() const {
  std::vector<JsonNode> found;
  found.reserve(size());
  for (std::size_t at = at_ + 1; at < slot().end; at = document_->slots_[at].end)
    found.push_back({*document_, at});
  return found;
}

std::optional<JsonNode> JsonNode::find(std::string_view member) const {
  for (std::size_t at = at_ + 1; at < slot().end; at = document_->slots_[at].end) {
    const std::string_view name = document_->slots_[at].name;
    const bool escaped = name.find('\\') != std::string_view::npos;
    if (escaped ? plain_text(name) == member : name == member) return JsonNode{*document_, at};
  }
  return std::nullopt;
}

}  // namespace casebridge::model
