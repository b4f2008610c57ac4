"""The writes of tx-smart: methods, payments, recurring payments, plans, contact, and repeats."""
import unittest

from harness import case_of
from smart import CASE, ELSEWHERE, JONAS, PRIYA, SmartTest, new_id, smart_sample

BANK_TOKEN, CARD_TOKEN = "vt_9f8e7d6c5b4a3021", "vt_000000000000000f"


class WritingTest(SmartTest):
    def setUp(self):
        super().setUp()
        self.priya = self.signed_in()

    def again(self, seconds):
        """Time passes, and Priya signs in again."""
        self.advance(seconds)
        self.sign_in(self.priya)

    def pay(self, amount="150.00", method="PM-1", request_id=None, case=CASE, user=None, **fields):
        return (user or self.priya).write(
            "SubmitPayment", request_id, case, Amount=amount, MethodId=method, **fields)

    def status(self, payment):
        return self.priya.ask("GetPaymentStatus", PaymentId=payment).value("Status")

    def effects(self, op):
        return [call["effect"] for call in self.calls(op)]


class Methods(WritingTest):
    def add(self, token, **more):
        return self.priya.write("AddPaymentMethod", VaultToken=token, **more)

    def test_a_bank_account_waits_five_business_days(self):
        answer = self.add(BANK_TOKEN)
        self.assertEqual([answer.value(name) for name in ("MethodId", "Status", "UsableFrom")],
                         ["PM-3", "PrenotePending", "2026-03-23"])
        self.refused(self.pay(method="PM-3"), "S-401", UsableFrom="2026-03-23")
        self.again(7 * 86400)
        self.assertEqual(self.priya.ask("GetPaymentMethods").all("Method")[2].get("status"), "Verified")
        self.assertEqual(self.pay(method="PM-3").value("Status"), "Scheduled")

    def test_a_card_is_verified_at_once(self):
        answer = self.add(CARD_TOKEN)
        self.assertEqual((answer.value("Status"), answer.value("UsableFrom")), ("Verified", "2026-03-16"))
        self.assertEqual(self.priya.ask("GetPaymentMethods").all("Method")[2].get("kind"), "Card")

    def test_tokens_refused(self):
        for token in ("vt_9f8e7d6c5b4a3020", "vt_9F8E7D6C5B4A3021", "4111111111111111", ""):
            self.refused(self.add(token), "S-400", Field="VaultToken")

    def test_remove(self):
        def remove():
            return self.priya.write("RemovePaymentMethod", MethodId="PM-1")

        self.assertEqual(remove().value("Result"), "Ok")
        self.refused(remove(), "S-301")
        self.refused(self.pay(), "S-401")
        self.refused(self.pay(method="PM-7"), "S-301")
        self.assertEqual([m.get("id") for m in self.priya.ask("GetPaymentMethods").all("Method")], ["PM-2"])
        self.assertEqual(self.add(BANK_TOKEN).value("MethodId"), "PM-3")
        self.assertEqual(len(self.signed_in(JONAS).ask("GetPaymentMethods").all("Method")), 2)


