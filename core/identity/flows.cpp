// Starts, reads and dispatches flows; what each step does is in the file of the step.
#include "core/identity/flows.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.hpp"
#include "core/identity/totp.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t password_octets_max = 512;  // 128 code points of four octets

Result<void> check_length(const FlowNode& node, const SecretBytes& value) {
  if (!text::is_utf8(value.reveal())) return field_trouble(node.name, "is not UTF-8");
  const bool is_password = node.type == "password";
  const std::size_t length = is_password ? value.size() : text::count_code_points(value.reveal());
  const auto most = is_password ? password_octets_max : static_cast<std::size_t>(node.length_max);
  if (length > most) return field_trouble(node.name, "is too long");
  return {};
}

// What a form says before anything was typed into it.
struct StepNotice {
  std::string_view step;
  std::string_view key;
};
constexpr std::array step_notices{
    StepNotice{"code", "flow.code.sent"},
    StepNotice{"second_factor", "flow.second_factor.asked"},
    StepNotice{"passkey", "flow.passkey.asked"},
    StepNotice{"add_passkey", "flow.add_passkey.asked"},
    StepNotice{"add_app", "flow.add_app.shown"},
    StepNotice{"remove_app", "flow.remove_app.asked"},
    StepNotice{"make_codes", "flow.make_codes.asked"},
    StepNotice{"lost_phone", "flow.lost_phone.asked"},
    StepNotice{"waiting", "flow.lost_phone.waiting"},
    StepNotice{"confirm_deletion", "flow.delete_account.asked"},
    StepNotice{"no_app", "flow.lost_phone.no_app"},
};

// Every field belongs to the step, and nothing that is required is missing.
Result<void> check_fields(const std::vector<FlowNode>& nodes, const FlowFields& fields) {
  std::size_t known = 0;
  // A button, or a passkey, is an answer for the whole form.
  const bool is_action = std::any_of(nodes.begin(), nodes.end(), [&](const FlowNode& node) {
    return (node.type == "action" || node.type == "passkey_get") && fields.contains(node.name);
  });
  for (const FlowNode& node : nodes) {
    const auto found = fields.find(node.name);
    if (found == fields.end() || found->second.empty()) {
      if (node.required && !is_action) return field_trouble(node.name, "is required");
    } else {
      CASEBRIDGE_CHECK(check_length(node, found->second));
    }
    if (found != fields.end()) ++known;
  }
  if (known != fields.size())
    return trouble(TroubleCode::invalid_field, "a field that this step does not have");
  return {};
}

}  // namespace

std::string_view Flows::Attempt::reveal(const std::string& name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view() : found->second.reveal();
}

Flows::Flows(FlowParts parts)
    : parts_(std::move(parts)),
      throttle_(parts_.vault),
      mail_(parts_.vault, parts_.messages, parts_.settings.page_url),
      alerts_(mail_, parts_.messages, parts_.settings.origin, parts_.settings.links) {}

Result<std::unique_ptr<Flows>> Flows::make(FlowParts parts) {
  CASEBRIDGE_CHECK(parts.messages.require(flow_message_keys()));
  return std::unique_ptr<Flows>(new Flows(std::move(parts)));
}

FlowView Flows::view_of(const ports::Flow& flow) const {
  FlowView view{.id = flow.id,
                .kind = flow.kind,
                .transport = flow.transport,
                .step = flow.step,
                .seq = flow.seq,
                .nodes = form_of(flow),
                .messages = {},
                .expires_at = flow.expires_at,
                .done = flow.done};
  show(view, flow);
  for (const StepNotice& notice : step_notices)
    if (flow.step == notice.step) view.messages.push_back({std::string(notice.key), "info"});
  // What following a link does depends on what it was mailed for.
  if (flow.step == "mailed_link") view.messages.push_back({"flow." + flow.kind + ".asked", "info"});
  if (flow.done) view.messages.push_back({std::string(find_flow_kind(flow.kind)->done_key), "info"});
  return view;
}

// What the step asks for, as far as the account has it.
std::vector<FlowNode> Flows::form_of(const ports::Flow& flow) const {
  std::vector<FlowNode> nodes = nodes_of(flow.step);
  const auto data = read_flow_data(flow.data);
  if (!data) return nodes;
  std::erase_if(nodes, [&](const FlowNode& node) {
    return (node.name == "use_app" && !data->has_app) || (node.name == "use_passkey" && !data->has_passkey);
  });
  if (flow.step == "credentials" && data->passkey) {
    nodes.front().autocomplete = "username webauthn";
    nodes.push_back(sign_in_passkey());
  }
  for (FlowNode& node : nodes)
    if (node.name == "passkey") node.passkey = data->passkey;
  return nodes;
}

