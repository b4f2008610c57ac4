// Makes and removes one folder for each test.
#include "tests/unit/desk/desk_world.hpp"

#include "core/desk/end_state_session.hpp"
#include "core/desk/refresh_link.hpp"
#include "core/desk/resume_attempt.hpp"
#include "core/desk/run_sync.hpp"
#include "core/desk/start_link_attempt.hpp"
#include "core/storage/database.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

namespace casebridge::desk::testing {
namespace {

ports::Account account_of(const AccountId& id, const std::string& email, Instant now) {
  return {id, email, email, {}, "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA", 1, "en", now};
}

}  // namespace

DeskWorld::DeskWorld()
    : folder_(casebridge::testing::new_temporary_folder("desk")),
      clock_(*parse_instant("2026-03-16T14:00:00Z")),
      account_(AccountId::make(clock_.now())),
      other_(AccountId::make(clock_.now())),
      session_(SessionId::make(clock_.now())) {
  EXPECT_TRUE(vault::KeyFiles::make(folder_ / "keys"));
  vault_ = std::make_unique<vault::RecordVault>(vault::KeyFiles::load(folder_ / "keys").value());
  trail_ = std::make_unique<audit::Trail>(*vault_, clock_);
  restart();
  const Result<void> written = store_->write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(tx.accounts().insert(account_of(account_, "priya@example.com", clock_.now())));
    return tx.accounts().insert(account_of(other_, "sam@example.com", clock_.now()));
  });
  EXPECT_TRUE(written);
}

DeskWorld::~DeskWorld() {
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void DeskWorld::restart() {
  store_.reset();
  const storage::DatabaseOptions options{
      "sqlite:" + (folder_ / "desk.db").string(),
      std::filesystem::path(casebridge::tests::in_source("schemas/migrations")), 4};
  auto opened = storage::open_database(options, clock_, log_);
  ASSERT_TRUE(opened) << opened.error().detail;
  store_ = std::move(opened).value();
}

Desk DeskWorld::desk() { return Desk{*store_, systems_, *vault_, clock_, log_, *trail_, {}, {}}; }

AttemptView DeskWorld::start(const std::string& custody, std::optional<LinkId> repair,
                             const std::string& system) {
  auto view = start_link_attempt(desk(), caller(), {system, custody, std::move(repair)});
  if (!view) throw std::runtime_error(std::string(view.error().row().name));
  return std::move(view).value();
}

Result<AttemptView> DeskWorld::answer(const AttemptView& view, std::map<std::string, std::string> fields,
                                      bool confirm) {
  AnswerChallenge input{view.id,
                        view.challenge ? view.challenge->id : "",
                        view.challenge ? view.challenge->seq : 0,
                        {},
                        confirm,
                        "req-1"};
  for (const auto& [name, value] : fields) input.fields.emplace(name, SecretBytes::copy_of(value));
  return answer_challenge(desk(), caller(), std::move(input));
}

LinkId DeskWorld::link(const std::string& custody, const std::string& subject, const std::string& system) {
  const Instant idle_end = clock_.now() + std::chrono::minutes{15};
  auto& adapter = system == "tx-icop" ? systems_.texas : systems_.ohio;
  adapter.next_begin([=] { return signed_in(subject, idle_end); });
  auto view = type(start(custody, {}, system), "Right-" + subject);
  if (!view || !view->link) throw std::runtime_error("no link");
  return *view->link;
}

void DeskWorld::state_has(const std::vector<SampleCase>& cases, const std::string& system) {
  ScriptedAdapter& adapter = system == "tx-icop" ? systems_.texas : systems_.ohio;
  std::vector<std::string> keys;
  for (const SampleCase& sample : cases) keys.push_back(sample.key);
  adapter.next_list(
      [keys] { return casebridge::testing::read<model::CaseList>(casebridge::testing::list_of(keys)); });
  for (const SampleCase& sample : cases) {
    adapter.next_read([sample](const model::CaseReadQuery&) {
      return casebridge::testing::read<model::CaseContent>(content_of(sample));
    });
  }
}

LinkId DeskWorld::synced_link(const std::vector<SampleCase>& cases, const std::string& custody) {
  const LinkId id = link(custody);
  state_has(cases);
  EXPECT_EQ(run_jobs(), 1);
  return id;
}

int DeskWorld::run_jobs() {
  Scheduler scheduler(*store_, clock_, log_, {});
  scheduler.handle(job_sync, [this](const ports::Job& job) { return run_sync(desk(), job); });
  scheduler.handle(job_end_session, [this](const ports::Job& job) { return end_state_session(desk(), job); });
  scheduler.handle(job_resume_attempt, [this](const ports::Job& job) { return resume_attempt(desk(), job); });
  scheduler.handle(job_refresh_link, [this](const ports::Job& job) { return refresh_link(desk(), job); });
  return scheduler.run_due();
}

}  // namespace casebridge::desk::testing