class Payments(WritingTest):
    def test_a_bank_payment_goes_its_way(self):
        answer = self.pay(PayOn="2026-03-18", ApplyTo="Arrears")
        payment = answer.value("PaymentId")
        self.assertRegex(payment, "^SP-[0-9]{6}$")
        self.assertEqual(answer.value("Confirmation"), f"SMP-20260316-{payment[3:]}")
        self.assertEqual((answer.value("Status"), answer.value("Fee")), ("Scheduled", "0.00"))
        self.assertEqual(self.effects("SubmitPayment"), [True])
        attributes = {"from": "2026-03-14", "to": "2026-04-01", "page": "1"}

        def listed():
            return self.priya.of_case("GetPayments", attributes=attributes).all("Payment")

        for days, status in ((0, "Scheduled"), (2, "Processing"), (2, "Posted")):
            self.again(days * 86400)
            self.assertEqual(self.status(payment), status)
            self.assertEqual(len(listed()), 1 if status == "Posted" else 0)
        shown = {part.tag.partition("}")[2]: part.text for part in listed()[0]}
        self.assertEqual(shown, {
            "Collected": "2026-03-18", "Posted": "2026-03-20", "Amount": "150.00", "Type": "EPAY",
            "Status": "Applied", "Reference": answer.value("Confirmation")})
        self.assertEqual(self.calls("GetPaymentStatus")[-1]["case"], CASE)

    def test_first_day_it_may_be_paid(self):
        self.refused(self.pay(PayOn="2026-03-17"), "S-400", Field="PayOn")
        card = {"method": "PM-2", "amount": "200.00", "AcceptFee": "5.10"}
        self.refused(self.pay(**card, PayOn="2026-03-16"), "S-400", Field="PayOn")
        payments = [self.pay().value("PaymentId"), self.pay(**card).value("PaymentId")]
        self.again(86400)
        self.assertEqual([self.status(payment) for payment in payments], ["Scheduled", "Processing"])

    def test_dates_that_say_there_is_none(self):
        for day in ("0001-01-01", "9999-12-31"):
            self.assertEqual(self.pay(PayOn=day).value("Status"), "Scheduled")
        self.refused(self.pay(PayOn="9999-12-30"), "S-400", Field="PayOn")

    def test_card_fee_must_be_accepted_to_the_cent(self):
        for amount, fee in (("10.00", "0.26"), ("100.01", "2.55"), ("333.33", "8.50"), ("1000.00", "25.50")):
            self.refused(self.pay(amount, "PM-2"), "S-405", Fee=fee)
            self.refused(self.pay(amount, "PM-2", AcceptFee="0.01"), "S-405", Fee=fee)
            self.assertEqual(self.pay(amount, "PM-2", AcceptFee=fee).value("Fee"), fee)
        self.refused(self.pay(AcceptFee="1.00"), "S-405", Fee="0.00")

    def test_a_card_payment_of_one_hundred_is_declined(self):
        self.refused(self.pay("100.00", "PM-2"), "S-405", Fee="2.55")
        self.refused(self.pay("100.00", "PM-2", AcceptFee="2.55"), "S-402")
        self.assertEqual(self.pay("100.00").status, 200)
        self.assertEqual(self.effects("SubmitPayment"), [False, False, True])

    def test_wrong_fields_roles_and_cases(self):
        for amount in ("0.00", "-5.00", "5", "5.001", "1,000.00", "x", ""):
            self.refused(self.pay(amount), "S-400", Field="Amount")
        self.refused(self.pay(PayOn="18.03.2026"), "S-400", Field="PayOn")
        self.refused(self.pay(ApplyTo="Savings"), "S-400", Field="ApplyTo")
        self.refused(self.pay(case=ELSEWHERE), "S-301")
        self.refused(self.pay(user=self.signed_in(JONAS)), "S-403")

    def test_payments_are_known_to_their_payor_only(self):
        payment = self.pay().value("PaymentId")
        self.refused(self.signed_in(JONAS).ask("GetPaymentStatus", PaymentId=payment), "S-301")


class Recurring(WritingTest):
    def create(self, user=None, **changes):
        fields = {"Amount": "150.00", "MethodId": "PM-1", "Frequency": "Monthly", "FirstDate": "2026-04-12"}
        return (user or self.priya).write("CreateRecurring", None, CASE, **fields | changes)

    def cancel(self, number, user=None):
        return (user or self.priya).write("CancelRecurring", RecurringId=number)

    def test_create_and_cancel(self):
        answer = self.create(LastDate="2026-12-12")
        self.assertEqual([answer.value("RecurringId"), answer.value("NextDate")], ["RP-2", "2026-04-12"])
        for effect in (True, False):
            self.assertEqual(self.cancel("RP-2").value("Status"), "Cancelled")
            self.assertEqual(self.effects("CancelRecurring")[-1], effect)
        rows = self.priya.ask("GetRecurring").all("Recurring")
        self.assertEqual([(r.get("id"), r.get("status")) for r in rows],
                         [("RP-1", "Active"), ("RP-2", "Cancelled")])

    def test_refusals(self):
        for field, value in (("FirstDate", "2026-03-17"), ("Frequency", "Quarterly"), ("Amount", "0.00"),
                             ("LastDate", "2026-04-11")):
            self.refused(self.create(**{field: value}), "S-400", Field=field)
        self.assertEqual(self.create(MethodId="PM-2", FirstDate="2026-03-17").status, 200)
        self.refused(self.create(MethodId="PM-9"), "S-301")
        jonas = self.signed_in(JONAS)
        self.refused(self.create(jonas), "S-403")
        self.refused(self.cancel("RP-1", jonas), "S-403")
        self.refused(self.cancel("RP-77"), "S-301")


