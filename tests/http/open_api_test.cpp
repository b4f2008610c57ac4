// schemas/openapi.yaml and the route table say the same, in both directions; and the document holds together.
#include <gtest/gtest.h>

#include <set>

#include "core/base/text.hpp"
#include "core/base/trouble.hpp"
#include "core/http/open_api.hpp"
#include "core/http/route.hpp"
#include "tests/http/answer_schemas.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;

const json& document() {
  static const json parsed = json::parse(http::open_api_json());
  return parsed;
}

std::string method_of(const http::Route& route) { return text::lower_ascii(http::name_of(route.method)); }

const json* operation_of(const http::Route& route) {
  const json& paths = document().at("paths");
  const auto path = paths.find(std::string(route.path));
  if (path == paths.end() || !path->contains(method_of(route))) return nullptr;
  return &path->at(method_of(route));
}

std::string schema_name(const json& content) {
  const auto media = content.find("application/json");
  if (media == content.end()) return "";
  const std::string reference = media->at("schema").at("$ref");
  return reference.substr(reference.rfind('/') + 1);
}

// Every reference of the document, wherever it stands.
void collect_references(const json& node, std::set<std::string>& found) {
  if (node.is_object() && node.contains("$ref")) found.insert(node.at("$ref").get<std::string>());
  if (node.is_structured()) {
    for (const json& child : node) collect_references(child, found);
  }
}

TEST(OpenApi, HasEveryRouteOfTheTable) {
  for (const http::Route& route : http::routes()) {
    const json* operation = operation_of(route);
    ASSERT_NE(operation, nullptr) << method_of(route) << ' ' << route.path;
    EXPECT_EQ(operation->at("operationId"), route.operation);
  }
}

TEST(OpenApi, HasNoOperationThatTheTableLacks) {
  std::set<std::pair<std::string, std::string>> table;
  for (const http::Route& route : http::routes()) {
    EXPECT_TRUE(table.emplace(method_of(route), route.path).second) << route.path << " twice";
  }
  for (const auto& [path, methods] : document().at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      EXPECT_TRUE(table.contains({method, path})) << method << ' ' << path;
    }
  }
}

TEST(OpenApi, SaysWhoMayCallAsTheTableDoes) {
  for (const http::Route& route : http::routes()) {
    const json& operation = *operation_of(route);
    const json& row = operation.at("x-casebridge");
    SCOPED_TRACE(std::string(route.operation));
    EXPECT_EQ(row.at("caller"), http::name_of(route.caller));
    EXPECT_EQ(row.at("step_up"), route.step_up);
    EXPECT_EQ(row.at("idempotency"), http::name_of(route.idempotency));
    EXPECT_EQ(row.at("rate_class"), http::name_of(route.rate));
    const char* assurances[] = {"none", "password", "two_factor"};
    EXPECT_EQ(row.at("assurance"), assurances[static_cast<int>(route.assurance)]);
    // The document's default security is a session; what needs none says so.
    const bool open = operation.contains("security") && operation.at("security").empty();
    EXPECT_EQ(open, route.caller != http::CallerKind::account);
    EXPECT_EQ(route.scope.empty(), route.caller != http::CallerKind::account);
  }
}

TEST(OpenApi, NamesTheSchemasOfTheTable) {
  for (const http::Route& route : http::routes()) {
    const json& operation = *operation_of(route);
    SCOPED_TRACE(std::string(route.operation));
    const bool has_body = operation.contains("requestBody");
    EXPECT_EQ(has_body ? schema_name(operation.at("requestBody").at("content")) : "", route.request_schema);
    std::string response;
    for (const auto& [status, answer] : operation.at("responses").items()) {
      if (status.starts_with('2') && answer.contains("content")) response = schema_name(answer.at("content"));
    }
    EXPECT_EQ(response, route.response_schema);
    EXPECT_EQ(operation.at("responses").at("default").at("$ref"), "#/components/responses/Problem");
  }
}

