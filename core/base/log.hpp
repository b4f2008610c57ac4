// Structured JSON log lines on spdlog. Values are given as fields; secrets have no way in.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/result.hpp"
#include "core/base/trouble.hpp"

namespace casebridge {

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

// Any thread. One instance, made by main and handed down; a default-made one writes nothing.
class Log {
 public:
  Log() = default;
  // path "-" is standard error. invalid_field (log.path) when the file cannot be opened.
  static Result<Log> to(std::string_view path, LogLevel lowest);
  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {}) const;
  void flush() const;

 private:
  struct Sink;
  std::shared_ptr<Sink> sink_;
};

}  // namespace casebridge
