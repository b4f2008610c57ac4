// A look at a set under a lock for each read; everything else happens for the first one of a minute.
#include "core/desk/read_log.hpp"

#include <chrono>
#include <iterator>
#include <utility>

namespace casebridge::desk {
namespace {

constexpr std::size_t seen_max = 100'000;  // beyond, a thing may be told twice in a minute
constexpr std::size_t waiting_max = 20'000;
constexpr std::size_t at_once_max = 1'000;

}  // namespace

Result<void> ReadLog::saw(const model::Caller& caller, std::string_view action, std::string_view record,
                          std::string_view request_id) {
  std::string key = caller.session.text();
  key.append(action).append(record);
  const Instant now = clock_.now();
  const auto minute = std::chrono::floor<std::chrono::minutes>(now);
  {
    const std::lock_guard lock(mutex_);
    if (minute != minute_ || seen_.size() >= seen_max) {
      seen_.clear();
      minute_ = minute;
    }
    if (seen_.contains(key)) return {};
    if (waiting_.size() < waiting_max) {
      seen_.insert(std::move(key));
      waiting_.push_back(
          {caller.account, caller.session.text(), action, std::string(record), std::string(request_id), now});
      return {};
    }
  }
  CASEBRIDGE_CHECK(flush());
  return saw(caller, action, record, request_id);
}

Result<int> ReadLog::flush() {
  int written = 0;
  for (;;) {
    std::vector<Sight> some;
    {
      const std::lock_guard lock(mutex_);
      const auto count = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), at_once_max));
      const auto end = waiting_.begin() + count;
      some.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
    }
    if (some.empty()) return written;
    if (auto done = write(some); !done) {
      const std::lock_guard lock(mutex_);
      waiting_.insert(waiting_.begin(), std::make_move_iterator(some.begin()),
                      std::make_move_iterator(some.end()));
      return std::move(done).error();
    }
    written += static_cast<int>(some.size());
  }
}

Result<void> ReadLog::write(const std::vector<Sight>& sights) {
  return store_.write([&](ports::Transaction& tx) -> Result<void> {
    for (const Sight& one : sights) {
      ports::AuditNote note{.action = one.action, .account = one.account, .request = one.request};
      note.at = one.at;
      note.details = {{"session", one.session}};
      if (!one.record.empty()) note.details.emplace_back("case", one.record);
      CASEBRIDGE_CHECK(trail_.note(tx, note));
    }
    return {};
  });
}

}  // namespace casebridge::desk