// The secret for an app may be looked at until it is used.
void Flows::show(FlowView& view, const ports::Flow& flow) const {
  if (flow.step != "add_app") return;
  const auto data = read_flow_data(flow.data);
  if (!data) return;
  const auto secret = parts_.vault.open(data->sealed_secret, place_of_offered_totp(flow.id));
  if (!secret) return;
  view.shown.push_back({"secret", "flow.shown.secret", totp_secret_text(*secret)});
  view.shown.push_back({"uri", "flow.shown.uri", totp_uri(*secret, data->email)});
}

FlowView Flows::refused(const ports::Flow& flow, TroubleCode code, const std::string& message_key) const {
  FlowView view = view_of(flow);
  view.messages = {{message_key, "error"}};
  view.refusal = trouble(code);
  return view;
}

Result<FlowView> Flows::start(const std::string& kind, const std::string& transport,
                              const std::string& locale, const std::optional<model::Caller>& caller,
                              const model::Origin& origin) {
  const FlowKind* row = find_flow_kind(kind);
  if (row == nullptr) return field_trouble("kind", "is not a kind of flow");
  if (transport != "cookie" && transport != "bearer")
    return field_trouble("transport", "is cookie or bearer");
  if (row->needs_session && !caller) return trouble(TroubleCode::token_missing);
  const Instant now = parts_.clock.now();
  FlowData data;
  data.locale = parts_.messages.has_language(locale) ? locale : "en";
  if (kind == "sign_in") ask_anew(data, now);
  ports::Flow flow{.id = FlowId::make(now),
                   .kind = kind,
                   .transport = transport,
                   .step = std::string(row->first_step),
                   .data = write_flow_data(data),
                   .created_at = now,
                   .expires_at = now + parts_.settings.flow_life};
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const Spent spent, throttle_.spend(tx.throttles(), parts_.settings.throttle.starts,
                                                      counted_address(origin.address), now));
    if (!spent.allowed) return rate_limited(spent);
    if (row->needs_session) CASEBRIDGE_CHECK(begin(tx, flow, *row, *caller, data));
    return tx.flows().insert(flow);
  }));
  return view_of(flow);
}

// What a flow of a session needs before its first form.
Result<void> Flows::begin(ports::Transaction& tx, ports::Flow& flow, const FlowKind& kind,
                          const model::Caller& caller, FlowData data) const {
  flow.account = caller.account;
  flow.session = caller.session;
  CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(caller.account));
  if (!account) return trouble(TroubleCode::token_invalid);
  CASEBRIDGE_TRY(const std::string step, second_step(tx, caller.account, data, flow.created_at));
  const bool has_factor = !step.empty();
  const bool must_be_fresh =
      kind.step_up == StepUp::everybody || (kind.step_up == StepUp::with_second_factor && has_factor);
  if (must_be_fresh)
    CASEBRIDGE_CHECK(
        check_step_up(tx.factors(), caller, flow.created_at, parts_.settings.step_up_age_of(*account)));
  if (!data.has_app && kind.name == "remove_totp")
    return trouble(TroubleCode::not_found, "the account has no authenticator app");
  // As with passkeys: an account that has a second factor keeps one. The app's place can be taken by another.
  if (!data.has_passkey && kind.name == "remove_totp")
    return field_trouble("kind", "the app is the only second factor");
  if (!has_factor && kind.name == "recovery_codes")
    return trouble(TroubleCode::not_found, "the account has no second factor");
  if (has_factor && kind.name == "step_up") {
    flow.step = step;
    flow.data = write_flow_data(data);
  }
  if (kind.name == "add_passkey") return offer_passkey(tx, flow, *account, std::move(data));
  if (kind.name != "add_totp") return {};
  data.passkey.reset();
  data.email = account->email;
  CASEBRIDGE_TRY(data.sealed_secret, parts_.vault.seal(new_totp_secret(), place_of_offered_totp(flow.id)));
  flow.data = write_flow_data(data);
  return {};
}

