// UniqueKeys: the first of equal keys stays as it is, the next gets "~2", and so on.
#pragma once

#include <map>
#include <string>

namespace casebridge::georgia_batch {

class UniqueKeys {
 public:
  std::string unique(std::string key) {
    const int time = ++times_[key];
    return time == 1 ? std::move(key) : key + "~" + std::to_string(time);
  }

 private:
  std::map<std::string, int> times_;
};

}  // namespace casebridge::georgia_batch
