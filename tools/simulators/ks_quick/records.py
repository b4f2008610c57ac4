"""The answers about activities, participants and contacts of a case, and the list of cases."""
from ..instants import parse_instant
from .codes import (
    ALWAYS_NAMED, CONTACTS, ENFORCEMENT, PATERNITY, PROVIDER_ROLES, ROLES, STATUSES,
)
from .markup import LINE, element, empty
from .values import NEVER, OPEN_END, date, plain_date, words

LAST_CHARACTERS, FIRST_CHARACTERS = 17, 12


def identification(number):
    return element("hs:ChildSupportEnforcementIV-DCaseIdentification",
                   element("nc:IdentificationID", number))


def listed(view):
    return element(
        "q:Case", identification(view.number), element("q:CaseStatus", STATUSES[view.case["status"]]),
        element("q:Role", view.role))


def _newest_actions(view):
    """Code -> newest action that is still on, in scenario order."""
    found = {}
    for row in view.rows("enforcement"):
        code = ENFORCEMENT.get(row["kind"])
        if code is None or row["status"] == "released" or row["released"]:
            continue
        if code not in found or row["date"] > found[code]["date"]:
            found[code] = row
    return found


def _enforcement(view):
    shown = []
    for code, row in _newest_actions(view).items():
        attributes = {"kind": code, "date": date(row["date"], NEVER)}
        if row["detail"] and view.role == "AP":
            shown.append(element("q:Enforcement", element("q:Party", words(row["detail"])), **attributes))
        else:
            shown.append(empty("q:Enforcement", **attributes))
    if all(part.attributes["kind"] != ALWAYS_NAMED for part in shown):
        shown.append(empty("q:Enforcement", kind=ALWAYS_NAMED, date=NEVER))
    return shown


def activities(view, _message):
    case = view.case
    reviews = [
        parse_instant(row["start"]) for row in view.rows("events")
        if row["kind"] == "review" and parse_instant(row["start"]) <= view.now]
    last_review = plain_date(view.day_of(max(reviews))) if reviews else NEVER
    reason = case["closureReason"]
    return [
        element("q:OpenDate", date(case["opened"], NEVER)),
        element("q:CloseDate", date(case["closed"], OPEN_END)),
        element("q:CloseReason", reason) if reason else empty("q:CloseReason"), LINE, *_enforcement(view),
        LINE, element("q:LastReviewDate", last_review), element("q:LastModifiedDate", NEVER),
    ]


def _participant(view, participant):
    person, role = view.people[participant["person"]], ROLES[participant["role"]]
    is_self = participant["person"] == view.asker
    parts = [
        element("q:RoleType", role),
        element(
            "nc:PersonName",
            element("nc:PersonGivenName", words(person["name"]["first"], FIRST_CHARACTERS)),
            element("nc:PersonSurName", words(person["name"]["last"], LAST_CHARACTERS))),
        element("q:BirthDate", date(person["dob"], NEVER) if is_self else NEVER),
    ]
    if is_self:
        parts += [element("q:Self", "true"), element("q:PersonNumber", view.person_number)]
    if role == "CH":
        parts.append(element("q:Paternity", PATERNITY[participant["paternity"]]))
    return element("q:Participant", *parts)


def _reference(row):
    return element(
        "q:IntergovernmentalReference", element("q:OtherStateFips", row["otherLocator"][:5]),
        element("q:ProviderCaseOtherId", row["otherCaseId"]),
        element("q:ProviderRole", PROVIDER_ROLES[row["role"]]),
        element("q:SinceDate", date(row["since"], NEVER)))


def participants(view, _message):
    references = view.case["intergov"]
    asked_as = (element("q:RequestingStateCaseId", references[0]["otherCaseId"]) if references
                else empty("q:RequestingStateCaseId"))
    shown = [element("q:CaseStatus", STATUSES[view.case["status"]]), asked_as, *map(_reference, references)]
    for participant in view.case["participants"]:
        is_self = participant["person"] == view.asker
        if participant["role"] in ROLES and (participant["active"] or is_self):
            shown += [LINE, _participant(view, participant)]
    return shown


def _address(address):
    street = " ".join(line for line in (address["line1"], address["line2"]) if line)
    return [
        element("nc:StreetFullText", words(street)),
        element("nc:LocationCityName", words(address["city"])),
        element("nc:LocationStateUSPostalServiceCode", address["state"]),
        element("nc:LocationPostalCode", address["zip"]),
    ]


def _contact(row):
    parts = [element("q:OfficeName", words(row["office"]))]
    if row["address"]:
        parts += _address(row["address"])
    if row["phone"]:
        parts.append(element("q:Phone", row["phone"].removeprefix("+1")))
    if row["email"]:
        parts.append(element("q:Email", row["email"]))
    return element("q:Contact", *parts, type=CONTACTS[row["kind"]])


def contacts(view, _message):
    return [_contact(row) for row in view.rows("contacts")]
