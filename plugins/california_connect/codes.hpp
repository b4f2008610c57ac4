// The portal's code texts and what they mean; one that no table has becomes `unknown` and keeps its spelling.
#pragma once

#include <string>

#include "core/model/vocabulary.hpp"
#include "plugins/california_connect/language.hpp"

namespace casebridge::california_connect {

// "--", where the portal has no text for the state's own type, is `unknown` without a spelling.
model::Coded<model::Assistance> assistance_of(const std::string& text, Language language);
model::Coded<model::CaseStatus> case_status_of(const std::string& text, Language language);
model::Coded<model::Role> role_of(const std::string& text, Language language);
model::Coded<model::Frequency> frequency_of(const std::string& text, Language language);
model::Coded<model::Bucket> bucket_of(const std::string& text, Language language);
// Every intercept is one text already (26 U.S.C. 6103); it stays one class. "Other" is `unknown`.
model::Coded<model::SourceClass> source_of(const std::string& text, Language language);
model::Coded<model::EventKind> event_kind_of(const std::string& text, Language language);
// Whether a source is the portal's own word for all the rest.
bool is_other_source(const std::string& text, Language language);

}  // namespace casebridge::california_connect
