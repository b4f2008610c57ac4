// SchemaCheck: whether a JSON text follows a schema of schemas/. References are written out before compiling,
// because valijson confuses equal pointers of different files.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace casebridge::model {

class SchemaCheck {
 public:
  // `path` below schemas/, for example adapter/refusal.json.
  explicit SchemaCheck(const std::string& path) {
    const nlohmann::json whole = written_out(load(path), path);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(whole), schema_);
  }
  bool accepts(const nlohmann::json& value) const {
    valijson::Validator validator;
    const valijson::adapters::NlohmannJsonAdapter target(value);
    return validator.validate(schema_, target, nullptr);
  }

  static nlohmann::json load(const std::string& path) {
    std::ifstream file(CASEBRIDGE_SOURCE_DIR "/schemas/" + path);
    if (!file) throw std::runtime_error("no schema " + path);
    return nlohmann::json::parse(file);
  }

 private:
  static std::string target_of(const std::string& reference, const std::string& from) {
    const std::string file = reference.substr(0, reference.find('#'));
    if (file.empty()) return from;
    if (file.rfind("../", 0) == 0) return file.substr(3);
    return from.substr(0, from.find('/') + 1) + file;
  }
  static nlohmann::json written_out(const nlohmann::json& node, const std::string& file) {
    if (node.is_object() && node.contains("$ref") && node["$ref"].is_string()) {
      const std::string reference = node["$ref"];
      const std::string target = target_of(reference, file);
      const std::size_t mark = reference.find('#');
      const nlohmann::json::json_pointer pointer(mark == std::string::npos ? "" : reference.substr(mark + 1));
      return written_out(load(target).at(pointer), target);
    }
    nlohmann::json made = node;
    if (!node.is_structured()) return made;  // a scalar would iterate over itself
    if (node.is_object()) made.erase("definitions");
    for (auto& inner : made) inner = written_out(inner, file);
    return made;
  }

  valijson::Schema schema_;
};

}  // namespace casebridge::model
