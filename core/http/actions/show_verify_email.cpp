// GET /verify-email: the page behind the link of a mail. Mail scanners open it, so it does nothing
// at all.
#include "core/http/actions/actions.hpp"

namespace casebridge::http::actions {
namespace {

constexpr std::string_view english =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Confirm your e-mail "
    "address</title></head>"
    "<body><main><h1>Confirm your e-mail address</h1><p>Please go back to the window in which you began, and "
    "type "
    "the code from the message there.</p><p>If you did not ask for this message, you need not do "
    "anything.</p>"
    "</main></body></html>\n";
constexpr std::string_view spanish =
    "<!doctype html><html lang=\"es\"><head><meta charset=\"utf-8\"><title>Confirme su correo "
    "electr\u00f3nico</title>"
    "</head><body><main><h1>Confirme su correo electr\u00f3nico</h1><p>Vuelva a la ventana en la que "
    "empez\u00f3 y "
    "escriba all\u00ed el c\u00f3digo del mensaje.</p><p>Si no pidi\u00f3 este mensaje, no tiene que hacer "
    "nada.</p>"
    "</main></body></html>\n";

}  // namespace

Result<Response> show_verify_email(const Call& call) {
  return Response(200, media_html, std::string(call.context.language == "es" ? spanish : english));
}

}  // namespace casebridge::http::actions
