// UseCases: what the actions may ask of the desk. Light handles; what they refer to outlives the front.
#pragma once

#include "core/desk/confirm_caller.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/end_session.hpp"
#include "core/desk/identify_caller.hpp"
#include "core/desk/list_passkeys.hpp"
#include "core/desk/list_sessions.hpp"
#include "core/desk/operating.hpp"
#include "core/desk/read_flow.hpp"
#include "core/desk/read_log.hpp"
#include "core/desk/read_me.hpp"
#include "core/desk/remove_passkey.hpp"
#include "core/desk/rename_passkey.hpp"
#include "core/desk/start_flow.hpp"
#include "core/desk/submit_flow.hpp"
#include "core/desk/watch_account.hpp"
#include "core/identity/alerts.hpp"

namespace casebridge::http {

struct UseCases {
  const desk::Desk& desk;  // of the use cases that are functions
  const identity::Alerts& alerts;
  desk::IdentifyCaller identify_caller;
  desk::ConfirmCaller confirm_caller;
  desk::StartFlow start_flow;
  desk::ReadFlow read_flow;
  desk::SubmitFlow submit_flow;
  desk::ReadMe read_me;
  desk::ListSessions list_sessions;
  desk::EndSession end_session;
  desk::WatchAccount watch_account;
  desk::ListPasskeys list_passkeys;
  desk::RenamePasskey rename_passkey;
  desk::RemovePasskey remove_passkey;
  desk::ReadLog& reads;
  const desk::Operating* operating = nullptr;  // null: nobody operates this front, and its rows are not there
};

}  // namespace casebridge::http
