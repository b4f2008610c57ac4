"""Signs in with every directive once and reads what can be read; tells what each one led to."""


def said_at_sign_in(answer):
    """`succeeded`, the kind of the next challenge, or the code of the problem."""
    if answer.status >= 400:
        return answer.code
    attempt = answer.json
    return attempt["state"] if attempt["state"] != "challenge" else attempt["challenge"]["kind"]


def said_by_reading(parent, sync, expected):
    """As a row of the table words it: the end of the sync, the dataset that is named there, its problem."""
    words = [sync["state"]]
    if len(expected.split()) == 3:
        dataset = expected.split()[1]
        link = parent.read(f"/v1/links/{sync['link_id']}")
        state = next(one for one in link["datasets"] if one["dataset"] == dataset)
        words += [dataset, state["problem"] and state["problem"]["code"]]
    elif sync["problem"]:
        words.append(sync["problem"]["code"])
    return " ".join(map(str, words))


def is_about_silence(row):
    return "hang" in [fault["kind"] for fault in row.get("faults", ())]


class Directives:
    """`silent_at`: the address of a gateway that does not wait long for a state."""

    def __init__(self, stage, silent_at):
        self.stage = stage
        self.usual = stage.parent().join()
        self.hasty = stage.at(self.usual, silent_at)
        self.results, self.expected = {}, {}
        self._readings = []

    def run(self):
        # Kansas comes first: it takes no assertion that is half a minute off its own clock, which sign-ins at
        # other states move on. Those that take long are next, and are looked at last.
        def turn(row):
            return row["system"] != "ks-quick", row["name"] != "slow"
        for row in sorted(self.stage.table, key=turn):
            self.begin(row)
        for row, parent, attempt in self._readings:
            self.look_at_reading(row, parent, attempt)

    def begin(self, row):
        name = row["system"], row["name"]
        self.expected[name] = row["sign_in"], row.get("reading")
        parent = self.hasty if is_about_silence(row) else self.usual
        credential = self.stage.directive(*name)
        if row.get("enrol"):
            answer = self.stage.enrol(parent, *name)
        else:
            answer = self.stage.answer_form(parent, credential)
        said = said_at_sign_in(answer)
        self.results[name] = said, None
        if said == "otp" and "reading" in row:
            answered = parent.try_answer(answer.json, {"code": self.stage.code_of(credential)})
            said, answer = said_at_sign_in(answered), answered
        if said == "succeeded":
            self._readings.append((row, parent, answer.json))

    def look_at_cases(self):
        """What is left of a case whose datasets could not all be read."""
        for case in self.usual.read("/v1/cases")["data"]:
            self.usual.read(f"/v1/cases/{case['id']}?include=orders,balances,ledger,documents")

    def look_at_reading(self, row, parent, attempt):
        sync = parent.finished(attempt["sync_id"], timeout_s=60)
        parent.read(f"/v1/links/{attempt['link_id']}")
        if "reading" in row:
            said = said_by_reading(parent, sync, row["reading"])
            name = row["system"], row["name"]
            self.results[name] = self.results[name][0], said

