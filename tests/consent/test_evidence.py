"""How large a request may be: photographs of a form on one page, a spreadsheet everywhere else."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.client import InspectingClient

UNKNOWN = "f" * 32
HEAD = b'--x\r\nContent-Disposition: form-data; name="pages"; filename="a.jpg"\r\n\r\n'


def status(client: InspectingClient, address: str, size: int) -> int:
    body = HEAD + b"a" * size + b"\r\n--x--\r\n"
    return client.post(address, data=body, content_type="multipart/form-data; boundary=x").status_code


def test_only_the_scan_page_takes_more_than_a_spreadsheet(
    client: InspectingClient, area: int, sign_in: Callable[..., int]
) -> None:
    sign_in("coordinator", area)
    large = 7 * 1024 * 1024
    assert status(client, f"/consent/requests/{UNKNOWN}/scan", large) == 404
    assert status(client, f"/consent/verify/{UNKNOWN}/confirm", large) == 413
    assert status(client, f"/consent/verify/{UNKNOWN}/confirm", 10) == 404
    assert status(client, f"/consent/requests/{UNKNOWN}/scan", 65 * 1024 * 1024) == 413
