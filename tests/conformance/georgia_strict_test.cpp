// Runs that are not in order: GA-01, GA-02, GA-04, GA-05, GA-08.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/base/crypto.hpp"
#include "tests/conformance/georgia_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;
using std::chrono::hours;
using std::chrono::minutes;

struct RunFault {
  const char* kind;
  json params = json::object();
};

class GeorgiaStrict : public GeorgiaSuite {
 protected:
  // A night with that fault, under a parent who was linked before and one who is linked afterwards.
  void expect_run_is_not_used(const RunFault& fault) {
    SCOPED_TRACE(fault.kind);
    const json original = scenario().document();
    use(with_other_parent(account()));
    use(with_bank_payment(account(), "applied"));
    const SecretBytes session = link(account());
    const Facts balances = read_facts(session, case_of(account()), Dataset::balances);
    const Facts payments = read_facts(session, case_of(account()), Dataset::payments);
    add_fault(fault.kind, fault.params);
    night();
    // The case stays, and what is known of it is not contradicted.
    EXPECT_TRUE(adapter().list_cases(context(), session));
    const auto content = read(session, case_of(account()), {Dataset::balances, Dataset::payments});
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code, TroubleCode::source_unavailable);
    EXPECT_NE(side().log_text().find("run_rejected"), std::string::npos);
    const SecretBytes later = link(other_account());
    const auto kept = read(later, case_of(account()), {Dataset::balances, Dataset::payments});
    ASSERT_TRUE(kept);
    EXPECT_EQ(facts_of(records_of(kept->datasets.at(0))), balances);
    Facts kept_payments = facts_of(records_of(kept->datasets.at(1)));
    std::sort(kept_payments.begin(), kept_payments.end());
    EXPECT_EQ(kept_payments, payments);
    clear_faults();
    night();
    EXPECT_EQ(read_facts(session, case_of(account()), Dataset::payments),
              expected(account(), Dataset::payments));
    use(original);
  }
};

// A copy of the newest run under that day, right in itself.
void copy_newest_run_to(const std::filesystem::path& folder, const std::string& day) {
  std::set<std::string> manifests;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("GA_MANI_"))
      manifests.insert(entry.path().filename().string());
  json manifest = json::parse(std::ifstream(folder / *manifests.rbegin()));
  const std::string run = manifest.at("run").get<std::string>();
  const auto renamed = [&](std::string text) {
    for (std::size_t at = 0; (at = text.find(run.substr(0, 8), at)) != std::string::npos; at += day.size())
      text.replace(at, 8, day);
    return text;
  };
  for (json& file : manifest.at("files")) {
    const std::string name = file.at("name").get<std::string>();
    std::ostringstream content;
    content << std::ifstream(folder / name, std::ios::binary).rdbuf();
    const std::string changed = renamed(content.str());
    file["name"] = renamed(name);
    file["bytes"] = changed.size();
    file["sha256"] = crypto::hex(crypto::sha256(changed));
    std::ofstream(folder / renamed(name), std::ios::binary) << changed;
  }
  manifest["run"] = day + run.substr(8);
  std::ofstream(folder / renamed(*manifests.rbegin())) << manifest.dump();
}

TEST_F(GeorgiaStrict, GA_01_run_whose_figures_disagree_is_not_used) {
  for (const char* kind : {"bad_sha", "bad_trailer_count", "bad_trailer_sum", "bad_case_hash", "latin1"})
    expect_run_is_not_used({kind});
}

TEST_F(GeorgiaStrict, GA_02_same_run_again_has_no_effect) {
  const SecretBytes session = link(account());
  add_fault("duplicate_run");
  to_hour(2);
  advance(minutes{30});
  expect_all_as_expected(session, account());
  advance(hours{2});
  expect_all_as_expected(session, account());
  EXPECT_EQ(side().log_text().find("run_conflict"), std::string::npos);
}

TEST_F(GeorgiaStrict, GA_02_other_content_under_the_same_name_is_an_alarm_and_not_used) {
  const SecretBytes session = link(account());
  add_fault("conflict_run");
  // The run at two o'clock is read before it comes a second time, an hour later.
  to_hour(2);
  advance(minutes{30});
  ASSERT_TRUE(adapter().list_cases(context(), session));
  EXPECT_EQ(side().log_text().find("run_conflict"), std::string::npos);
  advance(hours{1});
  ASSERT_TRUE(adapter().list_cases(context(), session));
  EXPECT_NE(side().log_text().find("run_conflict"), std::string::npos);
  expect_all_as_expected(session, account());
  // Told once.
  const std::string log = side().log_text();
  EXPECT_EQ(log.find("run_conflict"), log.rfind("run_conflict"));
  night();
  expect_all_as_expected(session, account());
}

