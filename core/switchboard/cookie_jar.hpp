// CookieJar: the cookies of one state session (RFC 6265 §5.3, §5.4). It travels with the session, as octets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "core/base/secret.hpp"
#include "core/switchboard/origin.hpp"

namespace casebridge::switchboard {

class CookieJar {
 public:
  CookieJar() = default;
  CookieJar(CookieJar&&) = default;
  CookieJar& operator=(CookieJar&&) = default;
  ~CookieJar();
  // nullopt for octets that no jar wrote; empty octets are an empty jar.
  static std::optional<CookieJar> read(std::string_view octets);
  SecretBytes write() const;

  // One Set-Cookie line of an answer to `target` at `origin`; what may not be set there is ignored.
  void take(std::string_view line, const Origin& origin, std::string_view target, Instant now);
  // The value of the Cookie header, empty when there is none to send. Forgets what is over.
  std::string header_for(const Origin& origin, std::string_view target, Instant now);
  std::size_t size() const { return cookies_.size(); }

 private:
  struct Cookie {
    std::string name, value, domain, path;
    bool host_only = true;
    bool secure = false;
    std::optional<Instant> end{};  // nullopt: as long as the session
  };
  void forget_expired(Instant now);

  std::vector<Cookie> cookies_;  // oldest first
};

}  // namespace casebridge::switchboard
