// References are followed inside of the one document, so each schema is compiled with all components beside
// it.
#include "tests/http/answer_schemas.hpp"

#include <map>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "core/http/open_api.hpp"

namespace casebridge::tests {

namespace {

// The validator holds a format against null as well, where 2020-12 asks it of texts only.
void drop_formats_of_nullable(nlohmann::json& node) {
  if (node.is_object() && node.contains("format") && node.value("type", nlohmann::json()).is_array()) {
    node.erase("format");
  }
  if (!node.is_structured()) return;
  for (nlohmann::json& child : node) drop_formats_of_nullable(child);
}

}  // namespace

struct AnswerSchemas::Compiled {
  std::map<std::string, std::unique_ptr<valijson::Schema>> by_name;
};

AnswerSchemas::AnswerSchemas()
    : document_(nlohmann::json::parse(http::open_api_json())), compiled_(std::make_unique<Compiled>()) {}
AnswerSchemas::~AnswerSchemas() = default;

std::string AnswerSchemas::mismatch(const std::string& name, const nlohmann::json& value) {
  auto& schema = compiled_->by_name[name];
  if (!schema) {
    schema = std::make_unique<valijson::Schema>();
    nlohmann::json whole = {{"components", document_.at("components")},
                            {"allOf", {{{"$ref", "#/components/schemas/" + name}}}}};
    drop_formats_of_nullable(whole);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(whole), *schema);
  }
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(value), &results)) return {};
  std::string where;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& step : error.context) where += step;
    where += ": " + error.description + '\n';
  }
  return where;
}

}  // namespace casebridge::tests
