// Messages between gateway and adapter that hold no secrets.
#include <gtest/gtest.h>

#include "core/model/adapter_codec.hpp"
#include "tests/unit/model/sample_records.hpp"

namespace casebridge::model {
namespace {

TEST(MessageCodec, RefusalComesBack) {
  const Refusal refusal{.outcome = Outcome::credential_rejected,
                        .reason = "wrong_answer",
                        .attempts_left = 2,
                        .until = parse_instant("2026-03-16T14:15:00Z"),
                        .field = "password",
                        .detail = "octet 7",
                        .phone = "+18005550139"};
  const auto back = decode_refusal(encode(refusal));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->outcome, Outcome::credential_rejected);
  EXPECT_EQ(back->reason, "wrong_answer");
  EXPECT_EQ(back->attempts_left, 2);
  EXPECT_EQ(back->until, refusal.until);
  EXPECT_EQ(back->field, "password");
  EXPECT_EQ(back->detail, "octet 7");
  EXPECT_EQ(back->phone, "+18005550139");
  EXPECT_EQ(decode_refusal(R"({"outcome":"great","reason":"","field":"","detail":""})").error().field,
            "/outcome");
}

TEST(MessageCodec, ListsAndQueriesComeBack) {
  const auto list = decode_case_list(encode(CaseList{{{"a"}, {"b"}}}));
  ASSERT_TRUE(list);
  EXPECT_EQ(list->cases.at(1).key, "b");
  const auto query = decode_case_read_query(encode(CaseReadQuery{"a", {Dataset::orders, Dataset::contacts}}));
  ASSERT_TRUE(query);
  EXPECT_EQ(query->case_key, "a");
  EXPECT_EQ(query->datasets, (std::vector{Dataset::orders, Dataset::contacts}));
  EXPECT_EQ(decode_case_read_query(R"({"case_key":"a","datasets":["gossip"]})").error().field, "/datasets");
  const auto document = decode_document_query(encode(DocumentQuery{"a", "F1"}));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->document_key, "F1");
}

TEST(MessageCodec, ContentComesBackToTheSameOctets) {
  const std::string text = encode(sample::a_content());
  const auto back = decode_case_content(text);
  ASSERT_TRUE(back) << back.error().detail;
  EXPECT_EQ(back->datasets.size(), std::size(all_datasets));
  EXPECT_EQ(encode(*back), text);
}

TEST(MessageCodec, EachDatasetMayFailAlone) {
  CaseContent content;
  content.datasets.push_back({Dataset::orders, Unsupported{}});
  Trouble later = trouble(TroubleCode::source_maintenance);
  later.retry_at = parse_instant("2026-03-22T11:00:00Z");
  content.datasets.push_back({Dataset::balances, later});
  content.datasets.push_back({Dataset::events, DatasetContent{std::vector<Event>{}, Missing::unsupported}});
  const auto back = decode_case_content(encode(content));
  ASSERT_TRUE(back);
  EXPECT_TRUE(std::holds_alternative<Unsupported>(back->datasets[0].answer));
  EXPECT_EQ(std::get<Trouble>(back->datasets[1].answer).code, TroubleCode::source_maintenance);
  EXPECT_EQ(std::get<Trouble>(back->datasets[1].answer).retry_at, later.retry_at);
  EXPECT_EQ(std::get<DatasetContent>(back->datasets[2].answer).as_of, Known<Date>(Missing::unsupported));
}

TEST(MessageCodec, ALimitedHistoryComesBack) {
  CaseContent content;
  content.datasets.push_back({Dataset::payments, DatasetContent{std::vector<Payment>{}, {}}});
  content.datasets.push_back({Dataset::disbursements, DatasetContent{std::vector<Disbursement>{}, {}}});
  std::get<DatasetContent>(content.datasets[0].answer).history_from = Date::parse("2024-02-29");
  const auto back = decode_case_content(encode(content));
  ASSERT_TRUE(back);
  EXPECT_EQ(std::get<DatasetContent>(back->datasets[0].answer).history_from, Date::parse("2024-02-29"));
  EXPECT_FALSE(std::get<DatasetContent>(back->datasets[1].answer).history_from);
}

TEST(MessageCodec, AdapterCannotReportTroublesThatAreNotItsOwn) {
  for (const char* code : {"internal", "token_missing", "overloaded", "nonsense"}) {
    const std::string text =
        std::string(R"({"datasets":[{"dataset":"orders","status":"failed","trouble":{"code":")") + code +
        R"(","field":"","detail":""}}]})";
    const auto back = decode_case_content(text);
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().field, "/datasets/0/trouble/code");
  }
}

TEST(MessageCodec, NamesThePlaceInsideAContent) {
  EXPECT_EQ(decode_case_content(R"({})").error().field, "/datasets");
  EXPECT_EQ(decode_case_content(R"({"datasets":[{"dataset":"orders","status":"maybe"}]})").error().field,
            "/datasets/0/status");
  EXPECT_EQ(
      decode_case_content(R"({"datasets":[{"dataset":"orders","status":"ok","content":{"as_of":null}}]})")
          .error()
          .field,
      "/datasets/0/content/records");
  const std::string text = R"({"datasets":[{"dataset":"payments","status":"ok","content":{"as_of":null,)"
                           R"("records":[{"key":1}]}}]})";
  EXPECT_EQ(decode_case_content(text).error().field, "/datasets/0/content/records/0/key");
}

TEST(MessageCodec, ProfileComesBack) {
  Profile profile;
  profile.mailing_address = Address{"1 Example Way", "", "Austin", "TX", "78701"};
  profile.phone = Missing::withheld;
  const auto back = decode_profile(encode(profile));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->mailing_address->city, "Austin");
  EXPECT_EQ(back->phone, Known<Text>(Missing::withheld));
  EXPECT_EQ(back->email, Known<Text>(Missing::not_provided));
}

}  // namespace
}  // namespace casebridge::model
