// BodyReader: takes a strict JSON object apart, member by member, and remembers the first thing that is
// wrong.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/model/json_document.hpp"

namespace casebridge::http {

// One thread; the body must outlive it. Secrets go from the body straight into secret memory.
class BodyReader {
 public:
  static constexpr std::size_t secret_code_points_usual = 1024;

  // invalid_request (400) with the octet: not JSON, a duplicate member, wrong UTF-8, U+0000, too deep, not an
  // object.
  static Result<BodyReader> open(std::string_view body);

  std::string text(std::string_view name, std::size_t code_points_max);  // required
  std::optional<std::string> optional_text(std::string_view name, std::size_t code_points_max);
  std::string word(std::string_view name, std::initializer_list<std::string_view> allowed);  // required
  std::optional<std::string> optional_word(std::string_view name,
                                           std::initializer_list<std::string_view> allowed);
  std::int64_t count(std::string_view name);  // required, not negative
  bool flag(std::string_view name);           // false when absent
  // Required: an object of texts, each name and value bounded.
  std::map<std::string, SecretBytes> secrets(std::string_view name,
                                             std::size_t code_points_max = secret_code_points_usual);
  // The first trouble: a required member is absent, a value is not allowed (invalid_field), or a member is
  // not known here (unsupported_parameter). To be asked after everything has been read.
  Result<void> done();

 private:
  explicit BodyReader(model::JsonDocument document) : document_(std::move(document)) {}
  std::optional<model::JsonNode> member(std::string_view name, bool required);
  void fail(std::string_view name, std::string_view what);

  model::JsonDocument document_;
  std::vector<std::string> read_;
  std::optional<Trouble> trouble_;
};

}  // namespace casebridge::http
