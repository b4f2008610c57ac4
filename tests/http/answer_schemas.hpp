// AnswerSchemas: checks an answer against its schema in schemas/openapi.yaml, as the gateway serves it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace casebridge::tests {

class AnswerSchemas {
 public:
  AnswerSchemas();
  ~AnswerSchemas();
  // Empty when the value fits components/schemas/<name>; otherwise where it does not.
  std::string mismatch(const std::string& name, const nlohmann::json& value);
  const nlohmann::json& document() const { return document_; }

 private:
  struct Compiled;
  nlohmann::json document_;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace casebridge::tests
