// Sync merge: what one read makes of what was stored, dataset by dataset.
#include "core/federation/sync_merge.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/model/adapter_codec.hpp"
#include "tests/unit/model/sample_records.hpp"

namespace casebridge::federation {
namespace {

using model::Dataset;
using model::SafetyLevel;
using ports::RecordVersion;
namespace sample = model::sample;

const Instant first_read = *parse_instant("2026-03-16T14:00:00Z");
const Instant second_read = *parse_instant("2026-03-16T20:00:00Z");
const std::vector<Dataset> all(std::begin(model::all_datasets), std::end(model::all_datasets));

CaseBefore nothing_stored() { return {LinkId::make(first_read), sample::a_case().key}; }

const MergedDataset& of(const std::vector<MergedDataset>& merged, std::string_view dataset) {
  const auto found = std::find_if(merged.begin(), merged.end(),
                                  [&](const MergedDataset& entry) { return entry.state.dataset == dataset; });
  if (found == merged.end()) throw std::logic_error("no entry for this dataset");
  return *found;
}

// What the store holds after a merge: ids stay with their keys, and equal hashes keep the older row.
CaseBefore stored_after(CaseBefore before, const std::vector<MergedDataset>& merged) {
  for (const MergedDataset& entry : merged) {
    std::erase_if(before.states, [&](const auto& state) { return state.dataset == entry.state.dataset; });
    before.states.push_back(entry.state);
    if (!entry.records) continue;
    std::erase_if(before.stored,
                  [&](const RecordVersion& row) { return row.dataset == entry.state.dataset; });
    before.stored.insert(before.stored.end(), entry.records->begin(), entry.records->end());
  }
  return before;
}

CaseBefore synced() {
  const CaseBefore before = nothing_stored();
  return stored_after(before, merge_case(before, all, sample::a_content(), first_read));
}

model::DatasetAnswer& answer_in(model::CaseContent& content, Dataset dataset) {
  return content.datasets[static_cast<std::size_t>(dataset)];
}
template <class R>
std::vector<R>& records_in(model::CaseContent& content, Dataset dataset) {
  return std::get<std::vector<R>>(
      std::get<model::DatasetContent>(answer_in(content, dataset).answer).records);
}

TEST(SyncMerge, MakesRowsOfEveryDatasetAndOfObligationsBesideOrders) {
  const auto merged = merge_case(nothing_stored(), all, sample::a_content(), first_read);
  EXPECT_EQ(merged.size(), all.size() + 1);
  const std::vector<std::pair<std::string, std::string>> prefixes{
      {"cases", "cas_"},     {"orders", "ord_"},        {"obligations", "obl_"}, {"balances", "bal_"},
      {"payments", "led_"},  {"disbursements", "led_"}, {"enforcement", "enf_"}, {"events", "evt_"},
      {"documents", "doc_"}, {"messages", "msg_"},      {"contacts", "con_"}};
  for (const auto& [dataset, prefix] : prefixes) {
    const MergedDataset& entry = of(merged, dataset);
    ASSERT_EQ(entry.records.value().size(), 1U) << dataset;
    const RecordVersion& row = entry.records->front();
    EXPECT_TRUE(row.record_id.starts_with(prefix)) << dataset;
    EXPECT_EQ(row.content_hash.size(), 64U);
    EXPECT_EQ(row.as_of, "2026-03-15");
    EXPECT_EQ(entry.state.sync, "ok");
    EXPECT_EQ(entry.state.retrieved_at, first_read);
    EXPECT_EQ(entry.state.verified_at, first_read);
  }
  EXPECT_EQ(of(merged, "payments").records->front().upstream_key, "P1");
  EXPECT_EQ(of(merged, "payments").records->front().body,
            encode_record(sample::one_of(Dataset::payments), 0));
}

TEST(SyncMerge, TheSameReadAgainConfirmsAndChangesNothing) {
  const CaseBefore before = synced();
  for (const MergedDataset& entry : merge_case(before, all, sample::a_content(), second_read)) {
    EXPECT_EQ(entry.state.retrieved_at, first_read) << entry.state.dataset;
    EXPECT_EQ(entry.state.verified_at, second_read) << entry.state.dataset;
    for (const RecordVersion& row : entry.records.value()) {
      const bool known =
          std::any_of(before.stored.begin(), before.stored.end(), [&](const RecordVersion& old) {
            return old.upstream_key == row.upstream_key && old.content_hash == row.content_hash;
          });
      EXPECT_TRUE(known) << entry.state.dataset;
    }
  }
}

TEST(SyncMerge, ChangedAndVanishedRecordsAreNews) {
  model::CaseContent content = sample::a_content();
  records_in<model::Payment>(content, Dataset::payments).front().status = model::PaymentStatus::reversed;
  records_in<model::Event>(content, Dataset::events).clear();
  const auto merged = merge_case(synced(), all, content, second_read);
  EXPECT_EQ(of(merged, "payments").state.retrieved_at, second_read);
  EXPECT_EQ(of(merged, "events").state.retrieved_at, second_read);
  EXPECT_TRUE(of(merged, "events").records.value().empty());
  EXPECT_EQ(of(merged, "balances").state.retrieved_at, first_read);
}

TEST(SyncMerge, AChangeOfWhatIsWithheldIsStoredAndIsNoNews) {
  const auto guarded = [](const char* docket) {
    model::CaseContent content = sample::a_content();
    auto& one = records_in<model::Case>(content, Dataset::cases).front();
    one.safety = SafetyLevel::redact_location;
    one.intergov.front().other_case = std::string(docket);
    return content;
  };
  const CaseBefore nothing = nothing_stored();
  const CaseBefore before = stored_after(nothing, merge_case(nothing, all, guarded("2018-1"), first_read));
  const auto merged = merge_case(before, all, guarded("2019-2"), second_read);
  const MergedDataset& cases = of(merged, "cases");
  EXPECT_EQ(cases.state.retrieved_at, first_read);
  EXPECT_EQ(cases.state.verified_at, second_read);
  EXPECT_NE(cases.records.value().front().body.find("2019-2"), std::string::npos);
  EXPECT_EQ(cases.records->front().projected.find("2019-2"), std::string::npos);
}

TEST(SyncMerge, OneKeyIsOneRecord) {
  model::CaseContent content = sample::a_content();
  auto& payments = records_in<model::Payment>(content, Dataset::payments);
  payments.push_back(payments.front());
  payments.push_back(payments.front());
  payments.back().key = "P2";
  const auto merged = merge_case(nothing_stored(), all, content, first_read);
  EXPECT_EQ(of(merged, "payments").records->size(), 2U);
}

TEST(SyncMerge, AFailedDatasetKeepsItsContentAndCounts) {
  model::CaseContent content = sample::a_content();
  Trouble down = trouble(TroubleCode::source_maintenance);
  down.retry_at = second_read + std::chrono::hours{2};
  answer_in(content, Dataset::balances).answer = down;
  CaseBefore before = synced();
  for (int times = 1; times <= 3; ++times) {
    const auto merged = merge_case(before, all, content, second_read);
    const MergedDataset& balances = of(merged, "balances");
    EXPECT_FALSE(balances.records.has_value());
    EXPECT_EQ(balances.state.sync, "failed");
    EXPECT_EQ(balances.state.failures, times);
    EXPECT_EQ(balances.state.trouble, "source_maintenance");
    EXPECT_EQ(balances.state.retry_at, down.retry_at);
    EXPECT_EQ(balances.state.verified_at, first_read);
    EXPECT_EQ(of(merged, "payments").state.sync, "ok");
    before = stored_after(before, merged);
  }
  const auto healed = merge_case(before, all, sample::a_content(), second_read);
  EXPECT_EQ(of(healed, "balances").state.failures, 0);
  EXPECT_EQ(of(healed, "balances").state.trouble, "");
  EXPECT_EQ(of(healed, "balances").state.retry_at, std::nullopt);
}

TEST(SyncMerge, ALimitedHistoryIsToldUntilTheStateTellsItWhole) {
  model::CaseContent content = sample::a_content();
  std::get<model::DatasetContent>(answer_in(content, Dataset::payments).answer).history_from =
      model::Date::parse("2024-02-29");
  const CaseBefore before = nothing_stored();
  const CaseBefore limited = stored_after(before, merge_case(before, all, content, first_read));
  const auto history = [](const std::vector<MergedDataset>& merged, std::string_view dataset) {
    return of(merged, dataset).state.history_from;
  };
  EXPECT_EQ(history(merge_case(before, all, content, first_read), "payments"), "2024-02-29");
  EXPECT_FALSE(history(merge_case(before, all, content, first_read), "disbursements"));
  answer_in(content, Dataset::payments).answer = trouble(TroubleCode::source_unavailable);
  EXPECT_EQ(history(merge_case(limited, all, content, second_read), "payments"), "2024-02-29");
  EXPECT_FALSE(history(merge_case(limited, all, sample::a_content(), second_read), "payments"));
}

TEST(SyncMerge, OrdersAndObligationsShareTheirFate) {
  model::CaseContent content = sample::a_content();
  answer_in(content, Dataset::orders).answer = trouble(TroubleCode::source_timeout);
  const auto merged = merge_case(synced(), all, content, second_read);
  EXPECT_EQ(of(merged, "obligations").state.sync, "failed");
  EXPECT_FALSE(of(merged, "obligations").records.has_value());
}

TEST(SyncMerge, SaysWhyADatasetIsNotThere) {
  model::CaseContent content = sample::a_content();
  answer_in(content, Dataset::messages).answer = model::Unsupported{};
  answer_in(content, Dataset::events).answer = trouble(TroubleCode::source_not_permitted);
  answer_in(content, Dataset::orders).answer = trouble(TroubleCode::source_session_ended);
  content.datasets.pop_back();
  const auto merged = merge_case(nothing_stored(), all, content, first_read);
  EXPECT_EQ(of(merged, "messages").state.sync, "unsupported");
  EXPECT_EQ(of(merged, "messages").state.failures, 0);
  EXPECT_EQ(of(merged, "events").state.sync, "not_permitted");
  EXPECT_EQ(of(merged, "orders").state.sync, "needs_user");
  EXPECT_EQ(of(merged, "contacts").state.trouble, "adapter_fault");
}

TEST(SyncMerge, TakesNoFiguresWhileTheCaseIsNotKnown) {
  model::CaseContent content = sample::a_content();
  answer_in(content, Dataset::cases).answer = trouble(TroubleCode::source_timeout);
  for (const MergedDataset& entry : merge_case(nothing_stored(), all, content, first_read)) {
    EXPECT_FALSE(entry.records.has_value()) << entry.state.dataset;
    EXPECT_EQ(entry.state.trouble, "source_timeout") << entry.state.dataset;
  }
  EXPECT_EQ(of(merge_case(synced(), all, content, second_read), "payments").state.sync, "ok");
}

TEST(SyncMerge, TakesNothingFromAnAnswerAboutAnotherCase) {
  model::CaseContent content = sample::a_content();
  records_in<model::Case>(content, Dataset::cases).front().key = "9999999999";
  for (const MergedDataset& entry : merge_case(synced(), all, content, second_read)) {
    EXPECT_FALSE(entry.records.has_value()) << entry.state.dataset;
    EXPECT_EQ(entry.state.trouble, "adapter_fault") << entry.state.dataset;
  }
}

TEST(SyncMerge, ANewGuardReachesContentThatCouldNotBeReadAgain) {
  const CaseBefore before = synced();
  model::CaseContent content = sample::a_content();
  records_in<model::Case>(content, Dataset::cases).front().safety = SafetyLevel::redact_location;
  answer_in(content, Dataset::events).answer = trouble(TroubleCode::source_timeout);
  answer_in(content, Dataset::documents).answer = trouble(TroubleCode::source_timeout);
  const auto merged =
      merge_case(before, {Dataset::cases, Dataset::events, Dataset::documents}, content, second_read);
  const RecordVersion& event = of(merged, "events").records.value().front();
  EXPECT_EQ(event.projected.find("Travis"), std::string::npos);
  EXPECT_EQ(event.retrieved_at, first_read);
  EXPECT_EQ(event.as_of, "2026-03-15");
  EXPECT_EQ(of(merged, "events").state.sync, "failed");
  EXPECT_TRUE(of(merged, "documents").records.value().empty());
  EXPECT_TRUE(of(merged, "contacts").records.value().empty());
  EXPECT_EQ(of(merged, "contacts").state.sync, "ok");
}

TEST(SyncMerge, AChangedProjectionIsANewVersion) {
  const CaseBefore before = synced();
  model::CaseContent content = sample::a_content();
  records_in<model::Case>(content, Dataset::cases).front().viewer_role = model::Role::noncustodial_parent;
  const auto merged = merge_case(before, all, content, second_read);
  EXPECT_NE(of(merged, "disbursements").records->front().content_hash,
            of(merge_case(before, all, sample::a_content(), second_read), "disbursements")
                .records->front()
                .content_hash);
}

TEST(SyncMerge, BlockedCasesLeaveNothing) {
  model::CaseContent content = sample::a_content();
  records_in<model::Case>(content, Dataset::cases).front().safety = SafetyLevel::case_blocked;
  for (const MergedDataset& entry : merge_case(synced(), all, content, second_read)) {
    EXPECT_TRUE(entry.records.value().empty()) << entry.state.dataset;
    EXPECT_EQ(entry.state.sync, "ok");
  }
}

TEST(SyncMerge, ObligationsWithoutAKeyGetOneFromTheirOrder) {
  model::CaseContent content = sample::a_content();
  model::Order& order = records_in<model::Order>(content, Dataset::orders).front();
  order.obligations.front().key.clear();
  order.obligations.push_back(order.obligations.front());
  const auto merged = merge_case(nothing_stored(), all, content, first_read);
  const auto& rows = of(merged, "obligations").records.value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].upstream_key, "O1/1");
}

