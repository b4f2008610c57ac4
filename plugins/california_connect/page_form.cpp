// Forms are found by where they are posted to.
#include "plugins/california_connect/page_form.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::california_connect {
namespace {

using sdk::HtmlElement;

constexpr std::size_t token_size = 24;
constexpr std::size_t version_size_max = 64;

bool is_token(std::string_view text) {
  return text.size() == token_size && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

std::optional<std::string> one_value(const HtmlElement& parent, std::string_view name) {
  std::optional<std::string> found;
  for (const HtmlElement& input : parent.all("input")) {
    if (input.attribute("name") != name) continue;
    if (found) return std::nullopt;
    found = input.attribute("value").value_or("");
  }
  return found;
}

}  // namespace

sdk::Answer<PageForm> form_for(const Page& page, std::string_view action) {
  std::vector<HtmlElement> forms = page.body().all("form");
  std::erase_if(forms, [&](const HtmlElement& one) {
    return one.attribute("action") != action ||
           text::lower_ascii(one.attribute("method").value_or("")) != "post";
  });
  if (forms.size() != 1) return sdk::drift("form");
  auto token = one_value(forms.front(), "__cct");
  auto version = one_value(forms.front(), "__v");
  if (!token || !is_token(*token)) return sdk::drift("form/__cct");
  if (!version || version->empty() || version->size() > version_size_max || text::has_control(*version))
    return sdk::drift("form/__v");
  return PageForm{std::string(action), SecretBytes::take(*token), std::move(*version)};
}

std::optional<std::string> field_value(const Page& page, std::string_view name) {
  return one_value(page.body(), name);
}

}  // namespace casebridge::california_connect
