// The text format 0.0.4 of Prometheus.
#include "core/http/metrics.hpp"

#include <fmt/format.h>

namespace casebridge::http {

Metrics::Series& Metrics::series_of(std::string_view method, std::string_view route) {
  const auto found = answers_.find(std::pair(method, route));
  if (found != answers_.end()) return found->second;
  return answers_[{std::string(method), std::string(route)}];
}

void Metrics::count_answer(std::string_view method, std::string_view route, int status,
                           std::chrono::microseconds took) {
  const double seconds = static_cast<double>(took.count()) / 1e6;
  const std::lock_guard lock(mutex_);
  Series& series = series_of(method, route);
  ++series.count;
  series.sum_s += seconds;
  ++series.by_status[status];
  for (std::size_t i = 0; i < bounds_s.size(); ++i) {
    if (seconds <= bounds_s[i]) ++series.below[i];
  }
}

void Metrics::count_refused(std::string_view label) {
  const std::lock_guard lock(mutex_);
  const auto found = refused_.find(label);
  if (found == refused_.end())
    refused_.emplace(label, 1);
  else
    ++found->second;
}

void Metrics::add_gauge(std::string name, std::string description, std::function<double()> read) {
  const std::lock_guard lock(mutex_);
  gauges_.push_back({std::move(name), std::move(description), std::move(read)});
}

std::string Metrics::text() const {
  std::string out;
  const auto back = std::back_inserter(out);
  std::vector<Gauge> gauges;
  {
    const std::lock_guard lock(mutex_);
    gauges = gauges_;
    out += "# HELP casebridge_http_requests_total Answers by method, route and status.\n";
    out += "# TYPE casebridge_http_requests_total counter\n";
    for (const auto& [key, series] : answers_) {
      for (const auto& [status, count] : series.by_status) {
        fmt::format_to(back,
                       "casebridge_http_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n",
                       key.first, key.second, status, count);
      }
    }
    out += "# HELP casebridge_http_request_seconds Time from the whole request to its answer.\n";
    out += "# TYPE casebridge_http_request_seconds histogram\n";
    for (const auto& [key, series] : answers_) {
      const std::string labels = fmt::format("method=\"{}\",route=\"{}\"", key.first, key.second);
      for (std::size_t i = 0; i < bounds_s.size(); ++i) {
        fmt::format_to(back, "casebridge_http_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels,
                       bounds_s[i], series.below[i]);
      }
      fmt::format_to(back, "casebridge_http_request_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels,
                     series.count);
      fmt::format_to(back, "casebridge_http_request_seconds_sum{{{}}} {}\n", labels, series.sum_s);
      fmt::format_to(back, "casebridge_http_request_seconds_count{{{}}} {}\n", labels, series.count);
    }
    out +=
        "# HELP casebridge_http_refused_total Octets that never became a request, and requests that had no "
        "turn, by reason.\n";
    out += "# TYPE casebridge_http_refused_total counter\n";
    for (const auto& [label, count] : refused_) {
      fmt::format_to(back, "casebridge_http_refused_total{{reason=\"{}\"}} {}\n", label, count);
    }
  }
  for (const Gauge& gauge : gauges) {
    fmt::format_to(back, "# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", gauge.name, gauge.description,
                   gauge.read());
  }
  return out;
}

}  // namespace casebridge::http
