"""Faults of ks-quick that change answers, and which faults may be asked for."""
import http.client
import unittest

from kansas import ELIAS, F7, KansasTest, kansas_sample, octets

from harness import case_of


class FaultTest(KansasTest):
    def under(self, kind, op="GetFinancial", params=None, **fields):
        """The answer to a call while the fault is on."""
        self.steer("/control/faults", {"clear": True})
        self.add_fault("*", kind, params)
        return self.ask(op, **fields)


class Answers(FaultTest):
    def test_system_response_codes(self):
        for code in ("901", "902"):
            reply = self.under(f"status_{code}")
            self.assertEqual((reply.text("q:SystemResponseCode"), reply.code, len(reply.all("q:Payment"))),
                             (code, "000", 4))
            self.assertEqual(self.ask("GetFinancial", case="1").text("q:SystemResponseCode"), "000")

    def test_family_violence_found_late(self):
        codes = [self.under("fvi_late").code]
        codes += [self.ask(op).code for op in ("GetFinancial", "GetCaseActivities", "FindCases")]
        self.assertEqual(codes, ["000", "407", "407", "000"])
        self.assertEqual(self.ask("GetFinancial", case="1").code, "406")

    def test_sentinels(self):
        reply = self.under("sentinel_mix", "GetCaseActivities")
        self.assertEqual([reply.text("q:CloseDate"), reply.all("q:Enforcement")[2].get("date"),
                          reply.text("q:LastReviewDate"), reply.text("q:LastModifiedDate")],
                         ["00000000", "", "00000000", ""])
        self.assertEqual(self.ask("GetCaseParticipants").texts("q:BirthDate"),
                         ["00000000", "19830112", "", "00000000"])

    def test_empty_amounts(self):
        reply = self.under("empty_amounts")
        for name in ("q:MonthlySupportAmount", "q:TotalOwedAmount", "hs:ChildSupportTotalArrearsAmount"):
            self.assertEqual(reply.text(name), "")
        self.assertEqual(reply.texts("q:Obligation/q:Amount") + reply.texts("q:ArrearsAmount"), [""] * 4)
        self.assertEqual(reply.texts("q:Payment/q:Amount")[0], "125.00")

    def test_sum(self):
        self.assertEqual(self.under("sum_mismatch").text("q:TotalMonthlyAmount"), "451.00")

    def test_payments(self):
        for kind, count, more in (("ninety", 90, "true"), ("ninety_one", 91, "false")):
            reply = self.under(kind)
            dates = reply.texts("q:Payment/q:Date")
            self.assertEqual((len(dates), reply.all("q:Payments")[0].get("more")), (count, more))
            self.assertEqual((dates[3:6], reply.texts("q:Payment/q:Amount")[4]),
                             (["20251205", "20251204", "20251203"], "1.00"))
        old = self.under("old_payments", StDate="20260101")
        self.assertEqual((old.texts("q:Payment/q:Date")[-1], old.texts("q:Payment/q:Amount")[-1]),
                         ("20251231", "1.00"))
        self.assertEqual(self.under("unknown_source").texts("q:SourceCode"), ["X" * 3, "NDP", "NIW", "NIW"])

    def test_spelling(self):
        document = kansas_sample()
        case_of(document, F7)["caseType"] = "former_assistance"
        self.load(document)
        name = "hs:ChildSupportAssistanceStatusIndicatorCode"
        self.assertEqual(self.ask("GetFinancial").text(name), "Former Assisstance")
        self.assertEqual(self.under("correct_spelling").text(name), "Former Assistance")

    def test_xml(self):
        self.assertIn(b'/humanServices/5.0/"', self.under("niem5").body)
        self.assertIn(b"<!DOCTYPE", self.under("dtd").body)
        self.assertEqual(len(self.under("deep_xml").all("q:Level")), 200)
        changed = self.under("other_prefix")
        self.assertNotIn(b"<q:", changed.body)
        self.assertEqual(changed.text("q:TotalMonthlyAmount"), "450.00")
        drifted = self.under("drift")
        self.assertEqual((drifted.all("q:ResponseStatus"), len(drifted.all("q:Status"))), ([], 1))

    def test_prefix_of_a_fault_code_follows(self):
        self.steer("/control/faults", {"clear": True})
        self.add_fault("*", "other_prefix")
        self.assertIn(b"<faultcode>env:Client</faultcode>", self.post("FindCases", b"<").body)


class InsteadOfAnswers(FaultTest):
    def test_maintenance_limit_and_provider(self):
        for kind, params, code, seconds in (
                ("maintenance", {}, "S91", 3600), ("maintenance", {"untilSeconds": 60}, "S91", 60),
                ("rate_limit", {}, "A09", 300), ("rate_limit", {"retryAfter": 7}, "A09", 7)):
            reply = self.under(kind, "FindCases", params)
            self.assertEqual((reply.status, reply.code, reply.retry_after), (500, code, seconds))
        reply = self.under("provider_down", "FindCases")
        self.assertEqual((reply.code, reply.texts("faultcode"), self.calls()[-1]["outcome"]),
                         ("S90", ["soap:Server"], "fault"))

    def test_keys_and_clock(self):
        self.assertEqual(self.under("jwks_rotated").code, "A01")
        self.assertTrue(self.calls()[-1]["counted"])
        self.assertEqual(self.under("clock_skew").code, "000")
        self.assertEqual(self.under("clock_skew", params={"seconds": 210}).code, "A02")

    def test_wire(self):
        self.add_fault("*", "lost_answer", times=1)
        self.assertRaises(http.client.RemoteDisconnected, self.ask, "FindCases")
        self.wire.close()
        for kind in ("truncate_clean", "malformed"):
            self.steer("/control/faults", {"clear": True})
            self.add_fault("*", kind)
            self.assertRaises(SyntaxError, self.ask, "FindCases")
        padded = self.under("oversize", params={"bytes": 5000})
        self.assertEqual((padded.code, len(padded.body) >= 5000), ("000", True))

    def test_match(self):
        self.add_fault("*", "provider_down", match={"person": "p-elias", "case": F7})
        self.assertEqual([self.ask("GetFinancial").code, self.ask("FindCases", ELIAS).code], ["S90", "000"])
        self.assertEqual(self.post("FindCases", octets("req_find_cases")).code, "000")


class Asking(FaultTest):
    def test_what_this_system_does_not_have(self):
        for kind, op in (("duplicate_page", "*"), ("expire_session", "*"), ("short_line", "*"),
                         ("tls_wrong_ca", "FindCases"), ("niem5", "Teleport")):
            fault = {"id": "f", "system": "ks-quick", "op": op, "kind": kind}
            self.steer("/control/faults", {"add": [fault]}, 422)

    def test_faults_of_connections_do_nothing_without_tls(self):
        self.add_fault("*", "tls_no_client_cert", times=1)
        self.assertEqual(self.ask("FindCases").code, "000")
        self.assertEqual(self.look("/control/faults")["faults"][0]["hits"], 0)


if __name__ == "__main__":
    unittest.main()
