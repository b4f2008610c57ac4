// GET /v1/problems: the table of troubles, for programs that map codes to words of their own.
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_problems(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  return json(
      200, encode::body_of([&](JsonText& json) {
        json.array("data");
        for (const TroubleRow& row : trouble_table()) {
          json.object().text("type", problem_urn(row)).text("code", row.name).text("category", row.category);
          json.integer("status", row.http_status).text("actor", name_of(row.actor));
          json.truth("retryable", row.retryable).text("title", row.title);
          const auto message = text_of(call.context.messages, call.context.language, row.message_id);
          json.text("user_message", message.empty() ? row.title : message).end_object();
        }
        json.end_array();
      }));
}

}  // namespace casebridge::http::actions
