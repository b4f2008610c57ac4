// casebridge: the command line over the public API.
#include <Poco/Net/NetSSL.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>

#include "core/cli/admin_commands.hpp"
#include "core/cli/audit_commands.hpp"
#include "core/cli/commands.hpp"
#include "core/cli/key_commands.hpp"
#include "core/cli/token_file.hpp"

namespace {

using namespace casebridge;

struct Arguments {
  std::string server = "https://localhost:8443";
  std::string ca;
  std::string session_file = cli::default_token_file().string();
  std::string system, custody = "session_only", case_id, plugin;
  cli::KeyWords where;
  std::string key, provider = "file";
  int rows_at_once = 200;
  std::vector<std::string> query;
  bool ids_only = false;
  cli::AuditWords audit;
  cli::AdminWords admin;
};

using Command = std::function<int(cli::ApiClient&)>;

// Opens the connection, with the session when the command needs one.
int with_gateway(const Arguments& arguments, bool signed_in, const Command& command) {
  auto address = cli::ServerAddress::parse(arguments.server);
  if (!address) return cli::fail(address.error());
  cli::ApiClient api(*address, arguments.ca);
  if (signed_in) {
    auto token = cli::read_token(arguments.session_file);
    if (!token) return cli::fail(token.error());
    api.use_token(std::move(*token));
  }
  return command(api);
}

void add_commands(CLI::App& app, Arguments& a, int& code) {
  const auto add = [&](const char* name, const char* what, bool signed_in, Command command) {
    CLI::App* sub = app.add_subcommand(name, what);
    sub->callback(
        [&a, &code, signed_in, command = std::move(command)] { code = with_gateway(a, signed_in, command); });
    return sub;
  };
  add("register", "create an account", false,
      [&a](cli::ApiClient& api) { return cli::run_flow(api, "registration", a.session_file); });
  add("sign-in", "start a session", false,
      [&a](cli::ApiClient& api) { return cli::run_flow(api, "sign_in", a.session_file); });
  add("reset-password", "set a new password with a code from the mail", false,
      [&a](cli::ApiClient& api) { return cli::run_flow(api, "reset_password", a.session_file); });
  add("unlock", "end the lock that wrong passwords brought about, with a code from the mail", false,
      [&a](cli::ApiClient& api) { return cli::run_flow(api, "unlock", a.session_file); });
  add("sign-out", "end the session", true,
      [&a](cli::ApiClient& api) { return cli::sign_out(api, a.session_file); });
  CLI::App* link = add("link", "link an account at a state's system", true,
                       [&a](cli::ApiClient& api) { return cli::link_system(api, a.system, a.custody); });
  link->add_option("system", a.system, "id of the system, such as tx-icop")->required();
  link->add_option("--custody", a.custody,
                   "session_only forgets the state's password; vaulted seals it for refreshes")
      ->check(CLI::IsMember({"session_only", "vaulted"}));
  add("cases", "every case of every linked state", true, [&a](cli::ApiClient& api) {
    return cli::list_cases(api, a.ids_only);
  })->add_flag("--ids", a.ids_only, "ids only, one a line");
  add("case", "one case with its balances and payments", true,
      [&a](cli::ApiClient& api) { return cli::show_one_case(api, a.case_id); })
      ->add_option("id", a.case_id, "id of the case, cas_...")
      ->required();
  add("summary", "what all cases come to, each debt once", true,
      [](cli::ApiClient& api) { return cli::show_summary_of_all(api); });
  add("states", "every state, or those that fit: portal, phone, and whether it can be linked", false,
      [&a](cli::ApiClient& api) {
        std::string query;
        for (const std::string& word : a.query) query += (query.empty() ? "" : " ") + word;
        return cli::list_states(api, query);
      })
      ->add_option("query", a.query, "name, code or the name of a portal, such as iTexas");
  add("status", "which systems answer", false,
      [](cli::ApiClient& api) { return cli::show_system_status(api); });
  CLI::App* adapter = app.add_subcommand("adapter", "about plugins")->require_subcommand(1);
  CLI::App* inspect =
      adapter->add_subcommand("inspect", "a plugin's note and manifest, or why it is refused");
  inspect->add_option("file", a.plugin, "the plugin's .so, its manifest.yaml beside it")->required();
  inspect->callback([&a, &code] { code = cli::inspect_adapter(a.plugin); });
}

void add_audit_commands(CLI::App& app, Arguments& a, int& code) {
  CLI::App* audit = app.add_subcommand("audit", "about the audit log")->require_subcommand(1);
  CLI::App* verify =
      audit->add_subcommand("verify", "whether the log is as it was written; needs no gateway");
  verify->add_option("--config", a.audit.config, "the gateway's settings: where its database and keys are");
  verify->add_option("--database", a.audit.database, "sqlite:FILE or postgresql:CONNECTION");
  verify->add_option("--password-file", a.audit.password_file, "first line: PostgreSQL's password");
  CLI::Option* checkpoint =
      verify->add_option("--checkpoint", a.audit.checkpoints, "a checkpoint that was kept elsewhere");
  verify->add_option("--key", a.audit.key, "the key that `casebridge audit key` prints");
  verify->add_option("--min-size", a.audit.size_min, "refuse a checkpoint of fewer entries")
      ->check(CLI::NonNegativeNumber)
      ->needs(checkpoint);
  verify->callback([&a, &code] { code = cli::verify_audit(a.audit); });
  CLI::App* key = audit->add_subcommand("key", "the public key of checkpoints");
  key->add_option("--config", a.audit.config, "the gateway's settings")->required();
  key->add_option("--keys", a.audit.keys, "the folder of key files, where folders.keys names a copy of it");
  key->callback([&a, &code] { code = cli::print_audit_key(a.audit); });
}

// Beside a gateway, from its settings file: whoever may read that, the keys and the database.
void add_key_commands(CLI::App& app, Arguments& a, int& code) {
  CLI::App* keys = app.add_subcommand("keys", "the keys of the vault")->require_subcommand(1);
  keys->add_option("--config", a.where.settings, "the gateway's settings file")->required();
  keys->add_option("--keys", a.where.keys, "the folder of key files, where folders.keys names a copy of it");
  const auto add = [&](const char* name, const char* what, std::function<int()> command) {
    CLI::App* sub = keys->add_subcommand(name, what);
    sub->callback([&code, command = std::move(command)] { code = command(); });
    return sub;
  };
  add("list", "every key, its state, and how many rows name it", [&a] { return cli::list_keys(a.where); });
  add("add", "make a key; it is not used before it is rotated to", [&a] {
    return cli::add_key(a.where, a.provider);
  })->add_option("--provider", a.provider, "who holds it: file or pkcs11");
  add("rotate", "let the newest unused key, or this one, wrap from now on", [&a] {
    return cli::rotate_keys(a.where, a.key);
  })->add_option("key", a.key, "id of the key");
  add("rewrap", "wrap every record anew; goes on where it was ended",
      [&a] { return cli::rewrap_records(a.where, a.rows_at_once); })
      ->add_option("--rows", a.rows_at_once, "at once")
      ->check(CLI::Range(1, 10'000));
  add("compromised", "let a key wrap nothing any more",
      [&a] { return cli::mark_key_compromised(a.where, a.key); })
      ->add_option("key", a.key, "id of the key")
      ->required();
  add("destroy", "destroy a key that no row names any more",
      [&a] { return cli::destroy_key(a.where, a.key); })
      ->add_option("key", a.key, "id of the key")
      ->required();
}

void add_appointing(CLI::App& admin, Arguments& a, int& code) {
  const auto add = [&](const char* name, const char* what, auto command) {
    CLI::App* sub = admin.add_subcommand(name, what);
    sub->add_option("email", a.admin.who, "the confirmed address it is signed in to with")->required();
    sub->add_option("--config", a.where.settings, "the gateway's settings file")->required();
    sub->add_option("--keys", a.where.keys, "the folder of key files, where folders.keys names a copy of it");
    sub->callback([&a, &code, command] { code = command(a.where, a.admin.who); });
  };
  add("appoint", "make an account an operator's, beside the gateway", cli::appoint_operator);
  add("dismiss", "make an operator's account a parent's again, beside the gateway", cli::dismiss_operator);
}

// For a session of an operator; nobody else finds what they ask for.
void add_admin_commands(CLI::App& app, Arguments& a, int& code) {
  CLI::App* admin =
      app.add_subcommand("admin", "for operators: accounts and how the gateway does")->require_subcommand(1);
  using About = int (*)(cli::ApiClient&, const cli::AdminWords&);
  const auto add = [&](const char* name, const char* what, About command) {
    CLI::App* sub = admin->add_subcommand(name, what);
    sub->callback([&a, &code, command] {
      a.admin.session_file = a.session_file;
      code = with_gateway(a, true, [&](cli::ApiClient& api) { return command(api, a.admin); });
    });
    return sub;
  };
  const auto about = [&](CLI::App* sub) {
    return sub->add_option("who", a.admin.who, "acc_..., or the whole address it is signed in to with");
  };
  about(add("accounts", "an account: factors, locks, counts; no case", cli::show_account))->required();
  about(add("unlock", "end what wrong tries have locked", cli::unlock_account))->required();
  CLI::App* sessions = add("sessions", "where an account is signed in", cli::list_or_end_sessions);
  about(sessions)->required();
  sessions->add_option("--end", a.admin.end, "ses_... or all: end it");
  about(add("reset", "let the owner choose a new password, by mail", cli::begin_reset))->required();
  about(add("audit", "the state of the audit log, or what happened to an account", cli::show_audit));
  using Look = int (*)(cli::ApiClient&);
  const auto look = [&](const char* name, const char* what, Look command) {
    admin->add_subcommand(name, what)->callback([&a, &code, command] {
      code = with_gateway(a, true, command);
    });
  };
  look("keys", "the keys of the vault, as the gateway sees them", cli::show_keys);
  look("adapters", "adapters and their breakers", cli::show_adapters);
  look("links", "links that do not work, of nobody in particular", cli::show_links_in_trouble);
  add_appointing(*admin, a, code);
}

}  // namespace

int main(int argc, char** argv) {
  if (!start_secret_memory()) return 70;
  Poco::Net::initializeSSL();
  Arguments arguments;
  int code = cli::exit_good;
  CLI::App app{"Casebridge: child support cases of several states, over one login"};
  app.add_option("--server", arguments.server, "the gateway's address");
  app.add_option("--ca", arguments.ca, "PEM file of the certificate authority to trust");
  app.add_option("--session-file", arguments.session_file, "where the session is kept");
  app.require_subcommand(1);
  add_commands(app, arguments, code);
  add_audit_commands(app, arguments, code);
  add_key_commands(app, arguments, code);
  add_admin_commands(app, arguments, code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    code = app.exit(error) == 0 ? cli::exit_good : cli::exit_usage;
  } catch (const std::exception&) {
    std::cerr << "casebridge: a bug or a broken machine stopped the command\n";
    code = 70;
  }
  Poco::Net::uninitializeSSL();
  return code;
}
