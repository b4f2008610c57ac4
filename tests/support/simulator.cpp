// Process start and stop, and JSON over the control port.
#include "tests/support/simulator.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace casebridge::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int ready_timeout_ms = 20'000;
constexpr int stop_timeout_ms = 5'000;

std::string program() {
  const char* const named = std::getenv("CASEBRIDGE_SIMULATE");
  return named != nullptr && *named != '\0' ? named : casebridge::tests::in_source("tools/simulate");
}

std::string encoded(const std::string& value) {
  std::string made;
  Poco::URI::encode(value, "&=?#+ ", made);
  return made;
}

json exchange(const std::string& base, const std::string& method, const std::string& path,
              const std::string& body) {
  const Poco::URI uri(base);
  Poco::Net::HTTPClientSession session(uri.getHost(), uri.getPort());
  session.setTimeout(Poco::Timespan(20, 0));
  Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPRequest::HTTP_1_1);
  request.setContentType("application/json");
  request.setContentLength(static_cast<std::streamsize>(body.size()));
  session.sendRequest(request) << body;
  Poco::Net::HTTPResponse response;
  std::string answer;
  Poco::StreamCopier::copyToString(session.receiveResponse(response), answer);
  if (response.getStatus() != Poco::Net::HTTPResponse::HTTP_OK)
    throw std::runtime_error("control port: " + method + " " + path + " gave " +
                             std::to_string(response.getStatus()) + ": " + answer);
  return json::parse(answer);
}

bool has_ended(pid_t pid, int timeout_ms) {
  for (int waited = 0; waited <= timeout_ms; waited += 10) {
    if (::waitpid(pid, nullptr, WNOHANG) == pid) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

Simulator::Simulator(const fs::path& scenario, Carrier carrier,
                     const std::map<std::string, std::string>& platform_as) {
  folder_ = new_temporary_folder("simulator");
  std::vector<std::string> words{program(), "--scenario", scenario.string(), "--control", "127.0.0.1:0"};
  const json systems = json::parse(std::ifstream(scenario)).at("systems");
  for (const auto& [id, setup] : systems.items()) {
    if (id == "ga-batch" || !setup.at("enabled").get<bool>()) continue;
    const auto other = platform_as.find(id);
    if (other != platform_as.end()) words.insert(words.end(), {"--as", id + "=" + other->second});
    const std::string& name = other == platform_as.end() ? id : other->second;
    words.insert(words.end(), {"--listen", name + "=127.0.0.1:0"});
  }
  words.insert(words.end(), {"--ga-drop", (folder_ / "ga-drop").string()});
  if (carrier == Carrier::tls)
    words.insert(words.end(), {"--tls-dir", (folder_ / "tls").string()});
  else
    words.emplace_back("--no-tls");
  spawn(words);
  try {
    ready_ = json::parse(read_ready_line());
  } catch (...) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    throw;
  }
}

Simulator::~Simulator() {
  ::kill(pid_, SIGTERM);
  if (!has_ended(pid_, stop_timeout_ms)) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(output_);
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Simulator::spawn(const std::vector<std::string>& words) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const std::string log = (folder_ / "output.log").string();
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot fork");
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    const int errors = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (::getppid() != parent || ::dup2(ends[1], STDOUT_FILENO) < 0 || ::dup2(errors, STDERR_FILENO) < 0)
      ::_exit(126);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
}

std::string Simulator::read_ready_line() {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::milliseconds(ready_timeout_ms);
  std::string line;
  while (!line.ends_with('\n')) {
    if (std::chrono::steady_clock::now() > give_up)
      throw std::runtime_error("the simulator does not get ready");
    pollfd watched{output_, POLLIN, 0};
    if (::poll(&watched, 1, 100) <= 0) continue;
    char octet = 0;
    if (::read(output_, &octet, 1) != 1) throw std::runtime_error("the simulator ended at its start");
    line += octet;
  }
  return line;
}

std::string Simulator::origin(const std::string& system) const {
  return ready_.at("systems").at(system).get<std::string>();
}

std::string Simulator::ca_file() const {
  if (!ready_.contains("ca") || !ready_.at("ca").is_string()) return {};
  return fs::absolute(ready_.at("ca").get<std::string>()).string();
}

json Simulator::get(const std::string& path) const {
  return exchange(ready_.at("control").get<std::string>(), "GET", path, "");
}

json Simulator::post(const std::string& path, const json& body) const {
  return exchange(ready_.at("control").get<std::string>(), "POST", path, body.dump());
}

void Simulator::load(const json& scenario) const { post("/control/scenario", scenario); }

std::string Simulator::now() const { return get("/control/clock").at("now").get<std::string>(); }

void Simulator::advance(long seconds) const { post("/control/clock", {{"advanceSeconds", seconds}}); }

void Simulator::add_fault(const json& fault) const {
  post("/control/faults", {{"add", json::array({fault})}});
}

void Simulator::account(const std::string& credential, const std::string& action) const {
  post("/control/accounts", {{"credential", credential}, {"action", action}});
}

std::vector<json> Simulator::calls(const std::string& system, const std::string& op) const {
  const std::string only = op.empty() ? "" : "&op=" + encoded(op);
  return get("/control/calls?system=" + encoded(system) + only).at("calls").get<std::vector<json>>();
}

std::vector<json> Simulator::outbox(const std::string& system, const std::string& person,
                                    const std::string& kind) const {
  const std::string query = "system=" + encoded(system) + "&person=" + encoded(person) + "&kind=" + kind;
  return get("/control/outbox?" + query).at("messages").get<std::vector<json>>();
}

}  // namespace casebridge::testing
