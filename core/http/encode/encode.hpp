// The views of the desk as JSON of schemas/openapi.yaml: one function for each schema, named after it.
#pragma once

#include "core/desk/attempt_view.hpp"
#include "core/desk/case_view.hpp"
#include "core/desk/contact.hpp"
#include "core/desk/inspect_account.hpp"
#include "core/desk/inspect_gateway.hpp"
#include "core/desk/known_devices.hpp"
#include "core/desk/link_view.hpp"
#include "core/desk/list_cases.hpp"
#include "core/desk/list_jurisdictions.hpp"
#include "core/desk/list_passkeys.hpp"
#include "core/desk/list_sessions.hpp"
#include "core/desk/read_status.hpp"
#include "core/desk/read_summary.hpp"
#include "core/desk/record_view.hpp"
#include "core/desk/recover_credential.hpp"
#include "core/desk/sync_view.hpp"
#include "core/desk/unlink.hpp"
#include "core/http/problem.hpp"
#include "core/identity/flow_view.hpp"

namespace casebridge::http::encode {

// Each writes one object's members between braces of its own; `name` variants are in the callers.
void recovery(JsonText& json, const desk::RecoveryView& view, const ProblemContext& context);
void flow(JsonText& json, const identity::FlowView& view, const ProblemContext& context);
void session(JsonText& json, const desk::SessionView& view);
void passkey(JsonText& json, const desk::PasskeyView& view);
// Member "public_key": what a browser hands to navigator.credentials.
void passkey_options(JsonText& json, const identity::PasskeyAsk& ask, bool create);
void contact(JsonText& json, const desk::ContactView& view);
void device(JsonText& json, const desk::DeviceView& view);
void hold(JsonText& json, const ports::Hold& hold);
void attempt(JsonText& json, const desk::AttemptView& view, const ProblemContext& context);
void link(JsonText& json, const desk::LinkView& view, const ProblemContext& context);
void unlink_receipt(JsonText& json, const desk::UnlinkReceipt& receipt);
void sync(JsonText& json, const desk::SyncView& view, const ProblemContext& context);
void jurisdiction(JsonText& json, const desk::JurisdictionView& view, const ProblemContext& context);
// Member "guidance", left out where there is none in the language.
void guidance(JsonText& json, const ports::JurisdictionInfo& info, std::string_view language);
void system_status(JsonText& json, const desk::SystemStatus& status, const ProblemContext& context);
// Member "operations": how often each went well, and whose fault it was when not.
void operations(JsonText& json, const ports::SystemHealth& health);
std::string_view name_of(ports::Breaker breaker);
void admin_account(JsonText& json, const desk::InspectedAccount& view);
void admin_session(JsonText& json, const desk::InspectedSession& view);
void admin_event(JsonText& json, const desk::InspectedEvent& view);
void admin_keys(JsonText& json, const desk::InspectedKeys& view);
void admin_adapter(JsonText& json, const desk::InspectedAdapter& view);
void admin_link(JsonText& json, const ports::TroubledLink& view);
void admin_audit(JsonText& json, const desk::InspectedAudit& view);
void record(JsonText& json, const desk::RecordView& view);
void case_record(JsonText& json, const desk::CaseView& view);
void money(JsonText& json, std::string_view name, const model::Money& amount);
void money_or_null(JsonText& json, std::string_view name, const std::optional<model::Money>& amount);
// Members of a figure: whose it is, the amount, and as of when.
void figure(JsonText& json, const desk::FigureView& view);
void figures(JsonText& json, std::string_view name, const std::vector<desk::FigureView>& views);
void cluster(JsonText& json, const desk::ClusterView& view);
void summary(JsonText& json, const desk::AccountSummary& view, const ProblemContext& context);
void due(JsonText& json, const desk::DueView& view);
void last_payment(JsonText& json, const desk::LastPaymentView& view);
// Members "sources" and "meta" of lists.
void sources(JsonText& json, const desk::Coverage& coverage, const ProblemContext& context);
void meta(JsonText& json, const desk::Coverage& coverage, const ProblemContext& context);
void page(JsonText& json, std::string_view next_cursor, int limit);

void fact_or_null(JsonText& json, std::string_view name, const ports::Fact& fact);
void field(JsonText& json, const model::FieldSpec& spec, const ProblemContext& context);
// Members "ssn_notice" and "ssn_notice_language", left out where no SSN is asked.
void ssn_notice(JsonText& json, const std::string& english, const std::string& spanish,
                const ProblemContext& context);
void texts(JsonText& json, std::string_view name, const std::vector<std::string>& values);

// For clients that do not look into meta: partial; missing="us-oh"; stale="us-az"
std::string completeness_header(const desk::Coverage& coverage);

// One object as a whole answer.
template <class Write>
std::string body_of(const Write& write) {
  JsonText json;
  json.object();
  write(json);
  json.end_object();
  return json.take();
}

}  // namespace casebridge::http::encode
