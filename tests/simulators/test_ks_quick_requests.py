"""Requests of ks-quick: transport, XML, request context, and what the call log keeps."""
import hashlib
import unittest

from kansas import ELIAS, F3, F7, PATH, TOBIAS, KansasTest, request

from harness import new_id


class Transport(KansasTest):
    def test_path_method_and_type(self):
        good = request("FindCases", self.assertion())
        self.assertEqual(self.post("FindCases", good, path="/quick/v1/Other").status, 404)
        refused = self.wire.send("GET", PATH)
        self.assertEqual((refused.status, refused.headers["Allow"]), (405, "POST"))
        for kind in ("application/xml", "text/xml; charset=iso-8859-1", ""):
            self.assertEqual(self.post("FindCases", good, Content_Type=kind).status, 415, kind)
        self.assertEqual(self.post("FindCases", good, Content_Type="text/xml").code, "000")
        self.assertEqual([call["op"] for call in self.calls()], ["unknown", "unknown", *["FindCases"] * 4])


class Xml(KansasTest):
    def refused(self, body, op="FindCases", **headers):
        reply = self.post(op, body, **headers)
        self.assertEqual((reply.status, reply.texts("faultcode"), reply.all("q:QuickFault")),
                         (500, ["soap:Client"], []), body[:200])

    def test_what_cannot_be_read(self):
        good = request("FindCases", self.assertion())
        for body in (
                b"", b"<a", good + b"x", b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + good, b"<?a b?>" + good,
                b'<?xml version="1.0" encoding="ISO-8859-1"?>' + good, good.decode().encode("utf-16"),
                good.replace(b"99000", b"\xff9000"), good.replace(b"urn:ks-quick:1", b"urn:ks-quick:2"),
                good.replace(b"soap/envelope/", b"soap-envelope"), b" " * 4194305 + good,
                good.replace(b"</q:Find", b"<q:A>" * 30 + b"</q:A>" * 30 + b"</q:Find")):
            self.refused(body)

    def test_the_action_is_the_operation_of_the_body(self):
        good = request("FindCases", self.assertion())
        self.refused(good, op="GetFinancial")
        self.refused(good, SOAPAction="urn:ks-quick:1:FindCases")
        self.refused(good, SOAPAction="")
        self.refused(request("Teleport", self.assertion()), op="Teleport")
        self.assertEqual([call["op"] for call in self.calls()],
                         ["FindCases", "FindCases", "FindCases", "unknown"])

    def test_prefixes_blanks_and_a_mark_at_the_start_do_not_matter(self):
        body = request("GetFinancial", self.assertion(), case="\n 78901234 \n")
        body = body.replace(b"<q:", b"<other:").replace(b"</q:", b"</other:").replace(b":q=", b":other=")
        self.assertEqual(self.post("GetFinancial", b"\xef\xbb\xbf" + body).code, "000")


class Context(KansasTest):
    def code(self, op="GetFinancial", **fields):
        return self.post(op, request(op, fields.pop("assertion", self.assertion()), **fields)).code

    def test_every_part_is_needed(self):
        for fields in (
                {"user": None}, {"user": ""}, {"user": "x" * 51}, {"requestor": None}, {"requestor": "9900"},
                {"requestor": "9900A"}, {"call_id": "7"}, {"assertion": None}, {"assertion": ""},
                {"case": None}, {"case": ""}, {"case": "1" * 16}, {"fips": None}, {"fips": "9"},
                {"fips": "K1"}):
            self.assertEqual(self.code(**fields), "R01", fields)
        self.assertEqual(self.code("FindCases", fips=None), "R01")
        self.assertFalse(any(call["counted"] for call in self.calls()))

    def test_it_comes_before_the_assertion(self):
        self.assertEqual(self.code(user=None, assertion="x"), "R01")
        self.assertEqual(self.code(fips="20", case="9" * 15), "406")

    def test_an_equal_id_is_answered_again(self):
        repeated = new_id()
        self.assertEqual([self.code(call_id=repeated), self.code(call_id=repeated)], ["000", "000"])


class Case(KansasTest):
    def test_zeros_and_blanks_around_the_number(self):
        for number in (F7, "78901234", " 0078901234 ", "000000078901234"):
            reply = self.ask("GetContactInformation", case=number)
            self.assertEqual((reply.code, reply.text("nc:IdentificationID")), ("000", F7), number)

    def test_who_takes_no_part_learns_nothing(self):
        self.assertEqual(self.ask("GetFinancial", TOBIAS, case=F7).code, "406")
        self.assertEqual(self.ask("GetFinancial", ELIAS, case=F3).code, "406")

    def test_the_case_comes_before_the_dates(self):
        self.assertEqual(self.ask("GetFinancial", TOBIAS, case=F3, StDate="x").code, "407")
        self.assertEqual(self.ask("GetFinancial", case="1", StDate="x").code, "406")


class Log(KansasTest):
    def test_what_is_kept_of_a_call(self):
        call_id = new_id()
        body = request("GetFinancial", self.assertion(), call_id=call_id)
        self.post("GetFinancial", body)
        call, = self.calls()
        self.assertEqual((call["op"], call["method"], call["path"], call["person"], call["case"]),
                         ("GetFinancial", "POST", PATH, "p-elias", F7))
        self.assertEqual((call["status"], call["outcome"], call["requestId"], call["effect"]),
                         (200, "ok", call_id, False))
        self.assertEqual(call["bodySha256"], hashlib.sha256(body).hexdigest())
        self.assertEqual(call["auth"], "s:" + hashlib.sha256(ELIAS[0].encode()).hexdigest()[:8])

    def test_outcomes(self):
        self.ask("GetFinancial", case="1")
        self.ask("GetFinancial", TOBIAS, case=F3)
        self.ask("GetFinancial", StDate="x")
        self.claim(ial=1)
        self.post("FindCases", b"<")
        self.assertEqual([(call["outcome"], call["counted"], call["case"]) for call in self.calls()], [
            ("not_found", False, "0000000001"), ("refused", False, F3), ("refused", False, F7),
            ("refused", True, None), ("refused", False, None)])


if __name__ == "__main__":
    unittest.main()
