// GatherCases: what is stored of an account's cases, in the form in which federation compares them.
#pragma once

#include <string>
#include <vector>

#include "core/desk/shelf.hpp"
#include "core/federation/case_facts.hpp"

namespace casebridge::desk {

// Where a case was read, and whether its figures may be counted.
struct CaseOrigin {
  LinkId link;
  std::string case_key;
  std::string jurisdiction, system;
  // False when something its figures are made of is expired or cannot be read: shown, but combined with
  // nothing.
  bool usable = true;
  bool payments_read = false;                              // the state has told its payments at least once
  std::vector<std::string> payment_ids, disbursement_ids;  // led_..., beside those of the facts
};

struct GatheredCases {
  std::vector<federation::CaseFacts> facts;
  std::vector<CaseOrigin> origins;  // of the case at the same place
};

// The full records, not what is shown of them. From stored `cases` alone: no figures yet. A case that cannot
// be read is left out.
GatheredCases gather_cases(const Shelf& shelf, const std::vector<ports::RecordVersion>& cases);
// Datasets that add_figures looks at.
const std::vector<std::string>& figure_datasets();
// `records` may be of other cases too.
void add_figures(GatheredCases& gathered, const Shelf& shelf,
                 const std::vector<ports::RecordVersion>& records, Instant now);

}  // namespace casebridge::desk
