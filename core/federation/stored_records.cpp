// Makes rows of records. The order of pages is in sort_key: descending, so that the newest comes first.
#include "core/federation/stored_records.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

#include "core/base/crypto.hpp"
#include "core/federation/projection.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::federation {
namespace {

using model::Date;

constexpr std::string_view undated = "0000-00-00";

std::string day_or_last(const Known<Date>& date) { return date ? date->text() : std::string(undated); }

std::string first_day(const Known<Date>& date, const Known<Date>& otherwise) {
  return day_or_last(date ? date : otherwise);
}

// Lists without dates keep the order of the word list: earlier words sort higher.
template <class Enum>
std::string word_rank(Enum value) {
  return std::to_string(999 - static_cast<int>(value));
}

std::string sort_key_of(const model::Case& r) {
  return (r.status.value == model::CaseStatus::closed ? "0|" : "1|") + day_or_last(r.opened);
}
std::string sort_key_of(const model::Order& r) { return first_day(r.effective, r.filed); }
std::string sort_key_of(const model::Obligation& r) {
  return day_or_last(r.starts) + "|" + word_rank(r.debt_type.value);
}
std::string sort_key_of(const model::BalanceLine& r) { return word_rank(r.bucket.value); }
// What corrects a payment has its day of collection and is posted later.
std::string sort_key_of(const model::Payment& r) {
  return first_day(r.collected, r.posted) + "|" + day_or_last(r.posted);
}
std::string sort_key_of(const model::Disbursement& r) { return day_or_last(r.date); }
std::string sort_key_of(const model::EnforcementAction& r) { return day_or_last(r.date); }
std::string sort_key_of(const model::Event& r) { return r.starts_local; }
std::string sort_key_of(const model::Document& r) { return day_or_last(r.date); }
std::string sort_key_of(const model::Message& r) { return r.sent_at; }
std::string sort_key_of(const model::ContactPoint& r) { return word_rank(r.kind.value); }

Known<Date> own_as_of(const model::BalanceLine& r) { return r.as_of; }
template <class R>
Known<Date> own_as_of(const R&) {
  return Missing::not_provided;
}

// Of everything that is stored, so that what is withheld is kept up to date too; whether a record has changed
// for its parent is another question, which only the projected text answers. Neither text can hold the octet
// between them.
std::string hash_of(const std::string& body, const std::string& projected) {
  return crypto::hex(crypto::sha256(body + '\0' + projected));
}

class Rows {
 public:
  Rows(const Read& read, std::string_view dataset, std::string_view prefix)
      : read_(read), dataset_(dataset), prefix_(prefix) {}

  template <class R>
  void add(const R& record, std::string body, Projected projected) {
    if (!projected || !keys_.insert(record.key).second) return;
    const Known<Date> own = own_as_of(record);
    const Known<Date>& as_of = own ? own : read_.as_of;
    std::string hash = hash_of(body, *projected);
    rows_.push_back({.link = read_.link,
                     .case_key = read_.case_key,
                     .dataset = std::string(dataset_),
                     .record_id = new_record_id(prefix_, read_.at),
                     .upstream_key = record.key,
                     .content_hash = std::move(hash),
                     .body = std::move(body),
                     .projected = std::move(*projected),
                     .sort_key = sort_key_of(record),
                     .as_of = as_of ? std::optional(as_of->text()) : std::nullopt,
                     .retrieved_at = read_.at,
                     .known_from = read_.at});
  }
  std::vector<ports::RecordVersion> take() { return std::move(rows_); }

 private:
  const Read& read_;
  std::string_view dataset_, prefix_;
  std::set<std::string> keys_;
  std::vector<ports::RecordVersion> rows_;
};

std::string_view prefix_of(model::Dataset dataset) {
  switch (dataset) {
    case model::Dataset::cases: return "cas";
    case model::Dataset::orders: return "ord";
    case model::Dataset::balances: return "bal";
    case model::Dataset::payments:
    case model::Dataset::disbursements: return "led";
    case model::Dataset::enforcement: return "enf";
    case model::Dataset::events: return "evt";
    case model::Dataset::documents: return "doc";
    case model::Dataset::messages: return "msg";
    case model::Dataset::contacts: return "con";
  }
  return "rec";
}

}  // namespace

std::vector<ports::RecordVersion> stored_records(const Read& read, const model::Records& records) {
  const auto dataset = static_cast<model::Dataset>(records.index());
  Rows rows(read, model::name_of(dataset), prefix_of(dataset));
  std::visit(
      [&](const auto& list) {
        for (std::size_t i = 0; i < list.size(); ++i)
          rows.add(list[i], model::encode_record(records, i), project(list[i], read.viewer));
      },
      records);
  return rows.take();
}

std::vector<ports::RecordVersion> stored_obligations(const Read& read,
                                                     const std::vector<model::Order>& orders) {
  Rows rows(read, "obligations", "obl");
  for (const model::Order& order : orders) {
    int position = 0;
    for (model::Obligation obligation : order.obligations) {
      // Some states give no key of its own to an obligation; its place under the order has to do.
      if (obligation.key.empty()) obligation.key = order.key + "/" + std::to_string(position);
      if (obligation.order_key.empty()) obligation.order_key = order.key;
      ++position;
      rows.add(obligation, model::encode_obligation(obligation),
               project(obligation, order.order_number, read.viewer));
    }
  }
  return rows.take();
}

}  // namespace casebridge::federation
