"""Load by wrk on one address, and the checks without which its figures mean nothing."""
import json
import pathlib
import subprocess
import urllib.request

SCRIPT = pathlib.Path(__file__).resolve().with_name("load.lua")


class Spoilt(Exception):
    """An answer was not what it had to be: there is no figure."""


def fetch(url, headers):
    """Status, header fields and body of one answer."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        return answer.status, dict(answer.headers), answer.read()


def check(name, url, headers, body):
    """One answer must be 200 and have exactly these octets."""
    status, _, octets = fetch(url, headers)
    if status != 200 or octets != body:
        raise Spoilt(f"{name}: answers {status} with {len(octets)} octets, {len(body)} others were expected")


def read_result(name, output, body_bytes):
    """What wrk's script printed. Refuses a run in which any answer was refused, broken or too short."""
    line = next((one for one in output.splitlines() if one.startswith('{"requests"')), None)
    if line is None:
        raise Spoilt(f"{name}: wrk told no result")
    result = json.loads(line)
    if result["refused"] or result["broken"]:
        raise Spoilt(f"{name}: {result['refused']} answers refused, {result['broken']} connections broken")
    if not result["requests"] or result["bytes"] / result["requests"] < body_bytes:
        raise Spoilt(f"{name}: answers are shorter than the body they must have")
    result["per_second"] = result["requests"] / result["seconds"]
    return result


def run(name, url, headers, connections, seconds, body_bytes):
    """One run of wrk: one thread, connections kept open."""
    told = [word for key, value in headers.items() for word in ("-H", f"{key}: {value}")]
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), *told, url],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Spoilt(f"{name}: wrk ended with {done.returncode}: {done.stderr.strip()}")
    return read_result(name, done.stdout, body_bytes)
