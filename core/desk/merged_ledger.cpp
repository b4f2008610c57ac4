// Legs are told by records of either state, never guessed: a leg that no record tells is not there.
#include "core/desk/merged_ledger.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"

namespace casebridge::desk {
namespace {

using model::LegKind;

std::optional<model::Date> date_of(const Known<model::Date>& date) {
  return date ? std::optional(*date) : std::nullopt;
}

class LedgerMerge {
 public:
  LedgerMerge(const GatheredCases& cases, const Cluster& cluster, MergedLedger& made)
      : pair_(cluster.pair.pair),
        official_(cluster.pair.official_member),
        payments_(cluster.pair.payments),
        receiving_(cases.facts[pair_.initiating]),
        collecting_(cases.facts[pair_.responding]),
        received_at_(cases.origins[pair_.initiating]),
        collected_at_(cases.origins[pair_.responding]),
        made_(made) {}

  void run() {
    if (pair_.kind == federation::PairKind::same_case) return join_views();
    for (const federation::PaymentMatch& match : payments_.matches) join(match);
    leave_out_forwarded();
    for (const std::size_t place : payments_.in_transit)
      made_.marks[collected_at_.payment_ids[place]].in_transit = true;
  }

 private:
  // Two accounts of one state give a record the same key: the official account's entry stays.
  void join_views() {
    const bool first = official_ == pair_.initiating;
    const federation::CaseFacts &kept = first ? receiving_ : collecting_,
                                &other = first ? collecting_ : receiving_;
    const CaseOrigin &kept_at = first ? received_at_ : collected_at_,
                     &other_at = first ? collected_at_ : received_at_;
    join_equal(kept.payments, kept_at.payment_ids, other.payments, other_at.payment_ids);
    join_equal(kept.disbursements, kept_at.disbursement_ids, other.disbursements, other_at.disbursement_ids);
  }

  template <class Record>
  void join_equal(const std::vector<Record>& kept, const std::vector<std::string>& kept_ids,
                  const std::vector<Record>& others, const std::vector<std::string>& other_ids) {
    std::map<std::string_view, const std::string*> ids;
    for (std::size_t i = 0; i < kept.size(); ++i) ids.emplace(kept[i].key, &kept_ids[i]);
    for (std::size_t i = 0; i < others.size(); ++i) {
      const auto same = ids.find(others[i].key);
      if (same == ids.end()) continue;
      made_.marks[*same->second].same_as.push_back(other_ids[i]);
      made_.marks[other_ids[i]].same_as.push_back(*same->second);
      made_.left_out.insert(other_ids[i]);
    }
  }

  void join(const federation::PaymentMatch& match) {
    const std::string& received_id = received_at_.payment_ids[match.received];
    const model::Payment& received = receiving_.payments[match.received];
    LedgerMark& mark = made_.marks[received_id];
    for (const std::size_t place : match.collected) {
      const model::Payment& collected = collecting_.payments[place];
      const std::string& collected_id = collected_at_.payment_ids[place];
      matched_keys_.insert(collected.key);
      mark.same_as.push_back(collected_id);
      mark.legs.push_back(
          {collected_at_.jurisdiction, LegKind::collected, collected.amount, date_of(collected.collected)});
      made_.marks[collected_id].same_as.push_back(received_id);
      made_.left_out.insert(collected_id);
    }
    for (const std::size_t place : match.collected)
      add_paid_out(mark, collecting_, collected_at_, LegKind::forwarded, collecting_.payments[place]);
    mark.legs.push_back({received_at_.jurisdiction, LegKind::received_from_state, received.amount,
                         date_of(received.posted ? received.posted : received.collected)});
    add_paid_out(mark, receiving_, received_at_, LegKind::disbursed, received);
  }

  // One disbursement may carry several payments: this payment's part of it is at most itself.
  static void add_paid_out(LedgerMark& mark, const federation::CaseFacts& facts, const CaseOrigin& origin,
                           LegKind kind, const model::Payment& payment) {
    for (const model::Disbursement& out : facts.disbursements) {
      if (std::find(out.payment_keys.begin(), out.payment_keys.end(), payment.key) == out.payment_keys.end())
        continue;
      mark.legs.push_back(
          {origin.jurisdiction, kind, std::min(out.amount, payment.amount), date_of(out.date)});
    }
  }

  // Money that went from state to state is told as a leg, if all of it was.
  void leave_out_forwarded() {
    for (std::size_t i = 0; i < collecting_.disbursements.size(); ++i) {
      const model::Disbursement& out = collecting_.disbursements[i];
      const bool told = std::all_of(out.payment_keys.begin(), out.payment_keys.end(),
                                    [&](const std::string& key) { return matched_keys_.contains(key); });
      if (!out.payment_keys.empty() && told && out.recipient.value != model::RecipientClass::self)
        made_.left_out.insert(collected_at_.disbursement_ids[i]);
    }
  }

  const federation::CasePair& pair_;
  std::size_t official_;
  const federation::MatchedPayments& payments_;
  const federation::CaseFacts &receiving_, &collecting_;
  const CaseOrigin &received_at_, &collected_at_;
  MergedLedger& made_;
  std::set<std::string> matched_keys_;
};

// What is shown of a record changed, so its tag does.
std::string tag_with(const std::string& tag, const RecordView& view) {
  std::string seen = tag + (view.in_transit ? "\nin_transit" : "");
  for (const std::string& id : view.same_as) seen += '\n' + id;
  for (const LedgerLeg& leg : view.legs)
    seen += '\n' + leg.jurisdiction + ' ' + std::string(model::name_of(leg.kind)) + ' ' + leg.amount.text() +
            ' ' + (leg.date ? leg.date->text() : "");
  const auto digest = crypto::sha256(seen);
  return crypto::hex(std::span(digest).first(tag.size() / 2));
}

}  // namespace

MergedLedger merged_ledger(const Reconciliation& reconciliation) {
  MergedLedger made;
  for (const Cluster& cluster : reconciliation.clusters)
    if (cluster.combined) LedgerMerge(reconciliation.cases, cluster, made).run();
  return made;
}

void put_mark(RecordView& view, const MergedLedger& ledger, bool merged) {
  const auto mark = ledger.marks.find(view.id);
  if (mark == ledger.marks.end()) return;
  view.same_as = mark->second.same_as;
  view.in_transit = mark->second.in_transit;
  if (merged) view.legs = mark->second.legs;
  view.content_tag = tag_with(view.content_tag, view);
}

}  // namespace casebridge::desk
