// Starting over, nights, linking, reading, and what lies in the landing folder.
#include "tests/conformance/georgia_suite.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "core/model/time_zone.hpp"

namespace casebridge::conformance {
namespace {

constexpr const char* system_id = "ga-batch";
constexpr const char* credential_kind = "mailed_pin";
// Of the other parent's PIN, with a thousand rounds.
constexpr const char* other_hash =
    "pbkdf2-sha256$1000$c2Vjb25kLXBhcmVudC1waW4=$L88x4DlwNcnN0LEqsValGSz6WU9SxM+RqDPIBM4KqNU=";

std::unique_ptr<Simulator>& simulator_of_suite() {
  static std::unique_ptr<Simulator> running;
  return running;
}

Simulator& started() {
  auto& one = simulator_of_suite();
  if (!one) one = std::make_unique<Simulator>(scenario_path(), Simulator::Carrier::plain);
  return *one;
}

// The clock stands still and nothing goes wrong unless a test wants it.
json quiet_georgia() {
  json document = json::parse(std::ifstream(scenario_path()));
  document["clock"]["mode"] = "frozen";
  document["faults"] = json::array();
  return document;
}

model::Date day_before_run(Instant now) {
  // The run of the latest 02:00 knows the day before its own.
  return model::Date::in_zone(now - std::chrono::hours{2}, "America/New_York")->plus_days(-1);
}

std::string content_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

GeorgiaSuite::GeorgiaSuite() : simulator_(started()), scenario_(quiet_georgia(), system_id, credential_kind) {
  use(scenario_.document());
}

void GeorgiaSuite::TearDownTestSuite() { simulator_of_suite().reset(); }

void GeorgiaSuite::use(const json& document) {
  simulator_.load(document);
  scenario_ = Scenario(document, system_id, credential_kind);
  first_through_ = data_through();
  Reach reach{system_id, "", "", ""};
  reach.keeps_values = true;
  reach.entry_json = folders_at(drop());
  side_ = std::make_unique<GatewaySide>(reach, now());
}

std::string GeorgiaSuite::folders_at(const std::filesystem::path& place) {
  const json folders{{"inbound", (place / "outgoing").string()}, {"outbound", (place / "incoming").string()}};
  return json{{"files", folders}}.dump();
}

void GeorgiaSuite::change_state_to(json document) {
  const Instant later = now() + std::chrono::hours{24};
  document["clock"]["now"] = to_text(later);
  simulator_.load(document);
  scenario_ = Scenario(document, system_id, credential_kind);
  side_->clock().advance(std::chrono::hours{24});
}

void GeorgiaSuite::advance(std::chrono::seconds time) {
  simulator_.advance(time.count());
  side_->clock().advance(time);
}

void GeorgiaSuite::to_hour(int hour) {
  const Instant wall = now() + model::find_time_zone("America/New_York")->offset_at(now());
  const auto wanted = std::chrono::floor<std::chrono::days>(wall) + std::chrono::hours{hour};
  const auto wait = wanted - wall;
  advance(wait.count() > 0 ? wait : wait + std::chrono::hours{24});
}

void GeorgiaSuite::add_fault(const std::string& kind, const json& params, const json& times) {
  simulator_.add_fault({{"id", kind},
                        {"system", system_id},
                        {"op", "file_out"},
                        {"kind", kind},
                        {"params", params},
                        {"times", times}});
}

json GeorgiaSuite::account() const {
  const auto found = scenario_.credential([&](const json& one) {
    const json seen = case_of(one);
    const json& parts = seen.at("participants");
    return std::all_of(parts.begin(), parts.end(),
                       [](const json& part) { return part.at("familyViolence").is_null(); });
  });
  if (!found) throw std::runtime_error("the scenario has no usable account of ga-batch");
  return *found;
}

json GeorgiaSuite::case_of(const json& account) const {
  for (const json& one : scenario_.cases_of(account.at("person").get<std::string>()))
    if (one.at("caseNumber") == account.at("caseNumber")) return one;
  throw std::runtime_error("the credential names a case that the scenario does not have");
}

json GeorgiaSuite::with_other_parent(const json& account) const {
  json document = scenario_.document();
  const json parts = case_of(account).at("participants");
  const auto other = std::find_if(parts.begin(), parts.end(), [&](const json& part) {
    return part.at("person") != account.at("person") && part.at("role") != "child";
  });
  if (other == parts.end()) throw std::runtime_error("there is no other parent in the case");
  json made = account;
  made["id"] = "k-other-parent";
  made["person"] = other->at("person");
  made["pin"] = other_pin;
  made["pinHash"] = other_hash;
  document["credentials"].push_back(made);
  return document;
}

json GeorgiaSuite::other_account() const {
  return *scenario_.credential([](const json& one) { return one.at("id") == "k-other-parent"; });
}

json GeorgiaSuite::with_bank_payment(const json& account, const std::string& status) const {
  json document = scenario_.document();
  const std::string day = data_through().plus_days(1).text();
  for (json& one : document["cases"]) {
    if (one.at("id") != case_of(account).at("id")) continue;
    const bool viewed = one["views"].contains(system_id) && one["views"][system_id].contains("payments");
    json& list = viewed ? one["views"][system_id]["payments"] : one["payments"];
    list.push_back({{"id", "GA-BANK1"},
                    {"amountCents", 4321},
                    {"collectionDate", data_through().text()},
                    {"postedDate", day},
                    {"source", "income_withholding"},
                    {"status", status},
                    {"allocations", json::array()},
                    {"adjusts", nullptr},
                    {"ref", "990010010007777"}});
  }
  return document;
}

ports::CallContext GeorgiaSuite::context() {
  ports::CallContext made{Deadline(std::chrono::seconds{60}), "req-conformance"};
  made.interactive = true;
  return made;
}

ports::Answer<model::AuthStep> GeorgiaSuite::begin(const std::string& case_number, const std::string& pin) {
  model::AuthBegin typed;
  typed.credential_kind = credential_kind;
  typed.fields.emplace("case_number", SecretBytes::copy_of(case_number));
  typed.fields.emplace("pin", SecretBytes::copy_of(pin));
  return adapter().auth_begin(context(), typed);
}

ports::Answer<model::AuthStep> GeorgiaSuite::begin(const json& account) {
  return begin(account.at("caseNumber").get<std::string>(), account.at("pin").get<std::string>());
}

ports::Answer<model::AuthStep> GeorgiaSuite::enrol(const json& account, const std::string& ssn4) {
  const json person = scenario_.person(account.at("person").get<std::string>());
  const std::string ssn = person.at("ssn").get<std::string>();
  model::AuthBegin typed;
  typed.credential_kind = credential_kind;
  const auto add = [&](const char* name, const std::string& value) {
    typed.fields.emplace(name, SecretBytes::copy_of(value));
  };
  add("case_number", account.at("caseNumber").get<std::string>());
  add("last_name", person.at("name").at("last").get<std::string>());
  add("first_name", person.at("name").at("first").get<std::string>());
  add("date_of_birth", person.at("dob").get<std::string>());
  add("ssn_last4", ssn4.empty() ? ssn.substr(ssn.size() - 4) : ssn4);
  return adapter().enrol_begin(context(), typed);
}

ports::Answer<model::AuthStep> GeorgiaSuite::answer(const model::AuthChallenge& challenge,
                                                    const std::string& pin) {
  model::AuthAnswer given;
  given.fields.emplace(challenge.challenge.fields.at(0).name, SecretBytes::copy_of(pin));
  return adapter().auth_continue(context(), challenge.resume, given);
}

SecretBytes GeorgiaSuite::link(const json& account) {
  auto done = begin(account);
  (void)step_of(done);
  return std::move(std::get<model::AuthDone>(std::get<model::AuthStep>(done.value())).session);
}

std::string GeorgiaSuite::wrong_pin(const json& account, int number) {
  const std::string pin = "9000000" + std::to_string(number);
  return account.at("pin") == pin ? "8000000" + std::to_string(number) : pin;
}

Result<model::CaseContent> GeorgiaSuite::read(const SecretBytes& session, const json& one_case,
                                              const std::vector<model::Dataset>& datasets) {
  auto answered =
      adapter().read_case(context(), session, {one_case.at("caseNumber").get<std::string>(), datasets});
  if (!answered) return std::move(answered).error();
  return std::get<model::CaseContent>(std::move(*answered));
}

model::DatasetAnswer GeorgiaSuite::read_one(const SecretBytes& session, const json& one_case,
                                            model::Dataset dataset) {
  auto content = read(session, one_case, {dataset});
  if (!content) return {dataset, content.error()};
  return std::move(content->datasets.at(0));
}

Facts GeorgiaSuite::read_facts(const SecretBytes& session, const json& one_case, model::Dataset dataset) {
  Facts facts = facts_of(records_of(read_one(session, one_case, dataset)));
  if (dataset == model::Dataset::payments) std::sort(facts.begin(), facts.end());
  return facts;
}

Facts GeorgiaSuite::expected(const json& account, model::Dataset dataset) const {
  Facts facts = expected_georgia_facts(
      {scenario_, case_of(account), account.at("person").get<std::string>(), first_through_, data_through()},
      dataset);
  if (dataset == model::Dataset::payments) std::sort(facts.begin(), facts.end());
  return facts;
}

void GeorgiaSuite::expect_all_as_expected(const SecretBytes& session, const json& account) {
  for (const model::Dataset dataset : georgia_datasets)
    EXPECT_EQ(read_facts(session, case_of(account), dataset), expected(account, dataset))
        << model::name_of(dataset);
}

ports::Answer<model::Receipt> GeorgiaSuite::perform(const SecretBytes& session,
                                                    const model::WriteOrder& order) {
  auto answered = adapter().perform_write(context(), session, order);
  if (!answered) return answered;
  // Files are a quarter of an hour apart.
  if (const auto* pending = std::get_if<model::Pending>(&*answered)) {
    advance(pending->not_before - side_->clock().now());
    return adapter().perform_write(context(), session, order);
  }
  return answered;
}

const model::Receipt& GeorgiaSuite::receipt_of(const ports::Answer<model::Receipt>& answer) {
  if (!answer) throw std::runtime_error("a write failed: " + std::string(answer.error().row().name));
  return std::get<model::Receipt>(*answer);
}

model::Receipt GeorgiaSuite::receipt_now(const SecretBytes& session, const json& one_case,
                                         const std::string& key) {
  const auto told = adapter().read_receipt(context(), session, ports::StateAdapter::ReceiptOf::request,
                                           {one_case.at("caseNumber").get<std::string>(), key});
  return receipt_of(told);
}

std::map<std::string, std::string> GeorgiaSuite::request_files() const {
  std::map<std::string, std::string> files;
  for (const auto& folder : {drop() / "incoming", drop() / "incoming" / "done"}) {
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
      if (entry.is_regular_file()) files[entry.path().filename().string()] = content_of(entry.path());
  }
  return files;
}

std::vector<std::string> GeorgiaSuite::request_lines(const std::string& type) const {
  std::vector<std::string> lines;
  for (const auto& [name, content] : request_files()) {
    if (!name.ends_with(".csv")) continue;
    std::istringstream text(content);
    for (std::string line; std::getline(text, line);)
      if (line.find("," + type + ",") != std::string::npos) lines.push_back(line);
  }
  return lines;
}

model::Date GeorgiaSuite::data_through() const { return day_before_run(now()); }

}  // namespace casebridge::conformance
