// casebridge-gateway: reads the command line, starts the server, waits for a signal, stops.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "core/gateway/gateway.hpp"
#include "core/vault/key_files.hpp"

namespace {

using namespace casebridge;

// sysexits.h's numbers, so that a service manager can tell what is worth a restart.
constexpr int exit_usage = 64, exit_unavailable = 69, exit_internal = 70, exit_configuration = 78;

struct Arguments {
  std::string config;
  std::string make_keys;
  std::string clock_start;
  bool check_config = false;
  bool sandbox = false;
};

// Cores would hold secrets: none is written, and no other process of the user may look into this one.
void forbid_core_files() {
  ::prctl(PR_SET_DUMPABLE, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

// As many connections as the machine allows: each needs a descriptor.
void raise_descriptor_limit() {
  rlimit allowed{};
  if (::getrlimit(RLIMIT_NOFILE, &allowed) != 0) return;
  allowed.rlim_cur = allowed.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &allowed);
}

int complain(const Trouble& trouble) {
  std::cerr << "casebridge-gateway: " << trouble.row().name << ": " << trouble.detail << '\n';
  switch (trouble.code) {
    case TroubleCode::invalid_field: return exit_configuration;
    case TroubleCode::dependency_failed: return exit_unavailable;
    default: return exit_internal;
  }
}

bool all_on_loopback(const gateway::Configuration& configuration) {
  for (const auto& listener : configuration.listeners)
    if (listener.address.rfind("127.", 0) != 0 && listener.address != "::1" &&
        !listener.address.starts_with('/'))
      return false;
  return true;
}

Result<RunningClock> make_clock(const Arguments& arguments, const gateway::Configuration& configuration) {
  if (arguments.clock_start.empty()) return RunningClock{};
  if (!arguments.sandbox) return field_trouble("clock-start", "--clock-start needs --sandbox");
  if (!all_on_loopback(configuration))
    return field_trouble("clock-start", "a sandbox with its own clock listens on loopback addresses only");
  const auto start = parse_instant(arguments.clock_start);
  if (!start) return field_trouble("clock-start", "expected YYYY-MM-DDThh:mm:ssZ");
  return RunningClock(*start);
}

LogLevel level_of(const std::string& name) {
  if (name == "debug") return LogLevel::debug;
  if (name == "warn") return LogLevel::warn;
  return name == "error" ? LogLevel::error : LogLevel::info;
}

// One line of JSON, so that a program that starts the gateway knows when and where it answers.
void print_ready(const std::vector<std::string>& addresses) {
  std::cout << "{\"ready\":true,\"addresses\":[";
  for (std::size_t i = 0; i < addresses.size(); ++i)
    std::cout << (i ? "," : "") << '"' << addresses[i] << '"';
  std::cout << "]}" << std::endl;
}

int serve(const Arguments& arguments, const gateway::Configuration& configuration, const Log& log) {
  auto clock = make_clock(arguments, configuration);
  if (!clock) return complain(clock.error());
  if (arguments.check_config) {
    if (auto checked = gateway::check(configuration, *clock, log); !checked) return complain(checked.error());
    std::cout << "configuration is good\n";
    return 0;
  }
  // Blocked before any thread exists, so that only sigwait below receives them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  auto running = gateway::Gateway::start(configuration, *clock, log);
  if (!running) return complain(running.error());
  print_ready((*running)->addresses());
  int received = 0;
  while (::sigwait(&signals, &received) != 0 || received == SIGHUP) {
    if (received == SIGHUP) (*running)->reload_certificates(log);
  }
  (*running)->stop();
  log.write(LogLevel::info, "gateway_stopped", {{"signal", static_cast<std::int64_t>(received)}});
  log.flush();
  return 0;
}

int run(const Arguments& arguments) {
  if (!start_secret_memory())
    return complain(trouble(TroubleCode::internal, "secret memory cannot be started"));
  if (!arguments.make_keys.empty()) {
    if (auto made = vault::KeyFiles::make(arguments.make_keys); !made) return complain(made.error());
    return 0;
  }
  auto configuration = gateway::read_configuration(arguments.config);
  if (!configuration) return complain(configuration.error());
  const auto log = Log::to(configuration->log_path, level_of(configuration->log_level));
  if (!log) return complain(log.error());
  return serve(arguments, *configuration, *log);
}

}  // namespace

int main(int argc, char** argv) {
  forbid_core_files();
  raise_descriptor_limit();
  Arguments arguments;
  CLI::App app{"Casebridge gateway: one login and one case view for child support in several states"};
  app.add_option("--config", arguments.config, "settings file (YAML)");
  app.add_flag("--check-config", arguments.check_config,
               "check settings, keys, plugins and states, then end");
  app.add_option("--make-keys", arguments.make_keys, "write new key files into this folder, then end");
  app.add_flag("--sandbox", arguments.sandbox, "a sandbox: listeners on loopback, clock may be turned");
  app.add_option("--clock-start", arguments.clock_start, "what the sandbox's clock shows at start (UTC)");
  try {
    app.parse(argc, argv);
    if (arguments.config.empty() && arguments.make_keys.empty()) {
      std::cerr << "casebridge-gateway: --config is missing\n";
      return exit_usage;
    }
    return run(arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : exit_usage;
  } catch (const std::exception&) {
    std::cerr << "casebridge-gateway: a bug or a broken machine stopped the gateway\n";
    return exit_internal;
  }
}
