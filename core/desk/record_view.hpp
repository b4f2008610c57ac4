// RecordView and Coverage: stored records with their envelope, and what each source contributed to an answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/trouble.hpp"
#include "core/desk/closing.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"

namespace casebridge::desk {

// One station of money on its way from the payer through two states.
struct LedgerLeg {
  std::string jurisdiction;
  model::LegKind kind = model::LegKind::unknown;
  model::Money amount;
  std::optional<model::Date> date{};
};

// One record in its envelope. `projected` is the text of the JSON members "data" and "missing", ready to be
// copied.
struct RecordView {
  std::string id;       // cas_..., ord_..., led_...
  std::string dataset;  // cases, orders, balances ...
  std::string type;     // case, order, obligation, balance_line, payment, disbursement ...
  std::int64_t version = 1;
  std::string projected;
  std::string content_tag;  // short tag of the projected octets, for the record's ETag
  LinkId link;
  std::string case_id;  // cas_... of the case it belongs to; empty when that is not stored
  std::string jurisdiction, system;
  std::string adapter{}, adapter_version{}, time_zone{};
  std::string record_key{};            // keyed digest of the state's own key: stable, and tells nothing
  std::optional<std::string> as_of{};  // date
  std::string as_of_basis{};           // state_asserted, state_batch_close, observed
  Instant retrieved_at{};
  std::optional<Instant> verified_at{};
  std::string freshness{};  // fresh, stale, expired, unknown
  std::optional<Instant> fresh_until{};
  std::optional<Instant> usable_until{};
  // Of ledger entries that two states know of; empty for all others.
  std::vector<LedgerLeg> legs{};
  std::vector<std::string> same_as{};  // led_... of the other state's records of the same money
  bool in_transit = false;
};

struct SourceView {
  LinkId link;
  std::string jurisdiction, system;
  std::string outcome;  // ok, stale, missing, syncing, unsupported
  std::optional<std::string> as_of{};
  int records = 0;
  std::optional<Trouble> problem{};
  std::optional<StateClosing> closing{};      // of a problem that comes from maintenance of the state
  std::optional<Instant> read_at{};           // the oldest reading that the answer is made of
  std::optional<std::string> history_from{};  // date; the state keeps what is older to itself
};

struct Watermark {
  std::string jurisdiction;
  std::optional<std::string> as_of{};  // the oldest of its sources; empty when one has none
};

struct Coverage {
  std::string completeness = "none_yet";  // complete, partial, none_yet
  std::vector<SourceView> sources;        // one for each link, also those that gave nothing
  std::vector<Watermark> watermark;
  // Every source failed and nothing is stored: to be answered as all_sources_unavailable, with these sources.
  bool nothing_to_show = false;
  std::int64_t account_version = 0;  // ETag of the list
};

}  // namespace casebridge::desk
