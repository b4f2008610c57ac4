// The jar's rules, and its octets: "CJ1", then the cookies, each field with its size before it.
#include "core/switchboard/cookie_jar.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/switchboard/cookie_line.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::string_view jar_mark = "CJ1";
constexpr std::size_t cookies_max = 50;
constexpr std::size_t cookie_header_bytes_max = 16 * 1024;

bool domain_matches(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

// RFC 6265 §5.1.4.
std::string default_path(std::string_view target) {
  const std::string_view path = path_of(target);
  const std::size_t last = path.rfind('/');
  return last == 0 || last == std::string_view::npos ? "/" : std::string(path.substr(0, last));
}
bool path_matches(std::string_view path, std::string_view cookie_path) {
  if (!path.starts_with(cookie_path)) return false;
  return path.size() == cookie_path.size() || cookie_path.ends_with('/') || path[cookie_path.size()] == '/';
}

void put(std::string& out, std::string_view field) {
  for (int shift = 8; shift >= 0; shift -= 8) out += static_cast<char>((field.size() >> shift) & 0xFFU);
  out += field;
}
bool get(std::string_view& in, std::string& field) {
  if (in.size() < 2) return false;
  const std::size_t size =
      static_cast<std::size_t>(static_cast<unsigned char>(in[0])) * 256 + static_cast<unsigned char>(in[1]);
  if (in.size() - 2 < size) return false;
  field = in.substr(2, size);
  in.remove_prefix(2 + size);
  return true;
}

}  // namespace

CookieJar::~CookieJar() {
  for (Cookie& cookie : cookies_) wipe(cookie.value);
}

std::optional<CookieJar> CookieJar::read(std::string_view octets) {
  CookieJar jar;
  if (octets.empty()) return jar;
  if (!octets.starts_with(jar_mark)) return std::nullopt;
  octets.remove_prefix(jar_mark.size());
  while (!octets.empty()) {
    Cookie cookie;
    std::string flags, end;
    if (!get(octets, cookie.name) || !get(octets, cookie.value) || !get(octets, cookie.domain) ||
        !get(octets, cookie.path) || !get(octets, flags) || !get(octets, end) || flags.size() != 2)
      return std::nullopt;
    if (text::has_control(cookie.name + cookie.value) || jar.cookies_.size() == cookies_max)
      return std::nullopt;
    cookie.host_only = flags[0] == 'h';
    cookie.secure = flags[1] == 's';
    if (!end.empty()) {
      const auto seconds = text::parse_int(end);
      if (!seconds) return std::nullopt;
      cookie.end = Instant{std::chrono::seconds{*seconds}};
    }
    jar.cookies_.push_back(std::move(cookie));
  }
  return jar;
}

SecretBytes CookieJar::write() const {
  if (cookies_.empty()) return {};
  std::size_t size = jar_mark.size();
  for (const Cookie& cookie : cookies_)
    size += 64 + cookie.name.size() + cookie.value.size() + cookie.domain.size() + cookie.path.size();
  std::string out;
  out.reserve(size);  // growing would leave copies behind
  out += jar_mark;
  for (const Cookie& cookie : cookies_) {
    put(out, cookie.name);
    put(out, cookie.value);
    put(out, cookie.domain);
    put(out, cookie.path);
    put(out, std::string(cookie.host_only ? "h" : "d") + (cookie.secure ? "s" : "-"));
    put(out, cookie.end ? std::to_string(cookie.end->time_since_epoch().count()) : std::string{});
  }
  return SecretBytes::take(out);
}

void CookieJar::forget_expired(Instant now) {
  std::erase_if(cookies_, [&](Cookie& cookie) {
    if (!cookie.end || *cookie.end > now) return false;
    wipe(cookie.value);
    return true;
  });
}

void CookieJar::take(std::string_view line, const Origin& origin, std::string_view target, Instant now) {
  auto parsed = parse_cookie_line(line);
  if (!parsed) return;
  if (parsed->secure && !origin.tls) return;
  Cookie cookie;
  cookie.name = std::move(parsed->name);
  cookie.value = std::move(parsed->value);
  cookie.secure = parsed->secure;
  cookie.path = parsed->path.empty() ? default_path(target) : parsed->path;
  cookie.domain = origin.host;
  if (!parsed->domain.empty() && parsed->domain != origin.host) {
    // A whole top-level domain is nobody's to set, and an address has no domains above it.
    const bool too_wide = parsed->domain.find('.') == std::string::npos || origin.is_address();
    if (too_wide || !domain_matches(origin.host, parsed->domain)) return;
    cookie.domain = parsed->domain;
  }
  cookie.host_only = parsed->domain.empty() || origin.is_address();
  if (parsed->max_age_s)
    cookie.end = *parsed->max_age_s <= 0 ? now : now + std::chrono::seconds{*parsed->max_age_s};
  else
    cookie.end = parsed->expires;
  const auto same = [&](const Cookie& one) {
    return one.name == cookie.name && one.domain == cookie.domain && one.path == cookie.path;
  };
  const auto old = std::find_if(cookies_.begin(), cookies_.end(), same);
  if (old != cookies_.end()) {
    wipe(old->value);
    *old = std::move(cookie);  // keeps its place: the order is that of creation
  } else if (cookies_.size() < cookies_max) {
    cookies_.push_back(std::move(cookie));
  }
  forget_expired(now);
}

std::string CookieJar::header_for(const Origin& origin, std::string_view target, Instant now) {
  forget_expired(now);
  std::vector<const Cookie*> chosen;
  for (const Cookie& cookie : cookies_) {
    const bool host =
        cookie.host_only ? cookie.domain == origin.host : domain_matches(origin.host, cookie.domain);
    if (host && path_matches(path_of(target), cookie.path) && (origin.tls || !cookie.secure))
      chosen.push_back(&cookie);
  }
  // Longer paths first (RFC 6265 §5.4); among equals the older one.
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const Cookie* a, const Cookie* b) { return a->path.size() > b->path.size(); });
  std::string header;
  header.reserve(cookie_header_bytes_max);
  for (const Cookie* cookie : chosen) {
    if (header.size() + cookie->name.size() + cookie->value.size() + 3 > cookie_header_bytes_max) break;
    if (!header.empty()) header += "; ";
    header.append(cookie->name).append("=").append(cookie->value);
  }
  return header;
}

}  // namespace casebridge::switchboard
