// The actions, one for each operation of the API: decode, ask the desk, encode.
#pragma once

#include "core/http/call.hpp"

namespace casebridge::http::actions {

Result<Response> start_flow(const Call& call);
Result<Response> read_flow(const Call& call);
Result<Response> submit_flow(const Call& call);
Result<Response> show_qr_code(const Call& call);
Result<Response> show_verify_email(const Call& call);
Result<Response> show_change_password(const Call& call);
Result<Response> list_passkey_endpoints(const Call& call);

Result<Response> read_me(const Call& call);
Result<Response> watch_account(const Call& call);
Result<Response> read_summary(const Call& call);
Result<Response> list_activity(const Call& call);
Result<Response> list_sessions(const Call& call);
Result<Response> end_session(const Call& call);
Result<Response> list_passkeys(const Call& call);
Result<Response> rename_passkey(const Call& call);
Result<Response> remove_passkey(const Call& call);
Result<Response> list_devices(const Call& call);
Result<Response> forget_device(const Call& call);
Result<Response> list_holds(const Call& call);
Result<Response> stop_hold(const Call& call);
Result<Response> read_safety_stop(const Call& call);
Result<Response> begin_safety_stop(const Call& call);
Result<Response> lift_safety_stop(const Call& call);
Result<Response> export_account(const Call& call);
Result<Response> read_contact(const Call& call);
Result<Response> change_contact(const Call& call);
Result<Response> remove_address(const Call& call);

Result<Response> start_link_attempt(const Call& call);
Result<Response> list_link_attempts(const Call& call);
Result<Response> read_link_attempt(const Call& call);
Result<Response> cancel_link_attempt(const Call& call);
Result<Response> answer_challenge(const Call& call);
Result<Response> resend_challenge(const Call& call);
Result<Response> list_links(const Call& call);
Result<Response> read_link(const Call& call);
Result<Response> unlink(const Call& call);
Result<Response> sync_link(const Call& call);
Result<Response> read_sync(const Call& call);

Result<Response> recover_credential(const Call& call);
Result<Response> list_jurisdictions(const Call& call);
Result<Response> read_jurisdiction(const Call& call);
Result<Response> read_status(const Call& call);

Result<Response> list_cases(const Call& call);
Result<Response> view_case(const Call& call);
Result<Response> list_ledger(const Call& call);

Result<Response> find_account(const Call& call);
Result<Response> inspect_account(const Call& call);
Result<Response> unlock_account(const Call& call);
Result<Response> inspect_sessions(const Call& call);
Result<Response> end_account_sessions(const Call& call);
Result<Response> end_account_session(const Call& call);
Result<Response> begin_password_reset(const Call& call);
Result<Response> inspect_events(const Call& call);
Result<Response> inspect_keys(const Call& call);
Result<Response> inspect_adapters(const Call& call);
Result<Response> inspect_links(const Call& call);
Result<Response> inspect_audit(const Call& call);

Result<Response> list_problems(const Call& call);
Result<Response> read_open_api(const Call& call);
Result<Response> read_live(const Call& call);
Result<Response> read_ready(const Call& call);
Result<Response> read_metrics(const Call& call);

}  // namespace casebridge::http::actions
