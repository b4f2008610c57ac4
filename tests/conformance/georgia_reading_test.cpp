// Reading runs that are in order: GA-03, GA-05 to GA-07, GA-09, GA-10, GA-17 to GA-19, and what parents ask.
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <regex>

#include "core/base/crypto.hpp"
#include "tests/conformance/georgia_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

constexpr const char* some_id = "00000000-0000-4000-8000-000000000001";
constexpr const char* other_id = "00000000-0000-4000-8000-000000000002";

// Names of the files that are opened in a folder while this object lives.
class OpenedFiles {
 public:
  explicit OpenedFiles(const std::filesystem::path& folder)
      : watch_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    if (watch_ < 0 || ::inotify_add_watch(watch_, folder.c_str(), IN_OPEN) < 0)
      throw std::runtime_error("cannot watch the folder");
  }
  ~OpenedFiles() { ::close(watch_); }
  OpenedFiles(const OpenedFiles&) = delete;
  OpenedFiles& operator=(const OpenedFiles&) = delete;

  std::set<std::string> names() const {
    std::set<std::string> found;
    alignas(inotify_event) char octets[16 * 1024];
    for (ssize_t size; (size = ::read(watch_, octets, sizeof octets)) > 0;)
      for (ssize_t at = 0; at < size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(octets + at);
        if (event->len > 0) found.insert(event->name);
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      }
    return found;
  }

 private:
  int watch_;
};

class GeorgiaReading : public GeorgiaSuite {
 protected:
  Facts payments(const SecretBytes& session) {
    return read_facts(session, case_of(account()), Dataset::payments);
  }
  Facts with_added(Facts facts, const std::string& line) {
    facts.push_back(line);
    std::sort(facts.begin(), facts.end());
    return facts;
  }
  // What the faults conflict_run and reissue add.
  std::string added_payment() const {
    const std::string day = data_through().text();
    return "payment | GA-R1 | 12.34 | " + day + " | " + day + " | direct | applied | - | -";
  }
  model::ContactUpdate moved(const std::string& write_id) const {
    model::ContactUpdate order;
    order.write_id = write_id;
    order.mailing_address =
        model::Address{"81 CHATTAHOOCHEE TEST RD", "APT \"B\", REAR", "ATLANTA", "GA", "30305"};
    order.phone = "+14045550155";
    return order;
  }
  model::RequestOrder review(const std::string& write_id) const {
    model::RequestOrder order;
    order.write_id = write_id;
    order.case_key = case_of(account()).at("caseNumber").get<std::string>();
    order.kind = "review";
    order.reason = "income";
    return order;
  }
};

TEST_F(GeorgiaReading, sample_family_reads_as_the_scenario_says) {
  const SecretBytes session = link(account());
  const auto listed = adapter().list_cases(context(), session);
  ASSERT_TRUE(listed);
  const auto& cases = std::get<model::CaseList>(*listed).cases;
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0].key, account().at("caseNumber"));
  expect_all_as_expected(session, account());
  night();
  expect_all_as_expected(session, account());
}

TEST_F(GeorgiaReading, each_parent_sees_the_case_from_the_own_place) {
  use(with_other_parent(account()));
  const SecretBytes session = link(other_account());
  expect_all_as_expected(session, other_account());
}

TEST_F(GeorgiaReading, content_carries_the_last_day_that_the_run_knows) {
  const SecretBytes session = link(account());
  const auto content = read(session, case_of(account()), {Dataset::balances});
  ASSERT_TRUE(content);
  EXPECT_EQ(std::get<model::DatasetContent>(content->datasets.at(0).answer).as_of, Known(data_through()));
}

TEST_F(GeorgiaReading, GA_03_reissue_replaces_the_run) {
  use(with_bank_payment(account(), "received"));
  const SecretBytes session = link(account());
  add_fault("reissue");
  to_hour(3);
  EXPECT_EQ(payments(session), expected(account(), Dataset::payments));
  to_hour(6);
  // The run was written again at five o'clock; the payments of the first are there once, and one more.
  EXPECT_EQ(payments(session), with_added(expected(account(), Dataset::payments), added_payment()));
  EXPECT_EQ(read_facts(session, case_of(account()), Dataset::balances),
            expected(account(), Dataset::balances));
  night();
  EXPECT_EQ(payments(session), expected(account(), Dataset::payments));
}

