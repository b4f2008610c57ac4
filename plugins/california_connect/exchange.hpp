// Exchange: one call's way to the portal: addresses, cookies, deadlines, redirects, and what is sent twice.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "plugins/california_connect/page.hpp"
#include "plugins/california_connect/page_form.hpp"
#include "plugins/sdk/form.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/upstream.hpp"

namespace casebridge::california_connect {

// The system's settings; the bounds are those of the interface unless the operator shortens them.
struct Endpoint {
  std::string base_path{};
  std::string state = "CA";
  std::string time_zone = "America/Los_Angeles";
  std::string zone_mark = "PT";
  std::chrono::seconds idle{600};
  std::chrono::milliseconds page_deadline{15'000};
  std::chrono::milliseconds fetch_deadline{45'000};
};

// What a form post led to: another place of the portal, or a page at once.
struct Posted {
  std::string location{};  // below the base path, as "/home"
  std::optional<Page> page{};
};

// One request after the other, as the portal wants it.
class Exchange {
 public:
  // `call` and `endpoint` must outlive this object.
  Exchange(sdk::Call& call, const Endpoint& endpoint, sdk::Cookies cookies)
      : call_(call), endpoint_(endpoint), cookies_(std::move(cookies)), spare_(spare_of(call, endpoint)) {}

  // The page `wanted` at a path below the base path; any other page is a refusal. Asked for again once when
  // the connection failed or the portal was briefly away.
  sdk::Answer<Page> read(const std::string& path, PageKind wanted);
  // The same for what is no page.
  sdk::Answer<sdk::HttpResponse> read_file(const std::string& path, std::uint32_t bytes_max);
  // Once, whatever happens; no redirect is followed.
  sdk::Answer<Posted> post_once(const PageForm& form, const sdk::Form& fields);
  // The answer of a logout: done when the session is gone, however that is said.
  sdk::Answer<sdk::Done> leave();

  // A path with the base path before it, as links and forms have it.
  std::string full(std::string_view path) const { return endpoint_.base_path + std::string(path); }
  sdk::Call& call() const { return call_; }
  const Endpoint& endpoint() const { return endpoint_; }
  const SecretBytes& cookies() const { return cookies_.octets(); }

 private:
  static std::chrono::milliseconds spare_of(const sdk::Call& call, const Endpoint& endpoint);
  sdk::Answer<sdk::HttpResponse> get(const std::string& path, std::uint32_t redirects_max,
                                     std::uint32_t bytes_max);
  sdk::Answer<sdk::HttpResponse> get_patiently(const std::string& path, std::uint32_t bytes_max);
  std::chrono::milliseconds patience() const;
  model::Refusal logged(model::Refusal refusal, int http_status) const {
    return sdk::logged(call_, std::move(refusal), http_status);
  }

  sdk::Call& call_;
  const Endpoint& endpoint_;
  sdk::Cookies cookies_;
  std::chrono::milliseconds spare_;  // of the call's time, beyond what one fetch may take
  int pages_ = 0;
};

// The hidden fields of a form, before its own.
sdk::Form fields_of(const PageForm& form);

}  // namespace casebridge::california_connect
