"""The order of one call: log, fault, processing, answer on the wire."""
import sys
import time
import traceback

from .body_faults import alter
from .connection import Closed
from .system import Call

HANG_SECONDS = 120


class Exchange:
    def __init__(self, world, system_id):
        self._world = world
        self._system_id = system_id

    def __call__(self, connection, request):
        """Answers one request; returns whether the connection may go on."""
        run = self._world.run
        system = run.systems.get(self._system_id)
        if system is None:  # the present scenario does not have this system
            connection.drop()
            return False
        call = Call(self._system_id, request)
        with run.lock:
            run.clock.run_due()
            system.identify(call)
            entry = run.calls.open(
                run.clock.now(), system=self._system_id, op=call.op, method=request.method,
                path=system.logged_path(call), person=call.person, case=call.case,
                requestId=call.request_id, bodySha256=request.body_sha256, auth=call.auth)
            call.fault = run.faults.pick(
                lambda fault: system.fault_concerns(fault, call),
                lambda fault: system.fault_can_act(fault, call))
            if call.fault:
                entry["fault"], call.fault_hit = call.fault.id, call.fault.hits
        if call.fault_is("hang", "reset"):
            return self._stay_silent(connection, call, run, entry)
        answer = self._answer(run, system, call, entry)
        return self._deliver(connection, run, system, call, entry, answer)

    @staticmethod
    def _stay_silent(connection, call, run, entry):
        entry["outcome"] = "fault"
        if call.fault_is("reset"):
            run.calls.close(entry)
            connection.reset()
            return False
        connection.hold_open(HANG_SECONDS)
        run.calls.close(entry)
        connection.drop()
        return False

    def _answer(self, run, system, call, entry):
        with run.lock:
            answer = system.stand_in(call)
        if answer is not None:
            answer.outcome = "fault"
        else:
            answer = self._process(run, system, call)
        with run.lock:
            entry.update(
                outcome=answer.outcome, counted=call.counted, effect=call.effect, person=call.person,
                case=call.case)
        return answer

    @staticmethod
    def _process(run, system, call):
        try:
            with run.lock:
                early = system.admit(call)
                wait_seconds = system.latency_seconds(call)
            if call.fault_is("latency"):
                wait_seconds = call.fault.params["ms"] / 1000
            if wait_seconds:
                time.sleep(wait_seconds)
            with run.lock:
                return system.finish(call, early or system.perform(call))
        except Exception:  # a bug of the simulator must show as one failed call, not as silence
            traceback.print_exc(file=sys.stderr)
            with run.lock:
                system.abandon(call)
                return system.internal_error()

    @staticmethod
    def _deliver(connection, run, system, call, entry, answer):
        bodiless = call.request.method == "HEAD"
        delivery = alter(answer, call.fault)
        close = delivery.close or not call.request.keeps_open()
        with run.lock:
            now = run.clock.now()
        length = delivery.announced_length
        head = answer.head(now, system.extra_headers(), length, close)
        try:
            if delivery.octets_per_second and not bodiless:
                connection.send(head)
                connection.drip(delivery.body[:-1], delivery.octets_per_second)
                run.calls.close(entry, answer.status)
                connection.drip(delivery.body[-1:], delivery.octets_per_second)
            else:
                run.calls.close(entry, answer.status)
                if not delivery.nothing:
                    connection.send(head if bodiless else head + delivery.body)
        except Closed:
            run.calls.close(entry, answer.status)
            raise
        if delivery.nothing or delivery.cut:
            connection.drop()
            return False
        if close:
            connection.close()
        return not close