TEST_F(GeorgiaReading, GA_03_reissue_of_a_run_that_was_never_read_is_good) {
  const SecretBytes session = link(account());
  add_fault("reissue");
  to_hour(6);
  EXPECT_EQ(payments(session), with_added(expected(account(), Dataset::payments), added_payment()));
}

TEST_F(GeorgiaReading, GA_05_mark_and_quotes_make_no_difference) {
  const SecretBytes session = link(account());
  for (const char* kind : {"no_bom", "over_quoted"}) {
    clear_faults();
    add_fault(kind);
    night();
    SCOPED_TRACE(kind);
    expect_all_as_expected(session, account());
  }
}

TEST_F(GeorgiaReading, GA_06_quoted_fields_are_written_and_taken) {
  const SecretBytes session = link(account());
  advance(std::chrono::minutes{15});
  const std::string created = to_text(now());
  ASSERT_EQ(receipt_of(perform(session, moved(some_id))).state, "taken");
  const std::string number = account().at("caseNumber").get<std::string>();
  const auto files = request_files();
  const auto written = std::find_if(files.begin(), files.end(), [](const auto& file) {
    return file.second.find(some_id) != std::string::npos;
  });
  ASSERT_NE(written, files.end());
  const std::string line = written->second.substr(written->second.find(some_id));
  EXPECT_TRUE(
      std::regex_search(line, std::regex("^[0-9a-f-]{36},ADDR," + number + ",[0-9]{2}," + created +
                                         ",81 CHATTAHOOCHEE TEST RD,\"APT \"\"B\"\", REAR\",ATLANTA,GA,"
                                         "30305,4045550155,\r\nTRL,,,,,1,,,,,,\r\n")))
      << line;
  EXPECT_TRUE(
      written->second.starts_with("\xEF\xBB\xBF"
                                  "req_id,req_type,case_no,person_seq,created,p1,"));
  EXPECT_EQ(files.at(written->first + ".sha256"),
            crypto::hex(crypto::sha256(written->second)) + "  " + written->first + "\n");
  night();
  EXPECT_EQ(receipt_now(session, case_of(account()), some_id).state, "done");
}

TEST_F(GeorgiaReading, GA_07_entry_and_record_of_one_payment_are_one) {
  for (const char* status : {"applied", "received"}) {
    use(with_bank_payment(account(), status));
    const SecretBytes session = link(account());
    night();
    const Facts seen = payments(session);
    EXPECT_EQ(seen, expected(account(), Dataset::payments)) << status;
    EXPECT_EQ(std::count_if(seen.begin(), seen.end(),
                            [](const std::string& one) { return one.find("43.21") != std::string::npos; }),
              1)
        << status;
  }
}

TEST_F(GeorgiaReading, GA_07_equal_traces_of_two_days_are_two_payments) {
  json document = with_bank_payment(account(), "applied");
  for (json& one : document["cases"]) {
    if (one.at("id") != case_of(account()).at("id")) continue;
    json second = one["payments"].back();
    second["id"] = "GA-BANK2";
    second["postedDate"] = data_through().text();
    one["payments"].push_back(second);
  }
  use(document);
  const SecretBytes session = link(account());
  night();
  EXPECT_EQ(payments(session), expected(account(), Dataset::payments));
}

TEST_F(GeorgiaReading, GA_07_entry_without_a_record_stays_and_becomes_pending) {
  use(with_bank_payment(account(), "received"));
  const SecretBytes session = link(account());
  night();
  EXPECT_EQ(payments(session), expected(account(), Dataset::payments));
  for (int i = 0; i < 7; ++i) night();
  const Facts later = payments(session);
  EXPECT_EQ(later, expected(account(), Dataset::payments));
  EXPECT_TRUE(std::any_of(later.begin(), later.end(), [](const std::string& one) {
    return one.find("| pending |") != std::string::npos;
  }));
}

TEST_F(GeorgiaReading, GA_07_entries_of_runs_before_the_link_are_found) {
  use(with_bank_payment(account(), "received"));
  ASSERT_FALSE(begin(account().at("caseNumber").get<std::string>(), wrong_pin(account(), 1)));
  for (int i = 0; i < 2; ++i) night();
  EXPECT_EQ(payments(link(account())), expected(account(), Dataset::payments));
}

