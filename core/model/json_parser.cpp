// The grammar of RFC 8259, and what it leaves open decided once: everything doubtful is refused.
#include <algorithm>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/model/json_document.hpp"

namespace casebridge::model {
namespace {

bool is_json_digit(char c) { return c >= '0' && c <= '9'; }
bool is_json_hex(char c) { return is_json_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

}  // namespace

class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text) {}

  Result<JsonDocument> run() {
    const bool done = text::is_utf8(text_) && value({}, 0) && (blanks(), at_ == text_.size());
    if (!done) return trouble(TroubleCode::source_changed, "not strict JSON at octet " + std::to_string(at_));
    return std::move(document_);
  }

 private:
  using Slot = JsonDocument::Slot;

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool skip(char expected) {
    if (peek() != expected || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  void blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  bool value(std::string_view name, std::size_t depth) {
    blanks();
    const std::size_t mine = document_.slots_.size();
    document_.slots_.push_back({JsonKind::null, name, {}, 0, 0});
    const bool good = content(mine, depth);
    document_.slots_[mine].end = document_.slots_.size();
    return good;
  }

  bool content(std::size_t mine, std::size_t depth) {
    switch (peek()) {
      case '{': return container(mine, depth, JsonKind::object);
      case '[': return container(mine, depth, JsonKind::array);
      case '"': {
        std::string_view slice;
        const bool good = quoted(slice);
        return scalar(mine, JsonKind::text, slice), good;
      }
      case 't': return word(mine, JsonKind::boolean, "true");
      case 'f': return word(mine, JsonKind::boolean, "false");
      case 'n': return word(mine, JsonKind::null, "null");
      default: return number(mine);
    }
  }

  void scalar(std::size_t mine, JsonKind kind, std::string_view token) {
    document_.slots_[mine].kind = kind;
    document_.slots_[mine].token = token;
  }

  bool word(std::size_t mine, JsonKind kind, std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    scalar(mine, kind, text_.substr(at_, expected.size()));
    at_ += expected.size();
    return true;
  }

  bool digits() {
    const std::size_t from = at_;
    while (is_json_digit(peek())) ++at_;
    return at_ > from;
  }

  bool number(std::size_t mine) {
    const std::size_t from = at_;
    skip('-');
    if (!skip('0') && !digits()) return false;
    if (skip('.') && !digits()) return false;
    if (skip('e') || skip('E')) {
      if (!skip('+')) skip('-');
      if (!digits()) return false;
    }
    scalar(mine, JsonKind::number, text_.substr(from, at_ - from));
    return true;
  }

  bool container(std::size_t mine, std::size_t depth, JsonKind kind) {
    if (depth >= limits::json_depth_max) return false;
    const bool object = kind == JsonKind::object;
    const char closing = object ? '}' : ']';
    document_.slots_[mine].kind = kind;
    ++at_;
    blanks();
    if (skip(closing)) return true;
    do {
      std::string_view name;
      if (object && !member_name(name)) return false;
      if (!value(name, depth + 1)) return false;
      ++document_.slots_[mine].count;
      blanks();
    } while (skip(','));
    return skip(closing) && (!object || members_differ(mine));
  }

  bool member_name(std::string_view& name) {
    blanks();
    if (!quoted(name)) return false;
    blanks();
    return skip(':');
  }

  // Compared without their escapes, so that no second spelling slips through.
  bool members_differ(std::size_t mine) {
    document_.slots_[mine].end = document_.slots_.size();
    std::vector<std::string> names;
    names.reserve(document_.slots_[mine].count);
    for (std::size_t at = mine + 1; at < document_.slots_.size(); at = document_.slots_[at].end)
      names.push_back(document_.name_at(at));
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) == names.end();
  }

  bool quoted(std::string_view& slice) {
    if (!skip('"')) return false;
    const std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      if (text_[at_] != '\\')
        ++at_;
      else if (!escape())
        return false;
    }
    slice = text_.substr(from, at_ - from);
    return skip('"');
  }

  bool escape() {
    ++at_;
    if (peek() != 'u') {
      const bool good =
          peek() != '\0' && std::string_view("\"\\/bfnrt").find(peek()) != std::string_view::npos;
      return ++at_, good;
    }
    std::uint32_t code = 0;
    if (!code_unit(code) || code == 0 || (code >= 0xDC00 && code < 0xE000)) return false;
    if (code < 0xD800 || code >= 0xE000) return true;
    std::uint32_t second = 0;
    return skip('\\') && code_unit(second) && second >= 0xDC00 && second < 0xE000;
  }

  bool code_unit(std::uint32_t& code) {
    if (!skip('u') || text_.size() - at_ < 4) return false;
    for (const char c : text_.substr(at_, 4)) {
      if (!is_json_hex(c)) return false;
      code = code << 4 | static_cast<std::uint32_t>(is_json_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    at_ += 4;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  JsonDocument document_;
};

Result<JsonDocument> JsonDocument::parse(std::string_view text) { return JsonParser(text).run(); }

}  // namespace casebridge::model
