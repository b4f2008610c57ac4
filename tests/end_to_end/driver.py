"""A parent's whole first visit in small steps, which may be cut off anywhere and continued afterwards."""
import http.client
import random

from client import DATASETS, Refused, sign_in_fields, wait_until

BROKEN = (OSError, http.client.HTTPException)


class Visit:
    """Registers, signs in, links and reads; what the gateway has acknowledged must stay true."""

    def __init__(self, box, parent, credential):
        self.box, self.parent, self.credential = box, parent, credential
        self.flow = self.attempt = self.sync = None
        self.registered = False
        self.done = False
        self.interrupted = 0

    def run(self):
        """Goes on from what was acknowledged; True when the visit is over, False: the gateway went away."""
        try:
            while not self.done:
                self.next_step()()
            return True
        except BROKEN:
            self.interrupted += 1
            return False

    def next_step(self):
        if not self.registered:
            return self.register if self.flow is None else self.confirm
        if self.parent.token is None:
            return self.sign_in
        if self.attempt is None:
            return self.begin_link
        if self.attempt["state"] != "succeeded":
            return self.answer
        return self.begin_sync if self.sync is None else self.read

    def register(self):
        self.flow = self.parent.begin_flow("registration")
        self.give_details()

    def give_details(self):
        details = {"email": self.parent.email, "password": self.parent.password}
        self.flow = self.parent.step(self.flow, details)

    def confirm(self):
        self.refresh_flow()
        if self.flow["step"] == "details":
            self.give_details()
        if not self.flow["done"]:
            code = wait_until("the mail with the code", self.mailed_code)
            self.flow = self.parent.step(self.flow, {"code": code})
        self.registered = self.flow["done"]

    def mailed_code(self):
        self.refresh_flow()  # fails at once when the gateway is gone, whose mail would be waited for in vain
        return self.parent.mailed_code()

    def refresh_flow(self):
        """The step that was cut off may have been taken or not; what was acknowledged was taken."""
        now = self.parent.client.good("flow", self.parent.client.get(f"/v1/flows/{self.flow['id']}"))
        if now["seq"] < self.flow["seq"]:
            raise AssertionError("an acknowledged step of a flow is lost")
        self.flow = now

    def sign_in(self):
        self.parent.sign_in()

    def begin_link(self):
        self.attempt = self.parent.start_link(system=self.credential["system"])

    def answer(self):
        now = self.parent.attempt(self.attempt)
        if now["version"] < self.attempt["version"]:
            raise AssertionError("an acknowledged step of a link attempt is lost")
        self.attempt = now
        if now["state"] == "succeeded":
            return
        if now["state"] != "challenge":
            raise AssertionError(f"the attempt can not be continued: {now['state']}")
        fields = sign_in_fields(self.credential)
        if now["challenge"]["kind"] == "otp":
            fields = {"code": self.box.state_code()}
        try:
            self.attempt = self.parent.answer(now, fields, confirm=True)
        except Refused as refused:
            if refused.answer.code != "challenge_expired":
                raise

    def begin_sync(self):
        self.sync = self.parent.sync(self.attempt["link_id"])

    def read(self):
        ended = self.parent.finished(self.sync["id"], timeout_s=60)
        if ended["state"] != "succeeded":
            raise AssertionError(f"the reading ended {ended['state']}")
        self.done = True

    # What must be true at any time after a restart.

    def check(self, test):
        if self.registered and self.parent.token is None:
            test.assertEqual(self.parent.try_sign_in().status, 200, "an account that was made is lost")
        if self.parent.token is None:
            return
        self.parent.read("/v1/me")  # the session outlives the restart
        if self.attempt and self.attempt["state"] == "succeeded":
            link = self.parent.read(f"/v1/links/{self.attempt['link_id']}")
            test.assertEqual(link["state"], "active")
        if self.sync:
            test.assertEqual(self.parent.read(f"/v1/syncs/{self.sync['id']}")["id"], self.sync["id"])
        self.check_whole(test)

    def check_whole(self, test):
        """A case that is there is there with all its datasets."""
        answer = self.parent.get("/v1/cases")
        for case in answer.json.get("data", []):
            sections = self.parent.case_file(case["id"])["sections"]
            test.assertEqual(set(sections), set(DATASETS))
            for name, section in sections.items():
                allowed = ("ok",) if self.credential["system"] == "tx-icop" else ("ok", "unsupported")
                test.assertIn(section["outcome"], allowed, name)
            test.assertGreater(len(sections["payments"]["data"]), 0)


def moments(seed, count, longest_s):
    """When to strike, after the visit began, in a row that repeats."""
    chance = random.Random(seed)
    return [chance.uniform(0.01, longest_s) for _ in range(count)]
