"""What a REDIS_URL means, and that what is wrong with one is said without showing it."""

import pytest

from bot.redis_address import BadAddress, read_address
from bot.setting_values import Refused, read_redis_url


def test_one_server_with_everything():
    address = read_address("redis://ana:se%40cret@db.example.com:6380/3")

    assert (address.kind, address.hosts, address.database) == ("single", (("db.example.com", 6380),), 3)
    assert address.access == {"username": "ana", "password": "se@cret"}
    assert address.tls is None


@pytest.mark.parametrize("url", ["redis://h", "valkey://h", "REDIS://h/", "redis://h:6379/0"])
def test_what_is_left_out_is_the_usual(url):
    address = read_address(url)

    assert (address.kind, address.hosts, address.database, dict(address.access)) == (
        ("single", (("h", 6379),), 0, {})
    )


def test_a_socket():
    address = read_address("unix://:word@/run/redis%20a.sock?db=2")

    assert (address.path, address.database, address.access) == ("/run/redis a.sock", 2, {"password": "word"})


@pytest.mark.parametrize("scheme", ["rediss", "valkeys"])
def test_tls_checks_certificates_unless_told_otherwise(scheme):
    usual = read_address(f"{scheme}://h")
    own = read_address(f"{scheme}://h?ssl_ca_certs=/ca.pem&ssl_certfile=/c.pem&ssl_keyfile=/c.key")
    none = read_address(f"{scheme}://h?ssl_cert_reqs=none")
    unnamed = read_address(f"{scheme}://h?ssl_check_hostname=false")

    assert usual.tls == {}
    assert own.tls == {"ssl_ca_certs": "/ca.pem", "ssl_certfile": "/c.pem", "ssl_keyfile": "/c.key"}
    assert usual.verifies
    assert own.verifies
    assert none.tls == {"ssl_cert_reqs": "none", "ssl_check_hostname": False}
    assert not none.verifies
    assert unnamed.tls == {"ssl_check_hostname": False}


def test_sentinel_has_a_service_and_a_password_of_its_own():
    address = read_address(
        "rediss+sentinel://u:word@one:1,two,[::1]:3/mymaster/4?sentinel_username=s&sentinel_password=other"
    )

    assert (address.kind, address.service, address.database) == ("sentinel", "mymaster", 4)
    assert address.hosts == (("one", 1), ("two", 26379), ("::1", 3))
    assert address.access == {"username": "u", "password": "word"}
    assert address.sentinel_access == {"username": "s", "password": "other"}
    assert address.tls == {}


@pytest.mark.parametrize("url", ["redis+cluster://one:1,two", "valkey+cluster://one:1,two:6379/0"])
def test_a_cluster_has_several_to_ask(url):
    address = read_address(url)

    assert (address.kind, address.hosts, address.database) == ("cluster", (("one", 1), ("two", 6379)), 0)


BAD = {
    "http://h": "is not a Redis address",
    "redis:h": "is not a Redis address",
    "unix://": "is not a Redis address",
    "redis://one,two": "several hosts",
    "redis://h:0": "host that is none",
    "redis://h:99999": "host that is none",
    "redis://h h": "host that is none",
    "redis://h/x": "no number",
    "redis://h/0/1": "no database",
    "redis://h?ssl_ca_certs=/ca.pem": "no TLS address",
    "redis://h?decode_responses=true": "not known",
    "rediss://h?ssl_cert_reqs=never": "ssl_cert_reqs",
    "rediss://h?ssl_check_hostname=maybe": "neither true nor false",
    "redis+sentinel://h": "no service",
    "redis+cluster://h/2": "only 0",
}


@pytest.mark.parametrize(("url", "wrong"), BAD.items())
def test_what_cannot_be_used_is_refused_in_words(url, wrong):
    with pytest.raises(BadAddress) as caught:
        read_address(url)

    assert wrong in caught.value.wrong
    assert caught.value.mend


@pytest.mark.parametrize("url", [url.replace("://", "://us3r:hidd3n@") for url in BAD])
def test_a_refusal_shows_nothing_of_the_address(url):
    with pytest.raises(Refused) as caught:
        read_redis_url(url)

    said = f"{caught.value.wrong} {caught.value.mend} {caught.value}"
    assert "hidd3n" not in said
    assert "us3r" not in said
    assert caught.value.__cause__ is None


def test_an_address_does_not_show_its_passwords():
    address = read_address("redis+sentinel://u:hidd3n@h/m?sentinel_password=s3cret")

    assert "hidd3n" not in repr(address)
    assert "s3cret" not in repr(address)
