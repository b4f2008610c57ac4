// HeaderName and HeaderValue: what may stand in a response head. Line ends and controls have no way in.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace casebridge::http {

// Only from a literal that is a token in lower or mixed case; anything else does not compile.
class HeaderName {
 public:
  consteval HeaderName(const char* literal) : text_(literal) {  // NOLINT: implicit by design
    for (const char c : text_) {
      const bool fine =
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!fine) throw "not a header name";
    }
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// Any text: octets that are not printable ASCII become '?', so that no value can end its line.
class HeaderValue {
 public:
  HeaderValue(std::string_view text);                                            // NOLINT: implicit by design
  HeaderValue(const char* text) : HeaderValue(std::string_view(text)) {}         // NOLINT
  HeaderValue(const std::string& text) : HeaderValue(std::string_view(text)) {}  // NOLINT
  const std::string& text() const& { return text_; }
  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace casebridge::http
