// What all providers have in common: names of keys, the octets of a context, the two ways to fail.
#include "core/vault/key_provider.hpp"

#include <algorithm>
#include <cstdio>

#include "core/base/text.hpp"
#include "core/vault/length_prefixed.hpp"

namespace casebridge::vault {

WrapContext WrapContext::of(std::vector<std::pair<std::string, std::string>> named) {
  WrapContext context;
  append_field(context.aad, "casebridge-wrap");
  for (const auto& [name, value] : named) {
    append_field(context.aad, name);
    append_field(context.aad, value);
  }
  context.named = std::move(named);
  return context;
}

std::string KeyProvider::current() const {
  const auto ids = list();
  return ids.empty() ? std::string() : ids.back();
}

bool is_key_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  });
}

std::string next_key_id(std::string_view stem, const std::vector<std::string>& ids) {
  const std::string begin = std::string(stem) + "-";
  std::int64_t greatest = 0;
  for (const std::string& id : ids)
    if (id.starts_with(begin))
      greatest = std::max(greatest, text::parse_int(std::string_view(id).substr(begin.size())).value_or(0));
  char number[24];
  std::snprintf(number, sizeof number, "%04lld", static_cast<long long>(greatest + 1));
  return begin + number;
}

Trouble does_not_open() { return trouble(TroubleCode::internal, "a sealed record does not open"); }

Trouble cannot_be_asked(std::string_view provider) {
  return trouble(TroubleCode::dependency_failed,
                 "the keys of provider " + std::string(provider) + " cannot be used now");
}

}  // namespace casebridge::vault
