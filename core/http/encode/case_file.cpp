// Two datasets under one name are told as one section.
#include "core/http/encode/case_file.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {
namespace {

using model::Dataset;

std::optional<CaseInclude> asked_for(const std::string& name) {
  if (name == "orders") return CaseInclude{name, {Dataset::orders}, "order"};
  if (name == "obligations") return CaseInclude{name, {Dataset::orders}, "obligation"};
  if (name == "ledger") return CaseInclude{name, {Dataset::payments, Dataset::disbursements}};
  const auto dataset = model::dataset_of(name);
  if (!dataset || *dataset == Dataset::cases) return std::nullopt;
  return CaseInclude{name, {*dataset}};
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

void section(JsonText& json, const CaseInclude& asked, const desk::CaseFile& file,
             const ProblemContext& context) {
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

Result<std::vector<CaseInclude>> read_include(std::string_view include) {
  std::vector<CaseInclude> asked;
  if (include.empty()) return asked;
  for (const std::string& name : text::split(include, ',')) {
    auto one = asked_for(name);
    if (!one) return field_trouble("include", "names something that is not a dataset");
    const auto same = [&](const CaseInclude& other) { return other.name == name; };
    if (std::none_of(asked.begin(), asked.end(), same)) asked.push_back(std::move(*one));
  }
  return asked;
}

std::vector<Dataset> datasets_of(const std::vector<CaseInclude>& asked) {
  std::vector<Dataset> datasets;
  for (const CaseInclude& one : asked) {
    for (const Dataset dataset : one.datasets) {
      if (std::find(datasets.begin(), datasets.end(), dataset) == datasets.end()) datasets.push_back(dataset);
    }
  }
  return datasets;
}

std::vector<CaseInclude> include_all() {
  std::vector<CaseInclude> all{*asked_for("orders"), *asked_for("obligations")};
  for (const Dataset dataset : model::all_datasets)
    if (dataset != Dataset::cases && dataset != Dataset::orders)
      all.push_back(*asked_for(std::string(model::name_of(dataset))));
  return all;
}

void case_file(JsonText& json, const std::vector<CaseInclude>& asked, const desk::CaseFile& file,
               const ProblemContext& context) {
  json.object("case");
  case_record(json, file.view);
  json.end_object().object("sections");
  for (const CaseInclude& one : asked) section(json, one, file, context);
  json.end_object();
  meta(json, file.coverage, context);
}

}  // namespace casebridge::http::encode
