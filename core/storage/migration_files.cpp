// Reads and splits migration files.
#include "core/storage/migration_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace casebridge::storage {
namespace {

constexpr std::size_t number_digits = 4;

Trouble unfit(const std::string& why) { return trouble(TroubleCode::dependency_failed, "storage: " + why); }

Result<MigrationFile> read_file(const std::filesystem::path& path, Engine engine) {
  const std::string stem = path.stem().string();
  const auto number = text::parse_int(stem.substr(0, number_digits));
  if (stem.size() < number_digits + 2 || stem[number_digits] != '_' || !number || *number < 1) {
    return unfit("a migration is not named NNNN_name.sql");
  }
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  if (!file) return unfit("a migration cannot be read");
  return MigrationFile{*number, stem.substr(number_digits + 1), crypto::hex(crypto::sha256(content)),
                       statements_of(content, engine)};
}

// What is left of the SQL once its comments are gone; and who a statement is for.
class Splitter {
 public:
  explicit Splitter(Engine engine) : engine_(engine) {}

  std::vector<std::string> split(const std::string& sql) {
    std::size_t at = 0;
    while (at < sql.size()) at = step(sql, at);
    finish();
    return std::move(statements_);
  }

 private:
  std::size_t step(const std::string& sql, std::size_t at) {
    const char c = sql[at];
    if (quote_ == 0 && sql.compare(at, 2, "--") == 0) {
      const std::size_t end = std::min(sql.find('\n', at), sql.size());
      comment(std::string_view(sql).substr(at + 2, end - at - 2));
      return end;
    }
    if (quote_ == 0 && c == ';' && !within_trigger()) {
      finish();
      return at + 1;
    }
    if (quote_ == c) {
      quote_ = 0;
    } else if (quote_ == 0 && (c == '\'' || c == '"')) {
      quote_ = c;
    }
    statement_ += c;
    return at + 1;
  }

  // SQLite: what a trigger does are statements of their own, between BEGIN and END.
  bool within_trigger() const {
    const std::string_view words = text::trim(statement_);
    return words.starts_with("CREATE TRIGGER") && words.find("\nBEGIN\n") != std::string_view::npos &&
           !words.ends_with("\nEND");
  }

  void comment(std::string_view words) {
    constexpr std::string_view mark = "engine:";
    words = text::trim(words);
    if (words.starts_with(mark)) only_ = std::string(text::trim(words.substr(mark.size())));
  }

  void finish() {
    const std::string_view words = text::trim(statement_);
    if (!words.empty()) {
      if (only_.empty() || only_ == name_of(engine_)) statements_.emplace_back(words);
      only_.clear();
    }
    statement_.clear();
  }

  const Engine engine_;
  char quote_ = 0;
  std::string only_;
  std::string statement_;
  std::vector<std::string> statements_;
};

}  // namespace

std::vector<std::string> statements_of(const std::string& sql, Engine engine) {
  return Splitter(engine).split(sql);
}

Result<std::vector<MigrationFile>> read_migrations(const std::filesystem::path& folder, Engine engine) {
  std::vector<MigrationFile> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".sql") continue;
    CASEBRIDGE_TRY(auto file, read_file(at->path(), engine));
    files.push_back(std::move(file));
  }
  if (error || files.empty()) return unfit("there are no migrations where they are looked for");
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].number != static_cast<std::int64_t>(i) + 1)
      return unfit("the migrations are not numbered in a row");
  }
  return files;
}

}  // namespace casebridge::storage
