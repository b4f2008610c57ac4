"""Case list, activities, participants and contacts of ks-quick, and what family violence hides."""
import unittest

from kansas import ELIAS, F3, F7, NADIA, ROSA, TOBIAS, KansasTest, kansas_sample

from harness import case_of

READS = ("GetFinancial", "GetCaseActivities", "GetCaseParticipants", "GetContactInformation")


class CaseTest(KansasTest):
    def change(self, edit, number=F7):
        document = kansas_sample()
        edit(case_of(document, number), document)
        self.load(document)


class Cases(CaseTest):
    def rows(self, parent):
        reply = self.ask("FindCases", parent)
        names = ("nc:IdentificationID", "q:CaseStatus", "q:Role")
        return list(zip(*(reply.texts(name) for name in names), strict=True))

    def test_open_and_closed_active_and_not(self):
        def edit(case, document):
            document["cases"].append(case | {"id": "X", "caseNumber": "12", "status": "closed"})
            case["participants"] = [p | {"active": False} for p in case["participants"]]

        self.change(edit)
        self.assertEqual(self.rows(ROSA), [(F7, "O", "AR"), ("0000000012", "C", "AR")])
        self.assertEqual(self.rows(NADIA), [(F7, "O", "AP"), ("0000000012", "C", "AP")])
        self.assertEqual([self.ask(op, case="12").code for op in READS], ["000"] * 4)

    def test_other_roles_have_no_cases(self):
        for role in ("putative_father", "caretaker_other", "child"):
            self.change(lambda case, _: case["participants"][1].update(role=role))  # noqa: B023
            self.assertEqual((self.rows(ELIAS), self.ask("GetFinancial").code), ([], "406"), role)


class FamilyViolence(CaseTest):
    def test_any_mark_closes_the_case_for_everybody_in_it(self):
        for place, mark in ((0, "P"), (1, "C"), (3, "D")):
            def edit(case, _):
                case["participants"][place] |= {"familyViolence": mark, "active": False}  # noqa: B023
                case["status"] = "closed"

            self.change(edit)
            for parent in (ROSA, ELIAS, NADIA):
                self.assertEqual([self.ask(op, parent).code for op in READS], ["407"] * 4)
                self.assertEqual(self.ask("FindCases", parent).all("q:Case"), [])
            self.assertEqual(self.ask("GetFinancial", TOBIAS).code, "406")

    def test_nothing_but_the_status_comes_back(self):
        reply = self.ask("GetCaseParticipants", TOBIAS, case=F3)
        names = [part.tag.partition("}")[2] for part in reply.all("q:GetCaseParticipantsResponse")[0].iter()]
        self.assertEqual(names, ["GetCaseParticipantsResponse", "ResponseStatus", "SystemResponseCode",
                                 "DataResponseCode", "Message"])


def action(kind, date, **changed):
    return {"id": f"{kind}-{date}", "kind": kind, "status": "active", "date": date, "released": None,
            "detail": None} | changed


def event(kind, start):
    return {"id": start, "kind": kind, "start": start, "end": None, "place": None, "for": "custodial_party",
            "status": "done"}


class Activities(CaseTest):
    def test_enforcement(self):
        def edit(case, _):
            case["enforcement"] = [
                action("federal_tax_offset", "2020-01-01"), action("lien_real", "2021-01-01"),
                action("income_withholding", "2022-01-01", detail="Old Mill"),
                action("contempt", "2023-01-01"),
                action("income_withholding", "2024-01-01", detail="New Mill"),
                action("lottery_intercept", "2025-01-01", status="released", released="2025-02-01"),
                action("federal_tax_offset", "2019-01-01")]

        self.change(edit)
        reply = self.ask("GetCaseActivities", ELIAS)
        self.assertEqual([tuple(part.attrib.values()) for part in reply.all("q:Enforcement")], [
            ("FDSO", "20200101"), ("LIEN", "20210101"), ("IWO", "20240101")])
        self.assertEqual(reply.texts("q:Party"), ["NEW MILL"])
        self.assertEqual(self.ask("GetCaseActivities", ROSA).all("q:Party"), [])

    def test_dates_of_the_case(self):
        def edit(case, _):
            case |= {"status": "closed", "closed": "2025-06-30", "closureReason": "08"}
            case["events"] = [event("review", "2026-02-01T02:00:00Z"),
                              event("review", "2026-01-05T15:00:00Z"),
                              event("review", "2026-03-16T14:00:01Z"),
                              event("hearing", "2026-03-01T15:00:00Z")]

        self.change(edit)
        reply = self.ask("GetCaseActivities")
        self.assertEqual([reply.text(f"q:{name}") for name in (
            "CloseDate", "CloseReason", "LastReviewDate", "LastModifiedDate")],
            ["20250630", "08", "20260131", "00010101"])
        self.pass_time(1)
        self.assertEqual(self.ask("GetCaseActivities").text("q:LastReviewDate"), "20260316")


