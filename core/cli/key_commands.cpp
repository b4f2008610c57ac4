// Each command opens the room, brings the register up to date, and makes one move.
#include "core/cli/key_commands.hpp"

#include <functional>
#include <iostream>
#include <thread>

#include "core/cli/commands.hpp"
#include "core/cli/table.hpp"
#include "core/vault/key_register.hpp"
#include "core/vault/rewrap.hpp"

namespace casebridge::cli {
namespace {

using Move = std::function<Result<void>(KeyRoom&, vault::KeyRegister&)>;

// Commands that wrap nothing have nothing written down for it.
constexpr std::int64_t no_wraps = 0, wraps_of_a_batch = 20'000;

int with_keys(const KeyWords& words, std::int64_t wraps, const Move& move) {
  auto room = open_key_room(words);
  if (!room) return fail(room.error());
  KeyRoom& here = **room;
  vault::KeyRegister keys(*here.keys, here.vault->ring(), here.clock,
                          {.wraps_first = wraps, .wraps_granted = wraps});
  if (const auto fresh = keys.refresh(); !fresh) return fail(fresh.error());
  if (const auto moved = move(here, keys); !moved) return fail(moved.error());
  return exit_good;
}

Result<std::int64_t> rows_naming(vault::KeyRegister& keys, const std::string& key) {
  CASEBRIDGE_TRY(const auto uses, keys.uses(key));
  std::int64_t rows = 0;
  for (const auto& [place, more] : uses) rows += more;
  return rows;
}

std::string note_on(const ports::StoredKey& key, const vault::KeyRing& ring) {
  const bool often = static_cast<std::uint64_t>(key.wraps) >= vault::WrapLimits{}.warn_from;
  const bool destroyed = key.state == vault::name_of(vault::KeyState::destroyed);
  if (destroyed) return ring.has(key.id) ? "still at hand: destroy again" : "";
  if (!ring.has(key.id)) return "not at hand here";
  return often ? "wraps often: rotate it" : "";
}

// The greatest id that has never wrapped.
Result<std::string> newest_unused(vault::KeyRegister& keys) {
  CASEBRIDGE_TRY(const auto all, keys.keys());
  std::string newest;
  for (const ports::StoredKey& key : all)
    if (key.state == vault::name_of(vault::KeyState::pre_active)) newest = key.id;
  if (newest.empty()) return field_trouble("key", "no key is pre-active; add one first");
  return newest;
}

Result<void> tell_what_is_left(vault::KeyRegister& keys, const vault::KeyRing& ring) {
  CASEBRIDGE_TRY(const auto all, keys.keys());
  for (const ports::StoredKey& key : all) {
    if (key.id == ring.current() || key.state == vault::name_of(vault::KeyState::destroyed)) continue;
    CASEBRIDGE_TRY(const std::int64_t rows, rows_naming(keys, key.id));
    if (rows > 0)
      std::cout << rows << " rows still name " << key.id
                << ": they change by themselves soon, or do not open any more\n";
  }
  return {};
}

Result<void> rewrap_all(KeyRoom& room, vault::KeyRegister& keys, int rows_at_once) {
  constexpr auto count_pause = std::chrono::milliseconds(100);
  vault::Rewrap rewrap(*room.keys, *room.vault);
  CASEBRIDGE_TRY(const auto at_first, rewrap.sum());
  if (at_first.finished()) CASEBRIDGE_CHECK(rewrap.begin_anew());
  for (;;) {
    CASEBRIDGE_CHECK(keys.refresh());
    const auto sum = rewrap.step(rows_at_once);
    if (!sum && sum.error().code == TroubleCode::overloaded) {
      std::this_thread::sleep_for(count_pause);
      continue;
    }
    if (!sum) return sum.error();
    std::cout << sum->seen << " rows seen, " << sum->wrapped << " wrapped anew, " << sum->places_left
              << " columns left" << std::endl;
    if (sum->finished()) return tell_what_is_left(keys, room.vault->ring());
  }
}

}  // namespace

int list_keys(const KeyWords& words) {
  return with_keys(words, no_wraps, [](KeyRoom& room, vault::KeyRegister& keys) -> Result<void> {
    CASEBRIDGE_TRY(const auto all, keys.keys());
    Table table;
    table.row({"KEY", "PROVIDER", "STATE", "SINCE", "WRAPS", "ROWS", ""}, {4, 5});
    for (const ports::StoredKey& key : all) {
      CASEBRIDGE_TRY(const std::int64_t rows, rows_naming(keys, key.id));
      table.row({key.id, key.provider, key.state, to_text(key.since), std::to_string(key.wraps),
                 std::to_string(rows), note_on(key, room.vault->ring())},
                {4, 5});
    }
    std::cout << table.text();
    return {};
  });
}

int add_key(const KeyWords& words, const std::string& provider) {
  return with_keys(words, no_wraps, [&](KeyRoom&, vault::KeyRegister& keys) -> Result<void> {
    CASEBRIDGE_TRY(const std::string id, keys.add(provider));
    std::cout << id << '\n';
    return {};
  });
}

int rotate_keys(const KeyWords& words, const std::string& key) {
  return with_keys(words, no_wraps, [&](KeyRoom&, vault::KeyRegister& keys) -> Result<void> {
    std::string chosen = key;
    if (chosen.empty()) {
      CASEBRIDGE_TRY(chosen, newest_unused(keys));
    }
    CASEBRIDGE_CHECK(keys.activate(chosen));
    std::cout << chosen << " wraps from now on\n";
    return {};
  });
}

int rewrap_records(const KeyWords& words, int rows_at_once) {
  return with_keys(words, wraps_of_a_batch, [&](KeyRoom& room, vault::KeyRegister& keys) {
    return rewrap_all(room, keys, rows_at_once);
  });
}

int mark_key_compromised(const KeyWords& words, const std::string& key) {
  return with_keys(words, no_wraps,
                   [&](KeyRoom&, vault::KeyRegister& keys) { return keys.mark_compromised(key); });
}

int destroy_key(const KeyWords& words, const std::string& key) {
  return with_keys(words, no_wraps, [&](KeyRoom&, vault::KeyRegister& keys) -> Result<void> {
    const auto destroyed = keys.destroy(key);
    if (!destroyed && destroyed.error().code != TroubleCode::not_supported) return destroyed.error();
    std::cout << key << (destroyed ? " is destroyed\n" : " is out of use; destroy it at the key server\n");
    return {};
  });
}

}  // namespace casebridge::cli
