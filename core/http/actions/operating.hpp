// What actions for operators have in common.
#pragma once

#include "core/http/call.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

// not_found where nobody operates this front.
inline Result<const desk::Operating*> operating_of(const Call& call) {
  if (call.use.operating == nullptr) return trouble(TroubleCode::not_found);
  return call.use.operating;
}

inline desk::OperatorCall operator_of(const Call& call) { return {call.caller(), call.request.request_id}; }

// Member "data", one object for each view.
template <class View>
void members_of(JsonText& json, const std::vector<View>& views, void (*encode_one)(JsonText&, const View&)) {
  json.array("data");
  for (const View& view : views) {
    json.object();
    encode_one(json, view);
    json.end_object();
  }
  json.end_array();
}

template <class View>
Response list_of(const std::vector<View>& views, void (*encode_one)(JsonText&, const View&)) {
  return json(200, encode::body_of([&](JsonText& json) { members_of(json, views, encode_one); }));
}

}  // namespace casebridge::http::actions
