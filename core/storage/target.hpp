// Target: which engine an address means, and the words with which the engine is opened.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace casebridge::storage {

enum class Engine { sqlite, postgresql };
std::string_view name_of(Engine engine);

struct Target {
  Engine engine = Engine::sqlite;
  std::string connect;         // in the words of the engine; may hold a password: never logged
  std::filesystem::path path;  // SQLite only
};

// invalid_field `database` for an address that cannot be used. `password_file`: its first line is the
// password of a PostgreSQL address; empty: there is none, or libpq finds it by its own ways.
Result<Target> parse_target(const std::string& url, const std::filesystem::path& password_file = {});
// Whether an address of PostgreSQL has its password within.
bool holds_password(const std::string& url);

}  // namespace casebridge::storage
