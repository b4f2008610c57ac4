// How the rows of one case are put together, and what a parent sees of them.
#include "plugins/georgia_batch/kept_rows.hpp"

#include <gtest/gtest.h>

#include "plugins/georgia_batch/kept_case.hpp"

namespace casebridge::georgia_batch {
namespace {

BankEntry entry(const std::string& trace, const std::string& effective, std::int64_t cents,
                bool ended = false) {
  return {trace, effective, cents, {"CS", "700000001", "2026-03-13", cents < 0 ? -cents : cents, ended}};
}

std::string rows_with(const std::string& payment_trace, const std::string& earlier,
                      const std::vector<std::string>& bank) {
  CaseRows rows;
  rows.begin("700000001");
  for (const auto& row :
       read_rows("CAS,700000001,never_assistance,open\r\n"
                 "PAR,700000001,01,custodial_party,Obi,Ada,,,,Y\r\n"
                 "PAR,700000001,02,noncustodial_parent,Roe,Max,,,,Y\r\n"
                 "PAY,700000001,P1,43.21,2026-03-13,2026-03-16,income_withholding,applied," +
                 payment_trace + "\r\n")) {
    std::vector<std::string_view> fields(row.begin(), row.end());
    fields.resize(20);
    rows.take(Row(fields));
  }
  return rows.finish(earlier, {"PIN,700000001,PIN-1,02,ACTIVE\r\n"}, bank);
}

KeptCase kept_of(const std::string& rows, const std::string& person = "02") {
  return open_kept("700000001", person, "PIN-1", read_rows(rows));
}

TEST(CaseRows, PaymentTakesThePlaceOfItsEntry) {
  const std::string known = bank_row(entry("990010010000001", "2026-03-16", 4321), "20260317-01");
  const std::string other_day = bank_row(entry("990010010000001", "2026-03-15", 4321), "20260317-01");
  const RunLedger none;
  EXPECT_EQ(read_payments(kept_of(rows_with("990010010000001", "", {known})), none).size(), 1U);
  EXPECT_EQ(read_payments(kept_of(rows_with("990010010000001", known, {other_day})), none).size(), 2U);
  EXPECT_EQ(read_payments(kept_of(rows_with("", known, {other_day})), none).size(), 3U);
}

TEST(CaseRows, EndOfAnEmploymentIsToldToThePayerOnlyAndIsNoPayment) {
  const std::string ended = bank_row(entry("990010010000009", "2026-03-16", 0, true), "20260317-01");
  const std::string rows = rows_with("", "", {ended});
  EXPECT_EQ(read_payments(kept_of(rows), RunLedger{}).size(), 1U);
  const auto events = read_events(kept_of(rows));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].kind.value, model::EventKind::notice);
  EXPECT_TRUE(read_events(kept_of(rows, "01")).empty());
}

TEST(CaseRows, NoticeStaysWithThePaymentThatCameWithIt) {
  const std::string both = bank_row(entry("990010010000001", "2026-03-16", 4321, true), "20260317-01");
  const std::string rows = rows_with("990010010000001", "", {both});
  EXPECT_EQ(read_payments(kept_of(rows), RunLedger{}).size(), 1U);
  EXPECT_EQ(read_events(kept_of(rows)).size(), 1U);
}

TEST(CaseRows, KeptRowsHoldNoHashAndNoSocialSecurityNumber) {
  const PinRow pin{"700000001",  "PIN-1",      "02",    "pbkdf2-sha256$1000$xxxx$yyyy",
                   "2026-03-06", "2026-04-05", "ACTIVE"};
  EXPECT_EQ(pin_row(pin), "PIN,700000001,PIN-1,02,ACTIVE\r\n");
  EXPECT_EQ(bank_row(entry("990010010000001", "2026-03-16", 4321), "20260317-01"),
            "ACH,700000001,20260317-01,990010010000001,2026-03-16,2026-03-13,4321,CS,\r\n");
}

