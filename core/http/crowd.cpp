// IPv6 is counted by its /64: whoever has one address there has all of them.
#include "core/http/crowd.hpp"

#include "core/identity/network_prefix.hpp"

namespace casebridge::http {

Crowd::Member::~Member() {
  end_half();
  hold(0);
  if (address_.empty()) return;
  const std::lock_guard lock(crowd_.mutex_);
  const auto own = crowd_.by_address_.find(address_);
  if (--own->second.connections == 0) crowd_.by_address_.erase(own);
}

Crowd::Room Crowd::Member::enter(const std::string& address) {
  const std::string counted = identity::network_prefix(address, 32, 64);
  if (counted.empty()) return Room::yes;
  const std::lock_guard lock(crowd_.mutex_);
  address_ = counted;
  const int most = crowd_.limits_.address_connections_max;
  return ++crowd_.by_address_[counted].connections > most && most > 0 ? Room::none_for_address : Room::yes;
}

Crowd::Room Crowd::Member::begin_half() {
  if (half_) return Room::yes;
  const std::lock_guard lock(crowd_.mutex_);
  if (crowd_.half_read_ >= crowd_.limits_.half_read_max) return Room::none;
  if (!address_.empty()) {
    Count& own = crowd_.by_address_[address_];
    const int most = crowd_.limits_.address_half_read_max;
    if (most > 0 && own.half_read >= most) return Room::none_for_address;
    ++own.half_read;
  }
  ++crowd_.half_read_;
  half_ = true;
  return Room::yes;
}

void Crowd::Member::end_half() {
  if (!half_) return;
  const std::lock_guard lock(crowd_.mutex_);
  --crowd_.half_read_;
  if (!address_.empty()) --crowd_.by_address_[address_].half_read;
  half_ = false;
}

bool Crowd::Member::hold(std::size_t octets) {
  if (octets == held_) return true;
  const std::lock_guard lock(crowd_.mutex_);
  if (octets > held_ && crowd_.waiting_bytes_ + (octets - held_) > crowd_.limits_.waiting_bytes_max)
    return false;
  crowd_.waiting_bytes_ = crowd_.waiting_bytes_ - held_ + octets;
  held_ = octets;
  return true;
}

int Crowd::half_read() const {
  const std::lock_guard lock(mutex_);
  return half_read_;
}

std::size_t Crowd::waiting_bytes() const {
  const std::lock_guard lock(mutex_);
  return waiting_bytes_;
}

}  // namespace casebridge::http
