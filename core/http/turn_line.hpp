// TurnLine: whole requests that wait for a thread; whoever would wait for too long is not let in.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "core/http/turn_class.hpp"

namespace casebridge::http {

struct TurnBounds {
  using Bounds = std::array<std::chrono::milliseconds, turn_classes>;  // by TurnClass
  // What a request may have to wait while the line is one that comes and goes: a page that asks for ten
  // things at once, a reload of many pages.
  Bounds burst{{std::chrono::milliseconds{100}, std::chrono::milliseconds{100},
                std::chrono::milliseconds{1'000}, std::chrono::milliseconds{3'000}}};
  // And while there always is a line. To wait longer would help nobody: as many come as are answered, and
  // all of them would only be answered later.
  Bounds standing{{std::chrono::milliseconds{2}, std::chrono::milliseconds{2}, std::chrono::milliseconds{100},
                   std::chrono::milliseconds{500}}};
  // Beside turns as short as these, what a machine takes away now and then is much: fifty in line are no
  // overload, and a bound that a stall makes them break would refuse those who need next to nothing.
  std::chrono::microseconds short_turn{300};
  std::chrono::milliseconds standing_of_short{10};
  std::chrono::milliseconds standing_after{50};  // for so long without having been empty
  // Once somebody was refused, bursts are let in again after so long without a refusal: else a line that is
  // worked off would be filled to its brim again and again.
  std::chrono::milliseconds burst_again_after{200};
  // So few before it are never too many, however slow the machine is at the moment.
  std::size_t few = 2;
  std::size_t probes_max = 8;  // let in without asking; anybody may be one, so no more
};

// A request is let in when those before it will be through within its class's bound, at the pace at which
// turns were taken lately. That is decided once, when it comes: who is let in is answered, whatever happens
// later, and who is not knows it at once. Whose time ends first goes first, so that reads go before sign-ins
// and those before background work, and yet none of them waits for ever. An empty line lets anybody in, and
// so the end of an overload needs no timer.
//
// One thread at a time. Time is what the caller says it is.
template <class Guest>
class TurnLine {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Duration = TimePoint::duration;

  explicit TurnLine(const TurnBounds& bounds = {}) : bounds_(bounds) {}

  // False: it would have to wait too long.
  bool join(Guest guest, TurnClass turn, TimePoint now) {
    if (turn == TurnClass::probe) {
      if (lane(turn).size() >= bounds_.probes_max) return false;
    } else if (would_wait_too_long(turn, now)) {
      refused_at_ = now;
      return false;
    }
    enter(guest, turn, now);
    return true;
  }
  // Without asking: what was let in before and goes on.
  void enter(Guest guest, TurnClass turn, TimePoint now) {
    if (size_++ == 0) filled_at_ = now;
    lane(turn).push_back({guest, now, now + patience(turn)});
  }
  std::optional<Guest> next(TimePoint now) {
    Lane* first = nullptr;
    for (Lane& one : lanes_)
      if (!one.empty() && (first == nullptr || one.front().due < first->front().due)) first = &one;
    if (first == nullptr) return std::nullopt;
    learn(now);
    const Guest guest = first->front().guest;
    first->pop_front();
    --size_;
    return guest;
  }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

 private:
  struct Place {
    Guest guest;
    TimePoint since, due;
  };
  using Lane = std::deque<Place>;
  static constexpr Duration pace_at_first = std::chrono::microseconds{500};  // until it is known

  Lane& lane(TurnClass turn) { return lanes_[static_cast<std::size_t>(turn)]; }
  const Lane& lane(TurnClass turn) const { return lanes_[static_cast<std::size_t>(turn)]; }
  std::size_t before(TurnClass turn, TimePoint now) const {
    const TimePoint due = now + patience(turn);
    std::size_t found = 0;
    for (std::size_t other = 0; other < lanes_.size(); ++other) {
      if (static_cast<TurnClass>(other) == TurnClass::probe) continue;  // few, and short
      const Lane& one = lanes_[other];
      found += static_cast<std::size_t>(
          std::upper_bound(one.begin(), one.end(), due,
                           [](TimePoint at, const Place& place) { return at < place.due; }) -
          one.begin());
    }
    return found;
  }
  bool would_wait_too_long(TurnClass turn, TimePoint now) const {
    const Lane& own = lane(turn);
    // When no thread comes back at all, the pace is an old one; then it is the first of the line who knows.
    const bool stuck =
        !own.empty() && now - own.front().since > bounds_.burst[static_cast<std::size_t>(turn)];
    const std::size_t line = before(turn, now);
    return line > bounds_.few && (stuck || pace() * static_cast<Duration::rep>(line) > bound(turn, now));
  }
  Duration patience(TurnClass turn) const {
    return turn == TurnClass::probe ? Duration{} : bounds_.standing[static_cast<std::size_t>(turn)];
  }
  Duration bound(TurnClass turn, TimePoint now) const {
    const bool stands = (size_ > 0 && now - filled_at_ > bounds_.standing_after) ||
                        (refused_at_ && now - *refused_at_ < bounds_.burst_again_after);
    if (!stands) return bounds_.burst[static_cast<std::size_t>(turn)];
    const Duration standing = bounds_.standing[static_cast<std::size_t>(turn)];
    return pace() < bounds_.short_turn ? std::max<Duration>(standing, bounds_.standing_of_short) : standing;
  }
  // Between two turns: of those of the last moments.
  Duration pace() const {
    return turns_ > 0 ? std::chrono::duration_cast<Duration>(time_of_turns_ / turns_) : pace_at_first;
  }
  // Between two turns with somebody waiting: else the time went by for want of requests. Of one who stood
  // alone it is known that it was no slower than that, and so a pace of bad moments is forgotten even when
  // it lets nobody stand behind another.
  void learn(TimePoint now) {
    constexpr Duration most = std::chrono::seconds{1};
    if (taken_at_ && *taken_at_ >= filled_at_)
      add_turn(std::min(believed(now - *taken_at_), most));
    else if (pace() > pace_at_first)
      add_turn(std::clamp<Duration>(now - filled_at_, pace_at_first, pace()));
    taken_at_ = now;
  }
  // An average over some milliseconds, so that a moment in which nothing moves says little, and over some
  // turns, where they take longer.
  void add_turn(Duration gap) {
    constexpr std::chrono::duration<double> memory = std::chrono::milliseconds{10};
    constexpr double kept_min = 15.0 / 16;  // of what was known, for each turn
    const double kept = std::max(kept_min, 1 - gap / memory);
    time_of_turns_ = time_of_turns_ * kept + gap;
    turns_ = turns_ * kept + 1;
  }

  // A machine that stalls once has not become slow: one turn of many says no more than that it is some times
  // slower. Where several are that long (threads that come back together), they are the pace.
  Duration believed(Duration gap) {
    constexpr int times_most = 8, turns_between = 16;
    if (turns_believed_ > 0) return --turns_believed_, gap;
    if (gap <= pace() * times_most) return gap;
    turns_believed_ = turns_between;
    return pace() * times_most;
  }

  const TurnBounds bounds_;
  std::array<Lane, turn_classes> lanes_;
  std::size_t size_ = 0;
  TimePoint filled_at_{};  // since when it was not empty
  std::optional<TimePoint> taken_at_{}, refused_at_{};
  std::chrono::duration<double> time_of_turns_{};  // what lies further back counts less
  double turns_ = 0;                               // of it
  int turns_believed_ = 0;                         // whatever they say
};

}  // namespace casebridge::http
