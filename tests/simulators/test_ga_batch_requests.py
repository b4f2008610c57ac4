"""Requests to ga-batch: files refused whole, each kind of request, repeats, and later completions."""
import unittest

from georgia import CASE, COLUMNS, CORINNE, GeorgiaTest, LEON, enrol, georgia_sample, request, request_file

from harness import new_id


class Files(GeorgiaTest):
    def refused(self, content, text):
        self.leave([], content=content)
        self.assertEqual(self.next_run().acks(),
                         [("*", "REJECTED", "120", "", f"GW_REQ_20260316_01.csv {text}")])
        self.steer("/control/reset", {})

    def test_dialect_header_and_columns(self):
        good = request_file([request("MSG", "a", "b")])
        for content in (
                good[3:], good.replace(b"\r\n", b"\n"), good.removesuffix(b"\r\n"), good + b"\r\n", b"",
                good.replace(b"req_type", b"type"), good.replace(b",a,", b',"a",'),
                good.replace(b"TRL,", b"TRL,,"), good.replace(b",a,", b",\xff,"),
                good.replace(b",a,", b',a"b,'),
                good.replace(b",a,", b',"a,')):
            self.refused(content, "layout")

    def test_trailer(self):
        row = request("MSG", "a", "b")
        good = request_file([row])
        without = good[:good.index(b"TRL")]
        for content in (request_file([row], 2), without, request_file([]).replace(b"0", b""),
                        request_file([["TRL", *row[1:]]])):
            self.refused(content, "trailer")
        self.refused(b"\xef\xbb\xbf" + (",".join(COLUMNS) + "\r\n").encode(), "trailer")

    def test_checksum(self):
        content = request_file([request("MSG", "a", "b")])
        name = "GW_REQ_20260316_01.csv"
        for checksum in ("", "0" * 64, "f" * 63, f"{'0' * 64}  {name}\n"):
            self.leave([], content=content)
            (self.incoming / f"{name}.sha256").write_text(checksum, encoding="ascii")
            self.assertEqual(self.next_run().acks()[0][4], f"{name} checksum")
            self.steer("/control/reset", {})

    def test_order_of_acknowledgements(self):
        ids = [new_id() for _ in range(3)]
        self.leave([request("MSG", "a", "b", req_id=ids[0])], "GW_REQ_20260316_03.csv")
        self.leave([], "GW_REQ_20260316_02.csv", content=b"x")
        self.leave([request("MSG", "a", "b", req_id=req_id) for req_id in ids[1:]], "GW_REQ_20260316_01.csv")
        self.assertEqual([ack[0] for ack in self.next_run().acks()], [ids[1], ids[2], "*", ids[0]])


class Kinds(GeorgiaTest):
    def test_good_ones(self):
        self.assertEqual(self.answers(
            request("ADDR", "81 TEST RD", 'APT "B", REAR', "ATLANTA", "GA", "30305", "4045550155", ""),
            request("ADDR", "", "", "", "", "303051234", "", "leon@example.com"),
            request("MSG", "a", "b\r\nc"),
            request("PAYREC", "2025-01-01", "2025-12-31"), request("PINUSED", "PIN-000771"),
            request("MSG", "x" * 80, "y" * 1000, seq=CORINNE)), [("000", "")] * 6)

    def test_wrong_fields_are_named(self):
        self.assertEqual(self.answers(
            request("ADDR", "x" * 36), request("ADDR", "", "", "", "Georgia"),
            request("ADDR", "", "", "", "", "303"),
            request("ADDR", "", "", "", "", "", "555"), request("ADDR", "", "", "", "", "", "", "x"),
            request("REVIEW", "OTHERS"), request("MODIFY", "INCOME", "x" * 501), request("MSG", "", "b"),
            request("MSG", "a" * 81, "b"), request("MSG", "a", ""),
            request("PAYREC", "2025-02-30", "2025-03-01"),
            request("PAYREC", "2025-02-02", "2025-02-01"), request("PINUSED", "771"),
            request("PINVOID", "PIN-000999"), request("SHOUT"), request("MSG", "a", "b", created="today"),
            request("MSG", "a", "b", req_id="7")),
            [("100", text) for text in (
                "p1", "p4", "p5", "p6", "p7", "p1", "p2", "p1", "p1", "p2", "p1", "p2", "p1", "p1",
                "req_type", "created", "req_id")])

    def test_the_case_and_the_parent_come_before_the_fields(self):
        self.assertEqual(self.answers(
            request("MSG", case="700000000"), request("MSG", case=""), request("MSG", seq="03"),
            request("MSG", seq="9"), request("MSG", seq=""), request("PINUSED", "PIN-000771", seq=CORINNE)),
            [("101", "")] * 5 + [("100", "p1")])

    def test_a_restricted_case_is_not_available(self):
        self.load_case(lambda case, _: case["participants"][0].update(familyViolence="P"))
        self.assertEqual(self.answers(
            request("MSG", "a", "b"), request("PINUSED", "PIN-000771", seq=CORINNE), request("MSG", seq="07"),
            enrol(), enrol(digits="0000")), [("111", ""), ("111", ""), ("101", ""), ("111", ""), ("110", "")])


