"""Compares what leaves the gateway about two scenarios, but for ids, times and what is made of them."""
import json
import re

from box import BoxCase, case_of
from client import DATASETS

IDS = re.compile(r"\b[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}\b")
INSTANTS = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\b")
HTTP_DATES = re.compile(r"\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")


def mark(scenario, case_id, person, level="C"):
    """Says that this participant of the case is at risk."""
    for participant in case_of(scenario, case_id)["participants"]:
        if participant["person"] == person:
            participant["familyViolence"] = level
    return scenario


class Neutral:
    """Replaces what is random or a time by the order in which it first appears."""

    def __init__(self):
        self._names = {}

    def _name(self, found):
        return self._names.setdefault(found.group(), f"{found.group()[:4]}{len(self._names)}")

    def text(self, text):
        text = HTTP_DATES.sub("(date)", INSTANTS.sub("(time)", text))
        # Tags and keys are digests over ids and times: their form must agree, not their value.
        text = re.sub(r'("etag":"|"record_key":")[^"\\]+', r"\1(digest)", text)
        return IDS.sub(self._name, text)

    def headers(self, answer):
        shown = []
        for name, value in answer.headers:
            if name.lower() in ("etag", "request-id"):
                value = f"({len(value)} characters)"
            shown.append((name, self.text(value)))
        return shown


def neutral_log(lines):
    """Lines without time, ids and duration. How often a sync was asked for is the test's own chance."""
    shown = []
    for line in lines:
        kept = {key: value for key, value in line.items() if key not in ("ts", "request_id", "took_us")}
        text = IDS.sub("(id)", json.dumps(kept, sort_keys=True))
        if "/v1/syncs/" not in text or text not in shown:
            shown.append(text)
    return sorted(shown)


class TwinCase(BoxCase):
    def seen_by(self, credential_id):
        """Everything that leaves the gateway while this parent links and looks."""
        parent = self.box.parent().join()
        begin = len(self.box.log_lines())
        parent.link_and_read(self.credential(credential_id))
        parent.client.answers.clear()
        cases = parent.read("/v1/cases")
        for case in cases["data"]:
            parent.case_file(case["id"])
            for dataset in (*DATASETS, "obligations"):
                parent.read(f"/v1/cases/{case['id']}?include={dataset}")
            parent.read(f"/v1/ledger?case={case['id']}")
        parent.read("/v1/ledger")
        parent.read("/v1/me/summary")
        parent.read("/v1/links")
        neutral = Neutral()
        answers = [(one.status, neutral.headers(one), neutral.text(one.body.decode()))
                   for one in parent.client.answers]
        return {"answers": answers, "log": neutral_log(self.box.log_lines()[begin:])}

    def views(self, scenario, *credentials):
        self.box.control("scenario", scenario)
        return [self.seen_by(one) for one in credentials]

    def assert_alike(self, one, other):
        self.assertEqual(len(one["answers"]), len(other["answers"]))
        for mine, theirs in zip(one["answers"], other["answers"]):
            self.assertEqual(mine, theirs)
        self.assertEqual(one["log"], other["log"])
