// Typed reading of YAML files; every complaint names file:line:key and never the value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace casebridge {

// One node of a settings file. Copies share the file; any thread may read.
class Settings {
 public:
  // invalid_field when the file is missing, larger than 1 MiB or no YAML mapping.
  static Result<Settings> load(const std::filesystem::path& file);
  // The same for text that is already in memory; `name` stands for the file in complaints.
  static Result<Settings> parse(std::string_view yaml, const std::string& name);

  bool has(std::string_view key) const;
  // Refuses keys that are not listed: a misspelt setting must not be silently ignored.
  Result<void> only(std::initializer_list<std::string_view> keys) const;

  Result<std::string> text(std::string_view key) const;
  Result<std::string> text_or(std::string_view key, std::string fallback) const;
  Result<std::string> one_of(std::string_view key, std::initializer_list<std::string_view> words) const;
  Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most) const;
  Result<std::int64_t> integer_or(std::string_view key, std::int64_t least, std::int64_t most,
                                  std::int64_t fallback) const;
  Result<bool> boolean_or(std::string_view key, bool fallback) const;
  Result<std::vector<std::string>> texts(std::string_view key) const;  // empty when the key is missing
  Result<Settings> section(std::string_view key) const;                // a mapping; required
  Result<std::optional<Settings>> section_if_any(std::string_view key) const;
  Result<std::vector<Settings>> list(std::string_view key) const;  // of mappings; empty when missing
  std::vector<std::string> keys() const;
  // The whole section as JSON text, for settings that belong to an adapter. Scalars that YAML shows unquoted
  // as integers or booleans become JSON integers and booleans.
  std::string json() const;

  // A complaint about `key` of this section, as file:line:key and what was expected.
  Trouble complaint(std::string_view key, std::string_view expected) const;

 private:
  struct Node;
  explicit Settings(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  std::shared_ptr<const Node> node_;
};

}  // namespace casebridge
