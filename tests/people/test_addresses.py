"""From where a request comes, however it is dressed up."""

import pytest

from halsonav.people.addresses import address_of, network_of

CLIENT = "203.0.113.7"
PROXY = "10.0.0.2"


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("", 0, PROXY),
        ("1.2.3.4", 0, PROXY),
        (CLIENT, 1, CLIENT),
        (f"1.2.3.4, {CLIENT}", 1, CLIENT),
        (f"1.2.3.4, 5.6.7.8,{CLIENT}", 1, CLIENT),
        (f"{CLIENT}, 10.0.0.9", 2, CLIENT),
        (f"1.2.3.4, {CLIENT}, 10.0.0.9", 2, CLIENT),
        (f"{CLIENT}:4711", 1, CLIENT),
        ("[2001:db8::7]:4711", 1, "2001:db8::7"),
        ("2001:db8::7", 1, "2001:db8::7"),
        (CLIENT, 2, PROXY),
        ("", 1, PROXY),
        ("unknown", 1, PROXY),
        ("<script>", 1, PROXY),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(
    forwarded: str, proxies: int, expected: str
) -> None:
    meta = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": forwarded}
    assert address_of(meta, proxies) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [
        (CLIENT, CLIENT),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        (f"::ffff:{CLIENT}", CLIENT),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_a_household_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
