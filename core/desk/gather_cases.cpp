// Decodes stored bodies; the level of safety is the one that holds for the viewer of the case.
#include "core/desk/gather_cases.hpp"

#include <map>
#include <optional>

#include "core/desk/dataset_states.hpp"
#include "core/federation/freshness.hpp"
#include "core/federation/viewer.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::desk {
namespace {

using model::Dataset;

template <class R>
std::optional<R> decoded(Dataset dataset, const ports::RecordVersion& row) {
  Result<model::Records> read = model::decode_records(dataset, "[" + row.body + "]");
  if (!read) return std::nullopt;
  auto& list = std::get<std::vector<R>>(*read);
  return list.size() == 1 ? std::optional<R>(std::move(list.front())) : std::nullopt;
}

// A record that cannot be read makes every sum over its case wrong.
template <class R>
bool keep(std::vector<R>& list, CaseOrigin& origin, Dataset dataset, const ports::RecordVersion& row) {
  std::optional<R> record = decoded<R>(dataset, row);
  if (!record) {
    origin.usable = false;
    return false;
  }
  list.push_back(std::move(*record));
  return true;
}

void add_record(federation::CaseFacts& facts, CaseOrigin& origin, const ports::RecordVersion& row) {
  if (row.dataset == "orders") {
    keep(facts.orders, origin, Dataset::orders, row);
  } else if (row.dataset == "balances") {
    keep(facts.balances, origin, Dataset::balances, row);
  } else if (row.dataset == "payments") {
    if (keep(facts.payments, origin, Dataset::payments, row)) origin.payment_ids.push_back(row.record_id);
  } else if (row.dataset == "disbursements") {
    if (keep(facts.disbursements, origin, Dataset::disbursements, row))
      origin.disbursement_ids.push_back(row.record_id);
  }
}

bool is_expired(const ports::DatasetState& state, Instant now) {
  return federation::freshness_of(state.dataset, state.verified_at, now).status ==
         federation::FreshnessStatus::expired;
}

void look_at_states(const ShelvedLink& shelved, CaseOrigin& origin, Instant now) {
  for (const std::string_view dataset : {"cases", "balances", "payments"}) {
    const ports::DatasetState* state = find_state(shelved.states, origin.link, origin.case_key, dataset);
    if (state == nullptr || !state->verified_at) continue;
    if (dataset == "payments") origin.payments_read = true;
    if (is_expired(*state, now)) origin.usable = false;
  }
}

// A line without a date of its own is as old as its dataset.
Known<model::Date> oldest_date(const federation::CaseFacts& facts, const ports::DatasetState* state) {
  const auto told =
      state != nullptr && state->as_of ? model::Date::parse(*state->as_of) : std::optional<model::Date>();
  std::optional<model::Date> oldest;
  for (const model::BalanceLine& line : facts.balances) {
    const auto date = line.as_of ? std::optional(*line.as_of) : told;
    if (date && (!oldest || *date < *oldest)) oldest = date;
  }
  return oldest ? Known<model::Date>(*oldest) : Known<model::Date>();
}

}  // namespace

GatheredCases gather_cases(const Shelf& shelf, const std::vector<ports::RecordVersion>& cases) {
  GatheredCases gathered;
  for (const ports::RecordVersion& row : cases) {
    const ShelvedLink* shelved = find_link(shelf, row.link);
    auto content = decoded<model::Case>(Dataset::cases, row);
    if (shelved == nullptr || !content) continue;
    federation::CaseFacts facts;
    facts.record_id = row.record_id;
    auto policy = model::SafetyLevel::redact_location;
    if (shelved->system != nullptr) {
      policy = static_cast<model::SafetyLevel>(shelved->system->safety_policy);
      facts.number_form = shelved->system->case_number;
    }
    if (shelved->jurisdiction != nullptr) facts.usps = shelved->jurisdiction->usps;
    facts.safety = federation::viewer_of(*content, policy).safety;
    facts.content = std::move(*content);
    gathered.facts.push_back(std::move(facts));
    gathered.origins.push_back(
        {row.link, row.case_key, shelved->link.jurisdiction, shelved->link.system, true, false, {}, {}});
  }
  return gathered;
}

const std::vector<std::string>& figure_datasets() {
  static const std::vector<std::string> names{"orders", "balances", "payments", "disbursements"};
  return names;
}

void add_figures(GatheredCases& gathered, const Shelf& shelf,
                 const std::vector<ports::RecordVersion>& records, Instant now) {
  std::map<std::pair<LinkId, std::string>, std::size_t> places;
  for (std::size_t i = 0; i < gathered.origins.size(); ++i)
    places.emplace(std::pair{gathered.origins[i].link, gathered.origins[i].case_key}, i);
  for (const ports::RecordVersion& row : records) {
    const auto place = places.find({row.link, row.case_key});
    if (place != places.end())
      add_record(gathered.facts[place->second], gathered.origins[place->second], row);
  }
  for (std::size_t i = 0; i < gathered.origins.size(); ++i) {
    CaseOrigin& origin = gathered.origins[i];
    const ShelvedLink* shelved = find_link(shelf, origin.link);
    if (shelved == nullptr) continue;
    look_at_states(*shelved, origin, now);
    gathered.facts[i].ledger_date =
        oldest_date(gathered.facts[i], find_state(shelved->states, origin.link, origin.case_key, "balances"));
  }
}

}  // namespace casebridge::desk
