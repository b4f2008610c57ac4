// Reads the gateway's settings file section by section.
#include "core/gateway/configuration.hpp"

#include <arpa/inet.h>

#include "core/base/settings_file.hpp"
#include "core/base/text.hpp"
#include "core/storage/target.hpp"

namespace casebridge::gateway {

namespace {

using std::filesystem::path;
constexpr std::string_view unix_scheme = "unix:";
constexpr std::size_t socket_file_bytes_max = 107;  // of sockaddr_un

bool is_ip(const std::string& address) {
  unsigned char octets[16];
  return ::inet_pton(AF_INET, address.c_str(), octets) == 1 ||
         ::inet_pton(AF_INET6, address.c_str(), octets) == 1;
}

Result<path> path_in(const Settings& section, std::string_view key, const path& base) {
  CASEBRIDGE_TRY(const std::string text, section.text(key));
  if (text.empty()) return section.complaint(key, "expected a path");
  return base / text;  // an absolute text replaces the base
}

// unix:/run/casebridge/http.sock: who may connect is the file system's to say.
Result<void> read_socket_file(const Settings& section, const path& base, ListenerSettings& listener) {
  const std::string file = (base / listener.address.substr(unix_scheme.size())).string();
  if (listener.address.size() == unix_scheme.size() || file.size() > socket_file_bytes_max)
    return section.complaint("address", "expected unix:FILE, not longer than 107 octets");
  if (section.has("port")) return section.complaint("port", "a socket file has none");
  if (section.has("certificate") || section.has("key"))
    return section.complaint("certificate", "a socket file has none");
  listener.address = file;
  return {};
}

Result<void> read_certificate(const Settings& section, const path& base, ListenerSettings& listener) {
  if (section.has("certificate") != section.has("key"))
    return section.complaint("certificate", "certificate and key go together");
  if (section.has("certificate")) {
    CASEBRIDGE_TRY(listener.certificate, path_in(section, "certificate", base));
    CASEBRIDGE_TRY(listener.key, path_in(section, "key", base));
  }
  if (!section.has("ocsp_response")) return {};
  if (listener.certificate.empty()) return section.complaint("ocsp_response", "needs a certificate");
  CASEBRIDGE_TRY(listener.ocsp_response, path_in(section, "ocsp_response", base));
  return {};
}

Result<ListenerSettings> read_listener(const Settings& section, const path& base) {
  CASEBRIDGE_CHECK(
      section.only({"address", "port", "certificate", "key", "ocsp_response", "proxy_protocol"}));
  ListenerSettings listener;
  CASEBRIDGE_TRY(listener.address, section.text("address"));
  CASEBRIDGE_TRY(listener.proxy_protocol, section.boolean_or("proxy_protocol", false));
  if (listener.address.starts_with(unix_scheme)) {
    CASEBRIDGE_CHECK(read_socket_file(section, base, listener));
    return listener;
  }
  if (!is_ip(listener.address)) return section.complaint("address", "expected an IP address, or unix:FILE");
  CASEBRIDGE_TRY(const auto port, section.integer("port", 0, 65535));
  listener.port = static_cast<std::uint16_t>(port);
  CASEBRIDGE_CHECK(read_certificate(section, base, listener));
  return listener;
}

Result<void> read_limits(const Settings& http, Configuration& into) {
  CASEBRIDGE_TRY(const auto most, http.integer_or("connections_max", 1, 65'536, 16'384));
  into.connections_max = static_cast<int>(most);
  CASEBRIDGE_TRY(const auto own, http.integer_or("connections_per_address_max", 0, 65'536, 128));
  into.crowd.address_connections_max = static_cast<int>(own);
  CASEBRIDGE_TRY(const auto half, http.integer_or("half_read_max", 1, 65'536, 1'024));
  into.crowd.half_read_max = static_cast<int>(half);
  CASEBRIDGE_TRY(const auto own_half, http.integer_or("half_read_per_address_max", 0, 65'536, 64));
  into.crowd.address_half_read_max = static_cast<int>(own_half);
  CASEBRIDGE_TRY(const auto waiting, http.integer_or("waiting_mib_max", 1, 16'384, 64));
  into.crowd.waiting_bytes_max = static_cast<std::size_t>(waiting) * 1024 * 1024;
  CASEBRIDGE_TRY(const auto reads, http.integer_or("reads_per_second_max", 1, 10'000'000, 500));
  into.reads_per_second_max = static_cast<int>(reads);
  return {};
}

Result<void> read_proxies(const Settings& http, Configuration& into) {
  CASEBRIDGE_TRY(const auto texts, http.texts("proxies"));
  auto trusted = http::AddressSet::parse(texts);
  if (!trusted) return http.complaint("proxies", "expected IP addresses, prefixes (10.0.0.0/8), or unix");
  into.proxies.trusted = std::move(*trusted);
  if (!http.has("forwarded_field")) return {};
  CASEBRIDGE_TRY(const auto field, http.one_of("forwarded_field", {"x-forwarded-for", "forwarded"}));
  if (field == "forwarded") into.proxies.field = http::ForwardedField::forwarded;
  return {};
}

Result<void> read_http(const Settings& top, const path& base, Configuration& into) {
  CASEBRIDGE_TRY(const Settings http, top.section("http"));
  CASEBRIDGE_CHECK(http.only({"listen", "public_origin", "connections_max", "connections_per_address_max",
                              "half_read_max", "half_read_per_address_max", "waiting_mib_max", "proxies",
                              "forwarded_field", "reads_per_second_max", "stop_grace_s", "stream_life_s"}));
  CASEBRIDGE_TRY(const auto listeners, http.list("listen"));
  if (listeners.empty()) return http.complaint("listen", "expected at least one listener");
  for (const auto& section : listeners) {
    CASEBRIDGE_TRY(auto listener, read_listener(section, base));
    into.listeners.push_back(std::move(listener));
  }
  CASEBRIDGE_TRY(into.public_origin, http.text("public_origin"));
  const bool secure = into.public_origin.rfind("https://", 0) == 0;
  if ((!secure && into.public_origin.rfind("http://127.0.0.1", 0) != 0) ||
      into.public_origin.find('/', secure ? 8 : 7) != std::string::npos)
    return http.complaint("public_origin", "expected https://HOST[:PORT] without a path");
  CASEBRIDGE_CHECK(read_limits(http, into));
  CASEBRIDGE_CHECK(read_proxies(http, into));
  CASEBRIDGE_TRY(const auto grace, http.integer_or("stop_grace_s", 1, 300, 10));
  into.stop_grace = std::chrono::seconds(grace);
  CASEBRIDGE_TRY(const auto life, http.integer_or("stream_life_s", 1, 3600, 300));
  into.stream_life = std::chrono::seconds(life);
  return {};
}

Result<void> read_storage(const Settings& top, const path& base, Configuration& into) {
  CASEBRIDGE_TRY(const Settings section, top.section("storage"));
  CASEBRIDGE_CHECK(section.only({"url", "password_file", "connections_max"}));
  CASEBRIDGE_TRY(into.database_url, section.text("url"));
  if (into.database_url.rfind("sqlite:", 0) != 0 && into.database_url.rfind("postgresql:", 0) != 0)
    return section.complaint("url", "expected sqlite:FILE or postgresql:CONNECTION");
  // Settings are copied, mailed and shown; a password in them would be too.
  if (storage::holds_password(into.database_url))
    return section.complaint("url", "holds a password; name a password_file instead");
  if (section.has("password_file")) {
    CASEBRIDGE_TRY(into.database_password_file, path_in(section, "password_file", base));
  }
  CASEBRIDGE_TRY(const auto most, section.integer_or("connections_max", 2, 256, 8));
  into.database_connections_max = static_cast<int>(most);
  return {};
}

// A SQLite file's path is relative to the settings file, as every path is.
void anchor_database(const path& base, Configuration& into) {
  constexpr std::string_view scheme = "sqlite:";
  if (into.database_url.rfind(scheme, 0) != 0) return;
  into.database_url = std::string(scheme) + (base / into.database_url.substr(scheme.size())).string();
}

Result<void> read_folders(const Settings& top, const path& base, Configuration& into) {
  CASEBRIDGE_TRY(const Settings folders, top.section("folders"));
  CASEBRIDGE_CHECK(
      folders.only({"keys", "plugins", "states", "schemas", "messages", "password_list", "portal"}));
  CASEBRIDGE_TRY(into.keys, path_in(folders, "keys", base));
  CASEBRIDGE_TRY(into.plugins, path_in(folders, "plugins", base));
  CASEBRIDGE_TRY(into.states, path_in(folders, "states", base));
  CASEBRIDGE_TRY(into.schemas, path_in(folders, "schemas", base));
  CASEBRIDGE_TRY(into.messages, path_in(folders, "messages", base));
  CASEBRIDGE_TRY(into.password_list, path_in(folders, "password_list", base));
  if (folders.has("portal")) {
    CASEBRIDGE_TRY(into.portal, path_in(folders, "portal", base));
  }
  return {};
}

Result<void> read_mail(const Settings& top, const path& base, Configuration& into) {
  CASEBRIDGE_TRY(const Settings mail, top.section("mail"));
  CASEBRIDGE_CHECK(mail.only({"host", "port", "from", "starttls", "user", "password_file"}));
  CASEBRIDGE_TRY(into.mail.host, mail.text("host"));
  CASEBRIDGE_TRY(const auto port, mail.integer("port", 1, 65535));
  into.mail.port = static_cast<std::uint16_t>(port);
  CASEBRIDGE_TRY(into.mail.from, mail.text("from"));
  CASEBRIDGE_TRY(into.mail.starttls, mail.boolean_or("starttls", true));
  CASEBRIDGE_TRY(into.mail.user, mail.text_or("user", ""));
  if (!into.mail.user.empty()) {
    CASEBRIDGE_TRY(into.mail.password_file, path_in(mail, "password_file", base));
  }
  const bool local = into.mail.host == "127.0.0.1" || into.mail.host == "::1";
  if (!into.mail.starttls && !local)
    return mail.complaint("starttls", "may be off for a server on this machine only");
  return {};
}

Result<void> read_rule(const Settings& throttle, std::string_view key, identity::ThrottleRule& into) {
  CASEBRIDGE_TRY(const auto section, throttle.section_if_any(key));
  if (!section) return {};
  CASEBRIDGE_CHECK(section->only({"tries_max", "window_s", "first_lock_s", "later_lock_s"}));
  constexpr std::int64_t tries_most = 1'000'000, day_s = 24 * 60 * 60;
  CASEBRIDGE_TRY(const auto tries, section->integer_or("tries_max", 1, tries_most, into.tries_max));
  CASEBRIDGE_TRY(const auto window, section->integer_or("window_s", 1, day_s, into.window.count()));
  CASEBRIDGE_TRY(const auto first, section->integer_or("first_lock_s", 0, day_s, into.first_lock.count()));
  CASEBRIDGE_TRY(const auto later, section->integer_or("later_lock_s", 0, day_s, into.later_lock.count()));
  into.tries_max = static_cast<int>(tries);
  into.window = std::chrono::seconds(window);
  into.first_lock = std::chrono::seconds(first);
  into.later_lock = std::chrono::seconds(later);
  return {};
}

Result<void> read_throttle(const Settings& top, identity::ThrottleRules& into) {
  CASEBRIDGE_TRY(const auto section, top.section_if_any("throttle"));
  if (!section) return {};
  CASEBRIDGE_CHECK(section->only({"account", "account_and_address", "address", "starts", "code_tries",
                                  "code_sends", "code_sends_in_all", "app_codes", "recovery_codes"}));
  CASEBRIDGE_CHECK(read_rule(*section, "account", into.account));
  CASEBRIDGE_CHECK(read_rule(*section, "account_and_address", into.account_and_address));
  CASEBRIDGE_CHECK(read_rule(*section, "address", into.address));
  CASEBRIDGE_CHECK(read_rule(*section, "starts", into.starts));
  CASEBRIDGE_CHECK(read_rule(*section, "code_tries", into.code_tries));
  CASEBRIDGE_CHECK(read_rule(*section, "code_sends", into.code_sends));
  CASEBRIDGE_CHECK(read_rule(*section, "code_sends_in_all", into.code_sends_in_all));
  CASEBRIDGE_CHECK(read_rule(*section, "app_codes", into.app_codes));
  return read_rule(*section, "recovery_codes", into.recovery_codes);
}

// Of an origin, which has no path.
std::string host_of(std::string_view origin) {
  const std::string_view authority = origin.substr(origin.find("//") + 2);
  if (authority.starts_with('[')) return std::string(authority.substr(1, authority.find(']') - 1));
  return std::string(authority.substr(0, authority.rfind(':')));
}

// Browsers know passkeys by a domain, and use them on its own hosts only; an address is no domain.
Result<void> read_passkeys(const Settings& section, Configuration& into) {
  const std::string own = host_of(into.public_origin);
  CASEBRIDGE_TRY(into.passkeys.id, section.text_or("passkey_domain", is_ip(own) ? "" : own));
  CASEBRIDGE_TRY(const auto origins, section.texts("passkey_origins"));
  into.passkeys.origins = origins.empty() ? std::vector<std::string>{into.public_origin} : origins;
  if (into.passkeys.id.empty()) return {};
  for (const std::string& origin : into.passkeys.origins) {
    const std::string host = host_of(origin);
    const bool secure = origin.starts_with("https://") || origin == "http://localhost" ||
                        origin.starts_with("http://localhost:");
    const bool below = host == into.passkeys.id || host.ends_with("." + into.passkeys.id);
    if (!secure || !below || origin.find('/', origin.find("//") + 2) != std::string::npos)
      return section.complaint("passkey_origins", "expected https://HOST[:PORT] below passkey_domain");
  }
  return {};
}

Result<void> read_sign_in(const Settings& top, Configuration& into) {
  CASEBRIDGE_TRY(const auto section, top.section_if_any("sign_in"));
  if (!section) {
    const std::string own = host_of(into.public_origin);
    into.passkeys = {is_ip(own) ? "" : own, {into.public_origin}};
    return {};
  }
  CASEBRIDGE_CHECK(section->only(
      {"second_factor", "step_up_s", "totp_steps_around", "passkey_domain", "passkey_origins"}));
  CASEBRIDGE_CHECK(read_passkeys(*section, into));
  if (section->has("second_factor")) {
    CASEBRIDGE_TRY(const auto wanted, section->one_of("second_factor", {"required", "offered"}));
    into.second_factor_required = wanted == "required";
  }
  constexpr std::int64_t day_s = 24 * 60 * 60;
  CASEBRIDGE_TRY(const auto age, section->integer_or("step_up_s", 60, day_s, into.step_up_age.count()));
  CASEBRIDGE_TRY(const auto around, section->integer_or("totp_steps_around", 0, 1, into.totp_steps_around));
  into.step_up_age = std::chrono::seconds{age};
  into.totp_steps_around = static_cast<int>(around);
  return {};
}

// May be stricter than what agencies ask for, and not laxer than what holds for parents.
Result<void> read_operators(const Settings& top, identity::OperatorPolicy& into) {
  CASEBRIDGE_TRY(const auto section, top.section_if_any("operators"));
  if (!section) return {};
  CASEBRIDGE_CHECK(
      section->only({"tries_max", "window_s", "lock_s", "idle_s", "step_up_s", "inactive_days"}));
  constexpr std::int64_t day_s = 24 * 60 * 60;
  CASEBRIDGE_TRY(const auto tries, section->integer_or("tries_max", 1, 5, into.tries_max));
  CASEBRIDGE_TRY(const auto window, section->integer_or("window_s", 900, day_s, into.window.count()));
  CASEBRIDGE_TRY(const auto lock, section->integer_or("lock_s", 900, day_s, into.lock.count()));
  CASEBRIDGE_TRY(const auto idle, section->integer_or("idle_s", 120, 900, into.idle.count()));
  CASEBRIDGE_TRY(const auto age, section->integer_or("step_up_s", 30, 1200, into.step_up_age.count()));
  CASEBRIDGE_TRY(const auto days, section->integer_or("inactive_days", 1, 365, 120));
  into.tries_max = static_cast<int>(tries);
  into.window = std::chrono::seconds{window};
  into.lock = std::chrono::seconds{lock};
  into.idle = std::chrono::seconds{idle};
  into.step_up_age = std::chrono::seconds{age};
  into.inactive_after = std::chrono::hours{24 * days};
  return {};
}

Result<void> read_workers(const Settings& top, Configuration& into) {
  CASEBRIDGE_TRY(const auto section, top.section_if_any("workers"));
  if (!section) return {};
  CASEBRIDGE_CHECK(section->only({"hash_threads", "job_threads", "job_lease_s", "deadline_permille"}));
  CASEBRIDGE_TRY(const auto hashers, section->integer_or("hash_threads", 1, 64, 2));
  CASEBRIDGE_TRY(const auto jobs, section->integer_or("job_threads", 1, 64, 16));
  CASEBRIDGE_TRY(const auto lease, section->integer_or("job_lease_s", 3, 3600, 180));
  CASEBRIDGE_TRY(const auto permille, section->integer_or("deadline_permille", 10, 10000, 1000));
  into.hash_threads = static_cast<int>(hashers);
  into.job_threads = static_cast<int>(jobs);
  into.job_lease_s = std::chrono::seconds{lease};
  into.deadline_permille = static_cast<int>(permille);
  return {};
}

// A name that may stand in a signature line: neither blanks nor '+'.
bool is_log_name(const std::string& name) {
  constexpr std::size_t name_octets_max = 200;
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-/";
  return !name.empty() && name.size() <= name_octets_max &&
         name.find_first_not_of(allowed) == std::string::npos;
}

Result<void> read_audit(const Settings& top, const path& base, AuditSettings& into) {
  CASEBRIDGE_TRY(const auto section, top.section_if_any("audit"));
  if (!section) return {};
  CASEBRIDGE_CHECK(section->only({"name", "checkpoint", "checkpoint_every_s"}));
  CASEBRIDGE_TRY(into.name, section->text_or("name", into.name));
  if (!is_log_name(into.name))
    return section->complaint("name", "expected small letters, digits, dots, dashes and slashes");
  if (section->has("checkpoint")) {
    CASEBRIDGE_TRY(into.checkpoint, path_in(*section, "checkpoint", base));
  }
  constexpr std::int64_t day_s = 24 * 60 * 60;
  CASEBRIDGE_TRY(const auto every, section->integer_or("checkpoint_every_s", 1, day_s, 60));
  into.checkpoint_every = std::chrono::seconds{every};
  return {};
}

Result<void> read_log(const Settings& top, Configuration& into) {
  CASEBRIDGE_TRY(const auto section, top.section_if_any("log"));
  if (!section) return {};
  CASEBRIDGE_CHECK(section->only({"path", "level"}));
  CASEBRIDGE_TRY(into.log_path, section->text_or("path", "-"));
  if (section->has("level")) {
    CASEBRIDGE_TRY(into.log_level, section->one_of("level", {"debug", "info", "warn", "error"}));
  }
  return {};
}

}  // namespace

Result<Configuration> read_configuration(const path& file) {
  CASEBRIDGE_TRY(const Settings top, Settings::load(file));
  CASEBRIDGE_CHECK(top.only({"http", "storage", "folders", "vault", "mail", "throttle", "sign_in",
                             "operators", "workers", "audit", "log", "system_overrides"}));
  const path base = std::filesystem::absolute(file).parent_path();
  Configuration configuration;
  CASEBRIDGE_CHECK(read_http(top, base, configuration));
  CASEBRIDGE_CHECK(read_storage(top, base, configuration));
  anchor_database(base, configuration);
  CASEBRIDGE_CHECK(read_folders(top, base, configuration));
  CASEBRIDGE_TRY(configuration.vault, vault::read_vault_settings(top, base));
  CASEBRIDGE_CHECK(read_mail(top, base, configuration));
  CASEBRIDGE_CHECK(read_throttle(top, configuration.throttle));
  CASEBRIDGE_CHECK(read_sign_in(top, configuration));
  CASEBRIDGE_CHECK(read_operators(top, configuration.operators));
  configuration.operators.step_up_age =
      std::min(configuration.operators.step_up_age, configuration.step_up_age);
  CASEBRIDGE_CHECK(read_workers(top, configuration));
  CASEBRIDGE_CHECK(read_audit(top, base, configuration.audit));
  CASEBRIDGE_CHECK(read_log(top, configuration));
  CASEBRIDGE_TRY(const auto overrides, top.texts("system_overrides"));
  for (const auto& name : overrides) configuration.system_overrides.push_back(base / name);
  return configuration;
}

}  // namespace casebridge::gateway
