// A form that is posted for an order of the gateway: once for a write_id, however often the order comes.
#pragma once

#include <functional>
#include <string>

#include "core/model/write_messages.hpp"
#include "plugins/california_connect/exchange.hpp"

namespace casebridge::california_connect {

struct FormOrder {
  std::string write_id{};
  std::string path{};  // of the page that has the form, which is posted to the same place
  PageKind page_kind = PageKind::contact_form;
  // The form's own fields, from its page; a refusal ends the write before anything is sent.
  std::function<sdk::Answer<sdk::Done>(const Page& page, sdk::Form& fields)> fill{};
  // What we call the field that the portal does not take.
  std::function<std::string(const std::string& portal_field)> our_field{};
};

// `state` is what a confirmed order is in. The token of the first post is kept under the write_id, and an
// order that comes again is posted with it again: the portal then tells of the first post and does nothing
// more. Where nobody can say what became of it, the receipt's state is unknown.
sdk::Answer<model::Receipt> post_order(Exchange& exchange, const FormOrder& order, const std::string& state);

}  // namespace casebridge::california_connect