// A flow that a session began ends with it.
Result<void> Flows::check_begun_by(ports::Transaction& tx, const Attempt& attempt) const {
  if (!attempt.flow.session) return {};
  CASEBRIDGE_TRY(const std::optional<ports::Session> session, session_of(tx.sessions(), *attempt.caller));
  return session ? Result<void>() : trouble(TroubleCode::token_invalid);
}

// A flow that a session began is there for that session only; for anybody else it does not exist.
Result<ports::Flow> Flows::load(ports::Transaction& tx, const std::string& id,
                                const std::optional<model::Caller>& caller) const {
  const auto parsed = FlowId::parse(id);
  if (!parsed) return trouble(TroubleCode::flow_not_found);
  CASEBRIDGE_TRY(std::optional<ports::Flow> flow, tx.flows().find(*parsed));
  if (!flow) return trouble(TroubleCode::flow_not_found);
  if (flow->session && (!caller || caller->session != *flow->session))
    return trouble(TroubleCode::flow_not_found);
  if (parts_.clock.now() >= flow->expires_at) return trouble(TroubleCode::flow_expired);
  return std::move(*flow);
}

Result<FlowView> Flows::read(const std::string& id, const std::optional<model::Caller>& caller) {
  std::optional<FlowView> view;
  CASEBRIDGE_CHECK(parts_.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const ports::Flow flow, load(tx, id, caller));
    view = view_of(flow);
    // Without a session whoever has the flow's id may look: then only the answer that makes it shows a
    // secret.
    if (!flow.session) view->shown.clear();
    return {};
  }));
  return std::move(*view);
}

Result<FlowView> Flows::submit(const std::string& id, std::int64_t seq, const FlowFields& fields,
                               const std::optional<model::Caller>& caller, const model::Origin& origin,
                               std::string_view device) {
  std::optional<ports::Flow> flow;
  CASEBRIDGE_CHECK(parts_.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(flow, load(tx, id, caller));
    return {};
  }));
  if (flow->done || flow->seq != seq) return trouble(TroubleCode::flow_out_of_order);
  CASEBRIDGE_CHECK(check_fields(form_of(*flow), fields));
  std::optional<FlowData> data = read_flow_data(flow->data);
  if (!data) return trouble(TroubleCode::internal, "the data of a flow cannot be read");
  Attempt attempt{std::move(*flow), std::move(*data), fields, caller, origin, parts_.clock.now(), device};
  return take_step(attempt);
}

Result<FlowView> Flows::take_step(Attempt& attempt) {
  struct Step {
    std::string_view name;
    Result<FlowView> (Flows::*submit)(Attempt&);
  };
  static constexpr std::array steps{
      Step{"details", &Flows::submit_details},
      Step{"credentials", &Flows::submit_credentials},
      Step{"passwords", &Flows::submit_passwords},
      Step{"code", &Flows::submit_code},
      Step{"second_factor", &Flows::submit_app_code},
      Step{"recovery_code", &Flows::submit_recovery_code},
      Step{"passkey", &Flows::submit_passkey},
      Step{"add_passkey", &Flows::submit_add_passkey},
      Step{"confirm_password", &Flows::submit_confirm_password},
      Step{"add_app", &Flows::submit_add_app},
      Step{"remove_app", &Flows::submit_remove_app},
      Step{"make_codes", &Flows::submit_make_codes},
      Step{"address", &Flows::submit_address},
      Step{"new_password", &Flows::submit_new_password},
      Step{"mailed_link", &Flows::submit_mailed_link},
      Step{"lost_phone", &Flows::submit_lost_phone},
      Step{"waiting", &Flows::submit_waiting},
      Step{"confirm_deletion", &Flows::submit_deletion},
      Step{"new_address", &Flows::submit_new_address},
  };
  for (const Step& step : steps)
    if (attempt.flow.step == step.name) return (this->*step.submit)(attempt);
  return trouble(TroubleCode::internal, "a flow is in a step that does not exist");
}

Result<void> Flows::advance(ports::Transaction& tx, ports::Flow& flow) const {
  const std::int64_t expected = flow.seq++;
  const Result<void> updated = tx.flows().update(flow, expected);
  if (!updated && updated.error().code == TroubleCode::version_conflict)
    return trouble(TroubleCode::flow_out_of_order, "another submission of this step came first");
  return updated;
}

Result<void> Flows::end(ports::Transaction& tx, ports::Flow& flow) const {
  flow.step = "done";
  flow.done = true;
  flow.data = write_flow_data({});  // what it gathered is no longer needed
  return advance(tx, flow);
}

}  // namespace casebridge::identity
