"""Redis as people run it, as real processes on loopback: a cluster, a Sentinel's service, one behind TLS."""

import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.processes import RedisServer, free_port

SLOTS = 16384
START_SECONDS = 30.0
HOST = "127.0.0.1"

MakeServer = Callable[..., RedisServer]

# A replica need not wait whether others come, and is listed once it was spoken to, usually after ten seconds.
AT_ONCE = ("--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1")


def await_that(is_so: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {what}")
        time.sleep(0.03)


class RedisCluster:
    """Some primaries, each with so many replicas. `make` starts a server."""

    def __init__(self, make: MakeServer, primaries: int = 3, replicas: int = 0, *options: str) -> None:
        self.servers = [
            make("--cluster-enabled", "yes", "--cluster-port", str(free_port()), *AT_ONCE, *options)
            for _ in range(primaries * (1 + replicas))
        ]
        self.primaries, self.replicas = self.servers[:primaries], self.servers[primaries:]
        self._share_out()
        self._introduce()
        self._follow()

    @property
    def url(self) -> str:
        return f"redis+cluster://{','.join(f'{HOST}:{one.port}' for one in self.primaries)}"

    def flush(self) -> None:
        for one in self.primaries:
            one.command("FLUSHALL")

    def follower(self, primary: RedisServer) -> RedisServer:
        """Its replica."""
        return self.replicas[self.primaries.index(primary)]

    def _share_out(self) -> None:
        count = len(self.primaries)
        for number, one in enumerate(self.primaries):
            one.command("CLUSTER", "SET-CONFIG-EPOCH", str(number + 1))
            first, last = SLOTS * number // count, SLOTS * (number + 1) // count - 1
            assert one.command("CLUSTER", "ADDSLOTSRANGE", str(first), str(last)).startswith(b"+OK")

    def _introduce(self) -> None:
        first = self.servers[0]
        for one in self.servers[1:]:
            port, bus = str(one.port), one.options[one.options.index("--cluster-port") + 1]
            assert first.command("CLUSTER", "MEET", HOST, port, bus).startswith(b"+OK")
        await_that(lambda: all(self._knows_all(one) for one in self.servers), "all of the cluster know all")

    def _follow(self) -> None:
        for number, one in enumerate(self.replicas):
            followed = self.primaries[number % len(self.primaries)].command("CLUSTER", "MYID").split()[1]
            assert one.command("CLUSTER", "REPLICATE", followed.decode()).startswith(b"+OK")
        await_that(lambda: all(map(_is_in_step, self.replicas)), "replicas have what there is")
        await_that(lambda: all(self._is_well(one) for one in self.servers), "the cluster is well")

    def _knows_all(self, one: RedisServer) -> bool:
        said = f"cluster_known_nodes:{len(self.servers)}".encode()
        return said in one.command("CLUSTER", "INFO") and b"handshake" not in one.command("CLUSTER", "NODES")

    def _is_well(self, one: RedisServer) -> bool:
        return b"cluster_state:ok" in one.command("CLUSTER", "INFO") and (
            one.command("CLUSTER", "SLOTS").count(HOST.encode()) == len(self.servers)
        )


def _is_in_step(replica: RedisServer) -> bool:
    return b"master_link_status:up" in replica.command("INFO", "replication")


class WatchedRedis:
    """A primary, a replica, and a sentinel that makes the replica the primary when it must."""

    SERVICE = "meetings"

    def __init__(self, make: MakeServer, directory: Path, program: str, *options: str) -> None:
        self.primary = make(*AT_ONCE, *options)
        self.replica = make("--replicaof", f"{HOST} {self.primary.port}", *AT_ONCE, *options)
        await_that(lambda: _is_in_step(self.replica), "the replica has what there is")
        self.port = free_port()
        self._conf = directory / "sentinel.conf"
        self._program = program
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis+sentinel://{HOST}:{self.port}/{self.SERVICE}"

    def start(self, *lines: str) -> None:
        """Start the sentinel, with these lines more in its configuration."""
        name = self.SERVICE
        config = [
            f"port {self.port}",
            f"bind {HOST}",
            f"sentinel monitor {name} {HOST} {self.primary.port} 1",
            f"sentinel down-after-milliseconds {name} 1000",
            f"sentinel failover-timeout {name} 3000",
            *lines,
        ]
        self._conf.write_text("\n".join(config) + "\n")
        log = self._conf.with_suffix(".log").open("ab")
        self.process = subprocess.Popen(
            [self._program, str(self._conf), "--sentinel"], stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        await_that(self._knows_the_replica, "the sentinel knows the replica")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _knows_the_replica(self) -> bool:
        log = self._conf.with_suffix(".log").read_text(errors="replace")
        return f"+slave slave {HOST}:{self.replica.port}" in log


class Certificates:
    """A certificate authority of our own, and what it signed: a server's and a client's, as files."""

    def __init__(self, directory: Path) -> None:
        self.ca = directory / "ca.pem"
        self.certificate, self.key = directory / "server.pem", directory / "server.key"
        self.client_certificate, self.client_key = directory / "client.pem", directory / "client.key"
        ca_key = ec.generate_private_key(ec.SECP256R1())
        ca = _signed(_name("ca"), _name("ca"), ca_key, ca_key, is_ca=True)
        self.ca.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
        for name, certificate, key in (
            ("server", self.certificate, self.key),
            ("client", self.client_certificate, self.client_key),
        ):
            own = ec.generate_private_key(ec.SECP256R1())
            signed = _signed(_name(name), ca.subject, own, ca_key)
            certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
            key.write_bytes(_pem(own))

    def options(self, port: int, *, asks_clients: bool = False) -> tuple[str, ...]:
        """For a server that listens to TLS at this port, besides its plain one."""
        return (
            *("--tls-port", str(port), "--tls-cert-file", str(self.certificate)),
            *("--tls-key-file", str(self.key), "--tls-ca-cert-file", str(self.ca)),
            *("--tls-auth-clients", "yes" if asks_clients else "no"),
        )

    @property
    def query(self) -> str:
        """For an address, so that the server's certificate is believed and the client's is shown."""
        return f"ssl_ca_certs={self.ca}&ssl_certfile={self.client_certificate}&ssl_keyfile={self.client_key}"


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    *,
    is_ca: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address(HOST))])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .sign(by, hashes.SHA256())
    )