TEST_F(GeorgiaReading, GA_09_social_security_number_of_the_bank_file_goes_nowhere) {
  use(with_bank_payment(account(), "received"));
  const SecretBytes session = link(account());
  night();
  std::string all = side().log_text() + std::string(session.reveal());
  for (const Dataset dataset : georgia_datasets)
    for (const std::string& fact : read_facts(session, case_of(account()), dataset)) all += fact;
  for (const json& person : scenario().document().at("people"))
    EXPECT_EQ(all.find(person.at("ssn").get<std::string>()), std::string::npos);
}

TEST_F(GeorgiaReading, GA_10_entries_of_other_cases_leave_only_a_count) {
  use(with_bank_payment(account(), "received"));
  const SecretBytes session = link(account());
  night();
  ASSERT_EQ(payments(session), expected(account(), Dataset::payments));
  const std::string log = side().log_text();
  EXPECT_NE(log.find("case_not_linked"), std::string::npos);
  EXPECT_EQ(log.find("700999990"), std::string::npos);
}

TEST_F(GeorgiaReading, GA_17_other_names_are_never_opened) {
  const SecretBytes session = link(account());
  add_fault("tmp_left");
  night();
  add_fault("stray_file");
  night();
  std::ofstream(drop() / "outgoing" / "GA_MANI_20991231_01.json.tmp") << "{}";
  std::ofstream(drop() / "outgoing" / "GA_MANI_20991231_00.json") << "{}";
  std::ofstream(drop() / "outgoing" / "GA_MANI_20991331_01.json") << "{}";
  std::ofstream(drop() / "outgoing" / "ga_mani_20991231_01.json") << "{}";
  const OpenedFiles opened(drop() / "outgoing");
  expect_all_as_expected(session, account());
  const std::regex good(
      "GA_(EXTR|PINS|ACK)_[0-9]{8}_[0-9]{2}\\.csv|GA_ACH_[0-9]{8}_[0-9]{2}\\.ach|"
      "GA_MANI_[0-9]{8}_[0-9]{2}\\.json");
  const auto names = opened.names();
  EXPECT_FALSE(names.empty());
  for (const std::string& name : names) {
    EXPECT_TRUE(std::regex_match(name, good)) << name;
    EXPECT_EQ(name.find("2099"), std::string::npos) << name;
  }
}

TEST_F(GeorgiaReading, GA_18_negative_amounts_keep_their_sign) {
  json document = with_bank_payment(account(), "received");
  for (json& one : document["cases"])
    if (one.at("id") == case_of(account()).at("id"))
      for (json& line : one["balances"]) line["amountCents"] = -line["amountCents"].get<std::int64_t>();
  use(document);
  const SecretBytes session = link(account());
  EXPECT_EQ(read_facts(session, case_of(account()), Dataset::balances),
            expected(account(), Dataset::balances));
  add_fault("nacha_reversal");
  night();
  const Facts seen = payments(session);
  EXPECT_EQ(seen.size(), expected(account(), Dataset::payments).size() + 1);
  EXPECT_EQ(std::count_if(seen.begin(), seen.end(),
                          [](const std::string& one) { return one.find("| -10.00 |") != std::string::npos; }),
            1);
}

TEST_F(GeorgiaReading, GA_19_older_run_after_a_newer_one_is_ignored) {
  const SecretBytes session = link(account());
  night();
  add_fault("old_run_after_new");
  night();
  expect_all_as_expected(session, account());
  expect_all_as_expected(session, account());
  EXPECT_EQ(side().log_text().find("run_conflict"), std::string::npos);
}

TEST_F(GeorgiaReading, runs_that_were_missed_are_read_in_their_order) {
  const SecretBytes session = link(account());
  for (int i = 0; i < 6; ++i) night();
  expect_all_as_expected(session, account());
}

