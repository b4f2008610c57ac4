"""The interface document's example exchanges of ks-quick, octet for octet."""
import unittest

from kansas import ELIAS, F3, F7, TOBIAS, KansasTest, kansas_sample, octets, request

from harness import case_of

RANGE = {"StDate": "20230317", "EndDate": "20260316"}


class Examples(KansasTest):
    def test_the_signed_request_of_the_document_is_taken(self):
        reply = self.post("FindCases", octets("req_find_cases"))
        self.assertEqual((reply.status, reply.content_type, reply.body),
                         (200, "text/xml; charset=utf-8", octets("ans_find_cases")))
        self.assertEqual(self.post("FindCases", octets("req_find_cases")).code, "A03")

    def test_reads_of_a_case(self):
        written = octets("req_financial").replace(b">JWT<", f">{self.assertion(ELIAS)}<".encode())
        self.assertEqual(self.post("GetFinancial", written).body, octets("ans_financial"))
        for op, name in (("GetCaseActivities", "activities"), ("GetCaseParticipants", "participants"),
                         ("GetContactInformation", "contacts")):
            reply = self.ask(op)
            self.assertEqual((reply.status, reply.body), (200, octets(f"ans_{name}")))

    def test_not_found_and_prohibited(self):
        missing = self.ask("GetFinancial", case="0011111111", **RANGE)
        self.assertEqual((missing.status, missing.body), (200, octets("ans_not_found")))
        hidden = self.ask("GetFinancial", TOBIAS, case=F3, **RANGE)
        self.assertEqual((hidden.status, hidden.body), (200, octets("ans_prohibited")))
        self.assertEqual(self.ask("FindCases", TOBIAS).body, octets("ans_none_listed"))

    def test_refusals(self):
        late = self.post("GetFinancial", request("GetFinancial", self.assertion(
            ELIAS, iat=self.now - 400, nbf=self.now - 400, exp=self.now - 100), **RANGE))
        self.assertEqual((late.status, late.content_type, late.body),
                         (500, "text/xml; charset=utf-8", octets("ans_expired")))
        turned = self.ask("GetFinancial", StDate="20260316", EndDate="20260301")
        self.assertEqual((turned.status, turned.body), (200, octets("ans_wrong_range")))
        self.add_fault("*", "provider_down", times=1)
        down = self.ask("GetFinancial", case=F7)
        self.assertEqual((down.status, down.body), (500, octets("ans_provider_down")))

    def test_reference_to_another_state(self):
        document = kansas_sample()
        for participant in case_of(document, F3)["participants"]:
            participant["familyViolence"] = None
        self.load(document)
        self.assertEqual(self.ask("GetCaseParticipants", TOBIAS, case=F3).body, octets("ans_reference"))


if __name__ == "__main__":
    unittest.main()
