// The one route table. A test compares it with schemas/openapi.yaml, row by row and in both directions.
#include "core/http/actions/actions.hpp"
#include "core/http/route.hpp"

namespace casebridge::http {
namespace {

using enum Method;
using A = model::Assurance;
using C = CallerKind;
using I = Idempotency;
using R = RateClass;
using K = Caching;

// clang-format off
constexpr Route table[] = {
    // method, path, operation,
    //     caller, assurance, step-up, scope, request, response, idempotency, rate, caching, action
    {post, "/v1/flows", "startFlow",
     C::anyone, A::none, false, "", "StartFlow", "Flow",
     I::none, R::flow, K::no_store, actions::start_flow},
    {get, "/v1/flows/{flow_id}", "readFlow",
     C::anyone, A::none, false, "", "", "Flow", I::none, R::flow, K::no_store, actions::read_flow},
    {post, "/v1/flows/{flow_id}", "submitFlow",
     C::anyone, A::none, false, "", "SubmitFlow", "Flow",
     I::seq, R::secret, K::no_store, actions::submit_flow},
    {get, "/v1/flows/{flow_id}/qr-code", "showQrCode",
     C::anyone, A::none, false, "", "", "", I::none, R::flow, K::no_store, actions::show_qr_code},
    {get, "/verify-email", "showVerifyEmail",
     C::anyone, A::none, false, "", "", "", I::none, R::read, K::no_store, actions::show_verify_email},

    {get, "/.well-known/change-password", "showChangePassword",
     C::anyone, A::none, false, "", "", "", I::none, R::read, K::no_store, actions::show_change_password},
    {get, "/.well-known/passkey-endpoints", "listPasskeyEndpoints",
     C::anyone, A::none, false, "", "", "PasskeyEndpoints",
     I::none, R::read, K::shared, actions::list_passkey_endpoints},

    {get, "/v1/me", "readMe",
     C::account, A::password, false, "account.read", "", "Me",
     I::none, R::read, K::no_store, actions::read_me},
    {get, "/v1/me/summary", "readSummary",
     C::account, A::password, false, "cases.read", "", "Summary",
     I::none, R::read, K::revalidate, actions::read_summary, false, "summary_read"},
    {get, "/v1/me/events", "watchAccount",
     C::account, A::password, false, "links.read", "", "",
     I::none, R::read, K::no_store, actions::watch_account, true},
    {get, "/v1/me/sessions", "listSessions",
     C::account, A::password, false, "account.read", "", "SessionList",
     I::none, R::read, K::revalidate, actions::list_sessions},
    {get, "/v1/me/activity", "listActivity",
     C::account, A::password, false, "account.read", "", "ActivityPage",
     I::none, R::read, K::no_store, actions::list_activity},
    {del, "/v1/me/sessions/{session_id}", "endSession",
     C::account, A::password, false, "account.write", "", "",
     I::none, R::write, K::no_store, actions::end_session},

    {get, "/v1/me/passkeys", "listPasskeys",
     C::account, A::password, false, "account.read", "", "PasskeyList",
     I::none, R::read, K::revalidate, actions::list_passkeys},
    {patch, "/v1/me/passkeys/{passkey_id}", "renamePasskey",
     C::account, A::password, false, "account.write", "RenamePasskey", "",
     I::none, R::write, K::no_store, actions::rename_passkey},
    {del, "/v1/me/passkeys/{passkey_id}", "removePasskey",
     C::account, A::password, true, "account.write", "", "",
     I::none, R::write, K::no_store, actions::remove_passkey},

    {post, "/v1/link-attempts", "startLinkAttempt",
     C::account, A::password, true, "links.write", "StartLinkAttempt", "LinkAttempt",
     I::key, R::write, K::no_store, actions::start_link_attempt},
    {get, "/v1/link-attempts", "listLinkAttempts",
     C::account, A::password, false, "links.read", "", "LinkAttemptList",
     I::none, R::read, K::revalidate, actions::list_link_attempts},
    {get, "/v1/link-attempts/{attempt_id}", "readLinkAttempt",
     C::account, A::password, false, "links.read", "", "LinkAttempt",
     I::none, R::read, K::revalidate, actions::read_link_attempt},
    {del, "/v1/link-attempts/{attempt_id}", "cancelLinkAttempt",
     C::account, A::password, false, "links.write", "", "",
     I::none, R::write, K::no_store, actions::cancel_link_attempt},
    {post, "/v1/link-attempts/{attempt_id}/challenges/{challenge_id}/answer", "answerChallenge",
     C::account, A::password, true, "links.write", "AnswerChallenge", "LinkAttempt",
     I::key, R::secret, K::no_store, actions::answer_challenge},
    {post, "/v1/link-attempts/{attempt_id}/challenges/{challenge_id}/resend", "resendChallenge",
     C::account, A::password, true, "links.write", "ResendChallenge", "LinkAttempt",
     I::key, R::secret, K::no_store, actions::resend_challenge},
    {get, "/v1/links", "listLinks",
     C::account, A::password, false, "links.read", "", "LinkList",
     I::none, R::read, K::revalidate, actions::list_links},
    {get, "/v1/links/{link_id}", "readLink",
     C::account, A::password, false, "links.read", "", "Link",
     I::none, R::read, K::revalidate, actions::read_link},
    {del, "/v1/links/{link_id}", "unlink",
     C::account, A::password, true, "links.write", "", "UnlinkReceipt",
     I::none, R::write, K::no_store, actions::unlink},
    {post, "/v1/links/{link_id}/syncs", "syncLink",
     C::account, A::password, false, "links.write", "", "Sync",
     I::key, R::write, K::no_store, actions::sync_link},
    {get, "/v1/syncs/{sync_id}", "readSync",
     C::account, A::password, false, "links.read", "", "Sync",
     I::none, R::read, K::revalidate, actions::read_sync},

    {post, "/v1/systems/{system_id}/credential-recovery", "recoverCredential",
     C::account, A::password, true, "links.write", "RecoverCredential", "CredentialRecovery",
     I::key, R::secret, K::no_store, actions::recover_credential},
    {get, "/v1/jurisdictions", "listJurisdictions",
     C::anyone, A::none, false, "", "", "JurisdictionList",
     I::none, R::read, K::shared, actions::list_jurisdictions},
    {get, "/v1/jurisdictions/{jurisdiction_id}", "readJurisdiction",
     C::anyone, A::none, false, "", "", "Jurisdiction",
     I::none, R::read, K::shared, actions::read_jurisdiction},
    {get, "/v1/status", "readStatus",
     C::anyone, A::none, false, "", "", "StatusList",
     I::none, R::read, K::revalidate, actions::read_status},

    {get, "/v1/cases", "listCases",
     C::account, A::password, false, "cases.read", "", "CaseList",
     I::none, R::read, K::revalidate, actions::list_cases, false, "cases_read"},
    {get, "/v1/cases/{case_id}", "viewCase",
     C::account, A::password, false, "cases.read", "", "CaseFile",
     I::none, R::read, K::revalidate, actions::view_case, false, "case_read"},
    {get, "/v1/ledger", "listLedger",
     C::account, A::password, false, "cases.read", "", "LedgerPage",
     I::none, R::read, K::revalidate, actions::list_ledger, false, "ledger_read"},

    {get, "/v1/problems", "listProblems",
     C::anyone, A::none, false, "", "", "ProblemList", I::none, R::read, K::shared, actions::list_problems},
    {get, "/v1/openapi.json", "readOpenApi",
     C::anyone, A::none, false, "", "", "OpenApiDocument",
     I::none, R::read, K::shared, actions::read_open_api},
    {get, "/health/live", "readLive",
     C::anyone, A::none, false, "", "", "Health", I::none, R::read, K::no_store, actions::read_live},
    {get, "/health/ready", "readReady",
     C::anyone, A::none, false, "", "", "Health", I::none, R::read, K::no_store, actions::read_ready},
    {get, "/metrics", "readMetrics",
     C::loopback, A::none, false, "", "", "", I::none, R::read, K::no_store, actions::read_metrics},
};
// clang-format on

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace casebridge::http