class Plans(WritingTest):
    def ask_for(self, user=None, **changes):
        fields = {"Installment": "75.00", "Frequency": "BiWeekly", "FirstDue": "2026-04-15"}
        return (user or self.priya).write("RequestPaymentPlan", None, CASE, **fields | changes)

    def test_smallest_installment(self):
        self.refused(self.ask_for(Installment="74.99"), "S-404", Smallest="75.00")
        self.refused(self.ask_for(FirstDue="2026-03-15"), "S-400", Field="FirstDue")
        self.refused(self.ask_for(self.signed_in(JONAS)), "S-403")

    def test_a_request_shows_only_where_there_is_no_plan(self):
        self.assertEqual(self.ask_for().value("Status"), "Submitted")
        self.assertEqual(self.priya.of_case("GetPaymentPlan").all("Plan")[0].get("id"), "PLAN-77")
        document = smart_sample()
        case_of(document, CASE)["paymentPlan"] = None
        self.load(document)
        self.sign_in(self.priya)
        number = self.ask_for().value("PlanRequestId")
        plan, = self.priya.of_case("GetPaymentPlan").all("Plan")
        self.assertEqual(plan.attrib, {"id": number, "status": "Requested"})
        self.assertEqual([part.text for part in plan],
                         ["2310.75", "75.00", "BiWeekly", "2026-04-15", "2026-04-15", "0.00"])


class Contact(WritingTest):
    def test_later_codes_go_to_the_new_targets(self):
        answer = self.priya.write("UpdateContact", Phone="7135550129", Email="p2@example.org")
        self.assertRegex(answer.value("Confirmation"), "^SMU-20260316-[0-9]{6}$")
        self.assertEqual(self.user().login(PRIYA).value("SentTo"), "***-***-0129")
        self.assertEqual(self.messages("code")[-1]["to"], "+17135550129")
        self.assertEqual(self.user().login(PRIYA, Channel="email").value("SentTo"), "p***@example.org")

    def test_address(self):
        def update(line="1 TEST RD", more="", code="77001"):
            return self.priya.write("UpdateContact", Address=(
                f"<Line1>{line}</Line1>{more}<City>HOUSTON</City><State>TX</State><Zip>{code}</Zip>"))

        self.assertEqual(update(more="<Line2>APT 4</Line2>", code="770011234").status, 200)
        self.refused(update(code="7700"), "S-400", Field="Zip")
        self.refused(update(line=""), "S-400", Field="Line1")
        self.refused(update(more=f"<Line2>{'x' * 36}</Line2>"), "S-400", Field="Line2")

    def test_refusals(self):
        self.refused(self.priya.write("UpdateContact", Phone="555-0129"), "S-400", Field="Phone")
        self.refused(self.priya.write("UpdateContact", Email="nobody"), "S-400", Field="Email")
        self.assertEqual(self.priya.write("UpdateContact").code, "S-400")


class Repeats(WritingTest):
    def test_same_content_gives_the_first_answer_again(self):
        number = new_id()
        first = self.pay(request_id=number, ApplyTo="Current")
        again = self.priya.write("SubmitPayment", number.upper(), CASE, ApplyTo=" Current ",
                                 MethodId="PM-1", Amount="150.00\n")
        self.assertEqual(again.value("PaymentId"), first.value("PaymentId"))
        self.assertEqual(self.effects("SubmitPayment"), [True, False])
        self.assertEqual([c["requestId"] for c in self.calls("SubmitPayment")], [number, number.upper()])

    def test_other_content_or_operation_is_refused(self):
        number = new_id()
        self.pay(request_id=number)
        self.refused(self.pay("150.01", request_id=number), "S-409")
        self.refused(self.priya.write("CancelRecurring", number, RecurringId="RP-1"), "S-409")
        self.assertEqual(self.priya.write("UpdateContact", new_id(), Phone="7135550129").status, 200)

    def test_refusals_are_stored_too(self):
        number = new_id()
        document = {"request_id": number, "method": "PM-3"}
        self.refused(self.pay(**document), "S-301")
        self.priya.write("AddPaymentMethod", VaultToken=CARD_TOKEN)
        self.refused(self.pay(**document), "S-301")
        self.refused(self.pay(request_id=number), "S-409")

    def test_kept_for_a_day_and_for_one_user(self):
        number = new_id()
        first = self.pay(request_id=number).value("PaymentId")
        self.refused(self.pay(request_id=number, user=self.signed_in(JONAS)), "S-403")
        self.again(86399)
        self.assertEqual(self.pay(request_id=number).value("PaymentId"), first)
        self.again(1)
        self.assertNotEqual(self.pay(request_id=number).value("PaymentId"), first)

    def test_request_id_must_be_there_and_have_its_form(self):
        for number in ("", "7", new_id()[:-1]):
            self.refused(self.priya.ask("AddPaymentMethod", {"requestId": number}, VaultToken=BANK_TOKEN),
                         "S-400", Field="requestId")
        self.refused(self.priya.ask("AddPaymentMethod", VaultToken=BANK_TOKEN), "S-400", Field="requestId")


if __name__ == "__main__":
    unittest.main()
