// The tables: English, Spanish, meaning; texts are folded.
#include "plugins/california_connect/codes.hpp"

#include <cstddef>
#include <string_view>

#include "plugins/california_connect/page_text.hpp"

namespace casebridge::california_connect {
namespace {

using namespace model;  // NOLINT: the tables name nothing else

template <class Enum>
struct CodeRow {
  std::string_view english, spanish;
  Enum meaning;
};

template <class Enum, std::size_t N>
Coded<Enum> look_up(const CodeRow<Enum> (&table)[N], const std::string& text, Language language) {
  const std::string wanted = folded(text);
  for (const CodeRow<Enum>& row : table)
    if (wanted == (language == Language::english ? row.english : row.spanish))
      return Coded<Enum>(row.meaning);
  return Coded<Enum>::unrecognised(text);
}

constexpr CodeRow<Assistance> case_types[] = {
    {"current assistance", "asistencia actual", Assistance::tanf_current},
    {"former assistance", "asistencia anterior", Assistance::former_assistance},
    {"never assistance", "sin asistencia", Assistance::never_assistance},
    {"foster care", "cuidado de crianza", Assistance::foster_care},
    {"medical only", "solo medico", Assistance::medicaid_only},
    {"arrears only", "solo atrasos", Assistance::arrears_only},
    {"--", "--", Assistance::unknown}};

constexpr CodeRow<CaseStatus> statuses[] = {{"open", "abierto", CaseStatus::open},
                                            {"closed", "cerrado", CaseStatus::closed}};

constexpr CodeRow<Role> roles[] = {
    {"person receiving support", "persona que recibe manutencion", Role::custodial_party},
    {"person paying support", "persona que paga manutencion", Role::noncustodial_parent}};

constexpr CodeRow<Frequency> frequencies[] = {{"weekly", "semanal", Frequency::weekly},
                                              {"every two weeks", "cada dos semanas", Frequency::biweekly},
                                              {"twice a month", "dos veces al mes", Frequency::semimonthly},
                                              {"monthly", "mensual", Frequency::monthly}};

constexpr CodeRow<Bucket> balance_types[] = {
    {"current support due", "manutencion actual adeudada", Bucket::current_due},
    {"past due to family", "atrasos a la familia", Bucket::arrears_family},
    {"past due to state", "atrasos al estado", Bucket::arrears_assigned},
    {"interest", "intereses", Bucket::interest},
    {"total past due", "total de atrasos", Bucket::total_arrears}};

constexpr CodeRow<SourceClass> sources[] = {
    {"wage assignment", "retencion de salario", SourceClass::withholding},
    {"direct payment", "pago directo", SourceClass::direct},
    {"other state", "otro estado", SourceClass::other_state},
    {"intercept", "intercepcion", SourceClass::involuntary_other},
    {"adjustment", "ajuste", SourceClass::adjustment},
    {"other", "otro", SourceClass::unknown}};

constexpr CodeRow<EventKind> event_kinds[] = {{"hearing", "audiencia", EventKind::hearing},
                                              {"appointment", "cita", EventKind::appointment},
                                              {"genetic test", "prueba genetica", EventKind::genetic_test},
                                              {"review", "revision", EventKind::review}};

}  // namespace

Coded<Assistance> assistance_of(const std::string& text, Language language) {
  return look_up(case_types, text, language);
}
Coded<CaseStatus> case_status_of(const std::string& text, Language language) {
  return look_up(statuses, text, language);
}
Coded<Role> role_of(const std::string& text, Language language) { return look_up(roles, text, language); }
Coded<Frequency> frequency_of(const std::string& text, Language language) {
  return look_up(frequencies, text, language);
}
Coded<Bucket> bucket_of(const std::string& text, Language language) {
  return look_up(balance_types, text, language);
}
Coded<SourceClass> source_of(const std::string& text, Language language) {
  return look_up(sources, text, language);
}
Coded<EventKind> event_kind_of(const std::string& text, Language language) {
  return look_up(event_kinds, text, language);
}

bool is_other_source(const std::string& text, Language language) {
  return folded(text) == (language == Language::english ? "other" : "otro");
}

}  // namespace casebridge::california_connect