class Once(GeorgiaTest):
    def test_a_repeat_has_no_second_effect_whatever_it_holds(self):
        used = new_id()
        self.leave([request("MSG", "a", "b", req_id=used), request("SHOUT", case="", req_id=used)])
        first, second = self.next_run().acks()
        self.assertEqual((first[1:4], second[1:4]), (("ACCEPTED", "000", "GAC-20260317-000001"),
                                                    ("DUPLICATE", "000", "GAC-20260317-000001")))
        self.leave([request("PINVOID", "PIN-000771", req_id=used)], "GW_REQ_20260317_01.csv")
        run = self.next_run()
        self.assertEqual((run.acks()[0][1:4], run.pins()[0]["status"]), (second[1:4], "ACTIVE"))

    def test_refused_ones_are_remembered_too(self):
        used = new_id()
        self.assertEqual(self.answers(request("SHOUT", req_id=used), request("MSG", "a", "b", req_id=used)),
                         [("100", "req_type"), ("100", "")])

    def test_confirmations_rise_over_all_runs(self):
        self.leave([request("SHOUT"), request("MSG", "a", "b")])
        self.assertEqual([ack[3] for ack in self.next_run().acks()],
                         ["GAC-20260317-000001", "GAC-20260317-000002"])
        self.leave([request("MSG", "a", "b")], "GW_REQ_20260317_01.csv")
        self.assertEqual(self.next_run().acks()[0][3], "GAC-20260318-000003")


class Later(GeorgiaTest):
    def test_reviews_are_completed_after_thirty_days_and_come_first(self):
        review, change, note = new_id(), new_id(), new_id()
        self.leave([request("REVIEW", "INCOME", req_id=review),
                    request("MODIFY", "CUSTODY", "text", req_id=change)])
        self.assertEqual([ack[1:3] for ack in self.next_run().acks()], [("RECEIVED", "001")] * 2)
        self.advance(28 * 86400)
        self.leave([request("MODIFY", "OTHER", req_id=change)])
        self.assertEqual(self.next_run().acks(), [(change, "DUPLICATE", "001", "GAC-20260317-000002", "")])
        self.leave([request("MSG", "a", "b", req_id=note), request("REVIEW", "OTHER", req_id=review)])
        self.assertEqual(self.next_run().acks(), [
            (review, "ACCEPTED", "000", "GAC-20260317-000001", ""),
            (change, "ACCEPTED", "000", "GAC-20260317-000002", ""),
            (note, "ACCEPTED", "000", "GAC-20260416-000003", ""),
            (review, "DUPLICATE", "000", "GAC-20260317-000001", "")])


class Enrolment(GeorgiaTest):
    def test_letters_of_the_names_count(self):
        self.assertEqual(self.answers(
            enrol(last="DELACROIX OBI", first="corínne"), enrol(last="Delacroix"), enrol(birth="1984-10-22"),
            enrol(case="700000000"), enrol(last="Abernathy", first="Theo"), enrol(birth="21.10.1984"),
            enrol(digits="885"), enrol(last=""), enrol(seq="01")),
            [("010", "PIN will be mailed"), ("110", ""), ("110", ""), ("110", ""), ("110", ""), ("100", "p3"),
             ("100", "p4"), ("100", "p1"), ("100", "person_seq")])

    def test_the_letter_comes_after_seven_days(self):
        self.leave([request("ADDR", "5 NEW TEST RD", seq=CORINNE), enrol()])
        self.next_run()
        self.advance(7 * 86400 - 1)
        self.assertEqual(self.messages("mail"), [])
        self.advance(1)
        letter, = self.messages("mail")
        self.assertEqual((letter["person"], letter["channel"], letter["to"], letter["availableAt"]),
                         ("p-corinne", "post", "5 NEW TEST RD, DECATUR, GA 30030", "2026-03-24T06:00:00Z"))
        self.assertRegex(letter["code"], r"^\d{8}$")

    def test_disabled_people_cannot_enrol(self):
        for action in ("disable", "disable_safety"):
            self.steer("/control/accounts", {"credential": "k14", "action": action})
            name = {"last": "Abernathy", "first": "Leon", "birth": "1982-03-08"}
            self.assertEqual(self.answers(enrol(**name, digits="7743"), enrol(**name, digits="0000")),
                             [("111", ""), ("110", "")])
            self.steer("/control/reset", {})

    def test_an_inactive_parent_may_enrol(self):
        document = georgia_sample()
        case = next(case for case in document["cases"] if case["caseNumber"] == CASE)
        case["participants"][0] |= {"active": False, "role": "caretaker_other"}
        self.load(document)
        self.assertEqual(self.answers(enrol(), request("MSG", "a", "b", seq=LEON)),
                         [("010", "PIN will be mailed"), ("000", "")])


if __name__ == "__main__":
    unittest.main()
