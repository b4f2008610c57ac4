// The table, in the order of the enumerators; words are folded.
#include "plugins/california_connect/labels.hpp"

#include <cstddef>
#include <iterator>

#include "plugins/california_connect/page_text.hpp"

namespace casebridge::california_connect {
namespace {

struct Words {
  std::string_view name, english, spanish;
};

constexpr Words label_words[] = {{"case_number", "case number", "numero de caso"},
                                 {"case_type", "case type", "tipo de caso"},
                                 {"case_status", "case status", "estado del caso"},
                                 {"your_role", "your role", "su funcion"},
                                 {"other_parent", "other parent", "otro padre o madre"},
                                 {"children", "children", "hijos"},
                                 {"court_case", "court case number", "numero de caso del tribunal"},
                                 {"current_support", "current support", "manutencion actual"},
                                 {"arrears_payment", "arrears payment", "pago de atrasos"},
                                 {"other_state", "other state", "otro estado"},
                                 {"balance_type", "balance type", "tipo de saldo"},
                                 {"amount", "amount", "cantidad"},
                                 {"as_of", "as of", "fecha"},
                                 {"payment_date", "payment date", "fecha de pago"},
                                 {"posted", "posted", "registrado"},
                                 {"source", "source", "origen"},
                                 {"document", "document", "documento"},
                                 {"date", "date", "fecha"},
                                 {"link", "link", "enlace"},
                                 {"appointment", "appointment", "cita"},
                                 {"when", "when", "cuando"},
                                 {"place", "place", "lugar"},
                                 {"office", "office", "oficina"},
                                 {"phone", "phone", "telefono"},
                                 {"hours", "hours", "horario"}};
static_assert(std::size(label_words) == static_cast<std::size_t>(Label::hours) + 1);

const Words& words_of(Label label) { return label_words[static_cast<std::size_t>(label)]; }

}  // namespace

bool means(std::string_view text, Label label, Language language) {
  const Words& known = words_of(label);
  return folded(text) == (language == Language::english ? known.english : known.spanish);
}

std::string_view name_of(Label label) { return words_of(label).name; }

}  // namespace casebridge::california_connect
