import socket

import pytest

from qa.errors import SourceError
from qa.sources.address import is_public, public_addresses


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # unspecified
        "10.1.2.3",
        "100.64.0.1",  # shared address space of carriers
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",  # link-local; where clouds keep their keys
        "172.16.0.1",
        "192.168.1.1",
        "198.18.0.1",  # benchmarks
        "203.0.113.1",  # documentation
        "224.0.0.1",  # multicast
        "240.0.0.1",  # reserved
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::127.0.0.1",  # NAT64
        "64:ff9b::a00:1",
        "64:ff9b:1::1",  # NAT64, local use
        "100::1",  # discard
        "2001::1",  # Teredo
        "2001:db8::1",  # documentation
        "2002:7f00:1::",  # 6to4 of 127.0.0.1
        "2002:808:808::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_on_the_public_internet_is_told(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"],
)
def test_a_public_address_is_told(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::1", "0"],
)
def test_no_way_to_write_loopback_resolves(host):
    with pytest.raises(SourceError, match="which is not on the public internet; save the page"):
        public_addresses(host, 80)


def answer(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    answer(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(SourceError, match=r"The host two\.test is at 10\.0\.0\.1"):
        public_addresses("two.test", 80)


def test_all_public_addresses_are_given_in_order_and_once(monkeypatch):
    answer(monkeypatch, "8.8.8.8", "8.8.4.4", "8.8.8.8")
    assert public_addresses("dns.test", 80) == ("8.8.8.8", "8.8.4.4")


def test_a_host_that_is_nowhere_is_named(monkeypatch):
    def nowhere(*args, **options):
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(SourceError, match=r"The host no\.test was not found; check the address"):
        public_addresses("no.test", 80)
