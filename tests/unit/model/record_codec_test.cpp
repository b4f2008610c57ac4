// Records as JSON: everything comes back, equal content has equal octets, and wrong forms are named.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/model/adapter_codec.hpp"
#include "tests/unit/model/sample_records.hpp"

namespace casebridge::model {
namespace {

std::string trouble_field(Dataset dataset, const std::string& array) {
  const auto decoded = decode_records(dataset, array);
  if (decoded) return "accepted";
  EXPECT_EQ(decoded.error().code, TroubleCode::source_changed);
  return decoded.error().field;
}

// The sample with one member set to something else (or removed, for a discarded value).
std::string with(Dataset dataset, const std::string& pointer, const nlohmann::json& value) {
  auto record = nlohmann::json::parse(encode_record(sample::one_of(dataset), 0));
  const nlohmann::json::json_pointer at(pointer);
  if (value.is_discarded())
    record[at.parent_pointer()].erase(at.back());
  else
    record[at] = value;
  return nlohmann::json::array({record}).dump();
}

TEST(RecordCodec, EveryDatasetComesBackToTheSameOctets) {
  for (const Dataset dataset : all_datasets) {
    const std::string text = encode_record(sample::one_of(dataset), 0);
    EXPECT_TRUE(nlohmann::json::accept(text));
    const auto back = decode_records(dataset, "[" + text + "]");
    ASSERT_TRUE(back) << name_of(dataset) << " " << back.error().detail;
    ASSERT_EQ(count_of(*back), 1U);
    EXPECT_EQ(encode_record(*back, 0), text) << name_of(dataset);
    EXPECT_EQ(key_of(*back, 0), key_of(sample::one_of(dataset), 0));
  }
}

TEST(RecordCodec, WritesMembersInOneFixedOrder) {
  EXPECT_EQ(
      encode_record(sample::one_of(Dataset::balances), 0),
      R"({"key":"B1","bucket":"arrears_family","debt_type":null,"amount":"-1200.50","assignee":"family",)"
      R"("period_from":null,"period_to":null,"order_key":null,"as_of":"2026-03-15","is_aggregate":false,)"
      R"("missing":{"debt_type":"not_provided","period_from":"not_provided","period_to":"not_provided",)"
      R"("order_key":"not_provided"}})");
}

TEST(RecordCodec, OrderOfMembersDoesNotMatterToReading) {
  const auto sorted = nlohmann::json::parse(encode_record(sample::one_of(Dataset::payments), 0)).dump();
  const auto back = decode_records(Dataset::payments, "[" + sorted + "]");
  ASSERT_TRUE(back);
  EXPECT_EQ(encode_record(*back, 0), encode_record(sample::one_of(Dataset::payments), 0));
}

TEST(RecordCodec, KeepsEveryReasonWhyAValueIsMissing) {
  for (const Missing reason :
       {Missing::absent, Missing::not_provided, Missing::withheld, Missing::unsupported, Missing::stale}) {
    Payment payment = sample::a_payment();
    payment.posted = reason;
    const auto back = decode_records(Dataset::payments, "[" + encode_record(std::vector{payment}, 0) + "]");
    ASSERT_TRUE(back);
    EXPECT_EQ(std::get<std::vector<Payment>>(*back)[0].posted, Known<Date>(reason));
  }
}

TEST(RecordCodec, NullAndLeftOutMeanNotProvidedWithoutAReason) {
  for (const nlohmann::json& value : {nlohmann::json(), nlohmann::json(nlohmann::json::value_t::discarded)}) {
    const auto back = decode_records(Dataset::payments, with(Dataset::payments, "/posted", value));
    ASSERT_TRUE(back);
    EXPECT_EQ(std::get<std::vector<Payment>>(*back)[0].posted, Known<Date>(Missing::not_provided));
  }
}

TEST(RecordCodec, KeepsCodesThatNobodyKnows) {
  Obligation odd = sample::an_obligation();
  odd.frequency = Coded<Frequency>::unrecognised("LUNAR");
  odd.arrears_frequency = Coded<Frequency>::unrecognised("TIDAL");
  const auto back = decode_obligation(encode_obligation(odd));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->frequency, Coded<Frequency>::unrecognised("LUNAR"));
  EXPECT_EQ(*back->arrears_frequency, Coded<Frequency>::unrecognised("TIDAL"));
  EXPECT_NE(encode_obligation(odd).find(R"("raw":{"frequency":"LUNAR","arrears_frequency":"TIDAL"})"),
            std::string::npos);
}

TEST(RecordCodec, MoneyNeverPassesThroughAFraction) {
  const auto back =
      decode_records(Dataset::balances, with(Dataset::balances, "/amount", "90071992547409.93"));
  ASSERT_TRUE(back);
  EXPECT_EQ(std::get<std::vector<BalanceLine>>(*back)[0].amount.cents, 9007199254740993);
  EXPECT_EQ(trouble_field(Dataset::balances, with(Dataset::balances, "/amount", 12.5)), "/0/amount");
}

TEST(RecordCodec, NamesTheMemberThatIsWrong) {
  const nlohmann::json gone(nlohmann::json::value_t::discarded);
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/number", gone)), "/0/number");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/number", nullptr)), "/0/number");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/status", "ajar")), "/0/status");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/opened", "02.05.2019")), "/0/opened");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/participants/1/role", 7)),
            "/0/participants/1/role");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/participants/2/name/last", true)),
            "/0/participants/2/name/last");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/missing/closed", "lost")), "/0/closed");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/missing", "lost")), "/0/missing");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/participants", "none")), "/0/participants");
  EXPECT_EQ(trouble_field(Dataset::cases, with(Dataset::cases, "/key", "")), "/0/key");
  EXPECT_EQ(trouble_field(Dataset::orders, with(Dataset::orders, "/medical_ordered", "Y")),
            "/0/medical_ordered");
  EXPECT_EQ(trouble_field(Dataset::orders, with(Dataset::orders, "/obligations/0/amount", "1,000")),
            "/0/obligations/0/amount");
  EXPECT_EQ(trouble_field(Dataset::events, with(Dataset::events, "/starts_local", "2026-04-02 09:30")),
            "/0/starts_local");
  EXPECT_EQ(trouble_field(Dataset::events, with(Dataset::events, "/ends_local", "2026-02-30T09:30")),
            "/0/ends_local");
  EXPECT_EQ(trouble_field(Dataset::messages, with(Dataset::messages, "/sent_at", "yesterday")), "/0/sent_at");
  EXPECT_EQ(trouble_field(Dataset::documents, with(Dataset::documents, "/size_bytes", 1.5)), "/0/size_bytes");
  EXPECT_EQ(trouble_field(Dataset::contacts, R"([7])"), "/0");
  EXPECT_EQ(trouble_field(Dataset::contacts, R"({})"), "");
}

TEST(RecordCodec, IgnoresMembersItDoesNotKnow) {
  const auto back = decode_records(Dataset::balances, with(Dataset::balances, "/colour", "purple"));
  ASSERT_TRUE(back);
  EXPECT_EQ(encode_record(*back, 0), encode_record(sample::one_of(Dataset::balances), 0));
}

TEST(RecordCodec, TakesNothingBehindTheArray) {
  EXPECT_FALSE(decode_records(Dataset::balances, R"([],"records":[])"));
  EXPECT_TRUE(decode_records(Dataset::balances, "[]"));
}

}  // namespace
}  // namespace casebridge::model
