// JsonText: one JSON answer, written member by member in the order of the schema. No tree is built.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/secret.hpp"
#include "core/model/json_writer.hpp"

namespace casebridge::http {

class JsonText {
 public:
  JsonText() : writer_(sink_) {}
  JsonText(const JsonText&) = delete;
  JsonText& operator=(const JsonText&) = delete;

  JsonText& object() { return writer_.begin_object(), *this; }
  JsonText& object(std::string_view name) { return writer_.name(name), object(); }
  JsonText& end_object() { return writer_.end_object(), *this; }
  JsonText& array(std::string_view name) { return writer_.name(name), writer_.begin_array(), *this; }
  JsonText& end_array() { return writer_.end_array(), *this; }
  JsonText& element(std::string_view text) { return writer_.value(text), *this; }

  JsonText& text(std::string_view name, std::string_view value) {
    return writer_.name(name), writer_.value(value), *this;
  }
  JsonText& integer(std::string_view name, std::int64_t value) {
    return writer_.name(name), writer_.value(value), *this;
  }
  JsonText& truth(std::string_view name, bool value) {
    return writer_.name(name), writer_.value(value), *this;
  }
  JsonText& null(std::string_view name) { return writer_.name(name), writer_.null(), *this; }
  JsonText& instant(std::string_view name, Instant value) { return text(name, to_text(value)); }
  JsonText& instant(std::string_view name, const std::optional<Instant>& value) {
    return value ? instant(name, *value) : null(name);
  }
  JsonText& secret(std::string_view name, const SecretBytes& value) {
    return writer_.name(name), writer_.secret_text(value), *this;
  }
  JsonText& text_unless_empty(std::string_view name, std::string_view value) {  // null for an empty text
    return value.empty() ? null(name) : text(name, value);
  }
  JsonText& text_or_null(std::string_view name, const std::optional<std::string>& value) {
    return value ? text(name, *value) : null(name);
  }
  // Left out when it is empty.
  JsonText& text_if(std::string_view name, std::string_view value) {
    return value.empty() ? *this : text(name, value);
  }
  // Octets that are JSON already, as a member.
  JsonText& json(std::string_view name, std::string_view octets) {
    return writer_.name(name), writer_.json(octets), *this;
  }
  // Octets that are whole members already, without braces: "a":1,"b":2.
  JsonText& members(std::string_view octets) { return writer_.json(octets), *this; }

  std::string take() { return sink_.take(); }

 private:
  model::StringSink sink_;
  model::JsonWriter writer_;
};

}  // namespace casebridge::http
