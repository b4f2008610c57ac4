// A PIN that was voided stays so; a case number without a good PIN rests for a day after five tries.
#include "plugins/georgia_batch/tries.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

namespace casebridge::georgia_batch {
namespace {

using nlohmann::json;
using sdk::Answer;
using sdk::Done;

constexpr std::chrono::hours rest_after_tries{24};

}  // namespace

Answer<Tries> Tries::open(const sdk::Call& call, const std::string& case_number) {
  Tries made;
  made.key_ = "tries/" + case_number;
  SDK_TRY(const auto found, call.values().get(made.key_));
  if (!found) return made;
  made.version_ = found->version;
  const json stored = json::parse(found->octets.reveal());
  made.wrong_ = stored.at("wrong").get<std::map<std::string, int>>();
  made.blank_ = stored.at("blank");
  made.last_ = Instant{std::chrono::seconds{stored.at("last").get<std::int64_t>()}};
  return made;
}

Answer<Done> Tries::save(const sdk::Call& call) {
  const json stored{{"wrong", wrong_}, {"blank", blank_}, {"last", last_.time_since_epoch().count()}};
  SDK_TRY(version_, call.values().put(key_, stored.dump(), version_));
  return Done{};
}

bool Tries::is_void(const std::string& pin_id) const {
  const auto found = wrong_.find(pin_id);
  return found != wrong_.end() && found->second >= tries_max;
}

std::optional<Instant> Tries::blocked_until(Instant now) const {
  const Instant end = last_ + rest_after_tries;
  return blank_ >= tries_max && now < end ? std::optional(end) : std::nullopt;
}

Answer<Tries::Counted> Tries::count(const sdk::Call& call, const std::vector<std::string>& pin_ids) {
  const Instant now = call.now();
  if (blank_ >= tries_max && last_ + rest_after_tries <= now) blank_ = 0;
  last_ = now;
  Counted counted;
  if (pin_ids.empty()) {
    counted.left = tries_max - ++blank_;
  } else {
    for (const std::string& id : pin_ids) {
      const int wrong = ++wrong_[id];
      counted.left = std::max(counted.left, tries_max - wrong);
      if (wrong >= tries_max) counted.voided.push_back(id);
    }
    // With the last good PIN the case becomes one without.
    if (counted.left == 0) blank_ = tries_max;
  }
  SDK_TRY([[maybe_unused]] const Done saved, save(call));
  return counted;
}

Answer<Done> Tries::give_back(const sdk::Call& call, const std::vector<std::string>& pin_ids,
                              const std::string& right) {
  for (const std::string& id : pin_ids) {
    const auto found = wrong_.find(id);
    if (found != wrong_.end() && (id == right || --found->second <= 0)) wrong_.erase(found);
  }
  blank_ = 0;
  return save(call);
}

}  // namespace casebridge::georgia_batch
