// CaseFile: one case with its datasets under the names they were asked for by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/desk/view_case.hpp"
#include "core/http/problem.hpp"

namespace casebridge::http::encode {

// A name in `include`, the datasets that are read for it, and the one type of record it is about, if not all.
struct CaseInclude {
  std::string name;
  std::vector<model::Dataset> datasets;
  std::string_view type{};
};
Result<std::vector<CaseInclude>> read_include(std::string_view include);
// Each record once: every dataset, and orders apart from obligations.
std::vector<CaseInclude> include_all();
std::vector<model::Dataset> datasets_of(const std::vector<CaseInclude>& asked);

void case_file(JsonText& json, const std::vector<CaseInclude>& asked, const desk::CaseFile& file,
               const ProblemContext& context);

}  // namespace casebridge::http::encode
