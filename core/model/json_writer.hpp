// JsonWriter: writes JSON text in the order it is told, into a string or into secret memory.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/secret.hpp"

namespace casebridge::model {

// A member's name that stands in the program's text: the compiler has seen that nothing of it is escaped.
class MemberName {
 public:
  template <std::size_t octets>
  consteval MemberName(const char (&literal)[octets]) : text_(literal, octets - 1) {
    for (const char c : text_)
      if (c < '0' || c > 'z' || c == '\\') throw "not the name of a member";
    if (text_.size() > size_max) throw "too long for the name of a member";
  }
  constexpr std::string_view text() const { return text_; }
  static constexpr std::size_t size_max = 60;

 private:
  std::string_view text_;
};

class TextSink {
 public:
  virtual ~TextSink() = default;
  virtual void put(std::string_view octets) = 0;
};

class StringSink final : public TextSink {
 public:
  void put(std::string_view octets) override { text_ += octets; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Grows by doubling; every smaller copy is wiped when it is left.
class SecretSink final : public TextSink {
 public:
  void put(std::string_view octets) override;
  SecretBytes take();

 private:
  SecretBytes memory_;
  std::size_t used_ = 0;
};

// The caller keeps begin and end in balance and names every member of an object; commas are the writer's.
class JsonWriter {
 public:
  explicit JsonWriter(TextSink& sink) : sink_(sink) {}
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void name(std::string_view member);
  void name_of_ours(MemberName member);
  void null() { token("null"); }
  void value(bool truth) { token(truth ? "true" : "false"); }
  void value(std::int64_t number);
  void value(std::string_view text);  // UTF-8
  void value(const char* text) { value(std::string_view(text)); }
  void secret_text(const SecretBytes& text);  // UTF-8
  void base64url(const SecretBytes& blob);
  // Octets that are JSON already.
  void json(std::string_view octets) { token(octets); }

 private:
  // Text of which one piece takes so many octets at most, escapes not counted, goes out together with its
  // name.
  static constexpr std::size_t piece_max = MemberName::size_max;

  void open(char bracket);
  void close(char bracket);
  void token(std::string_view octets);
  void separate();
  void quote(std::string_view text);
  bool hold(std::string_view text, std::string_view end);
  void hold_plain(std::string_view octets);
  void release();

  TextSink& sink_;
  // A member's name that waits for its value, so that both are put at once. It is never wiped: no secret
  // enters.
  std::array<char, 2 * (piece_max + 4)> held_;
  std::size_t held_size_ = 0;
  bool first_ = true;  // nothing written yet in the innermost array or object, or right after a name
};

}  // namespace casebridge::model
