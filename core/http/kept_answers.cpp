// Copies of an answer share its octets; whoever still sends one that was dropped meanwhile holds them.
#include "core/http/kept_answers.hpp"

namespace casebridge::http {
namespace {

constexpr std::chrono::minutes sweep_every{1};

// The octets are overwritten with the last answer that has them.
std::shared_ptr<const Response> shared(const Response& answer) {
  auto kept = std::make_shared<Response>(answer);
  kept->share_body();
  return kept;
}

}  // namespace

std::optional<Response> KeptAnswers::find(const AccountId& account, std::int64_t version, Instant now) const {
  std::shared_ptr<const Response> answer;
  {
    const std::lock_guard lock(mutex_);
    const auto place = entries_.find(account.text());
    if (place == entries_.end()) return std::nullopt;
    const Entry& entry = place->second;
    if (entry.version != version || now < entry.from || now >= entry.until) return std::nullopt;
    answer = entry.answer;
  }
  return *answer;
}

void KeptAnswers::keep(const AccountId& account, std::int64_t version, const Response& answer, Instant from,
                       Instant until) {
  const std::size_t bytes = answer.body().size();
  if (bytes > bytes_max_ || from >= until) return;
  auto kept = shared(answer);
  const std::lock_guard lock(mutex_);
  const auto older = entries_.find(account.text());
  if (older != entries_.end()) {
    if (older->second.version > version && from < older->second.until) return;
    drop(older);
  }
  make_room(bytes, from);
  bytes_ += bytes;
  entries_.insert_or_assign(account.text(), Entry{version, from, until, std::move(kept)});
}

KeptAnswers::Entries::iterator KeptAnswers::drop(Entries::iterator place) {
  bytes_ -= place->second.answer->body().size();
  return entries_.erase(place);
}

// What is past its time goes first, and every minute in any case; then whatever comes first.
void KeptAnswers::make_room(std::size_t bytes, Instant now) {
  if (bytes_ + bytes > bytes_max_ || now >= swept_ + sweep_every || now < swept_) {
    swept_ = now;
    for (auto place = entries_.begin(); place != entries_.end();)
      place = now >= place->second.until ? drop(place) : std::next(place);
  }
  while (bytes_ + bytes > bytes_max_) drop(entries_.begin());
}

}  // namespace casebridge::http
