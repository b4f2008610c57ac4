// The tables, wire spelling first.
#include "plugins/ohio_csenet/codes.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::ohio_csenet {
namespace {

using namespace model;  // NOLINT: the tables name nothing else

template <class Wire, class Enum>
struct Row {
  Wire wire;
  Enum meaning;
};

// A blank is no code: what it stands for is not known, and there is nothing to keep.
template <class Enum, std::size_t N>
Coded<Enum> look_up(const Row<char, Enum> (&table)[N], char code) {
  for (const auto& row : table)
    if (row.wire == code) return row.meaning;
  return code == ' ' ? Coded<Enum>() : Coded<Enum>::unrecognised(std::string(1, code));
}

template <class Enum, std::size_t N>
Coded<Enum> look_up(const Row<std::string_view, Enum> (&table)[N], std::string_view code) {
  for (const auto& row : table)
    if (row.wire == code) return row.meaning;
  return Coded<Enum>::unrecognised(std::string(code));
}

constexpr Row<char, Assistance> assistances[] = {
    {'A', Assistance::tanf_current},     {'F', Assistance::foster_care},
    {'M', Assistance::medicaid_only},    {'S', Assistance::former_assistance},
    {'T', Assistance::never_assistance}, {'R', Assistance::arrears_only},
    {'V', Assistance::non_iv_d}};

constexpr Row<char, CaseStatus> statuses[] = {{'O', CaseStatus::open}, {'C', CaseStatus::closed}};

constexpr Row<char, Role> roles[] = {{'C', Role::custodial_party},
                                     {'A', Role::noncustodial_parent},
                                     {'D', Role::child},
                                     {'P', Role::putative_father},
                                     {'S', Role::caretaker_other}};

constexpr Row<char, OrderType> order_types[] = {
    {'A', OrderType::administrative}, {'J', OrderType::judicial}, {'P', OrderType::paternity}};

constexpr Row<char, Controlling> controllings[] = {{'D', Controlling::determined},
                                                   {'P', Controlling::presumed}};

constexpr Row<std::string_view, DebtType> debt_types[] = {{"CS", DebtType::child_support},
                                                          {"SS", DebtType::spousal_support},
                                                          {"MS", DebtType::medical_support_cash}};

constexpr Row<char, Frequency> frequencies[] = {{'W', Frequency::weekly},      {'B', Frequency::biweekly},
                                                {'S', Frequency::semimonthly}, {'M', Frequency::monthly},
                                                {'Q', Frequency::quarterly},   {'E', Frequency::semiannual},
                                                {'A', Frequency::annual}};

constexpr Row<char, SourceClass> sources[] = {{'A', SourceClass::withholding},
                                              {'G', SourceClass::withholding},
                                              {'I', SourceClass::involuntary_other},
                                              {'S', SourceClass::involuntary_other},
                                              {'U', SourceClass::involuntary_other},
                                              {'W', SourceClass::involuntary_other},
                                              {'N', SourceClass::direct}};

constexpr Row<std::string_view, EnforcementKind> enforcements[] = {
    {"ESWAG", EnforcementKind::income_withholding}, {"EIWAR", EnforcementKind::bench_warrant},
    {"EILMV", EnforcementKind::lien_vehicle},       {"EILRE", EnforcementKind::lien_real},
    {"EILPP", EnforcementKind::lien_personal},      {"SICPS", EnforcementKind::contempt}};

constexpr Row<char, std::string_view> relations[] = {
    {'A', "adopted"}, {'C', "natural"}, {'F', "foster"},  {'G', "grandchild"}, {'E', "niece_nephew"},
    {'N', "none"},    {'O', "other"},   {'S', "sibling"}, {'U', "cousin"},     {'W', "ward"}};

// FIPS 5-2, and the locators of the territories.
constexpr Row<std::string_view, std::string_view> states[] = {
    {"01", "AL"}, {"02", "AK"}, {"04", "AZ"}, {"05", "AR"}, {"06", "CA"}, {"08", "CO"}, {"09", "CT"},
    {"10", "DE"}, {"11", "DC"}, {"12", "FL"}, {"13", "GA"}, {"15", "HI"}, {"16", "ID"}, {"17", "IL"},
    {"18", "IN"}, {"19", "IA"}, {"20", "KS"}, {"21", "KY"}, {"22", "LA"}, {"23", "ME"}, {"24", "MD"},
    {"25", "MA"}, {"26", "MI"}, {"27", "MN"}, {"28", "MS"}, {"29", "MO"}, {"30", "MT"}, {"31", "NE"},
    {"32", "NV"}, {"33", "NH"}, {"34", "NJ"}, {"35", "NM"}, {"36", "NY"}, {"37", "NC"}, {"38", "ND"},
    {"39", "OH"}, {"40", "OK"}, {"41", "OR"}, {"42", "PA"}, {"44", "RI"}, {"45", "SC"}, {"46", "SD"},
    {"47", "TN"}, {"48", "TX"}, {"49", "UT"}, {"50", "VT"}, {"51", "VA"}, {"53", "WA"}, {"54", "WV"},
    {"55", "WI"}, {"56", "WY"}, {"66", "GU"}, {"72", "PR"}, {"78", "VI"}};

}  // namespace

Coded<Assistance> assistance_of(char code) { return look_up(assistances, code); }
Coded<CaseStatus> case_status_of(char code) { return look_up(statuses, code); }
Coded<Role> role_of(char code) { return look_up(roles, code); }
Coded<OrderType> order_type_of(char code) { return look_up(order_types, code); }
Coded<Controlling> controlling_of(char code) { return look_up(controllings, code); }
Coded<DebtType> debt_type_of(std::string_view code) { return look_up(debt_types, code); }
Coded<Frequency> frequency_of(char code) { return look_up(frequencies, code); }

Coded<SourceClass> source_of(char code, Money amount) {
  if (amount.cents < 0) return SourceClass::adjustment;
  return look_up(sources, code);
}

Coded<EnforcementKind> enforcement_kind_of(std::string_view reason) { return look_up(enforcements, reason); }

bool is_enforcement(std::string_view reason) {
  return std::any_of(std::begin(enforcements), std::end(enforcements),
                     [&](const auto& row) { return row.wire == reason; });
}

Coded<Processing> processing_of(std::string_view word) {
  const auto meaning = parse_name<Processing>(text::lower_ascii(word));
  if (!meaning || *meaning == Processing::unknown || text::upper_ascii(word) != word)
    return word.empty() ? Coded<Processing>() : Coded<Processing>::unrecognised(std::string(word));
  return *meaning;
}

std::string relation_of(char code) {
  for (const auto& row : relations)
    if (row.wire == code) return std::string(row.meaning);
  return std::string(1, code);
}

std::string_view usps_of(std::string_view locator) {
  for (const auto& row : states)
    if (locator.starts_with(row.wire)) return row.meaning;
  return {};
}

}  // namespace casebridge::ohio_csenet
