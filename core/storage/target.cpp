// Reads database addresses.
#include "core/storage/target.hpp"

#include <libpq-fe.h>

#include <fstream>
#include <memory>
#include <optional>

#include "core/base/secret.hpp"

namespace casebridge::storage {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::string_view postgresql_scheme = "postgresql:";

Result<Target> sqlite_target(std::string path) {
  // Every connection of a pool would get a memory database of its own.
  if (path.empty() || path == ":memory:")
    return field_trouble("database", "sqlite: needs the path of a file");
  // SOCI's connection words have no way to write a quotation mark.
  if (path.find('"') != std::string::npos || path.find('\0') != std::string::npos) {
    return field_trouble("database", "the path of the file has a character that cannot be used");
  }
  return Target{Engine::sqlite, "dbname=\"" + path + "\"", path};
}

using Options = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;

// SOCI 4.0 takes the words of an address apart at blanks and '=' before libpq sees them: a URI without '='
// gets one at its end, quoted values are torn. It lets pass what stands between double quotation marks, so
// every value goes there, in libpq's own quotes.
std::string word_of(const char* keyword, const std::string& value) {
  std::string word = std::string(keyword) + "=\"'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') word += '\\';
    word += c;
  }
  return word + "'\"";
}

// nullptr for an address that libpq does not understand.
Options options_of(const std::string& url) {
  char* complaint = nullptr;  // may repeat a password: thrown away
  Options options(::PQconninfoParse(url.c_str(), &complaint), ::PQconninfoFree);
  if (complaint != nullptr) ::PQfreemem(complaint);
  return options;
}

Result<std::string> password_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string password;
  if (!std::getline(in, password) || password.empty())
    return field_trouble("database", "has a password file that cannot be read: " + file.string());
  if (password.find('"') != std::string::npos || password.find('\0') != std::string::npos) {
    wipe(password);
    return field_trouble("database", "has a character in its password that cannot be used");
  }
  return password;
}

Result<Target> postgresql_target(const std::string& url, const std::filesystem::path& password_file) {
  const Options options = options_of(url);
  if (!options) return field_trouble("database", "is not an address that PostgreSQL understands");
  std::string connect;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    std::string value = option->val == nullptr ? "" : option->val;
    // libpq waits for minutes when nothing is said; a gateway that cannot reach its database should say so
    // soon.
    if (value.empty() && std::string_view(option->keyword) == "connect_timeout") value = "5";
    if (value.empty()) continue;
    if (value.find('"') != std::string::npos) {
      return field_trouble("database", "has a quotation mark in " + std::string(option->keyword));
    }
    connect += (connect.empty() ? "" : " ") + word_of(option->keyword, value);
  }
  if (!password_file.empty()) {
    CASEBRIDGE_TRY(std::string password, password_in(password_file));
    connect += (connect.empty() ? "" : " ") + word_of("password", password);
    wipe(password);
  }
  return Target{Engine::postgresql, std::move(connect), {}};
}

// libpq's words behind the scheme, as the settings have it for both engines; nullopt: no PostgreSQL.
std::optional<std::string> libpq_words(const std::string& url) {
  const bool is_uri = url.starts_with("postgresql://") || url.starts_with("postgres://");
  if (!is_uri && url.starts_with(postgresql_scheme)) return url.substr(postgresql_scheme.size());
  if (is_uri || url.find('=') != std::string::npos) return url;
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgresql"; }

Result<Target> parse_target(const std::string& url, const std::filesystem::path& password_file) {
  if (url.starts_with(sqlite_scheme)) {
    if (!password_file.empty()) return field_trouble("database", "is a file, and needs no password");
    return sqlite_target(url.substr(sqlite_scheme.size()));
  }
  if (const auto words = libpq_words(url)) return postgresql_target(*words, password_file);
  return field_trouble("database", "is neither sqlite:PATH nor an address of PostgreSQL");
}

bool holds_password(const std::string& url) {
  const auto words = url.starts_with(sqlite_scheme) ? std::nullopt : libpq_words(url);
  const Options options = options_of(words.value_or(""));
  if (!options) return false;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option)
    if (std::string_view(option->keyword) == "password" && option->val != nullptr) return true;
  return false;
}

}  // namespace casebridge::storage
