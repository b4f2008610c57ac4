// The one place with valijson, and with nlohmann JSON in this room; their exceptions and texts end here.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "core/base/limits.hpp"
#include "core/switchboard/payload_schemas.hpp"

namespace casebridge::switchboard {
namespace {

using nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

// Depth is bounded while reading: a thousand open brackets must not become a thousand frames of the
// validator.
std::optional<json> parse_json(std::string_view text) {
  bool too_deep = false;
  const auto watch = [&](int depth, json::parse_event_t, json&) {
    too_deep = too_deep || depth > static_cast<int>(limits::json_depth_max);
    return !too_deep;
  };
  json parsed = json::parse(text, watch, false);
  if (parsed.is_discarded() || too_deep) return std::nullopt;
  return parsed;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in ? text.str() : std::string{};
}

// The library builds its pointer from what it found, so a member's name made of content could be in it: only
// words and numbers stay.
std::string safe_pointer(const std::vector<std::string>& context) {
  std::string pointer;
  for (const std::string& step : context) {
    std::string name;
    for (const char c : step)
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') name += c;
    if (step == "<root>" || name.empty()) continue;
    pointer += "/" + name.substr(0, 40);
  }
  return pointer.empty() ? "/" : pointer;
}

std::unique_ptr<valijson::Schema> compile(const json& document, const std::filesystem::path& folder) {
  auto schema = std::make_unique<valijson::Schema>();
  valijson::SchemaParser parser;
  const Adapter adapter(document);
  // $ref may name a file of schemas/model, or one beside this one; nothing else is ever opened.
  const auto fetch = [&](const std::string& uri) -> const json* {
    const std::string name = std::filesystem::path(uri).filename().string();
    for (const auto& place : {folder.parent_path() / "model" / name, folder / name}) {
      if (auto parsed = parse_json(read_file(place))) return new json(std::move(*parsed));
    }
    return nullptr;
  };
  const auto free = [](const json* fetched) { delete fetched; };
  parser.populateSchema(adapter, *schema, fetch, free);
  return schema;
}

PayloadSchemas::Finding validate(const valijson::Schema& schema, std::string_view text) {
  using Verdict = PayloadSchemas::Verdict;
  const auto document = parse_json(text);
  if (!document) return {Verdict::wrong, "not JSON, or too deep"};
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, Adapter(*document), &results)) return {};
  valijson::ValidationResults::Error last;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    if (error.context.size() >= last.context.size()) last = error;
  }
  return {Verdict::wrong, safe_pointer(last.context)};
}

class CompiledSchemas final : public PayloadSchemas {
 public:
  Result<void> add(const std::filesystem::path& file) {
    try {
      const auto document = parse_json(read_file(file));
      if (!document) return broken(file);
      schemas_.emplace(file.stem().string(), compile(*document, file.parent_path()));
      return {};
    } catch (const std::exception&) {
      return broken(file);
    }
  }
  bool empty() const { return schemas_.empty(); }

  Finding check(std::string_view name, std::string_view text) const override {
    const auto found = schemas_.find(name);
    if (found == schemas_.end()) return {Verdict::no_such_schema, {}};
    try {
      return validate(*found->second, text);
    } catch (const std::exception&) {
      return {Verdict::wrong, "not checkable"};
    }
  }

 private:
  static Trouble broken(const std::filesystem::path& file) {
    return trouble(TroubleCode::internal, file.filename().string() + " is no JSON Schema");
  }
  std::map<std::string, std::unique_ptr<valijson::Schema>, std::less<>> schemas_;
};

}  // namespace

Result<std::shared_ptr<const PayloadSchemas>> PayloadSchemas::read(const std::string& folder) {
  auto schemas = std::make_shared<CompiledSchemas>();
  std::error_code failed;
  for (const auto& file : std::filesystem::directory_iterator(folder, failed)) {
    if (file.path().extension() == ".json") CASEBRIDGE_CHECK(schemas->add(file.path()));
  }
  if (failed || schemas->empty()) return trouble(TroubleCode::internal, "there are no adapter schemas");
  return std::shared_ptr<const PayloadSchemas>(std::move(schemas));
}

Result<void> check_against(const std::string& schema, const std::string& text) {
  try {
    const auto document = parse_json(schema);
    if (!document) return trouble(TroubleCode::invalid_request, "the settings schema is no JSON");
    const auto finding = validate(*compile(*document, {}), text);
    if (finding.verdict == PayloadSchemas::Verdict::good) return {};
    return trouble(TroubleCode::invalid_request, finding.where);
  } catch (const std::exception&) {
    return trouble(TroubleCode::invalid_request, "the settings schema is no JSON Schema");
  }
}

std::string merge_objects(const std::string& base, const std::string& over) {
  auto merged = parse_json(base).value_or(json::object());
  const auto changes = parse_json(over).value_or(json::object());
  if (merged.is_object() && changes.is_object()) merged.update(changes);
  return merged.dump();
}

Result<Description> decode_description(const std::string& text) {
  const auto wrong = [] {
    return trouble(TroubleCode::adapter_fault, "the adapter does not describe itself");
  };
  const auto document = parse_json(text);
  if (!document || !document->is_object()) return wrong();
  try {
    return Description{document->at("id").get<std::string>(), document->at("version").get<std::string>(),
                       document->at("operations").get<std::vector<std::string>>()};
  } catch (const json::exception&) {
    return wrong();
  }
}

}  // namespace casebridge::switchboard
