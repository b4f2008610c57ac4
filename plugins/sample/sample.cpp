// The smallest complete adapter: sign-in with a name and password, the list of cases, balances. See
// README.md.
#include <string>
#include <vector>

#include "core/model/json_document.hpp"
#include "core/model/json_writer.hpp"
#include "plugins/sdk/adapter.hpp"
#include "plugins/sdk/export.hpp"

namespace casebridge::sample {
namespace {

using model::Dataset;
using model::JsonDocument;
using model::JsonNode;
using model::Outcome;
using sdk::Answer;
using sdk::Call;

// The text of a member, or nothing when it is missing or of another kind.
std::optional<std::string> text_of(const JsonNode& node, std::string_view member) {
  const auto found = node.find(member);
  if (!found || found->kind() != model::JsonKind::text) return std::nullopt;
  return found->text();
}

class SampleAdapter final : public sdk::Adapter {
 public:
  Answer<sdk::Done> configure(const sdk::Host&, const sdk::Settings& settings) override {
    base_path_ = settings.text("base_path").value_or("");
    return sdk::Done{};
  }

  Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin) override {
    const auto name = begin.fields.find("user_name");
    const auto password = begin.fields.find("password");
    if (name == begin.fields.end() || password == begin.fields.end())
      return sdk::refuse(Outcome::invalid_field);
    model::SecretSink body;
    model::JsonWriter json(body);
    json.begin_object();
    json.name("name");
    json.secret_text(name->second);
    json.name("password");
    json.secret_text(password->second);
    json.end_object();
    const SecretBytes octets = body.take();
    const std::string target = base_path_ + "/login";
    SDK_TRY(auto answer, call.http().send({.method = "POST",
                                           .target = target,
                                           .headers = {{"Content-Type", "application/json"}},
                                           .body = octets.reveal()}));
    if (answer.status == 401) return sdk::refuse(Outcome::credential_rejected);
    SDK_TRY(const auto checked, document(call, answer));
    const auto token = checked.root().find("token");
    const auto member = text_of(checked.root(), "member");
    if (!token || token->kind() != model::JsonKind::text || !member) return sdk::drift("/token");
    return model::AuthStep{model::AuthDone{.session = token->secret_text(), .subject_key = *member}};
  }

  Answer<sdk::Done> auth_end(Call& call, const SecretBytes& session) override {
    SDK_TRY(auto answer, send(call, session, "POST", "/logout"));
    if (answer.status != 204 && answer.status != 401) return sdk::refuse(Outcome::unavailable);
    return sdk::Done{};
  }

  Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session) override {
    SDK_TRY(auto answer, send(call, session, "GET", "/cases"));
    SDK_TRY(const auto checked, document(call, answer));
    const auto cases = checked.root().find("cases");
    if (!cases || cases->kind() != model::JsonKind::array) return sdk::drift("/cases");
    model::CaseList list;
    for (const JsonNode& entry : cases->children()) {
      if (entry.kind() != model::JsonKind::text) return sdk::drift("/cases");
      list.cases.push_back({entry.text()});
    }
    return list;
  }

  // One request for each dataset the system knows; the others are "unsupported", not empty.
  Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                       const model::CaseReadQuery& query) override {
    model::CaseContent content;
    for (const Dataset dataset : query.datasets) {
      if (dataset != Dataset::balances) {
        content.datasets.push_back(sdk::unsupported(dataset));
        continue;
      }
      auto lines = read_balances(call, session, query.case_key);
      if (lines.refused() && lines.refusal().outcome == Outcome::session_expired) return lines.refusal();
      content.datasets.push_back(lines ? sdk::content(dataset, std::move(*lines))
                                       : sdk::failed(dataset, lines.refusal()));
    }
    return content;
  }

 private:
  Answer<sdk::HttpResponse> send(Call& call, const SecretBytes& session, std::string_view method,
                                 const std::string& path) const {
    const std::string target = base_path_ + path;
    std::string bearer = "Bearer " + std::string(session.reveal());
    auto answer = call.http().send({.method = method,
                                    .target = target,
                                    .headers = {{"Accept", "application/json"}, {"Authorization", bearer}}});
    wipe(bearer);
    return answer;
  }

  // What all good answers have in common; everything else is a refusal of the closed list.
  static Answer<JsonDocument> document(Call& call, const sdk::HttpResponse& answer) {
    if (answer.status != 200) {
      call.log(LogLevel::info, sdk::Event::upstream_error, {sdk::number("status", answer.status)});
      if (answer.status == 401) return sdk::refuse(Outcome::session_expired);
      if (answer.status == 404) return sdk::refuse(Outcome::not_found);
      return sdk::refuse(Outcome::unavailable);
    }
    if (answer.media_type() != "application/json") return sdk::drift("content-type");
    auto parsed = JsonDocument::parse(answer.body);
    if (!parsed) return sdk::drift(parsed.error().detail);
    if (parsed->root().kind() != model::JsonKind::object) return sdk::drift("/");
    return std::move(*parsed);
  }

  Answer<std::vector<model::BalanceLine>> read_balances(Call& call, const SecretBytes& session,
                                                        const std::string& case_key) const {
    SDK_TRY(auto answer, send(call, session, "GET", "/cases/" + case_key + "/balances"));
    SDK_TRY(const auto checked, document(call, answer));
    const auto balances = checked.root().find("balances");
    if (!balances || balances->kind() != model::JsonKind::array) return sdk::drift("/balances");
    std::vector<model::BalanceLine> lines;
    for (const JsonNode& entry : balances->children()) {
      const auto amount = text_of(entry, "amount");
      const auto money = amount ? model::Money::parse(*amount) : std::nullopt;
      const auto kind = text_of(entry, "kind");
      if (!money || !kind) return sdk::drift("/balances");  // never a guess where money is meant
      model::BalanceLine line;
      line.key = *kind;
      line.bucket = *kind == "OWED" ? model::Coded<model::Bucket>(model::Bucket::total_owed)
                                    : model::Coded<model::Bucket>::unrecognised(*kind);
      line.is_aggregate = *kind == "OWED";
      line.amount = *money;
      lines.push_back(std::move(line));
    }
    return lines;
  }

  std::string base_path_;
};

}  // namespace
}  // namespace casebridge::sample

CASEBRIDGE_EXPORT_ADAPTER(casebridge::sample::SampleAdapter, "sample", "1.0.0");
