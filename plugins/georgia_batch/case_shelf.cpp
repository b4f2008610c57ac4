// `case/<number>` is the index, `kept/<number>/<run>/<n>` are the records in pieces that fit into a value.
#include "plugins/georgia_batch/case_shelf.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/crypto.hpp"
#include "plugins/georgia_batch/after_conflict.hpp"

namespace casebridge::georgia_batch {
namespace {

using nlohmann::json;
using sdk::Answer;
using sdk::Done;

constexpr std::string_view index_prefix = "case/";
constexpr std::size_t piece_octets_max = 200 * 1024;

std::string index_key(const std::string& case_number) { return std::string(index_prefix) + case_number; }

std::string piece_key(const std::string& case_number, const RunId& run, int piece) {
  return "kept/" + case_number + "/" + run.text() + "/" + std::to_string(piece);
}

KeptIndex index_of(std::string_view octets, std::int64_t version) {
  const json stored = json::parse(octets);
  KeptIndex made;
  made.version = version;
  made.links = stored.at("links").get<std::vector<std::string>>();
  for (const json& one : stored.at("generations"))
    made.generations.push_back({*RunId::parse(one.at("run").get<std::string>()), one.at("digest"),
                                one.at("pieces"), one.at("missing")});
  return made;
}

int pieces_of(std::size_t size) { return static_cast<int>((size + piece_octets_max - 1) / piece_octets_max); }

}  // namespace

const Generation* KeptIndex::counting(const LoadedRun* newest) const {
  const Generation* found = nullptr;
  for (const Generation& one : generations)
    if (newest != nullptr && one.run <= newest->run) found = &one;
  return found;
}

const Generation* KeptIndex::before(model::Date day, const LoadedRun* newest) const {
  const Generation* found = nullptr;
  for (const Generation& one : generations)
    if (newest != nullptr && one.run <= newest->run && one.run.day() < day) found = &one;
  return found;
}

Answer<std::vector<std::string>> CaseShelf::case_numbers() const {
  SDK_TRY(auto keys, call_.values().keys(index_prefix));
  for (std::string& key : keys) key.erase(0, index_prefix.size());
  std::sort(keys.begin(), keys.end());
  return keys;
}

Answer<std::optional<KeptIndex>> CaseShelf::open(const std::string& case_number) const {
  SDK_TRY(const auto found, call_.values().get(index_key(case_number)));
  if (!found) return std::optional<KeptIndex>{};
  return std::optional<KeptIndex>{index_of(found->octets.reveal(), found->version)};
}

Answer<std::string> CaseShelf::read(const std::string& case_number, const Generation& generation) const {
  std::string records;
  for (int piece = 0; piece < generation.pieces; ++piece) {
    SDK_TRY(const auto found, call_.values().get(piece_key(case_number, generation.run, piece)));
    // Another gateway has loaded a newer run meanwhile, and taken this one away.
    if (!found) return sdk::refuse(model::Outcome::unavailable, "version_conflict");
    records += found->octets.reveal();
  }
  return records;
}

Answer<Done> CaseShelf::save(const std::string& case_number, KeptIndex& index) const {
  json stored{{"links", index.links}, {"generations", json::array()}};
  for (const Generation& one : index.generations)
    stored["generations"].push_back(
        {{"run", one.run.text()}, {"digest", one.digest}, {"pieces", one.pieces}, {"missing", one.missing}});
  SDK_TRY(index.version, call_.values().put(index_key(case_number), stored.dump(), index.version));
  return Done{};
}

Answer<Done> CaseShelf::remove_pieces(const std::string& case_number, const Generation& generation) const {
  for (int piece = 0; piece < generation.pieces; ++piece) {
    SDK_TRY([[maybe_unused]] const Done removed,
            call_.values().remove(piece_key(case_number, generation.run, piece)));
  }
  return Done{};
}

Answer<Done> CaseShelf::add_link(const std::string& case_number, const std::string& link) const {
  return after_conflicts([&]() -> Answer<Done> {
    SDK_TRY(auto index, open(case_number));
    if (!index) index.emplace();
    if (std::find(index->links.begin(), index->links.end(), link) != index->links.end()) return Done{};
    index->links.push_back(link);
    return save(case_number, *index);
  });
}

Answer<Done> CaseShelf::remove_link(const std::string& case_number, const std::string& link) const {
  return after_conflicts([&] { return try_remove_link(case_number, link); });
}

Answer<Done> CaseShelf::try_remove_link(const std::string& case_number, const std::string& link) const {
  SDK_TRY(auto index, open(case_number));
  if (!index) return Done{};
  std::erase(index->links, link);
  if (!index->links.empty()) return save(case_number, *index);
  SDK_TRY([[maybe_unused]] const Done removed, call_.values().remove(index_key(case_number), index->version));
  for (const Generation& one : index->generations) {
    SDK_TRY([[maybe_unused]] const Done gone, remove_pieces(case_number, one));
  }
  return Done{};
}

Answer<Done> CaseShelf::put(const std::string& case_number, const RunId& run,
                            const std::optional<std::string>& records, const LoadedRun* newest) const {
  SDK_TRY(auto index, open(case_number));
  if (!index) return Done{};
  const std::string text = records.value_or("");
  const Generation made{run, crypto::hex(crypto::sha256(text)), pieces_of(text.size()), !records};
  std::vector<Generation> gone, kept;
  const Generation* const counting = index->counting(newest);
  const Generation* const before = index->before(run.day(), newest);
  for (const Generation& one : index->generations)
    (&one == counting || &one == before ? kept : gone).push_back(one);
  const bool same =
      counting != nullptr && counting->digest == made.digest && counting->missing == made.missing;
  if (same && gone.empty()) return Done{};
  if (!same) {
    std::string_view rest = text;
    for (int piece = 0; piece < made.pieces; ++piece) {
      SDK_TRY([[maybe_unused]] const std::int64_t version,
              call_.values().put(piece_key(case_number, run, piece), rest.substr(0, piece_octets_max)));
      rest.remove_prefix(std::min(rest.size(), piece_octets_max));
    }
    kept.push_back(made);
    // A try of this very run may have left more pieces than there are now.
    for (Generation& one : gone)
      if (one.run == run && one.pieces <= made.pieces) one.pieces = 0;
    std::erase_if(gone, [&](const Generation& one) { return one.run == run; });
  }
  index->generations = std::move(kept);
  SDK_TRY([[maybe_unused]] const Done saved, save(case_number, *index));
  for (const Generation& one : gone) {
    SDK_TRY([[maybe_unused]] const Done removed, remove_pieces(case_number, one));
  }
  return Done{};
}

}  // namespace casebridge::georgia_batch