TEST(KeptCase, WhateverKeepsACaseBackLooksTheSame) {
  const std::string rows = rows_with("", "", {});
  std::string revoked = rows;
  revoked.replace(revoked.find("ACTIVE"), 6, "REVOKED");
  for (const KeptCase& kept :
       {kept_of("CAS,700000001,,open,,,,,,Y\r\n"), kept_of("CAS,700000001,,open,,,,,,?\r\n"),
        kept_of(revoked), kept_of(rows, "07"), KeptCase{"700000001", "02", {}, model::Role::unknown}}) {
    EXPECT_FALSE(kept.is_available());
    const model::Case seen = read_case(kept);
    EXPECT_EQ(seen.safety, model::SafetyLevel::case_blocked);
    EXPECT_TRUE(seen.participants.empty());
    EXPECT_EQ(seen.status, model::Coded<model::CaseStatus>());
    EXPECT_TRUE(read_payments(kept, RunLedger{}).empty());
  }
  EXPECT_TRUE(kept_of(rows).is_available());
}

// Everything that is told to one role only, of a case with these people.
std::string told_to(const std::string& people, const std::string& person) {
  const std::string rest =
      "DIS,700000001,D1,10.00,2026-03-04,custodial_party,check,0042,,issued\r\n"
      "ENF,700000001,E1,income_withholding,active,2026-01-10,,RED CLAY\r\n"
      "EVT,700000001,V1,hearing,2026-03-30T15:00:00Z,,,noncustodial_parent,x\r\n"
      "EVT,700000001,V2,hearing,2026-03-30T15:00:00Z,,,custodial_party,x\r\n";
  const KeptCase kept = kept_of("CAS,700000001,never_assistance,open\r\n" + people + rest, person);
  std::string told;
  const model::Disbursement sent = read_disbursements(kept).at(0);
  if (sent.instrument_last4 == Known<std::string>("0042")) told += "account ";
  if (sent.recipient.value == model::RecipientClass::self) told += "self ";
  if (read_enforcement(kept).at(0).detail == Known<std::string>("RED CLAY")) told += "detail ";
  for (const model::Event& one : read_events(kept)) told += one.key + " ";
  return told;
}

TEST(KeptCase, WhatARoleIsToldIsToldToOnePersonOnly) {
  const std::string payer = "PAR,700000001,02,noncustodial_parent,Roe,Max,,,,Y\r\n";
  const std::string receiver = "PAR,700000001,01,custodial_party,Obi,Ada,,,,Y\r\n";
  EXPECT_EQ(told_to(payer + receiver, "02"), "detail V1 ");
  EXPECT_EQ(told_to(payer + receiver, "01"), "account self V2 ");
  const std::string second_payer = "PAR,700000001,03,noncustodial_parent,Poe,Tom,,,,Y\r\n";
  EXPECT_EQ(told_to(payer + receiver + second_payer, "02"), "");
  EXPECT_EQ(told_to(payer + receiver + second_payer, "01"), "account self V2 ");
  const std::string former = "PAR,700000001,01,custodial_party,Obi,Ada,,,,N\r\n";
  const std::string present = "PAR,700000001,03,custodial_party,Obi,Eve,,,,Y\r\n";
  EXPECT_EQ(told_to(payer + former + present, "01"), "");
  EXPECT_EQ(told_to(payer + former, "01"), "");
}

TEST(KeptCase, PutativeFatherIsToldWhatIsForThePayerWhereThereIsNone) {
  const std::string father = "PAR,700000001,04,putative_father,Fox,Ted,,,,Y\r\n";
  EXPECT_EQ(told_to(father, "04"), "V1 ");
  EXPECT_EQ(told_to(father + "PAR,700000001,02,noncustodial_parent,Roe,Max,,,,Y\r\n", "04"), "");
}

}  // namespace
}  // namespace casebridge::georgia_batch
