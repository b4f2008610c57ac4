"""What the server side of a TLS handshake shows and asks for, also under the faults of connections."""


class Handshake:
    """Called for each new connection; gives its TLS context."""

    def __init__(self, world, system_id, certificates):
        self._world = world
        self._system_id = system_id
        self._certificates = certificates
        is_mutual = world.registry[system_id].wants_client_certificate
        self._usual = certificates.mutual() if is_mutual else certificates.ordinary()

    def __call__(self):
        run = self._world.run
        system = run.systems.get(self._system_id)
        if system is None or not system.connection_fault_kinds:
            return self._usual
        with run.lock:
            fault = run.faults.pick(system.fault_concerns_connection)
        if fault is None:
            return self._usual
        return self._certificates.foreign() if fault.kind == "tls_wrong_ca" else self._certificates.ordinary()