TEST_F(GeorgiaStrict, GA_04_missing_and_truncated_files_change_nothing) {
  for (const RunFault& fault : {RunFault{"truncate"}, RunFault{"truncate", {{"manifest", "new"}}},
                                RunFault{"truncate", {{"kind", "PINS"}, {"manifest", "new"}}},
                                RunFault{"missing_file"}, RunFault{"missing_file", {{"kind", "EXTR"}}}})
    expect_run_is_not_used(fault);
}

TEST_F(GeorgiaStrict, GA_04_late_run_is_waited_for) {
  const SecretBytes session = link(account());
  const Facts balances = read_facts(session, case_of(account()), Dataset::balances);
  add_fault("late_manifest", {{"hours", 12}});
  // Until eight o'clock yesterday's data are fresh.
  to_hour(7);
  EXPECT_EQ(read_facts(session, case_of(account()), Dataset::balances), balances);
  to_hour(9);
  const auto late = read(session, case_of(account()), {Dataset::balances});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, TroubleCode::source_unavailable);
  EXPECT_TRUE(adapter().list_cases(context(), session));
  to_hour(15);
  expect_all_as_expected(session, account());
}

TEST_F(GeorgiaStrict, GA_04_nights_without_a_run_never_empty_anything) {
  const SecretBytes session = link(account());
  ASSERT_EQ(read_facts(session, case_of(account()), Dataset::balances),
            expected(account(), Dataset::balances));
  add_fault("missing_run", json::object(), 4);
  for (int i = 0; i < 4; ++i) {
    night();
    const auto listed = adapter().list_cases(context(), session);
    ASSERT_TRUE(listed);
    EXPECT_EQ(std::get<model::CaseList>(*listed).cases.size(), 1U);
    EXPECT_FALSE(read(session, case_of(account()), {Dataset::balances}));
  }
  night();
  expect_all_as_expected(session, account());
}

TEST_F(GeorgiaStrict, GA_05_other_line_ends_and_columns_reject_the_run) {
  for (const char* kind : {"lf_only", "extra_column", "nineteen_columns"}) expect_run_is_not_used({kind});
}

TEST_F(GeorgiaStrict, GA_08_bank_file_that_disagrees_with_itself_rejects_the_run) {
  for (const char* kind :
       {"nacha_hash", "nacha_93", "nacha_missing_addenda", "nacha_ded_unterminated", "nacha_amount_differs"})
    expect_run_is_not_used({kind});
}

TEST_F(GeorgiaStrict, GA_01_bank_file_that_was_changed_after_its_night_shows_nobody_anything) {
  use(with_bank_payment(account(), "received"));
  night();
  // A failed sign-in makes the gateway load the run while its files are as they were.
  ASSERT_FALSE(begin(account().at("caseNumber").get<std::string>(), wrong_pin(account(), 1)));
  std::size_t changed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(drop() / "outgoing")) {
    if (entry.path().extension() != ".ach") continue;
    std::ostringstream content;
    content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    std::string text = content.str();
    // The names in the header are held against nothing but the sum of the file.
    const auto name = text.find("GA TEST SDU BANK");
    ASSERT_NE(name, std::string::npos);
    text[name] = 'X';
    std::ofstream(entry.path(), std::ios::binary) << text;
    ++changed;
  }
  ASSERT_GT(changed, 0U);
  const SecretBytes session = link(account());
  for (const std::string& one : read_facts(session, case_of(account()), Dataset::payments))
    EXPECT_EQ(one.find("43.21"), std::string::npos) << one;
}

TEST_F(GeorgiaStrict, run_of_a_day_to_come_is_an_alarm_and_keeps_nothing_back) {
  const SecretBytes session = link(account());
  night();
  copy_newest_run_to(drop() / "outgoing", "20991231");
  const std::string log = side().log_text();
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(adapter().list_cases(context(), session));
  const std::string told = side().log_text().substr(log.size());
  EXPECT_NE(told.find("run_ahead"), std::string::npos);
  EXPECT_EQ(told.find("run_ahead"), told.rfind("run_ahead"));
  night();
  expect_all_as_expected(session, account());
}

}  // namespace
}  // namespace casebridge::conformance
