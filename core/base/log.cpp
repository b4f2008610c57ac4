// Log lines: one JSON object each, written here by hand so that no value can break out of its string.
#include "core/base/log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/base/instant.hpp"
#include "core/base/text.hpp"

namespace casebridge {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warn: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warn: return "warn";
    case LogLevel::error: return "error";
  }
  return "error";
}

bool is_plain(char octet) { return octet >= 0x20 && octet < 0x7F && octet != '"' && octet != '\\'; }

// C0, DEL and C1 could end a line or steer a terminal; octets that are not UTF-8 become U+FFFD.
void append_string(std::string& line, std::string_view value) {
  line += '"';
  while (!value.empty()) {
    const auto plain =
        static_cast<std::size_t>(std::find_if_not(value.begin(), value.end(), is_plain) - value.begin());
    line += value.substr(0, plain);
    value.remove_prefix(plain);
    if (value.empty()) break;
    const std::size_t size = text::utf8_sequence_size(value);
    const auto first = static_cast<unsigned char>(value.front());
    if (size == 0) {
      line += "\\ufffd";
    } else if (first == '"' || first == '\\') {
      line += '\\';
      line += value.front();
    } else if (first < 0x20 || first == 0x7F) {
      fmt::format_to(std::back_inserter(line), "\\u{:04x}", first);
    } else if (first == 0xC2 && static_cast<unsigned char>(value[1]) < 0xA0) {
      fmt::format_to(std::back_inserter(line), "\\u{:04x}", static_cast<unsigned char>(value[1]));
    } else {
      line += value.substr(0, size);
    }
    value.remove_prefix(size == 0 ? 1 : size);
  }
  line += '"';
}

void append_value(std::string& line, const decltype(LogField::value)& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return append_string(line, *text);
  if (const auto* flag = std::get_if<bool>(&value)) {
    line += *flag ? "true" : "false";
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    fmt::format_to(std::back_inserter(line), "{}", *whole);
  } else {
    const double number = std::get<double>(value);
    if (std::isfinite(number))
      fmt::format_to(std::back_inserter(line), "{}", number);
    else
      line += "null";
  }
}

// The machine's time on purpose: a log tells what really happened, also in a sandbox with a turned clock.
void append_machine_time(std::string& line) {
  const auto now = std::chrono::system_clock::now();
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  // The text of a second is made once by each thread.
  thread_local Instant written{};
  thread_local std::string text;
  if (text.empty() || written != second) {
    text = to_text(second);
    text.pop_back();
    written = second;
  }
  const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(now - second).count();
  line += text;
  line += '.';
  for (const auto digit : {rest / 100, rest / 10 % 10, rest % 10}) line += static_cast<char>('0' + digit);
  line += 'Z';
}

// The file is made readable for its owner and group only, whatever the umask allows. Null: it cannot be.
std::shared_ptr<spdlog::sinks::sink> open_sink(const std::string& path) {
  if (path == "-") return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (descriptor < 0) return nullptr;
  ::close(descriptor);
  try {
    return std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
  } catch (const spdlog::spdlog_ex&) {
    return nullptr;
  }
}

}  // namespace

struct Log::Sink {
  spdlog::logger logger;
};

Result<Log> Log::to(std::string_view path, LogLevel lowest) {
  auto sink = open_sink(std::string(path));
  if (!sink) return field_trouble("log.path", "log.path: the log file cannot be opened");
  Log log;
  log.sink_ = std::make_shared<Sink>(Sink{spdlog::logger("casebridge", std::move(sink))});
  spdlog::logger& logger = log.sink_->logger;
  logger.set_pattern("%v");
  logger.set_level(level_of(lowest));
  logger.flush_on(spdlog::level::info);
  logger.set_error_handler(
      [](const std::string&) { std::fputs("a log line could not be written\n", stderr); });
  return log;
}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const {
  if (!sink_ || !sink_->logger.should_log(level_of(level))) return;
  constexpr std::size_t bytes_usual = 250;
  std::string line;
  line.reserve(bytes_usual);
  line += R"({"ts":")";
  append_machine_time(line);
  line += R"(","level":")";
  line += name_of(level);
  line += R"(","event":)";
  append_string(line, event);
  for (const LogField& field : fields) {
    line += ',';
    append_string(line, field.name);
    line += ':';
    append_value(line, field.value);
  }
  line += '}';
  sink_->logger.log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

void Log::flush() const {
  if (sink_) sink_->logger.flush();
}

}  // namespace casebridge
