"""The blocks about people: NCP identification, NCP locate, participants."""
from .codes import GENDERS, PATERNITY, RELATIONS_TO_CP, RELATIONSHIPS
from .layouts import NCP_ID, NCP_LOCATE, PARTICIPANT

PARTICIPANTS_MAX = 9


def name_values(name):
    return {part: name[part] for part in ("last", "first", "middle", "suffix")}


def address_values(address, prefix=""):
    """Values of the six fields of an address; nothing for None."""
    if address is None:
        return {}
    return {
        f"{prefix}line_1": address["line1"], f"{prefix}line_2": address["line2"],
        f"{prefix}city": address["city"], f"{prefix}state": address["state"],
        f"{prefix}zip": address["zip"][:5], f"{prefix}zip_more": address["zip"][5:] or None,
    }


def phone_digits(phone):
    """Ten digits of a +1 number, or None."""
    return phone[2:] if phone else None


def _confirmed(address):
    return "Y" if address["confirmed"] else "N"


def ncp_id(view, writer):
    """Blank when there is nobody to name, or the person is protected from the viewer."""
    subject = view.subject
    if subject is None or view.hides(subject):
        return NCP_ID, writer.block(NCP_ID)
    person = view.person_of(subject)
    values = name_values(person["name"])
    if view.is_subject:
        values |= {"ssn": person["ssn"], "birth": person["dob"], "gender": GENDERS[person["gender"]]}
    return NCP_ID, writer.block(NCP_ID, **values)


def ncp_locate(view, writer):
    person = view.person_of(view.subject)
    address, employer = person["address"], person["employer"]
    values = {"home_phone": phone_digits(person["phone"])} | address_values(address, "mailing_")
    if address:
        values |= {"mailing_from": address["confirmed"], "mailing_confirmed": _confirmed(address)}
    if employer:
        values |= {"employer_ein": employer["ein"], "employer_name": employer["name"],
                   "employer_confirmed": _confirmed(employer["address"])}
        values |= address_values(employer["address"], "employer_")
    return NCP_LOCATE, writer.block(NCP_LOCATE, **values)


def _participant(view, writer, participant):
    values = {
        "relationship": RELATIONSHIPS[participant["role"]], "status": "O" if participant["active"] else "C",
    }
    if view.hides(participant):
        return PARTICIPANT, writer.block(PARTICIPANT, **values)
    person = view.person_of(participant)
    is_child = participant["role"] == "child"
    values |= name_values(person["name"]) | {"gender": GENDERS[person["gender"]]}
    if view.is_viewer(participant):
        values |= {"ssn": person["ssn"], "birth": person["dob"]}
    if is_child:
        values |= {
            "relation_to_cp": RELATIONS_TO_CP.get(participant["relationToCp"]),
            "paternity": PATERNITY.get(participant["paternity"]),
        }
        if view.role == "custodial_party":  # a child's birth date is never told to an NCP
            values["birth"] = person["dob"]
    return PARTICIPANT, writer.block(PARTICIPANT, **values)


def participants(view, writer):
    """Custodial parties, children, then the others; the person of the NCP block is not repeated."""
    listed = (
        view.of_role("custodial_party") + view.of_role("child")
        + view.of_role("caretaker_other", "putative_father"))
    shown = [p for p in listed if p is not view.subject]
    return [_participant(view, writer, p) for p in shown[:PARTICIPANTS_MAX]]
