// Walks every stream once; the next page is read while this one is checked.
#include "core/cli/audit_commands.hpp"

#include <filesystem>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <utility>

#include "core/audit/checkpoint_file.hpp"
#include "core/audit/verdict.hpp"
#include "core/base/settings_file.hpp"
#include "core/cli/commands.hpp"
#include "core/cli/key_room.hpp"
#include "core/storage/audit_reader.hpp"
#include "core/vault/key_files.hpp"

namespace casebridge::cli {
namespace {

using audit::Verdict;
using storage::AuditReader;
constexpr int page_entries = 5'000;
using Page = Result<std::vector<ports::AuditEntry>>;

const char* word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::good: return "good";
    case Verdict::broken: return "broken";
    case Verdict::truncated: return "truncated";
    case Verdict::rewritten: return "rewritten";
    case Verdict::unfit_checkpoint: return "unfit checkpoint";
  }
  return "";
}

// Not 1, which says that the log is broken.
int could_not_look(const Trouble& trouble) {
  const int code = fail(trouble);
  return code == exit_refused ? exit_usage : code;
}

struct Place {
  std::string database;
  std::filesystem::path password_file;
  std::string key;
};

// The same words and places as the gateway has for them.
Result<Place> place_of_settings(const AuditWords& words) {
  CASEBRIDGE_TRY(const Settings top, Settings::load(words.config));
  const std::filesystem::path base = std::filesystem::absolute(words.config).parent_path();
  CASEBRIDGE_TRY(const Settings storage, top.section("storage"));
  Place place;
  CASEBRIDGE_TRY(place.database, storage.text("url"));
  constexpr std::string_view scheme = "sqlite:";
  if (place.database.starts_with(scheme))
    place.database = std::string(scheme) + (base / place.database.substr(scheme.size())).string();
  CASEBRIDGE_TRY(const std::string password, storage.text_or("password_file", ""));
  if (!password.empty()) place.password_file = base / password;
  CASEBRIDGE_TRY(const auto keys, keys_folder_of(top, base, words.keys));
  CASEBRIDGE_TRY(const auto section, top.section_if_any("audit"));
  std::string name = "casebridge";
  if (section) {
    CASEBRIDGE_TRY(name, section->text_or("name", name));
  }
  CASEBRIDGE_TRY(const auto files, vault::KeyFiles::load(keys, false));
  place.key = audit::NoteSigner(audit::origin_of(name, audit::accounts_stream),
                                files.derive(audit::checkpoint_key_purpose))
                  .key()
                  .text();
  return place;
}

Result<Place> place_of(const AuditWords& words) {
  Place place;
  if (!words.config.empty()) {
    CASEBRIDGE_TRY(place, place_of_settings(words));
  }
  if (!words.database.empty()) place.database = words.database;
  if (!words.password_file.empty()) place.password_file = words.password_file;
  if (!words.key.empty()) place.key = words.key;
  return place;
}

// Empty: one of them is not to be believed, which was said.
Result<std::vector<audit::Checkpoint>> read_checkpoints(const AuditWords& words,
                                                        const std::string& key_text) {
  CASEBRIDGE_TRY(const audit::NoteKey key, audit::NoteKey::parse(key_text));
  std::vector<audit::Checkpoint> read;
  for (const std::string& file : words.checkpoints) {
    CASEBRIDGE_TRY(const std::string note, audit::read_note(file));
    if (note.empty())
      return trouble(TroubleCode::dependency_failed, "checkpoint " + file + " does not exist");
    auto one = audit::read_checkpoint(note, key);
    const bool fits = one && one->size >= static_cast<std::uint64_t>(words.size_min);
    if (!fits) {
      std::cout << "unfit checkpoint: " << file
                << (one ? " is older than --min-size says\n" : " is not signed by this key for its log\n");
      return std::vector<audit::Checkpoint>{};
    }
    read.push_back(std::move(*one));
  }
  return read;
}

Result<audit::StreamCheck> walk(AuditReader& reader, const std::string& stream,
                                std::vector<audit::Checkpoint> outside) {
  audit::StreamCheck check(stream, std::move(outside));
  const auto begin = [&](std::int64_t after) {
    return std::async(std::launch::async,
                      [&reader, &stream, after] { return reader.read(stream, after, page_entries); });
  };
  for (std::future<Page> next = begin(0); next.valid();) {
    CASEBRIDGE_TRY(const std::vector<ports::AuditEntry> page, next.get());
    if (page.size() == page_entries) next = begin(page.back().seq);
    for (const ports::AuditEntry& entry : page)
      if (!check.take(entry)) return check;
  }
  return check;
}

Verdict tell(const audit::StreamCheck& check, bool compared) {
  const audit::Finding found = check.finding();
  const audit::ChainCheck& chain = check.chain();
  std::cout << chain.stream() << ": " << word_of(found.verdict);
  if (found.verdict == Verdict::good)
    std::cout << ", " << chain.tree().size() << " entries"
              << (compared ? "" : ", compared with no checkpoint from outside");
  else
    std::cout << ", stream " << chain.stream() << " seq " << found.seq;
  std::cout << '\n';
  if (chain.clock_back_at() != 0)
    std::cout << chain.stream() << ": the clock went back at seq " << chain.clock_back_at() << '\n';
  return found.verdict;
}

}  // namespace

int verify_audit(const AuditWords& words) {
  const auto place = place_of(words);
  if (!place) return could_not_look(place.error());
  if (place->database.empty() || (!words.checkpoints.empty() && place->key.empty())) {
    std::cerr << "casebridge: audit verify needs --config, or --database, and --key for a checkpoint\n";
    return exit_usage;
  }
  std::map<std::string, std::vector<audit::Checkpoint>> streams;
  if (!words.checkpoints.empty()) {
    auto outside = read_checkpoints(words, place->key);
    if (!outside) return could_not_look(outside.error());
    if (outside->empty()) return static_cast<int>(Verdict::unfit_checkpoint);
    for (audit::Checkpoint& one : *outside) streams[audit::stream_of(one.origin)].push_back(std::move(one));
  }
  const auto reader = AuditReader::open(place->database, place->password_file);
  if (!reader) return could_not_look(reader.error());
  const auto stored = (*reader)->streams();
  if (!stored) return could_not_look(stored.error());
  for (const std::string& stream : *stored) streams[stream];
  Verdict worst = Verdict::good;
  for (auto& [stream, outside] : streams) {
    const bool compared = !outside.empty();
    const auto check = walk(**reader, stream, std::move(outside));
    if (!check) return could_not_look(check.error());
    const Verdict verdict = tell(*check, compared);
    if (worst == Verdict::good || verdict == Verdict::broken) worst = verdict;
  }
  if (streams.empty()) std::cout << "the log is empty\n";
  return static_cast<int>(worst);
}

int print_audit_key(const AuditWords& words) {
  const auto place = place_of_settings(words);
  if (!place) return could_not_look(place.error());
  std::cout << place->key << '\n';
  return exit_good;
}

}  // namespace casebridge::cli
