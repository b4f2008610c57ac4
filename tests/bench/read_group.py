"""Group `read`: the merged list of cases of one signed-in parent, beside servers that only move octets."""
from contextlib import ExitStack

import load
from figures import ratio, spread
from peers import Peers
from rooms import layout, postgres
from world import World, family, family_parent

CONNECTIONS = (16, 64)
PATH = "/v1/cases"


class Subject:
    """A gateway with its parent: address, header fields and the octets it must answer with."""

    def __init__(self, folder, stack, **options):
        self.world = World(folder, family(), **options)
        stack.callback(self.world.close)
        self.world.restart_gateway()
        parent = family_parent(self.world)
        self.url = self.world.record["plain"] + PATH
        self.headers = {"Authorization": f"Bearer {parent.token}"}
        status, self.fields, self.body = load.fetch(self.url, self.headers)
        if status != 200 or not self.fields.get("ETag"):
            raise load.Spoilt("the gateway's answer has no tag")


def refuse_without_session(subject):
    """The figures are of an authenticated read only if the same request without its token is refused."""
    try:
        load.fetch(subject.url, {})
    except load.urllib.request.HTTPError as refused:
        if refused.code == 401:
            return
    raise load.Spoilt("the gateway answers without a session")


def targets(folder, stack):
    """Name → (address, header fields, body), the gateway on SQLite first."""
    subject = Subject(folder / "sqlite", stack)
    refuse_without_session(subject)
    found = {"cases": (subject.url, subject.headers, subject.body)}
    peers = Peers(folder, subject.body)
    stack.callback(peers.close)
    for name, url in peers.urls.items():
        found[name] = (url, subject.headers, subject.body)
    if postgres.programs():
        server = postgres.PostgresServer()
        stack.callback(server.close)
        other = Subject(folder / "postgres", stack, database=server.new_database())
        found["cases_postgres"] = (other.url, other.headers, other.body)
    return found


def measure(found, seconds, rounds, say):
    """Every target in turn, and that `rounds` times: what disturbs the machine disturbs all alike."""
    results = {(name, connections): [] for name in found for connections in CONNECTIONS}
    for number in range(rounds):
        for (name, connections), list_ in results.items():
            url, headers, body = found[name]
            load.check(name, url, headers, body)
            result = load.run(name, url, headers, connections, seconds, len(body))
            load.check(name, url, headers, body)
            list_.append(result)
            say(f"round {number + 1}: {name} c={connections}: {result['per_second']:.0f}/s, "
                f"p99 {result['p99_ms']:.2f} ms")
    return results


def evaluate(report, results):
    def rates(name, connections):
        return [one["per_second"] for one in results[name, connections]]
    for connections in CONNECTIONS:
        report.add(f"cases_vs_nginx_proxy_c{connections}",
                   ratio(rates("cases", connections), rates("nginx_proxy", connections)))
    report.add("cases_vs_nginx_static_c64", ratio(rates("cases", 64), rates("nginx_static", 64)))
    report.add("cases_vs_bare_poco_c64", ratio(rates("cases", 64), rates("bare_poco", 64)))
    report.add("cases_p99_ms_c64", spread([one["p99_ms"] for one in results["cases", 64]]))
    if ("cases_postgres", 64) in results:
        report.add("postgres_vs_sqlite_c64", ratio(rates("cases_postgres", 64), rates("cases", 64)))
    for name, connections in results:
        report.raw(f"{name}_per_s_c{connections}", spread(rates(name, connections)))
        report.raw(f"{name}_p99_ms_c{connections}",
                   spread([one["p99_ms"] for one in results[name, connections]]))


def run(report, chosen, say):
    with ExitStack() as stack:
        folder = layout.ROOT / "build" / "bench"
        found = targets(folder, stack)
        report.remark(f"answer of {PATH}: {len(found['cases'][2])} octets, {chosen.seconds} s, "
                      f"{chosen.rounds} rounds")
        evaluate(report, measure(found, chosen.seconds, chosen.rounds, say))
