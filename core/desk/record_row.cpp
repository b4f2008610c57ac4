// The envelope says where a record comes from and how old it is; its content is copied as it is stored.
#include "core/desk/record_row.hpp"

#include "core/base/crypto.hpp"
#include "core/desk/dataset_states.hpp"
#include "core/federation/freshness.hpp"
#include "core/federation/projection.hpp"

namespace casebridge::desk {
namespace {

constexpr std::size_t tag_characters = 16;
constexpr std::size_t key_characters = 32;

void set_times(RecordView& view, const ShelvedLink& shelved, const ports::RecordVersion& record,
               Instant now) {
  const ports::DatasetState* state = find_state(shelved.states, record.link, record.case_key, record.dataset);
  view.retrieved_at = record.retrieved_at;
  // A line that carries its own date keeps it; other records are as old as their dataset.
  view.as_of = record.as_of;
  if (state != nullptr && record.dataset != "balances" && state->as_of) view.as_of = state->as_of;
  view.as_of_basis = view.as_of && shelved.system != nullptr ? shelved.system->as_of_basis : "observed";
  view.freshness = "unknown";
  if (state == nullptr || !state->verified_at) return;
  view.verified_at = state->verified_at;
  const federation::Freshness freshness = federation::freshness_of(record.dataset, state->verified_at, now);
  view.freshness = federation::name_of(freshness.status);
  view.fresh_until = freshness.fresh_until;
  view.usable_until = freshness.usable_until;
}

// What is stored is a whole object; the envelope takes its members.
std::string bare_members(const std::string& object) {
  return object.size() < 2 ? std::string{} : object.substr(1, object.size() - 2);
}

// Of what is shown, not of the body: what a viewer may not see must not move a tag that the viewer sees.
std::string tag_of(const std::string& projected) {
  const auto digest = crypto::sha256(projected);
  return crypto::hex(std::span(digest).first(tag_characters / 2));
}

}  // namespace

CaseIds case_ids_of(const std::vector<ports::RecordVersion>& cases) {
  CaseIds ids;
  for (const ports::RecordVersion& one : cases) ids.emplace(std::pair{one.link, one.case_key}, one.record_id);
  return ids;
}

RecordView view_of(const Desk& desk, const ShelvedLink& shelved, const ports::RecordVersion& record,
                   const std::string& case_id) {
  RecordView view{.id = record.record_id,
                  .dataset = record.dataset,
                  .type = std::string(federation::record_type_of(record.dataset)),
                  .version = record.version,
                  .projected = bare_members(record.projected),
                  .content_tag = tag_of(record.projected),
                  .link = record.link,
                  .case_id = case_id,
                  .jurisdiction = shelved.link.jurisdiction,
                  .system = shelved.link.system};
  if (shelved.system != nullptr) {
    view.adapter = shelved.system->adapter;
    view.adapter_version = shelved.system->adapter_version;
    view.time_zone = shelved.system->time_zone;
  }
  const std::string key = record.link.text() + '\n' + record.dataset + '\n' + record.upstream_key;
  view.record_key = "h:" + desk.vault.fingerprint("record-key", key).substr(0, key_characters);
  set_times(view, shelved, record, desk.clock.now());
  return view;
}

Result<std::vector<ports::RecordVersion>> read_cases(ports::Transaction& tx, const AccountId& account,
                                                     const std::optional<LinkId>& link) {
  CASEBRIDGE_TRY(auto page,
                 tx.snapshots().current({account, link, {}, {std::string(dataset_cases)}, {}, {}, 0}));
  return std::move(page.records);
}

}  // namespace casebridge::desk
