// Wiring: makes each part with what it stands on, starts threads and listeners, stops them in reverse.
#include "core/gateway/gateway.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "core/base/text.hpp"
#include "core/desk/delete_accounts.hpp"
#include "core/desk/end_state_session.hpp"
#include "core/desk/jobs.hpp"
#include "core/desk/letter_watch.hpp"
#include "core/desk/plan_refreshes.hpp"
#include "core/desk/project_anew.hpp"
#include "core/desk/refresh_link.hpp"
#include "core/desk/resume_attempt.hpp"
#include "core/desk/run_sync.hpp"
#include "core/desk/sweep.hpp"
#include "core/gateway/audit_chores.hpp"
#include "core/gateway/parts.hpp"
#include "core/storage/database.hpp"
#include "core/storage/key_database.hpp"
#include "core/switchboard/switchboard.hpp"

namespace casebridge::gateway {

// Derived, so that Parts need not be known to those who only start and stop.
struct Gateway::All : Parts {};

namespace {

using std::chrono::milliseconds;
constexpr auto mail_every = milliseconds(500);
constexpr auto keys_every = std::chrono::seconds(1);
constexpr auto vault_look_every = std::chrono::seconds(10);
constexpr auto sweep_every = std::chrono::minutes(10);
constexpr int read_burst_s = 4;  // a page that was waited for may ask this many seconds' worth at once
constexpr auto plan_every = std::chrono::hours(1);

template <class Duration>
Duration scaled(Duration duration, const Configuration& configuration) {
  return duration * configuration.deadline_permille / 1000;
}

Result<mail::SmtpSettings> mail_settings(const Configuration& configuration) {
  const MailSettings& from = configuration.mail;
  mail::SmtpSettings settings;
  settings.host = from.host;
  settings.port = from.port;
  settings.encrypt = from.starttls;
  settings.user = from.user;
  settings.sender = {from.from, "Casebridge"};
  if (!from.user.empty()) {
    std::ifstream in(from.password_file);
    std::string password;
    if (!std::getline(in, password))
      return trouble(TroubleCode::dependency_failed, from.password_file.string() + " cannot be read");
    settings.password = SecretBytes::take(password);
  }
  return settings;
}

// Fault tests run with a twentieth of every deadline.
desk::Settings desk_settings(const Configuration& configuration, const identity::SessionSettings& sessions) {
  desk::Settings settings;
  settings.sessions = sessions;
  settings.login_timeout_ms = scaled(settings.login_timeout_ms, configuration);
  settings.read_timeout_ms = scaled(settings.read_timeout_ms, configuration);
  settings.end_timeout_ms = scaled(settings.end_timeout_ms, configuration);
  return settings;
}

Result<void> make_account_parts(Parts& parts, const Configuration& configuration, const Clock& clock,
                                const Log& log) {
  identity::HashSettings hashing;
  hashing.threads = static_cast<unsigned>(configuration.hash_threads);
  parts.hasher =
      std::make_unique<identity::PasswordHasher>(std::move(parts.foundations.pepper), hashing, clock);
  identity::FlowSettings settings;
  settings.throttle = configuration.throttle;
  settings.step_up_age = configuration.step_up_age;
  settings.operators = configuration.operators;
  settings.totp_steps_around = configuration.totp_steps_around;
  settings.sessions = parts.sessions;
  settings.passkeys = configuration.passkeys;
  settings.page_url = configuration.public_origin + "/verify-email";
  settings.origin = configuration.public_origin;
  CASEBRIDGE_TRY(parts.flows, identity::Flows::make({*parts.store, *parts.foundations.vault, clock,
                                                     *parts.hasher, *parts.foundations.policy,
                                                     *parts.foundations.messages, *parts.trail, settings}));
  CASEBRIDGE_TRY(auto smtp, mail_settings(configuration));
  parts.mailer = std::make_unique<mail::SmtpMailer>(std::move(smtp), clock);
  parts.deliver_mail =
      std::make_unique<desk::DeliverMail>(*parts.store, *parts.foundations.vault, *parts.mailer, clock, log);
  parts.sweep_accounts = std::make_unique<desk::SweepAccounts>(*parts.store, clock, parts.sessions);
  return {};
}

// A chore that fails says so in the log and is tried at its next turn.
template <class Swept>
void note(const Log& log, std::string_view chore, const Result<Swept>& result) {
  if (!result)
    log.write(LogLevel::warn, "chore_failed", {{"chore", chore}, {"code", result.error().row().name}});
}

void make_desk(Parts& parts, const Configuration& configuration, const Clock& clock, const Log& log) {
  desk::SchedulerSettings settings;
  settings.threads = configuration.job_threads;
  settings.lease_s = configuration.job_lease_s;
  parts.scheduler = std::make_unique<desk::Scheduler>(*parts.store, clock, log, settings);
  auto& scheduler = *parts.scheduler;
  parts.desk = std::make_unique<desk::Desk>(
      desk::Desk{*parts.store, *parts.foundations.systems, *parts.foundations.vault, clock, log, *parts.trail,
                 desk_settings(configuration, parts.sessions), [&scheduler] { scheduler.wake(); }});
  // Mails about letters and removed passkeys lead to no page of their own.
  parts.notices = std::make_unique<identity::AccountMail>(*parts.foundations.vault,
                                                          *parts.foundations.messages, std::string{});
  const desk::Desk& desk = *parts.desk;
  scheduler.handle(desk::job_sync, [&desk](const ports::Job& job) { return desk::run_sync(desk, job); });
  scheduler.handle(desk::job_end_session,
                   [&desk](const ports::Job& job) { return desk::end_state_session(desk, job); });
  scheduler.handle(desk::job_resume_attempt,
                   [&desk](const ports::Job& job) { return desk::resume_attempt(desk, job); });
  scheduler.handle(desk::job_refresh_link,
                   [&desk](const ports::Job& job) { return desk::refresh_link(desk, job); });
  scheduler.handle(desk::job_watch_letter, [&desk, &mail = *parts.notices](const ports::Job& job) {
    return desk::watch_letter(desk, mail, job);
  });
  using Lane = desk::Scheduler::Lane;
  scheduler.every(Lane::slow, mail_every,
                  [&parts, &log] { note(log, "deliver_mail", parts.deliver_mail->run()); });
  scheduler.every(Lane::slow, sweep_every, [&parts, &log, &desk] {
    note(log, "sweep_accounts", parts.sweep_accounts->run());
    note(log, "sweep", desk::sweep(desk));
    note(log, "delete_accounts", desk::delete_due_accounts(desk, *parts.notices));
  });
  VaultWatch& watch = *parts.foundations.vault_watch;
  scheduler.every(Lane::quick, keys_every, [&watch, &log] { note(log, "refresh_keys", watch.refresh()); });
  scheduler.every(Lane::quick, vault_look_every,
                  [&watch, &log] { note(log, "look_at_vault", watch.look()); });
  scheduler.every(Lane::slow, plan_every,
                  [&log, &desk] { note(log, "plan_refreshes", desk::plan_refreshes(desk)); });
}

void make_operating(Parts& parts, const Configuration& configuration) {
  parts.keys = storage::keys_in(*parts.store);
  parts.operating = std::make_unique<desk::Operating>(
      desk::Operating{*parts.desk, *parts.keys, parts.flows->alerts(), parts.checkpoint.get(),
                      configuration.operators, configuration.throttle});
}

// All listeners together. Each connection needs a descriptor, and the rest of the gateway some more:
// databases, states, mail, the log.
int connections_allowed(const Configuration& configuration) {
  constexpr rlim_t kept_for_the_rest = 512;
  rlimit allowed{};
  if (::getrlimit(RLIMIT_NOFILE, &allowed) != 0 || allowed.rlim_cur == RLIM_INFINITY)
    return configuration.connections_max;
  const rlim_t left =
      allowed.rlim_cur > 2 * kept_for_the_rest ? allowed.rlim_cur - kept_for_the_rest : allowed.rlim_cur / 2;
  return static_cast<int>(std::clamp<rlim_t>(left, 1, static_cast<rlim_t>(configuration.connections_max)));
}

void make_front(Parts& parts, const Configuration& configuration, const Clock& clock, const Log& log) {
  http::GateSetting gate;
  gate.origins = {configuration.public_origin};
  gate.second_factor_required = configuration.second_factor_required;
  const double reads = configuration.reads_per_second_max;
  gate.rates.read = {reads, reads * read_burst_s};
  http::StreamSetting streams;
  streams.life_ms = configuration.stream_life;
  // They may take half of all connections; the other half is for what is asked.
  streams.all_max = std::max(1, connections_allowed(configuration) / 2);
  ports::Store& store = *parts.store;
  parts.dispatcher = std::make_unique<http::Dispatcher>(http::DispatcherParts{
      {*parts.desk, parts.flows->alerts(), desk::IdentifyCaller(store, clock, parts.sessions),
       desk::ConfirmCaller(store, clock, configuration.step_up_age, configuration.operators.step_up_age),
       desk::StartFlow(*parts.flows), desk::ReadFlow(*parts.flows), desk::SubmitFlow(*parts.flows),
       desk::ReadMe(store, configuration.second_factor_required),
       desk::ListSessions(store, clock, parts.sessions), desk::EndSession(store, *parts.trail),
       desk::WatchAccount(store, clock, parts.sessions), desk::ListPasskeys(store),
       desk::RenamePasskey(store),
       desk::RemovePasskey(store, *parts.trail, parts.flows->alerts(), clock, configuration.step_up_age),
       *parts.reads, parts.operating.get()},
      *parts.foundations.messages,
      clock,
      log,
      std::move(gate),
      parts.foundations.pages.get(),
      streams,
      configuration.public_origin});
}

http::ServerSetting server_setting(const Configuration& configuration, const ListenerSettings& listener) {
  http::ServerSetting setting;
  setting.listener.address = listener.address;
  setting.listener.port = listener.port;
  setting.listener.proxy_header = listener.proxy_protocol;
  if (!listener.certificate.empty())
    setting.listener.tls =
        http::TlsFiles{listener.certificate.string(), listener.key.string(), listener.ocsp_response.string()};
  setting.crowd = configuration.crowd;
  setting.proxies = configuration.proxies;
  // PostgreSQL is another process, and may be another machine.
  if (configuration.database_url.starts_with("postgresql:")) setting.workers_per_processor = 4;
  return setting;
}

std::string shown_address(const ListenerSettings& listener, std::uint16_t port) {
  if (listener.address.starts_with('/')) return "unix:" + listener.address;
  const bool v6 = listener.address.find(':') != std::string::npos;
  return std::string(listener.certificate.empty() ? "http://" : "https://") + (v6 ? "[" : "") +
         listener.address + (v6 ? "]" : "") + ":" + std::to_string(port);
}

// Read at each scrape, over all listeners.
template <class Read>
std::function<double()> sum_over(const Parts& parts, Read read) {
  return [&parts, read] {
    double sum = 0;
    for (const auto& server : parts.servers) sum += static_cast<double>(read(*server));
    return sum;
  };
}

void add_front_gauges(Parts& parts) {
  http::Metrics& metrics = parts.dispatcher->metrics();
  metrics.add_gauge("casebridge_connections_open", "Connections.",
                    sum_over(parts, [](const http::Server& server) { return server.connections_open(); }));
  metrics.add_gauge("casebridge_connections_working", "Connections that have a thread.",
                    sum_over(parts, [](const http::Server& server) { return server.connections_working(); }));
  metrics.add_gauge("casebridge_connections_parked", "Connections that wait for their client or a moment.",
                    sum_over(parts, [](const http::Server& server) { return server.connections_parked(); }));
  metrics.add_gauge("casebridge_requests_in_line", "Whole requests that wait for a thread.",
                    sum_over(parts, [](const http::Server& server) { return server.requests_in_line(); }));
  metrics.add_gauge("casebridge_requests_half_read", "Requests whose end has not arrived.",
                    sum_over(parts, [](const http::Server& server) { return server.half_read(); }));
  metrics.add_gauge("casebridge_waiting_bytes", "Octets of half-read requests and unfetched answers.",
                    sum_over(parts, [](const http::Server& server) { return server.waiting_bytes(); }));
}

void add_vault_gauges(Parts& parts) {
  http::Metrics& metrics = parts.dispatcher->metrics();
  const Foundations& laid = parts.foundations;
  metrics.add_gauge("casebridge_vault_works", "1: whoever holds the keys can be asked.",
                    [&laid] { return laid.vault->works() ? 1.0 : 0.0; });
  metrics.add_gauge("casebridge_vault_key_wraps",
                    "What the active key may have wrapped, all gateways together.",
                    [&laid] { return laid.vault_watch->key_wraps(); });
  metrics.add_gauge("casebridge_vault_rewrap_rows", "Rows that wrapping anew has looked at.",
                    [&laid] { return laid.vault_watch->rewrap_rows_seen(); });
  metrics.add_gauge("casebridge_vault_rewrap_columns_left", "Columns that wrapping anew has not finished.",
                    [&laid] { return laid.vault_watch->rewrap_places_left(); });
}

Result<void> open_listeners(Parts& parts, const Configuration& configuration, const Clock& clock) {
  constexpr int kept_for_each_max = 16;
  const int most = connections_allowed(configuration);
  const int kept = std::min(kept_for_each_max, most / static_cast<int>(configuration.listeners.size()));
  const auto count = std::make_shared<http::ConnectionCount>(most);
  for (const auto& listener : configuration.listeners) {
    http::ServerSetting setting = server_setting(configuration, listener);
    setting.connections_kept = kept;
    parts.servers.push_back(std::make_unique<http::Server>(setting, *parts.dispatcher, clock, count));
  }
  add_front_gauges(parts);  // before the first is asked
  add_vault_gauges(parts);
  for (std::size_t i = 0; i < parts.servers.size(); ++i) {
    CASEBRIDGE_CHECK(parts.servers[i]->start());
    parts.addresses.push_back(shown_address(configuration.listeners[i], parts.servers[i]->port()));
  }
  return {};
}

}  // namespace

Gateway::Gateway(std::unique_ptr<All> all) : all_(std::move(all)) {}

Gateway::~Gateway() { stop(); }

Result<std::unique_ptr<Gateway>> Gateway::start(const Configuration& configuration, const Clock& clock,
                                                const Log& log) {
  auto all = std::make_unique<All>();
  Parts& parts = *all;
  parts.stop_grace = configuration.stop_grace;
  parts.sessions.operator_idle = configuration.operators.idle;
  const storage::DatabaseOptions database{configuration.database_url, configuration.schemas / "migrations",
                                          configuration.database_connections_max,
                                          configuration.database_password_file};
  CASEBRIDGE_TRY(parts.store, storage::open_database(database, clock, log));
  CASEBRIDGE_TRY(parts.foundations, lay_foundations(configuration, clock, log, parts.store.get()));
  make_audit(parts, configuration.audit, clock);
  CASEBRIDGE_CHECK(make_account_parts(parts, configuration, clock, log));
  make_desk(parts, configuration, clock, log);
  // Before anybody can ask: what is stored may follow rules that are not ours any more.
  CASEBRIDGE_CHECK(desk::declare_projection_rules(*parts.desk));
  add_audit_chores(parts, configuration.audit, log);
  make_operating(parts, configuration);
  make_front(parts, configuration, clock, log);
  std::unique_ptr<Gateway> gateway(new Gateway(std::move(all)));
  CASEBRIDGE_CHECK(open_listeners(*gateway->all_, configuration, clock));
  gateway->all_->scheduler->start();
  log.write(LogLevel::info, "gateway_started",
            {{"listeners", static_cast<std::int64_t>(gateway->all_->servers.size())},
             {"connections_max", static_cast<std::int64_t>(connections_allowed(configuration))}});
  return gateway;
}

std::vector<std::string> Gateway::addresses() const { return all_->addresses; }

void Gateway::reload_certificates(const Log& log) {
  for (std::size_t i = 0; i < all_->servers.size(); ++i) {
    const auto loaded = all_->servers[i]->reload_certificates();
    const auto listener = static_cast<std::int64_t>(i);
    if (loaded && !*loaded) continue;  // it shows none
    if (loaded)
      log.write(LogLevel::info, "certificates_loaded", {{"listener", listener}});
    else
      log.write(LogLevel::error, "certificates_kept",
                {{"listener", listener}, {"reason", loaded.error().detail}});
  }
}

void Gateway::stop() {
  using SteadyClock = std::chrono::steady_clock;
  const auto end = SteadyClock::now() + all_->stop_grace;
  for (auto& server : all_->servers) server->drain();
  for (auto& server : all_->servers) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now());
    server->stop(std::max(left, std::chrono::milliseconds{0}));
  }
  all_->servers.clear();
  if (all_->scheduler) all_->scheduler->stop();
  if (all_->end_audit) std::exchange(all_->end_audit, nullptr)();
}

namespace {

Result<void> can_be_read(const std::filesystem::path& file) {
  if (file.empty() || std::ifstream(file).peek() != std::ifstream::traits_type::eof()) return {};
  return field_trouble("file", file.string() + " cannot be read");
}

}  // namespace

Result<void> check(const Configuration& configuration, const Clock& clock, const Log& log) {
  for (const ListenerSettings& listener : configuration.listeners) {
    CASEBRIDGE_CHECK(can_be_read(listener.certificate));
    CASEBRIDGE_CHECK(can_be_read(listener.key));
    CASEBRIDGE_CHECK(can_be_read(listener.ocsp_response));
  }
  CASEBRIDGE_CHECK(can_be_read(configuration.mail.password_file));
  CASEBRIDGE_CHECK(can_be_read(configuration.database_password_file));
  CASEBRIDGE_TRY(const Foundations laid, lay_foundations(configuration, clock, log, nullptr));
  for (const auto& system : laid.systems->health())
    if (system.state == "refused" && !system.reason.starts_with(switchboard::not_set_up))
      return field_trouble(system.system, "system " + system.system + ": " + system.reason);
  return {};
}

}  // namespace casebridge::gateway
