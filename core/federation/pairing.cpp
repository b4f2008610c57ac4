// Compares what two states say about each other, case by case.
#include "core/federation/pairing.hpp"

#include "core/federation/case_number.hpp"

namespace casebridge::federation {

namespace {

enum class Reference { none, to_it, to_another };

bool about_the_same_services(const model::IntergovRef& reference) {
  return reference.my_role.value != model::IntergovRole::limited_service &&
         reference.my_role.value != model::IntergovRole::direct_iwo;
}

// What `from` says about the state of `to`: nothing, this very case, or another one. A reference without a
// case number says nothing about which case.
Reference reference_between(const CaseFacts& from, const CaseFacts& to) {
  Reference found = Reference::none;
  const std::string wanted = normal_case_number(to.content.number, to.number_digits);
  for (const auto& reference : from.content.intergov) {
    if (reference.other_state != to.usps || !reference.other_case || !about_the_same_services(reference))
      continue;
    if (normal_case_number(*reference.other_case, to.number_digits) == wanted) return Reference::to_it;
    found = Reference::to_another;
  }
  return found;
}

bool may_be_paired(const CaseFacts& facts) {
  return facts.safety == model::SafetyLevel::none &&
         facts.content.assistance.value != model::Assistance::locate_only;
}

model::IntergovRole role_towards(const CaseFacts& from, const CaseFacts& to) {
  for (const auto& reference : from.content.intergov)
    if (reference.other_state == to.usps && about_the_same_services(reference))
      return reference.my_role.value;
  return model::IntergovRole::unknown;
}

void decide_roles(std::span<const CaseFacts> cases, CasePair& pair) {
  using model::IntergovRole;
  const auto first = role_towards(cases[pair.initiating], cases[pair.responding]);
  const auto second = role_towards(cases[pair.responding], cases[pair.initiating]);
  const bool as_listed = (first == IntergovRole::initiating && second != IntergovRole::initiating) ||
                         (second == IntergovRole::responding && first != IntergovRole::responding);
  const bool swapped = (second == IntergovRole::initiating && first != IntergovRole::initiating) ||
                       (first == IntergovRole::responding && second != IntergovRole::responding);
  pair.roles_known = as_listed || swapped;
  if (swapped) std::swap(pair.initiating, pair.responding);
}

// Two confirmed partners for one case cannot both be right.
void mark_rivals(std::vector<CasePair>& pairs) {
  const auto share = [](const CasePair& a, const CasePair& b) {
    return a.initiating == b.initiating || a.initiating == b.responding || a.responding == b.initiating ||
           a.responding == b.responding;
  };
  std::vector<bool> rival(pairs.size(), false);
  for (std::size_t i = 0; i < pairs.size(); ++i)
    for (std::size_t j = 0; j < pairs.size(); ++j)
      if (i != j && pairs[i].state == PairState::confirmed && pairs[j].state == PairState::confirmed &&
          share(pairs[i], pairs[j]))
        rival[i] = true;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    if (rival[i]) pairs[i].state = PairState::conflict;
}

}  // namespace

std::string_view name_of(PairState state) {
  switch (state) {
    case PairState::confirmed: return "confirmed";
    case PairState::probable: return "probable";
    case PairState::conflict: return "conflict";
  }
  return "conflict";
}

std::vector<CasePair> find_pairs(std::span<const CaseFacts> cases) {
  std::vector<CasePair> pairs;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (std::size_t j = i + 1; j < cases.size(); ++j) {
      const auto& a = cases[i];
      const auto& b = cases[j];
      if (a.usps == b.usps || !may_be_paired(a) || !may_be_paired(b)) continue;
      const Reference there = reference_between(a, b), back = reference_between(b, a);
      if (there != Reference::to_it && back != Reference::to_it) continue;
      CasePair pair{i, j, false, PairState::probable};
      if (there == back)
        pair.state = PairState::confirmed;
      else if (there == Reference::to_another || back == Reference::to_another)
        pair.state = PairState::conflict;
      decide_roles(cases, pair);
      pairs.push_back(pair);
    }
  }
  mark_rivals(pairs);
  return pairs;
}

}  // namespace casebridge::federation
