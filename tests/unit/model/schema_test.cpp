// The schemas say what the codec does: encoded messages follow them, damaged ones do not.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "core/model/adapter_codec.hpp"
#include "core/model/write_codec.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/model/sample_orders.hpp"
#include "tests/unit/model/sample_records.hpp"
#include "tests/unit/model/schema_check.hpp"

namespace casebridge::model {
namespace {

using nlohmann::json;

json auth_begin() {
  AuthBegin begin{.credential_kind = "username_password"};
  begin.fields.emplace("password", SecretBytes::copy_of("example"));
  return json::parse(encode(begin).reveal());
}

json done_step() {
  AuthDone done{.session = SecretBytes::copy_of("blob"), .subject_key = "900001"};
  done.idle_expires_at = parse_instant("2026-03-16T14:15:00Z");
  return json::parse(encode(AuthStep(std::move(done))).reveal());
}

json challenge_step() {
  AuthChallenge made;
  made.challenge = {.kind = "otp", .prompt_key = "challenge.otp.email", .channel = "email"};
  made.challenge.fields = {{.name = "code", .type = "digits", .length_exact = 6}};
  return json::parse(encode(AuthStep(std::move(made))).reveal());
}

json content_with(DatasetAnswer answer) {
  CaseContent content;
  content.datasets.push_back(std::move(answer));
  return json::parse(encode(content));
}

json pending() { return json::parse(encode(Pending{Instant{}, SecretBytes::copy_of("ticket")}).reveal()); }

// A message that follows its schema, and a member that no longer does once it has the value given.
struct Example {
  std::string schema;
  json message;
  std::string member;
  json wrong;
};

std::vector<Example> examples() {
  Trouble later = trouble(TroubleCode::source_maintenance);
  later.retry_at = parse_instant("2026-03-22T11:00:00Z");
  Profile profile;
  profile.mailing_address = Address{"1 Example Way", "", "Austin", "TX", "78701"};
  const auto order = [](std::size_t index) {
    return json::parse(encode(sample::one_order_of_each()[index]).reveal());
  };
  return {
      {"contact_update", order(0), "/mailing_address/zip", 78701},
      {"payment_order", order(1), "/amount", 125},
      {"payment_method_order", order(2), "/token", "not+base64url"},
      {"payment_method_removal", order(3), "/write_id", "again"},
      {"recurring_order", order(4), "/frequency", "often"},
      {"recurring_cancel", order(5), "/recurring_key", nullptr},
      {"message_order", order(6), "/topic", "gossip"},
      {"document_upload", order(7), "/media_type", "pdf"},
      {"request_order", order(8), "/kind", "wish"},
      {"receipt", json::parse(encode(sample::a_receipt())), "/state", "maybe"},
      {"case_query", json::parse(encode(CaseQuery{"a"})), "/case_key", 1},
      {"receipt_query", json::parse(encode(ReceiptQuery{"a", "b"})), "/key", 1},
      {"payment_options", json::parse(encode(sample::some_options())), "/plans/0/paid", 150},
      {"recovery_query", json::parse(encode(sample::a_recovery()).reveal()), "/what", "everything"},
      {"recovery_answer", json::parse(encode(RecoveryAnswer{"check_email", "", {}})), "/next", "guess"},
      {"auth_begin", auth_begin(), "/fields/password", 7},
      {"auth_answer", json::parse(encode(AuthAnswer{.resend = true}).reveal()), "/resend", "yes"},
      {"auth_step", done_step(), "/session", "not+base64url"},
      {"auth_step", challenge_step(), "/challenge/kind", "riddle"},
      {"auth_step", json::parse(encode(AuthStep(AuthAction{"enroll"})).reveal()), "/step", "jump"},
      {"refusal", json::parse(encode(Refusal{.outcome = Outcome::blocked})), "/outcome", "fine"},
      {"pending", pending(), "/not_before", "soon"},
      {"case_list", json::parse(encode(CaseList{{{"a"}}})), "/cases/0/key", nullptr},
      {"case_read_query", json::parse(encode(CaseReadQuery{"a", {Dataset::orders}})), "/datasets/0",
       "gossip"},
      {"document_query", json::parse(encode(DocumentQuery{"a", "b"})), "/document_key", 1},
      {"case_content", content_with({Dataset::orders, Unsupported{}}), "/status", "maybe"},
      {"case_content", content_with({Dataset::orders, later}), "/datasets/0/trouble/retry_at", "later"},
      {"case_content", json::parse(encode(sample::a_content())), "/datasets/3/content/records/0/amount",
       12.5},
      {"profile", json::parse(encode(profile)), "/mailing_address/zip", 78701},
      {"profile", json::parse(encode(Profile{})), "/missing/phone", "lost"},
  };
}

TEST(Schemas, EncodedMessagesFollowThem) {
  for (const Example& example : examples())
    EXPECT_TRUE(SchemaCheck("adapter/" + example.schema + ".json").accepts(example.message))
        << example.schema << " " << example.message.dump();
}

TEST(Schemas, DamagedMessagesDoNot) {
  for (const Example& example : examples()) {
    json damaged = example.message;
    if (example.member == "/status")
      damaged["datasets"][0]["status"] = example.wrong;
    else
      damaged[json::json_pointer(example.member)] = example.wrong;
    EXPECT_FALSE(SchemaCheck("adapter/" + example.schema + ".json").accepts(damaged))
        << example.schema << example.member;
  }
}

TEST(Schemas, EveryAdapterSchemaHasAnExample) {
  // The host's own, about the library and not about a parent; the switchboard's tests cover them.
  std::set<std::string> covered{"description", "manifest"};
  for (const Example& example : examples()) covered.insert(example.schema);
  for (const auto& file :
       std::filesystem::directory_iterator(casebridge::tests::in_source("schemas/adapter")))
    EXPECT_TRUE(covered.contains(file.path().stem())) << file.path();
}

const std::vector<std::pair<Dataset, std::string>> record_schemas{
    {Dataset::cases, "case"},         {Dataset::orders, "order"},
    {Dataset::balances, "balance"},   {Dataset::payments, "payment"},
    {Dataset::events, "event"},       {Dataset::disbursements, "disbursement"},
    {Dataset::documents, "document"}, {Dataset::enforcement, "enforcement_action"},
    {Dataset::messages, "message"},   {Dataset::contacts, "contact"}};

TEST(Schemas, NameExactlyTheMembersOfEachRecord) {
  ASSERT_EQ(record_schemas.size(), std::size(all_datasets));
  for (const auto& [dataset, name] : record_schemas) {
    const json record = json::parse(encode_record(sample::one_of(dataset), 0));
    const json schema = SchemaCheck::load("model/" + name + ".json");
    std::set<std::string> written, described;
    for (const auto& member : record.items()) written.insert(member.key());
    for (const auto& member : schema["properties"].items()) described.insert(member.key());
    written.insert({"missing", "raw"});
    EXPECT_EQ(written, described) << name;
  }
}

TEST(Schemas, AgreeWithTheCodecOnWhichMembersMayBeLeftOut) {
  for (const auto& [dataset, name] : record_schemas) {
    const SchemaCheck schema("model/" + name + ".json");
    const json whole = json::parse(encode_record(sample::one_of(dataset), 0));
    EXPECT_TRUE(schema.accepts(whole)) << name;
    for (const auto& member : whole.items()) {
      json without = whole;
      without.erase(member.key());
      const bool read = decode_records(dataset, json::array({without}).dump()).has_value();
      EXPECT_EQ(schema.accepts(without), read) << name << " without " << member.key();
    }
  }
}

TEST(Schemas, AgreeWithTheCodecOnWrongKindsOfValues) {
  for (const auto& [dataset, name] : record_schemas) {
    const SchemaCheck schema("model/" + name + ".json");
    const json whole = json::parse(encode_record(sample::one_of(dataset), 0));
    for (const auto& member : whole.items()) {
      for (const json& odd :
           {json(nullptr), json(1), json(1.5), json(true), json("?"), json::array(), json::object()}) {
        json changed = whole;
        changed[member.key()] = odd;
        const bool read = decode_records(dataset, json::array({changed}).dump()).has_value();
        EXPECT_EQ(schema.accepts(changed), read) << name << " " << member.key() << " " << odd;
      }
    }
  }
}

template <class Enum>
void expect_words(const json& definitions, const std::string& name) {
  std::vector<std::string> words(all_names<Enum>().begin(), all_names<Enum>().end());
  EXPECT_EQ(definitions.at(name).at("enum").get<std::vector<std::string>>(), words) << name;
}

TEST(Schemas, HaveTheSameWordsAsTheVocabulary) {
  const json words = SchemaCheck::load("model/vocabulary.json")["definitions"];
  EXPECT_EQ(words.size(), 23U);
  expect_words<Role>(words, "role");
  expect_words<Assistance>(words, "assistance");
  expect_words<CaseStatus>(words, "case_status");
  expect_words<Processing>(words, "processing");
  expect_words<DebtType>(words, "debt_type");
  expect_words<Frequency>(words, "frequency");
  expect_words<Bucket>(words, "bucket");
  expect_words<OrderType>(words, "order_type");
  expect_words<Controlling>(words, "controlling");
  expect_words<Concurrent>(words, "concurrent");
  expect_words<SourceClass>(words, "source_class");
  expect_words<PaymentStatus>(words, "payment_status");
  expect_words<LegKind>(words, "leg_kind");
  expect_words<RecipientClass>(words, "recipient_class");
  expect_words<DisbursementMethod>(words, "disbursement_method");
  expect_words<DisbursementStatus>(words, "disbursement_status");
  expect_words<EnforcementKind>(words, "enforcement_kind");
  expect_words<EnforcementStatus>(words, "enforcement_status");
  expect_words<EventKind>(words, "event_kind");
  expect_words<IntergovRole>(words, "intergov_role");
  expect_words<Direction>(words, "direction");
  expect_words<ContactKind>(words, "contact_kind");
  expect_words<SafetyLevel>(words, "safety_level");
}

// Schemas stand alone, so what they share is written in each; it must be the same everywhere.
TEST(Schemas, ShareTheirDefinitionsWordForWord) {
  const json values = SchemaCheck::load("model/values.json")["definitions"];
  const json words = SchemaCheck::load("model/vocabulary.json")["definitions"];
  int compared = 0;
  for (const std::string folder : {"model", "adapter"}) {
    for (const auto& file :
         std::filesystem::directory_iterator(casebridge::tests::in_source("schemas/") + folder)) {
      const json schema = SchemaCheck::load(folder + "/" + file.path().filename().string());
      const json inside = schema.value("definitions", json::object());
      for (const auto& one : inside.items()) {
        const bool shared = values.contains(one.key()) || words.contains(one.key());
        if (!shared) continue;
        EXPECT_EQ(one.value(), values.contains(one.key()) ? values[one.key()] : words[one.key()])
            << file.path();
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 100);
}

TEST(Schemas, OfRecordsAreTheOnesInsideTheContentOfACase) {
  const json inside = SchemaCheck::load("adapter/case_content.json")["definitions"];
  for (const auto& [dataset, name] : record_schemas) {
    const json alone = SchemaCheck::load("model/" + name + ".json");
    EXPECT_EQ(inside.at(name)["properties"], alone["properties"]) << name;
    EXPECT_EQ(inside.at(name)["required"], alone["required"]) << name;
  }
}

}  // namespace
}  // namespace casebridge::model
