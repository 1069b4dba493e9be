"""A host -> its addresses, provided that all of them are on the public internet."""

import ipaddress
import socket

from qa.errors import SourceError

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_SPECIAL = tuple(  # inside 2000::/3, but no host of the internet's
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)


def public_addresses(host: str, port: int) -> tuple[str, ...]:
    """The host's IP addresses, resolved once.

    Raises `SourceError` for a host that has none, or one that is private, loopback, link-local,
    multicast, reserved or unspecified, also inside an IPv6 address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(
            f"The host {host} was not found; check the address and the connection."
        ) from None
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not is_public(address):
            raise SourceError(
                f"The host {host} is at {address}, which is not on the public internet; "
                "save the page and add it as a file."
            )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet; 6to4 and Teredo, long given up, are not."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        else:
            return ip in _GLOBAL_UNICAST and not any(ip in network for network in _SPECIAL)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
