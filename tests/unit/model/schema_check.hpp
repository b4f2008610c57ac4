// SchemaCheck: whether a JSON value follows a schema of schemas/. Each schema is one file without references
// to others.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "tests/support/places.hpp"

namespace casebridge::model {

class SchemaCheck {
 public:
  // `path` below schemas/, for example adapter/refusal.json.
  explicit SchemaCheck(const std::string& path) {
    const nlohmann::json whole = load(path);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(whole), schema_);
  }
  bool accepts(const nlohmann::json& value) const {
    valijson::Validator validator;
    const valijson::adapters::NlohmannJsonAdapter target(value);
    return validator.validate(schema_, target, nullptr);
  }

  static nlohmann::json load(const std::string& path) {
    std::ifstream file(casebridge::tests::in_source("schemas/") + path);
    if (!file) throw std::runtime_error("no schema " + path);
    return nlohmann::json::parse(file);
  }

 private:
  valijson::Schema schema_;
};

}  // namespace casebridge::model