class Participants(CaseTest):
    def test_who_is_shown_and_how(self):
        def edit(case, document):
            people = {person["id"]: person for person in document["people"]}
            people["p-nadia"]["name"] |= {"first": "Maximiliana-Rose", "last": "von Kesselring-Hartmann"}
            people["p-rosa"]["name"]["last"] = "Núñez"
            case["participants"][1]["active"] = case["participants"][0]["active"] = False
            case["participants"][3]["paternity"] = None
            case["participants"].append(case["participants"][0] | {"person": "p-imani",
                                                                   "role": "caretaker_other"})

        self.change(edit)
        his = self.ask("GetCaseParticipants", ELIAS)
        self.assertEqual(his.texts("q:RoleType"), ["AP", "AP", "CH"])
        self.assertEqual(his.texts("nc:PersonGivenName")[1], "MAXIMILIANA-")
        self.assertEqual(his.texts("nc:PersonSurName")[1], "VON KESSELRING-HA")
        self.assertEqual(his.texts("q:BirthDate"), ["19830112", "00010101", "00010101"])
        self.assertEqual((his.text("q:PersonNumber"), his.text("q:Paternity")), (ELIAS[1], "N"))
        hers = self.ask("GetCaseParticipants", ROSA)
        self.assertEqual((hers.texts("q:RoleType"), hers.texts("nc:PersonSurName")[0]),
                         (["AR", "AP", "CH"], "NÚÑEZ"))
        self.assertEqual(hers.text("q:PersonNumber"), ROSA[1])

    def test_references(self):
        def edit(case, _):
            case["intergov"] = [
                {"otherState": state, "otherLocator": locator, "otherCaseId": number, "role": role,
                 "since": "2024-05-06"}
                for state, locator, number, role in (
                    ("MO", "2909501", "MO1", "initiating"), ("OH", "3900000", "OH2", "responding"))]

        self.change(edit)
        reply = self.ask("GetCaseParticipants")
        self.assertEqual(reply.text("q:RequestingStateCaseId"), "MO1")
        self.assertEqual(reply.texts("q:OtherStateFips"), ["29095", "39000"])
        self.assertEqual((reply.texts("q:ProviderRole"), reply.texts("q:SinceDate")),
                         (["I", "R"], ["20240506"] * 2))


class Contacts(CaseTest):
    def test_kinds_and_missing_fields(self):
        def edit(case, _):
            bare = case["contacts"][0] | {"address": None, "email": None}
            whole = case["contacts"][0]["address"] | {"line2": "Suite 2"}
            case["contacts"] = [bare | {"kind": kind} for kind in (
                "caseworker", "local_office", "sdu", "central_registry")]
            case["contacts"].append(bare | {"kind": "call_centre", "address": whole})

        self.change(edit)
        reply = self.ask("GetContactInformation")
        self.assertEqual([part.get("type") for part in reply.all("q:Contact")], [
            "Caseworker", "LocalOffice", "SDU", "CentralRegistry", "CallCentre"])
        self.assertEqual(reply.texts("nc:StreetFullText"), ["500 VAN BUREN SAMPLE ST SUITE 2"])
        self.assertEqual((len(reply.all("q:Phone")), reply.all("q:Email")), (5, []))
        self.change(lambda case, _: case.update(contacts=[]))
        self.assertEqual(self.ask("GetContactInformation").code, "000")


if __name__ == "__main__":
    unittest.main()