TEST(SyncMerge, NewestComesFirstByTheSortKey) {
  model::CaseContent content = sample::a_content();
  auto& payments = records_in<model::Payment>(content, Dataset::payments);
  payments.push_back(payments.front());
  payments.back().key = "P2";
  payments.back().collected = Missing::absent;
  payments.back().posted = Missing::absent;
  const auto merged = merge_case(nothing_stored(), all, content, first_read);
  const auto& rows = of(merged, "payments").records.value();
  EXPECT_GT(rows[0].sort_key, rows[1].sort_key);
}

TEST(SyncMerge, ACorrectionComesBeforeThePaymentOfTheSameDay) {
  model::CaseContent content = sample::a_content();
  auto& payments = records_in<model::Payment>(content, Dataset::payments);
  payments.resize(1);
  payments.front().collected = *model::Date::parse("2026-02-20");
  payments.front().posted = *model::Date::parse("2026-02-23");
  payments.push_back(payments.front());
  payments.back().key = "P2";
  payments.back().posted = *model::Date::parse("2026-02-26");
  const auto merged = merge_case(nothing_stored(), all, content, first_read);
  const auto& rows = of(merged, "payments").records.value();
  EXPECT_LT(rows[0].sort_key, rows[1].sort_key);
}

TEST(SyncMerge, AWholeFailureMarksEveryDatasetAskedFor) {
  model::CaseContent content;
  for (const Dataset dataset : {Dataset::orders, Dataset::payments})
    content.datasets.push_back({dataset, trouble(TroubleCode::source_unavailable)});
  const auto merged = merge_case(synced(), {Dataset::orders, Dataset::payments}, content, second_read);
  ASSERT_EQ(merged.size(), 3U);
  for (const MergedDataset& entry : merged) {
    EXPECT_FALSE(entry.records.has_value());
    EXPECT_EQ(entry.state.sync, "failed");
    EXPECT_EQ(entry.state.failures, 1);
    EXPECT_EQ(entry.state.retrieved_at, first_read);
    EXPECT_EQ(entry.state.last_attempt_at, second_read);
  }
}

}  // namespace
}  // namespace casebridge::federation
