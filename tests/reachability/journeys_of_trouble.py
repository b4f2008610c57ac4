"""A machine that breaks: an adapter that was cut off, a database that loses tables, changed rows."""
import contextlib
import shutil
import sqlite3

import stage as stages
from client import wait_until
from witness import EventStream

RESTING = "co-connect"  # no simulator stands for it, so it never answers


@contextlib.contextmanager
def database(stage):
    connection = sqlite3.connect(stage.place.run / "casebridge.db", timeout=20)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def changed_rows(stage, statement, *values):
    with database(stage) as rows:
        if rows.execute(statement, values).rowcount < 1:
            raise AssertionError("no row to tamper with")


# A system that never answers.

def nobody_there(stage, text):
    """Settings of a gateway for which one system is an address where nobody listens."""
    file = stage.place.run / "nobody.yaml"
    file.write_text(f'systems:\n  {RESTING}:\n    origins: ["https://127.0.0.1:1"]\n', encoding="utf-8")
    return text.replace("systems.yaml]", f"systems.yaml, {file}]")


def breaker(parent):
    status = parent.read("/v1/status")["data"]
    return next(one["breaker"] for one in status if one["system"] == RESTING)


def give_a_rest(parent):
    """Silence upon silence: the gateway stops asking for a while."""
    for number in range(5):
        attempt = parent.start_link(system=RESTING)
        parent.try_answer(attempt, {"participant_id": f"09999999999{number:02}", "pin": "246802"})
    wait_until("a rest", lambda: breaker(parent) == "open", 5)


def rested(parent):
    """The next call may try it again."""
    wait_until("the end of a rest", lambda: breaker(parent) == "half_open", 40)


def stopping(stage, parent, process):
    """A gateway that stops tells those who are listening."""
    stream = EventStream(parent.client, parent.token)
    stage.end_gateway(process=process)
    return stream.ended()


# What is there is not what it was.

def broken_adapter(stage, text):
    """Settings of a gateway whose adapter for Ohio is cut off, and whose streams live for a second."""
    folder = stage.place.run / "plugins"
    shutil.copytree(stage.place.plugins, folder)
    library = next((folder / "ohio_csenet").glob("*.so"))
    library.write_bytes(library.read_bytes()[:4096])
    return stages.with_http(text, "stream_life_s: 1").replace(str(stage.place.plugins), str(folder))


def without_an_adapter(parent):
    parent.read("/v1/status")
    return EventStream(parent.client, parent.token).ended()


def changed_seal(stage, parent):
    """What was sealed with an attempt is changed: it does not open any more."""
    attempt = stage.answer_form(parent, stage.directive("tx-icop", "needs-code")).json
    changed_rows(stage, "UPDATE link_attempt SET sealed_resume = 'AAAA' || substr(sealed_resume, 5)"
                        " WHERE id = ?", attempt["id"])
    return parent.try_answer(attempt, {"code": "123456"})


def old_session(stage, parent):
    """A session that was not used for long; the next one is as good as ever."""
    parent.sign_in()
    changed_rows(stage, "UPDATE session SET last_seen_at = 0")
    parent.get("/v1/me")
    parent.sign_in()


def lost_time(stage, parent):
    """When records were last confirmed is not known any more."""
    changed_rows(stage, "UPDATE dataset_state SET verified_at = NULL")
    return parent.get("/v1/cases")


def lost_tables(stage, parent, tables=("account_version", "schema_migration")):
    """Tables are gone for a while: the gateway says that it is not ready, and streams end."""
    stream = EventStream(parent.client, parent.token)
    with database(stage) as rows:
        for table in tables:
            rows.execute(f"ALTER TABLE {table} RENAME TO gone_{table}")
    try:
        parent.get("/v1/me")
        parent.client.get("/health/ready")
        return stream.ended()
    finally:
        with database(stage) as rows:
            for table in tables:
                rows.execute(f"ALTER TABLE gone_{table} RENAME TO {table}")


def run(stage, parent):
    with stage.another_gateway("broken", lambda text: broken_adapter(stage, text)) as (_, base):
        ends = [without_an_adapter(stage.at(parent, base).sign_in())]
    old_session(stage, parent)
    changed_seal(stage, parent)
    lost_time(stage, parent)
    return [*ends, lost_tables(stage, parent)]
