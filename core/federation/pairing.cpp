// Compares what two states say about each other, case by case.
#include "core/federation/pairing.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "core/base/text.hpp"

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
  const auto wanted = model::Identifier::parse(to.content.number, to.number_form);
  for (const auto& reference : from.content.intergov) {
    if (reference.other_state != to.usps || !reference.other_case || !about_the_same_services(reference))
      continue;
    const auto named = model::Identifier::parse(*reference.other_case, to.number_form);
    if (!named) continue;  // zeros or blanks stand for no number
    if (wanted && *named == *wanted) return Reference::to_it;
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

// Within a state a number belongs to one case; without digits it is none.
bool are_one_case(const CaseFacts& a, const CaseFacts& b) {
  if (a.usps != b.usps || a.usps.empty()) return false;
  const auto number = model::Identifier::parse(a.content.number, a.number_form);
  const auto other = model::Identifier::parse(b.content.number, a.number_form);
  return number && other && *number == *other;
}

std::set<std::string> dockets_of(const CaseFacts& facts) {
  std::set<std::string> dockets;
  for (const auto& order : facts.orders)
    if (order.docket) dockets.insert(text::upper_ascii(text::trim(*order.docket)));
  return dockets;
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

std::optional<CasePair> interstate_pair(std::span<const CaseFacts> cases, std::size_t i, std::size_t j) {
  if (cases[i].usps == cases[j].usps) return std::nullopt;
  const Reference there = reference_between(cases[i], cases[j]), back = reference_between(cases[j], cases[i]);
  if (there != Reference::to_it && back != Reference::to_it) return std::nullopt;
  CasePair pair{i, j, false, PairState::probable};
  if (there == back)
    pair.state = PairState::confirmed;
  else if (there == Reference::to_another || back == Reference::to_another)
    pair.state = PairState::conflict;
  decide_roles(cases, pair);
  return pair;
}

// The other member of an interstate pair that `member` is in.
std::optional<std::size_t> partner_of(const CasePair& pair, std::size_t member) {
  if (pair.kind != PairKind::interstate) return std::nullopt;
  if (pair.initiating == member) return pair.responding;
  if (pair.responding == member) return pair.initiating;
  return std::nullopt;
}

// The interstate pairs of each case, by its place.
std::vector<std::vector<std::size_t>> pairs_by_member(const std::vector<CasePair>& pairs, std::size_t cases) {
  std::vector<std::vector<std::size_t>> by_member(cases);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].kind != PairKind::interstate) continue;
    by_member[pairs[i].initiating].push_back(i);
    by_member[pairs[i].responding].push_back(i);
  }
  return by_member;
}

// Of two accounts that show one case, the one that knows more of the partner speaks for both.
void leave_one_speaker(std::vector<CasePair>& pairs, std::size_t cases) {
  const auto by_member = pairs_by_member(pairs, cases);
  std::vector<bool> silent(pairs.size(), false);
  for (const CasePair& twins : pairs) {
    if (twins.kind != PairKind::same_case) continue;
    for (const std::size_t a : by_member[twins.initiating])
      for (const std::size_t b : by_member[twins.responding]) {
        if (silent[a] || silent[b]) continue;
        if (partner_of(pairs[a], twins.initiating) != partner_of(pairs[b], twins.responding)) continue;
        const bool second_knows_more =
            pairs[b].state == PairState::confirmed && pairs[a].state != PairState::confirmed;
        silent[second_knows_more ? a : b] = true;
      }
  }
  std::vector<CasePair> kept;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    if (!silent[i]) kept.push_back(pairs[i]);
  pairs = std::move(kept);
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
      if (i != j && pairs[i].kind == PairKind::interstate && pairs[j].kind == PairKind::interstate &&
          pairs[i].state == PairState::confirmed && pairs[j].state == PairState::confirmed &&
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

std::string_view name_of(PairKind kind) {
  switch (kind) {
    case PairKind::interstate: return "interstate";
    case PairKind::same_case: return "same_case";
  }
  return "interstate";
}

std::vector<CasePair> find_pairs(std::span<const CaseFacts> cases) {
  std::vector<CasePair> pairs;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (std::size_t j = i + 1; j < cases.size(); ++j) {
      if (!may_be_paired(cases[i]) || !may_be_paired(cases[j])) continue;
      if (are_one_case(cases[i], cases[j]))
        pairs.push_back({i, j, false, PairState::confirmed, PairKind::same_case});
      else if (const auto pair = interstate_pair(cases, i, j))
        pairs.push_back(*pair);
    }
  }
  leave_one_speaker(pairs, cases.size());
  mark_rivals(pairs);
  return pairs;
}

PairState settled_state(std::span<const CaseFacts> cases, const CasePair& pair) {
  if (pair.kind != PairKind::same_case) return pair.state;
  const auto mine = dockets_of(cases[pair.initiating]), theirs = dockets_of(cases[pair.responding]);
  const bool shared = std::any_of(mine.begin(), mine.end(),
                                  [&](const std::string& docket) { return theirs.contains(docket); });
  return shared || mine.empty() || theirs.empty() ? pair.state : PairState::conflict;
}

}  // namespace casebridge::federation
