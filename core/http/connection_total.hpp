// ConnectionTotal: how many connections all listeners have together, with an upper bound of which each keeps
// some.
#pragma once

#include <mutex>

namespace casebridge::http {

// Any thread; outlives its places.
class ConnectionTotal {
 public:
  // Of each listener `kept` are served whatever the others have: whoever fills one listener shall not silence
  // the probes at another.
  explicit ConnectionTotal(int most, int kept = 0) : most_(most), kept_(kept) {}

  // Of one connection, given back at its end. Not granted: all were taken; it is one more all the same, until
  // it has been told.
  class Place {
   public:
    explicit Place(ConnectionTotal& total) : total_(total), granted_(total.enter()) {}
    ~Place() { total_.leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool granted() const { return granted_; }

   private:
    ConnectionTotal& total_;
    const bool granted_;
  };

  // Whether there are more than these beyond those that may be served.
  bool exceeds_by(int more) const {
    const std::lock_guard lock(mutex_);
    return open_ > most_ + more;
  }
  // The first, second, ... of a listener.
  bool keeps(int number) const { return number <= kept_; }

 private:
  bool enter() {
    const std::lock_guard lock(mutex_);
    return ++open_ <= most_;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    --open_;
  }

  mutable std::mutex mutex_;
  int open_ = 0;
  const int most_, kept_;
};

}  // namespace casebridge::http
