// Page: one page of the portal, known by what it calls itself; and what a page means that was not asked for.
#pragma once

#include <optional>

#include "plugins/california_connect/language.hpp"
#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/html.hpp"
#include "plugins/sdk/http.hpp"

namespace casebridge::california_connect {

enum class PageKind {
  login,
  pin_change,
  home,
  summary,
  payments,
  documents,
  appointments,
  contacts,
  contact_form,
  message_form,
  confirmation,
  expired,
  maintenance,
  locked,
  not_available,
  pin_requested,
  none,
  bad_token,
  sent_before,
  internal_error
};

class Page {
 public:
  Page(sdk::HtmlDocument document, PageKind kind, std::optional<Language> language)
      : document_(std::move(document)), kind_(kind), language_(language) {}

  PageKind kind() const { return kind_; }
  // English where the page does not say: only pages without data may leave it out.
  Language language() const { return language_.value_or(Language::english); }
  bool tells_language() const { return language_.has_value(); }
  sdk::HtmlElement body() const { return document_.body(); }

  // What the page says with data-code, on its one error element: E-LOGIN, E-PIN, E-FIELD; empty without one.
  std::string error_code() const;
  std::string error_field() const;

 private:
  sdk::HtmlElement error() const;
  sdk::HtmlDocument document_;
  PageKind kind_;
  std::optional<Language> language_;
};

// Any page of the portal, whatever its status says; a status that does not go with the page is drift. What is
// no page of the portal is judged by its status.
sdk::Answer<Page> open_page(sdk::HttpResponse answer, Instant our_now);

// What an answer without a page means.
model::Refusal refusal_by_status(const sdk::HttpResponse& answer, Instant our_now, std::string breach);

// For a page that came in place of another one.
model::Refusal refusal_of(const Page& page);

}  // namespace casebridge::california_connect