TEST(OpenApi, NamesPathArgumentsKeysAndConditions) {
  for (const http::Route& route : http::routes()) {
    const json& operation = *operation_of(route);
    SCOPED_TRACE(std::string(route.operation));
    std::set<std::string> path, headers;
    for (json parameter : operation.value("parameters", json::array())) {
      if (parameter.contains("$ref")) {
        parameter = document().at(json::json_pointer(parameter.at("$ref").get<std::string>().substr(1)));
      }
      if (parameter.at("in") == "path") path.insert("{" + parameter.at("name").get<std::string>() + "}");
      if (parameter.at("in") == "header") headers.insert(parameter.at("name"));
    }
    std::set<std::string> expected;
    for (const std::string& segment : text::split(route.path, '/')) {
      if (segment.starts_with('{')) expected.insert(segment);
    }
    EXPECT_EQ(path, expected);
    EXPECT_EQ(headers.contains("Idempotency-Key"), route.idempotency == http::Idempotency::key);
    const bool tagged = route.method == http::Method::get && route.caching != http::Caching::no_store;
    EXPECT_EQ(headers.contains("If-None-Match"), tagged);
  }
}

TEST(OpenApi, AnswersThatHoldSecretsAreNeverKept) {
  const std::set<std::string_view> with_secrets{"startFlow", "submitFlow", "readMe"};
  for (const http::Route& route : http::routes()) {
    if (!with_secrets.contains(route.operation)) continue;
    EXPECT_EQ(route.caching, http::Caching::no_store) << route.operation;
    EXPECT_NE(route.idempotency, http::Idempotency::key) << route.operation;
  }
}

TEST(OpenApi, ListsTheProblemCodesOfTheTroubleTable) {
  std::vector<std::string> codes;
  for (const TroubleRow& row : trouble_table()) codes.emplace_back(row.name);
  EXPECT_EQ(document().at("components").at("schemas").at("ProblemCode").at("enum"), json(codes));
}

TEST(OpenApi, HasNoReferenceThatLeadsNowhereAndNoSchemaThatNobodyUses) {
  std::set<std::string> references;
  collect_references(document(), references);
  for (const std::string& reference : references) {
    ASSERT_TRUE(reference.starts_with("#/")) << reference;
    EXPECT_TRUE(document().contains(json::json_pointer(reference.substr(1)))) << reference;
  }
  for (const auto& [kind, parts] : document().at("components").items()) {
    if (kind == "securitySchemes") continue;
    for (const auto& [name, part] : parts.items()) {
      EXPECT_TRUE(references.contains("#/components/" + kind + "/" + name)) << kind << ' ' << name;
    }
  }
}

TEST(OpenApi, EverySchemaCompilesAndRequiresOnlyWhatItDescribes) {
  AnswerSchemas schemas;
  for (const auto& [name, schema] : document().at("components").at("schemas").items()) {
    EXPECT_NO_THROW(schemas.mismatch(name, json::object())) << name;
    for (const json& member : schema.value("required", json::array())) {
      EXPECT_TRUE(schema.at("properties").contains(member.get<std::string>())) << name << ' ' << member;
    }
  }
}

TEST(OpenApi, OperationsAreNamedOnceAndTagged) {
  std::set<std::string> names, tags;
  for (const json& tag : document().at("tags")) tags.insert(tag.at("name"));
  for (const auto& [path, methods] : document().at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      EXPECT_TRUE(names.insert(operation.at("operationId")).second) << path;
      EXPECT_FALSE(operation.at("summary").get<std::string>().empty()) << path;
      for (const json& tag : operation.at("tags")) EXPECT_TRUE(tags.contains(tag)) << path;
    }
  }
  EXPECT_TRUE(document().at("openapi").get<std::string>().starts_with("3.1."));
}

}  // namespace
}  // namespace casebridge::tests
