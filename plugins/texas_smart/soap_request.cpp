// SOAP 1.1, document/literal; the prefixes are ours to choose.
#include "plugins/texas_smart/soap_request.hpp"

#include "plugins/sdk/xml.hpp"
#include "plugins/texas_smart/wire_values.hpp"

namespace casebridge::texas_smart {
namespace {

constexpr std::string_view envelope_start =
    R"(<?xml version="1.0" encoding="UTF-8"?>)"
    "\n"
    R"(<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:s=")";
constexpr std::string_view envelope_end = "</soap:Body></soap:Envelope>";
constexpr std::size_t entity_size_max = 6;

}  // namespace

SoapRequest::SoapRequest(std::string_view operation, const SecretBytes* session) : operation_(operation) {
  sink_.put(envelope_start);
  sink_.put(smart_namespace);
  sink_.put("\">");
  if (session != nullptr) {
    sink_.put("<soap:Header><s:Session>");
    put_text(session->reveal());
    sink_.put("</s:Session></soap:Header>");
  }
  sink_.put("<soap:Body><s:");
  sink_.put(operation_);
  sink_.put("Request");
}

void SoapRequest::put_text(std::string_view text) {
  // Reserved at once: a string that grows leaves copies behind.
  std::string escaped;
  escaped.reserve(text.size() * entity_size_max + 1);
  sdk::append_xml_text(escaped, text);
  sink_.put(escaped);
  wipe(escaped);
}

void SoapRequest::end_start_tag() {
  if (in_start_tag_) sink_.put(">");
  in_start_tag_ = false;
}

SoapRequest& SoapRequest::attribute(std::string_view name, std::string_view value) {
  sink_.put(" ");
  sink_.put(name);
  sink_.put("=\"");
  put_text(value);
  sink_.put("\"");
  return *this;
}

SoapRequest& SoapRequest::open(std::string_view name) {
  end_start_tag();
  sink_.put("<s:");
  sink_.put(name);
  sink_.put(">");
  return *this;
}

SoapRequest& SoapRequest::close(std::string_view name) {
  sink_.put("</s:");
  sink_.put(name);
  sink_.put(">");
  return *this;
}

SoapRequest& SoapRequest::element(std::string_view name, std::string_view text) {
  open(name);
  put_text(text);
  return close(name);
}

SoapRequest& SoapRequest::element(std::string_view name, const SecretBytes& text) {
  return element(name, text.reveal());
}

SecretBytes SoapRequest::finish() {
  end_start_tag();
  sink_.put("</s:");
  sink_.put(operation_);
  sink_.put("Request>");
  sink_.put(envelope_end);
  return sink_.take();
}

}  // namespace casebridge::texas_smart
