// A wrong PIN counts against every good PIN of the case, because it was held against each of them.
#include "plugins/georgia_batch/pin_check.hpp"

#include <algorithm>
#include <map>

#include "plugins/georgia_batch/after_conflict.hpp"
#include "plugins/georgia_batch/night.hpp"
#include "plugins/georgia_batch/pin_hash.hpp"
#include "plugins/georgia_batch/requests.hpp"
#include "plugins/georgia_batch/session.hpp"
#include "plugins/georgia_batch/small_files.hpp"
#include "plugins/georgia_batch/tries.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::Outcome;
using sdk::Answer;
using sdk::Done;

// Both parents of a case may have one; less is made up to that.
constexpr std::size_t hashes_min = 2;

struct KnownPin {
  PinOwner owner{};
  PinHash hash{};
  std::string expires{};
};
struct KnownPins {
  std::vector<KnownPin> active{};
  // The most of any PIN, and of any case, of the file: every check is made as long as the longest.
  int iterations = PinHash::iterations_min;
  std::size_t hashes = hashes_min;
};

// The whole file is read whatever is in it.
Answer<KnownPins> read_known(const sdk::Call& call, const RunLedger& ledger, const std::string& case_number) {
  KnownPins known;
  if (ledger.newest() == nullptr) return sdk::refuse(Outcome::unavailable, "no_run");
  const ListedFile* const file = ledger.newest()->find(FileKind::pins);
  if (file == nullptr) return known;
  std::map<std::string, std::size_t, std::less<>> active_of_case;
  auto read = read_listed(call, *file, [&](Pieces& pieces) {
    return read_pins(pieces, ledger.newest()->run.text(), [&](const PinRow& row) {
      PinHash hash = *PinHash::parse(row.hash);
      known.iterations = std::max(known.iterations, hash.iterations);
      if (row.status != "ACTIVE") return;
      known.hashes = std::max(known.hashes, ++active_of_case[std::string(row.case_number)]);
      if (row.case_number != case_number) return;
      known.active.push_back(
          {{std::string(row.id), std::string(row.person)}, std::move(hash), std::string(row.expires)});
    });
  });
  // Another content than the one that was loaded: nobody is let in with it.
  if (read.refused() && read.refusal().outcome == Outcome::schema_drift)
    return sdk::refuse(Outcome::unavailable, "run_gone");
  SDK_TRY([[maybe_unused]] const Done done, std::move(read));
  return known;
}

// Always as many rounds, whatever the case has.
const KnownPin* find_right(const KnownPins& known, const SecretBytes& typed) {
  const KnownPin* right = nullptr;
  int agreeing = 0;
  for (const KnownPin& one : known.active) {
    const int missing = known.iterations - one.hash.iterations;
    if (missing > 0) (void)PinHash::of_nobody(missing).agrees(typed);
    if (!one.hash.agrees(typed)) continue;
    right = &one;
    ++agreeing;
  }
  for (std::size_t i = known.active.size(); i < known.hashes; ++i)
    (void)PinHash::of_nobody(known.iterations).agrees(typed);
  // Two people of one case with the same PIN cannot be told apart, so it lets neither of them in.
  return agreeing == 1 ? right : nullptr;
}

std::vector<std::string> ids_of(const std::vector<KnownPin>& pins) {
  std::vector<std::string> ids;
  for (const KnownPin& one : pins) ids.push_back(one.owner.pin_id);
  return ids;
}

struct Booking {
  Tries::Counted counted{};
  std::optional<Instant> blocked_until{};  // then nothing was counted
};

// Leaves those in `known` that may be tried.
Answer<Booking> book_try(const sdk::Call& call, const std::string& case_number, KnownPins& known) {
  return after_conflicts([&]() -> Answer<Booking> {
    SDK_TRY(Tries tries, Tries::open(call, case_number));
    std::erase_if(known.active, [&](const KnownPin& one) { return tries.is_void(one.owner.pin_id); });
    Booking booked;
    if (known.active.empty()) booked.blocked_until = tries.blocked_until(call.now());
    if (booked.blocked_until) return booked;
    SDK_TRY(booked.counted, tries.count(call, ids_of(known.active)));
    return booked;
  });
}

Answer<Done> give_back(const sdk::Call& call, const std::string& case_number, const KnownPins& known,
                       const KnownPin& right) {
  return after_conflicts([&]() -> Answer<Done> {
    SDK_TRY(Tries tries, Tries::open(call, case_number));
    return tries.give_back(call, ids_of(known.active), right.owner.pin_id);
  });
}

Answer<Done> request_void(const sdk::Call& call, const std::string& case_number,
                          const std::vector<KnownPin>& pins, const std::vector<std::string>& voided) {
  for (const KnownPin& one : pins) {
    if (std::find(voided.begin(), voided.end(), one.owner.pin_id) == voided.end()) continue;
    SDK_TRY(
        [[maybe_unused]] const Done added,
        Requests(call).add({new_uuid(), "PINVOID", case_number, one.owner.person, {}, {one.owner.pin_id}}));
  }
  return Done{};
}

}  // namespace

Answer<bool> has_good_pin(const sdk::Call& call, const RunLedger& ledger, const std::string& case_number) {
  SDK_TRY(const KnownPins known, read_known(call, ledger, case_number));
  const std::string today = local_time(call.now()).day.text();
  return std::any_of(known.active.begin(), known.active.end(),
                     [&](const KnownPin& one) { return one.expires >= today; });
}

Answer<PinVerdict> check_pin(const sdk::Call& call, const RunLedger& ledger, const std::string& case_number,
                             const SecretBytes& pin) {
  SDK_TRY(KnownPins known, read_known(call, ledger, case_number));
  SDK_TRY(const Booking booked, book_try(call, case_number, known));
  const KnownPin* const right = find_right(known, pin);
  PinVerdict verdict;
  verdict.blocked_until = booked.blocked_until;
  if (verdict.blocked_until) return verdict;
  if (right != nullptr) {
    SDK_TRY(const bool used, is_used(call, right->owner.pin_id));
    SDK_TRY([[maybe_unused]] const Done given_back, give_back(call, case_number, known, *right));
    verdict.expired = used || right->expires < local_time(call.now()).day.text();
    if (!verdict.expired) verdict.owner = right->owner;
    return verdict;
  }
  SDK_TRY([[maybe_unused]] const Done requested,
          request_void(call, case_number, known.active, booked.counted.voided));
  verdict.tries_left = booked.counted.left;
  return verdict;
}

}  // namespace casebridge::georgia_batch
