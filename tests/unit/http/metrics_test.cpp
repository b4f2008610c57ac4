// Prometheus text.
#include "core/http/metrics.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;

TEST(Metrics, CountsAnswersByRouteAndStatus) {
  Metrics metrics;
  metrics.count_answer("GET", "/v1/cases", 200, 3ms);
  metrics.count_answer("GET", "/v1/cases", 200, 200ms);
  metrics.count_answer("GET", "/v1/cases", 304, 1us);
  metrics.count_refused("bare_lf");
  metrics.add_gauge("casebridge_http_connections", "Open connections.", [] { return 4.0; });
  const std::string text = metrics.text();
  for (const char* line :
       {"casebridge_http_requests_total{method=\"GET\",route=\"/v1/cases\",status=\"200\"} 2\n",
        "casebridge_http_requests_total{method=\"GET\",route=\"/v1/cases\",status=\"304\"} 1\n",
        "casebridge_http_request_seconds_bucket{method=\"GET\",route=\"/v1/cases\",le=\"0.005\"} 2\n",
        "casebridge_http_request_seconds_bucket{method=\"GET\",route=\"/v1/cases\",le=\"+Inf\"} 3\n",
        "casebridge_http_request_seconds_count{method=\"GET\",route=\"/v1/cases\"} 3\n",
        "casebridge_http_refused_total{reason=\"bare_lf\"} 1\n", "casebridge_http_connections 4\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

}  // namespace
}  // namespace casebridge::http
