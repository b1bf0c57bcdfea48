"""From where a request comes, as far as it can be trusted."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, Final

IPV6_NETWORK: Final = 64
"""Bits that a household has of its own: whoever has one address in it has them all."""


def address_of(meta: Mapping[str, Any], proxies: int) -> str:
    """Return the address that asks: the one that the outermost of our own proxies saw.

    `meta` is a request's. What stands further left in X-Forwarded-For is the client's own word and
    not believed; with fewer names there than we have proxies, nothing in it is.
    """
    forwarded: str = meta.get("HTTP_X_FORWARDED_FOR", "")
    seen = [part.strip() for part in forwarded.split(",")]
    found = _read(seen[-proxies]) if proxies and len(seen) >= proxies else None
    return str(found or meta.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """Return the network that attempts are counted on: an IPv4 address, or the first 64 bits."""
    found = _read(address)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found.packed, IPV6_NETWORK), strict=False))
    return str(found or "")


def _read(address: str) -> IPv4Address | IPv6Address | None:
    """Return an address as it is, or with the port that some proxies add."""
    for bare in (address.partition("%")[0], address.rpartition(":")[0].strip("[]")):
        try:
            return ip_address(bare)
        except ValueError:
            continue
    return None
