// GET /v1/cases/{case_id}?include=orders,obligations,balances,ledger
#include "core/desk/view_case.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {
namespace {

using model::Dataset;

// A name in `include`, the datasets that are read for it, and the one type of record it is about, if not all.
struct Asked {
  std::string name;
  std::vector<Dataset> datasets;
  std::string_view type{};
};

std::optional<Asked> asked_for(const std::string& name) {
  if (name == "orders") return Asked{name, {Dataset::orders}, "order"};
  if (name == "obligations") return Asked{name, {Dataset::orders}, "obligation"};
  if (name == "ledger") return Asked{name, {Dataset::payments, Dataset::disbursements}};
  const auto dataset = model::dataset_of(name);
  if (!dataset || *dataset == Dataset::cases) return std::nullopt;
  return Asked{name, {*dataset}};
}

Result<std::vector<Asked>> read_include(std::string_view include) {
  std::vector<Asked> asked;
  if (include.empty()) return asked;
  for (const std::string& name : text::split(include, ',')) {
    auto one = asked_for(name);
    if (!one) return field_trouble("include", "names something that is not a dataset");
    const auto same = [&](const Asked& other) { return other.name == name; };
    if (std::none_of(asked.begin(), asked.end(), same)) asked.push_back(std::move(*one));
  }
  return asked;
}

std::vector<Dataset> datasets_of(const std::vector<Asked>& asked) {
  std::vector<Dataset> datasets;
  for (const Asked& one : asked) {
    for (const Dataset dataset : one.datasets) {
      if (std::find(datasets.begin(), datasets.end(), dataset) == datasets.end()) datasets.push_back(dataset);
    }
  }
  return datasets;
}

int severity(std::string_view outcome) {
  constexpr std::string_view order[] = {"ok", "unsupported", "stale", "syncing", "missing"};
  return static_cast<int>(std::find(std::begin(order), std::end(order), outcome) - std::begin(order));
}

// Two datasets under one name are as good as the worse of them; one that is not offered takes nothing away.
const desk::CaseSection* worst_of(const std::vector<const desk::CaseSection*>& parts) {
  const auto worse = [](const auto* a, const auto* b) { return severity(a->outcome) < severity(b->outcome); };
  const auto supported = [](const auto* part) { return part->outcome != "unsupported"; };
  std::vector<const desk::CaseSection*> offered;
  std::copy_if(parts.begin(), parts.end(), std::back_inserter(offered), supported);
  const auto& judged = offered.empty() ? parts : offered;
  return *std::max_element(judged.begin(), judged.end(), worse);
}

void section(JsonText& json, const Asked& asked, const desk::CaseFile& file, const ProblemContext& context) {
  std::vector<const desk::CaseSection*> parts;
  for (const auto& one : file.sections) {
    if (std::find(asked.datasets.begin(), asked.datasets.end(), one.dataset) != asked.datasets.end()) {
      parts.push_back(&one);
    }
  }
  if (parts.empty()) return;
  const desk::CaseSection& said = *worst_of(parts);
  json.object(asked.name).text("outcome", said.outcome).text_or_null("as_of", said.as_of);
  write_problem_or_null(json, "problem", said.problem, context);
  json.array("data");
  for (const auto* part : parts) {
    for (const auto& record : part->records) {
      if (asked.type.empty() || record.type == asked.type) encode::record(json, record);
    }
  }
  json.end_array().end_object();
}

}  // namespace

Result<Response> view_case(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({"include"}));
  CASEBRIDGE_TRY(const auto asked, read_include(call.query.find("include").value_or("")));
  CASEBRIDGE_TRY(const auto file,
                 desk::view_case(call.use.desk, call.caller(), call.path.at("case_id"), datasets_of(asked)));
  Response response = json(200, encode::body_of([&](JsonText& json) {
                             json.object("case");
                             encode::case_record(json, file.view);
                             json.end_object().object("sections");
                             for (const Asked& one : asked) section(json, one, file, call.context);
                             json.end_object();
                             encode::meta(json, file.coverage, call.context);
                           }));
  response.set("Gateway-Completeness", encode::completeness_header(file.coverage));
  return response;
}

}  // namespace casebridge::http::actions