TEST_F(GeorgiaReading, what_nobody_knows_is_counted_and_breaks_nothing) {
  const SecretBytes session = link(account());
  add_fault("unknown_rec_type");
  night();
  expect_all_as_expected(session, account());
  EXPECT_NE(side().log_text().find("unknown_record"), std::string::npos);
  add_fault("unknown_token");
  night();
  const auto content = read(session, case_of(account()), {Dataset::payments});
  ASSERT_TRUE(content);
  const auto& list = list_of<model::Payment>(content->datasets.at(0));
  EXPECT_EQ(std::count_if(list.begin(), list.end(),
                          [](const model::Payment& one) {
                            return one.source == model::Coded<model::SourceClass>::unrecognised("crypto");
                          }),
            1);
}

TEST_F(GeorgiaReading, prenotes_and_missing_padding_are_let_pass) {
  for (const char* kind : {"nacha_prenote", "nacha_no_padding"}) {
    use(with_bank_payment(account(), "received"));
    const SecretBytes session = link(account());
    add_fault(kind);
    night();
    EXPECT_EQ(payments(session), expected(account(), Dataset::payments)) << kind;
  }
}

TEST_F(GeorgiaReading, large_file_is_read_in_pieces) {
  const SecretBytes session = link(account());
  add_fault("huge_file", {{"bytes", 4 * 1024 * 1024}});
  night();
  expect_all_as_expected(session, account());
}

TEST_F(GeorgiaReading, review_is_in_work_for_thirty_days) {
  const SecretBytes session = link(account());
  ASSERT_EQ(receipt_of(perform(session, review(some_id))).state, "taken");
  night();
  const auto in_work = receipt_now(session, case_of(account()), some_id);
  EXPECT_EQ(in_work.state, "in_work");
  EXPECT_TRUE(in_work.confirmation.starts_with("GAC-")) << in_work.confirmation;
  for (int i = 0; i < 31; ++i) night();
  const auto done = receipt_now(session, case_of(account()), some_id);
  EXPECT_EQ(done.state, "done");
  EXPECT_EQ(done.confirmation, in_work.confirmation);
  EXPECT_EQ(request_lines("REVIEW").size(), 1U);
}

TEST_F(GeorgiaReading, order_that_comes_again_is_no_second_request) {
  const SecretBytes session = link(account());
  ASSERT_EQ(receipt_of(perform(session, moved(some_id))).state, "taken");
  ASSERT_EQ(receipt_of(perform(session, moved(some_id))).state, "taken");
  night();
  EXPECT_EQ(receipt_of(perform(session, moved(some_id))).state, "done");
  EXPECT_EQ(request_lines("ADDR").size(), 1U);
}

TEST_F(GeorgiaReading, field_that_the_state_refuses_is_told_in_its_words) {
  const SecretBytes session = link(account());
  ASSERT_EQ(receipt_of(perform(session, moved(other_id))).state, "taken");
  add_fault("ack_reject");
  night();
  EXPECT_EQ(receipt_now(session, case_of(account()), other_id).state, "refused");
}

TEST_F(GeorgiaReading, messages_and_pay_records_are_asked_for_and_bad_ones_are_not_sent) {
  const SecretBytes session = link(account());
  model::MessageOrder message;
  message.write_id = some_id;
  message.case_key = case_of(account()).at("caseNumber").get<std::string>();
  message.subject = "Question";
  message.body = "Where is my payment?";
  EXPECT_EQ(receipt_of(perform(session, message)).state, "taken");
  model::RequestOrder record = review(other_id);
  record.kind = "pay_record";
  record.from = data_through().plus_days(-90);
  record.to = data_through();
  EXPECT_EQ(receipt_of(perform(session, record)).state, "taken");
  night();
  EXPECT_EQ(receipt_now(session, case_of(account()), some_id).state, "done");
  EXPECT_EQ(receipt_now(session, case_of(account()), other_id).state, "done");
  message.write_id = "00000000-0000-4000-8000-000000000003";
  message.body = "a tabulator\there";
  const auto unwritable = perform(session, message);
  ASSERT_FALSE(unwritable);
  EXPECT_EQ(unwritable.error().field, "body");
  message.body = std::string(1001, 'x');
  const auto refused = perform(session, message);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "body");
  record.write_id = "00000000-0000-4000-8000-000000000004";
  record.kind = "payment_plan";
  const auto unknown = perform(session, record);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, TroubleCode::not_supported);
  EXPECT_EQ(request_lines("MSG").size(), 1U);
}

}  // namespace
}  // namespace casebridge::conformance
