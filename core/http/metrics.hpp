// Metrics: counts of answers and refusals, as Prometheus text. Labels are templates and codes, never ids.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace casebridge::http {

// Any thread.
class Metrics {
 public:
  void count_answer(std::string_view method, std::string_view route, int status,
                    std::chrono::microseconds took);
  void count_refused(std::string_view label);
  // `read` is asked at each scrape, from any thread; it must outlive this object. Before serving begins.
  void add_gauge(std::string name, std::string description, std::function<double()> read);
  std::string text() const;

 private:
  static constexpr std::array<double, 8> bounds_s{0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};
  struct Series {
    std::array<std::uint64_t, bounds_s.size()> below{};
    std::uint64_t count = 0;
    double sum_s = 0;
    std::map<int, std::uint64_t> by_status;
  };
  struct Gauge {
    std::string name, description;
    std::function<double()> read;
  };

  mutable std::mutex mutex_;
  struct Pairwise {  // finds a pair of texts without making strings of them
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const {
      const int first = std::string_view(a.first).compare(b.first);
      return first < 0 || (first == 0 && std::string_view(a.second) < std::string_view(b.second));
    }
  };
  Series& series_of(std::string_view method, std::string_view route);
  std::map<std::pair<std::string, std::string>, Series, Pairwise> answers_;  // by method and route
  std::map<std::string, std::uint64_t, std::less<>> refused_;
  std::vector<Gauge> gauges_;
};

}  // namespace casebridge::http
