// Projection: who may see what of each record, member by member.
#include "core/federation/projection.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/crypto.hpp"
#include "core/federation/sync_merge.hpp"
#include "tests/unit/model/sample_records.hpp"
#include "tests/unit/model/schema_check.hpp"

namespace casebridge::federation {
namespace {

using model::Role;
using model::SafetyLevel;
using nlohmann::json;
namespace sample = model::sample;

const Viewer cp{Role::custodial_party, SafetyLevel::none};
const Viewer ncp{Role::noncustodial_parent, SafetyLevel::none};

json shown(const Projected& projected) { return json::parse(projected.value()); }

TEST(Projection, ShowsACaseWithPublicNamesOnly) {
  const json made = shown(project(sample::a_case(), cp));
  EXPECT_EQ(made["data"]["number"], "0012345678");
  EXPECT_EQ(made["data"]["number_masked"], "••••5678");
  EXPECT_EQ(made["data"]["my_role"], "custodial_party");
  EXPECT_EQ(made["data"]["opened_on"], "2019-05-02");
  EXPECT_EQ(made["missing"], json({{"closed_on", "absent"}, {"closure_reason", "absent"}}));
  EXPECT_FALSE(made["data"].contains("safety") || made["data"].contains("locator") ||
               made["data"].contains("key"));
  EXPECT_EQ(made["data"]["interstate"][0], json({{"other_jurisdiction", "us-oh"},
                                                 {"other_case", "7000000001"},
                                                 {"my_role", "initiating"},
                                                 {"since", "2021-02-03"}}));
}

TEST(Projection, GivesAChildsBirthDateToTheReceivingPartyOnly) {
  const auto child = [](const Viewer& viewer) {
    return shown(project(sample::a_case(), viewer))["data"]["participants"][2];
  };
  EXPECT_EQ(child(cp)["birth_date"], "2015-06-07");
  EXPECT_EQ(child({Role::caretaker_other, SafetyLevel::redact_location})["birth_date"], "2015-06-07");
  EXPECT_TRUE(child(ncp)["birth_date"].is_null());
  EXPECT_TRUE(child({})["birth_date"].is_null());
  EXPECT_TRUE(child({Role::custodial_party, SafetyLevel::payments_only})["birth_date"].is_null());
  EXPECT_EQ(child(ncp)["name"]["first"], "Cleo");
}

TEST(Projection, NamesTheOtherPartyUpToRedactLocation) {
  const auto other = [](SafetyLevel level) {
    return shown(project(sample::a_case(), {Role::custodial_party, level}))["data"]["participants"][1];
  };
  EXPECT_EQ(other(SafetyLevel::none)["name"]["last"], "Example");
  EXPECT_EQ(other(SafetyLevel::redact_location)["name"]["last"], "Example");
  EXPECT_EQ(other(SafetyLevel::payments_only), json({{"role", "noncustodial_parent"},
                                                     {"is_me", false},
                                                     {"active", true},
                                                     {"name", nullptr},
                                                     {"birth_date", nullptr}}));
}

TEST(Projection, NeverGivesTheOtherPartysBirthDate) {
  model::Case with_dates = sample::a_case();
  for (model::Participant& person : with_dates.participants) person.birth_date = sample::day("1985-05-05");
  for (const Viewer& viewer : {cp, ncp})
    EXPECT_TRUE(shown(project(with_dates, viewer))["data"]["participants"][1]["birth_date"].is_null());
}

TEST(Projection, TellsNoOtherStateWhileSomebodyIsGuarded) {
  for (const Role role : {Role::custodial_party, Role::noncustodial_parent}) {
    const Projected made = project(sample::a_case(), {role, SafetyLevel::redact_location});
    EXPECT_EQ(made->find("us-oh"), std::string::npos);
    EXPECT_EQ(made->find("7000000001"), std::string::npos);
  }
}

TEST(Projection, MoneyIsADecimalTextWithItsCurrency) {
  const json line = shown(project(sample::a_balance(), ncp))["data"];
  EXPECT_EQ(line["amount"], json({{"amount", "-1200.50"}, {"currency", "USD"}}));
  EXPECT_EQ(line["bucket"], "arrears_family");
  EXPECT_EQ(line["is_aggregate"], false);
}

TEST(Projection, ReceiptShowsTheClassOfItsSource) {
  const json entry = shown(project(sample::a_payment(), cp));
  EXPECT_EQ(entry["data"]["kind"], "receipt");
  EXPECT_EQ(entry["data"]["source"], "withholding");
  EXPECT_EQ(entry["data"]["collected_on"], "2026-03-01");
  EXPECT_EQ(entry["data"]["is_correction"], false);
  EXPECT_EQ(entry["data"]["is_memo"], false);
  EXPECT_EQ(entry["data"]["allocations"][0]["amount"]["amount"], "412.50");
  EXPECT_EQ(entry["missing"], json::object());
}

TEST(Projection, DisbursementShowsItsMethodToItsReceiverOnly) {
  const json own = shown(project(sample::a_disbursement(), cp));
  EXPECT_EQ(own["data"]["method"], "direct_deposit");
  EXPECT_EQ(own["data"]["instrument_last4"], "6789");
  model::Disbursement to_other = sample::a_disbursement();
  to_other.recipient = model::RecipientClass::other_party;
  for (const Projected& made : {project(sample::a_disbursement(), ncp), project(to_other, cp)}) {
    const json hidden = shown(made);
    EXPECT_TRUE(hidden["data"]["method"].is_null() && hidden["data"]["instrument_last4"].is_null());
    EXPECT_EQ(hidden["missing"], json({{"method", "not_available"}, {"instrument_last4", "not_available"}}));
  }
}

TEST(Projection, EnforcementDetailIsForTheOneWhoOwes) {
  EXPECT_EQ(shown(project(sample::an_action(), ncp))["data"]["detail"], "Acme Widgets");
  EXPECT_EQ(shown(project(sample::an_action(), {Role::putative_father, {}}))["data"]["detail"],
            "Acme Widgets");
  EXPECT_TRUE(shown(project(sample::an_action(), cp))["data"]["detail"].is_null());
  EXPECT_TRUE(shown(project(sample::an_action(), {}))["data"]["detail"].is_null());
}

TEST(Projection, PlacesDocumentsWorkersAndTextsAreNotToldUnderGuard) {
  const Viewer guarded{Role::custodial_party, SafetyLevel::redact_location};
  EXPECT_EQ(shown(project(sample::an_event(), cp))["data"]["place"], "Court 5, Travis County");
  EXPECT_EQ(shown(project(sample::an_event(), guarded))["missing"]["place"], "not_available");
  EXPECT_TRUE(project(sample::a_document(), cp));
  EXPECT_FALSE(project(sample::a_document(), guarded));
  EXPECT_TRUE(project(sample::a_contact(), cp));
  EXPECT_FALSE(project(sample::a_contact(), guarded));
  model::ContactPoint line = sample::a_contact();
  line.kind = model::ContactKind::call_centre;
  EXPECT_TRUE(project(line, guarded));
  EXPECT_EQ(shown(project(sample::a_message(), guarded))["missing"],
            json({{"subject", "not_available"}, {"body", "not_available"}}));
  EXPECT_EQ(shown(project(sample::a_message(), cp))["data"]["body"], sample::a_message().body);
}

TEST(Projection, AnOfficeThatTheStateDoesNotNameIsMissingWithAReason) {
  model::ContactPoint worker = sample::a_contact();
  EXPECT_EQ(shown(project(worker, cp))["data"]["office"], worker.office);
  worker.office.clear();
  const json made = shown(project(worker, cp));
  EXPECT_TRUE(made["data"]["office"].is_null());
  EXPECT_EQ(made["missing"]["office"], "not_available");
}

TEST(Projection, StricterLevelsLeaveMoneyAndThenNothing) {
  const Viewer money{Role::noncustodial_parent, SafetyLevel::payments_only};
  const Viewer blocked{Role::noncustodial_parent, SafetyLevel::case_blocked};
  EXPECT_TRUE(project(sample::a_case(), money) && project(sample::a_balance(), money) &&
              project(sample::a_payment(), money) && project(sample::an_obligation(), "2019", money));
  EXPECT_FALSE(project(sample::an_order(), money) || project(sample::an_event(), money) ||
               project(sample::an_action(), money) || project(sample::a_message(), money));
  EXPECT_FALSE(project(sample::a_case(), blocked) || project(sample::a_balance(), blocked) ||
               project(sample::a_payment(), blocked) || project(sample::a_disbursement(), blocked) ||
               project(sample::an_obligation(), "", blocked) || project(sample::a_contact(), blocked));
}

TEST(Projection, WithheldAndNotProvidedLookTheSame) {
  model::Payment withheld = sample::a_payment(), silent = sample::a_payment();
  withheld.reference = Missing::withheld;
  withheld.posted = Missing::withheld;
  silent.reference = Missing::not_provided;
  silent.posted = Missing::not_provided;
  EXPECT_EQ(project(withheld, cp), project(silent, cp));
  silent.posted = Missing::unsupported;
  EXPECT_EQ(shown(project(silent, cp))["missing"]["posted_on"], "unsupported");
}

TEST(Projection, KeepsCodesThatNobodyKnowsInside) {
  model::Payment odd = sample::a_payment();
  odd.source = model::Coded<model::SourceClass>::unrecognised("FEDERAL-OFFSET-7");
  EXPECT_EQ(shown(project(odd, cp))["data"]["source"], "unknown");
  EXPECT_EQ(project(odd, cp)->find("FEDERAL"), std::string::npos);
}

TEST(Projection, NullsAlwaysHaveAReason) {
  const auto check = [](const Projected& projected) {
    const json made = shown(projected);
    for (const auto& member : made["data"].items())
      EXPECT_EQ(member.value().is_null(), made["missing"].contains(member.key())) << member.key();
  };
  for (const Viewer& viewer : {cp, ncp, Viewer{}}) {
    check(project(sample::a_case(), viewer));
    check(project(sample::an_order(), viewer));
    check(project(sample::an_obligation(), "", viewer));
    check(project(sample::a_balance(), viewer));
    check(project(sample::a_payment(), viewer));
    check(project(sample::a_disbursement(), viewer));
    check(project(sample::an_action(), viewer));
    check(project(sample::an_event(), viewer));
    check(project(sample::a_document(), viewer));
    check(project(sample::a_message(), viewer));
    check(project(sample::a_contact(), viewer));
  }
}

TEST(Projection, FollowsItsSchemaForEveryViewer) {
  const auto check = [](const std::string& type, const Projected& projected) {
    if (projected) {
      EXPECT_TRUE(model::SchemaCheck("model/shown_" + type + ".json").accepts(json::parse(*projected)))
          << *projected;
    }
  };
  for (const Viewer& viewer :
       {cp, ncp, Viewer{}, Viewer{Role::custodial_party, SafetyLevel::redact_location}}) {
    check("case", project(sample::a_case(), viewer));
    check("order", project(sample::an_order(), viewer));
    check("obligation", project(sample::an_obligation(), "2019-CS-0001", viewer));
    check("balance", project(sample::a_balance(), viewer));
    check("ledger_entry", project(sample::a_payment(), viewer));
    check("ledger_entry", project(sample::a_disbursement(), viewer));
    check("enforcement_action", project(sample::an_action(), viewer));
    check("event", project(sample::an_event(), viewer));
    check("document", project(sample::a_document(), viewer));
    check("message", project(sample::a_message(), viewer));
    check("contact", project(sample::a_contact(), viewer));
  }
  json longer = json::parse(*project(sample::a_contact(), cp));
  longer["data"]["shoe_size"] = 7;
  EXPECT_FALSE(model::SchemaCheck("model/shown_contact.json").accepts(longer));
}

// Everything that is shown to anybody, as one digest.
std::string all_that_is_shown() {
  std::string all;
  const auto add = [&](const Projected& projected) { all += projected.value_or("nothing") + '\n'; };
  for (const Role role : {Role::custodial_party, Role::noncustodial_parent, Role::putative_father,
                          Role::caretaker_other, Role::child, Role::unknown}) {
    for (int level = 0; level <= static_cast<int>(SafetyLevel::account_blocked); ++level) {
      const Viewer viewer{role, static_cast<SafetyLevel>(level)};
      add(project(sample::a_case(), viewer));
      add(project(sample::an_order(), viewer));
      add(project(sample::an_obligation(), "2019-CS-0001", viewer));
      add(project(sample::a_balance(), viewer));
      add(project(sample::a_payment(), viewer));
      add(project(sample::a_disbursement(), viewer));
      add(project(sample::an_action(), viewer));
      add(project(sample::an_event(), viewer));
      add(project(sample::a_document(), viewer));
      add(project(sample::a_message(), viewer));
      add(project(sample::a_contact(), viewer));
    }
  }
  return crypto::hex(crypto::sha256(all)).substr(0, 16);
}

TEST(Projection, RulesThatChangeGetANewNumber) {
  EXPECT_EQ(projection_rules_number, 1) << "give the digest of the new rules here too";
  EXPECT_EQ(all_that_is_shown(), "7e5fb51ab4a767de")
      << "what is shown has changed: raise projection_rules_number, so that stored records follow";
}

TEST(Projection, RulesOfAStricterPolicyAreOtherRules) {
  EXPECT_NE(projection_rules(SafetyLevel::none), projection_rules(SafetyLevel::redact_location));
  EXPECT_EQ(projection_rules(SafetyLevel::none), projection_rules(SafetyLevel::none));
}

TEST(Projection, NamesATypeForEveryStoredDataset) {
  for (const std::string& dataset : stored_datasets())
    EXPECT_FALSE(record_type_of(dataset).empty()) << dataset;
  EXPECT_EQ(record_type_of("payments"), "ledger_entry");
  EXPECT_EQ(record_type_of("gossip"), "");
}

TEST(Viewer, StrictestLevelWinsExceptOverWhatTheStateRedactedItself) {
  model::Case seen = sample::a_case();
  EXPECT_EQ(viewer_of(seen, SafetyLevel::redact_location).safety, SafetyLevel::none);
  EXPECT_EQ(viewer_of(seen, SafetyLevel::payments_only).safety, SafetyLevel::payments_only);
  seen.safety = SafetyLevel::redact_location;
  EXPECT_EQ(viewer_of(seen, SafetyLevel::none).safety, SafetyLevel::redact_location);
  EXPECT_EQ(viewer_of(seen, SafetyLevel::case_blocked).safety, SafetyLevel::case_blocked);
  EXPECT_EQ(viewer_of(seen, SafetyLevel::none).role, Role::custodial_party);
}

}  // namespace
}  // namespace casebridge::federation
