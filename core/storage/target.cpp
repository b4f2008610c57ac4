// Reads database addresses.
#include "core/storage/target.hpp"

namespace casebridge::storage {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

Result<Target> sqlite_target(std::string path) {
  // Every connection of a pool would get a memory database of its own.
  if (path.empty() || path == ":memory:") return field_trouble("database", "sqlite: needs the path of a file");
  // SOCI's connection words have no way to write a quotation mark.
  if (path.find('"') != std::string::npos || path.find('\0') != std::string::npos) {
    return field_trouble("database", "the path of the file has a character that cannot be used");
  }
  return Target{Engine::sqlite, "dbname=\"" + path + "\"", path};
}

// libpq waits for minutes when nothing is said; a gateway that cannot reach its database should say so soon.
std::string with_timeout(std::string connect, bool is_uri) {
  if (connect.find("connect_timeout") != std::string::npos) return connect;
  if (!is_uri) return connect + " connect_timeout=5";
  return connect + (connect.find('?') == std::string::npos ? "?" : "&") + "connect_timeout=5";
}

}  // namespace

std::string_view name_of(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgresql"; }

Result<Target> parse_target(const std::string& url) {
  if (url.starts_with(sqlite_scheme)) return sqlite_target(url.substr(sqlite_scheme.size()));
  const bool is_uri = url.starts_with("postgresql://") || url.starts_with("postgres://");
  if (is_uri || url.find('=') != std::string::npos) {
    return Target{Engine::postgresql, with_timeout(url, is_uri), {}};
  }
  return field_trouble("database", "is neither sqlite:PATH nor an address of PostgreSQL");
}

}  // namespace casebridge::storage
