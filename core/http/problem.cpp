// Stable members come from the table of troubles; texts may change and are not to be parsed.
#include "core/http/problem.hpp"

#include <algorithm>

namespace casebridge::http {
namespace {

void write_row(JsonText& json, const TroubleRow& row) {
  json.text("type", problem_urn(row)).text("title", row.title).integer("status", row.http_status);
  json.text("code", row.name).text("category", row.category);
}

void write_facts(JsonText& json, const Trouble& trouble) {
  json.text("actor", name_of(trouble.row().actor)).truth("retryable", trouble.row().retryable);
  json.instant("retry_at", trouble.retry_at).text_if("field", trouble.field);
  if (trouble.attempts_left) json.integer("attempts_left", *trouble.attempts_left);
  if (!trouble.remedy_action.empty())
    json.object("remedy")
        .text("action", trouble.remedy_action)
        .text_if("url", trouble.remedy_url)
        .end_object();
  json.text_if("reference", trouble.reference);
}

}  // namespace

std::string problem_urn(const TroubleRow& row) { return "urn:casebridge:problem:" + std::string(row.name); }

std::string_view text_of(const Messages& messages, std::string_view language, std::string_view key) {
  const std::string_view text = messages.text(language, key);
  return text == key ? std::string_view() : text;
}

void write_problem(JsonText& json, const Trouble& trouble, const ProblemContext& context) {
  const TroubleRow& row = trouble.row();
  write_row(json, row);
  json.text_if("detail", trouble.detail).text_if("instance", context.instance);
  write_facts(json, trouble);
  const std::string_view general = text_of(context.messages, context.language, row.message_id);
  json.text_if("user_message", context.user_message.empty() ? general : context.user_message);
  json.text_if("trace_id", context.request_id);
}

void write_problem_or_null(JsonText& json, std::string_view name, const std::optional<Trouble>& trouble,
                           const ProblemContext& context) {
  if (!trouble) {
    json.null(name);
    return;
  }
  json.object(name);
  write_problem(json, *trouble,
                {context.messages, context.language, {}, {}, context.now, context.user_message});
  json.end_object();
}

Response problem_response(const Trouble& trouble, const ProblemContext& context,
                          const std::function<void(JsonText&)>& extend) {
  JsonText json;
  json.object();
  write_problem(json, trouble, context);
  if (extend) extend(json);
  json.end_object();
  Response response(trouble.row().http_status, media_problem, json.take());
  if (trouble.row().http_status == 401) response.set("WWW-Authenticate", "Bearer realm=\"casebridge\"");
  if (trouble.retry_at) {
    const auto wait = std::max<std::int64_t>((*trouble.retry_at - context.now).count(), 1);
    response.set("Retry-After", std::to_string(wait));
  }
  return response;
}

}  // namespace casebridge::http
