"""The simulator itself: what it refuses, and that it keeps no token."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest
import requests

from branding.simulator import server, world
from tests.support import running as processes
from tests.support.simulated import Simulated

META = {"Authorization": f"Bearer {world.FACEBOOK_TOKEN}"}


def graph(
    simulated: Simulated, method: str, path: str, host: str = "graph", **more: object
) -> requests.Response:
    address = f"{simulated.address}/{host}/v25.0/{path}"
    return requests.request(method, address, headers=META, timeout=10, **more)  # type: ignore[arg-type]


def test_it_answers_on_this_machine_only() -> None:
    with pytest.raises(ValueError):
        server.make(0, host="192.0.2.1")


@pytest.mark.parametrize(
    ("form", "code", "subcode"),
    [
        ({"image_url": "x", "thumb_offset": "1"}, 100, 2207023),
        ({"media_type": "VIDEO", "video_url": "x"}, 100, 2207023),
        ({"image_url": "x", "is_carousel_item": "true", "caption": "nej"}, 100, 2207023),
        ({"image_url": "http://127.0.0.1:9/a.jpg"}, 9004, 2207052),
        ({"image_url": "http://127.0.0.1:9/å.jpg"}, 9004, 2207052),
        ({"image_url": "x", "caption": "a" * 2201}, 36004, 2207010),
        ({"image_url": "x", "caption": "#a " * 31}, 36004, 2207010),
        ({"image_url": "x", "caption": "@a " * 21}, 100, 2207040),
        ({"image_url": "x", "alt_text": "a" * 1001}, 100, None),
        ({"media_type": "CAROUSEL", "children": "1"}, 100, 2207028),
    ],
)
def test_containers_are_checked_as_instagram_checks_them(
    simulated: Simulated, form: dict[str, str], code: int, subcode: int | None
) -> None:
    error = graph(simulated, "POST", f"{world.IG_ACCOUNT}/media", data=form).json()["error"]
    assert (error["code"], error.get("error_subcode")) == (code, subcode)


def test_400_containers_a_day_are_the_most(simulated: Simulated) -> None:
    simulated.options(instant=True)
    container = world.Container("1", world.IG_ACCOUNT, "image", simulated.world.now())
    simulated.world.containers = {str(n): container for n in range(400)}
    error = graph(simulated, "POST", f"{world.IG_ACCOUNT}/media", data={"image_url": "x"}).json()["error"]
    assert error["error_subcode"] == 2207042


def test_a_comment_that_asks_for_fields_is_made_and_then_refused(simulated: Simulated) -> None:
    external_id = simulated.foreign_post(world.IG_ACCOUNT, "Her")
    data = {"message": "Hej", "fields": "id"}
    error = graph(simulated, "POST", f"{external_id}/comments", data=data).json()["error"]
    assert (error["code"], error["error_subcode"]) == (20, 1772107)
    assert len(graph(simulated, "GET", f"{external_id}/comments").json()["data"]) == 1


def test_a_token_opens_its_own_host_only(simulated: Simulated) -> None:
    assert graph(simulated, "GET", "me").status_code == 200
    assert graph(simulated, "GET", "me", host="igraph").json()["error"]["code"] == 190


def test_lists_come_in_pages_and_stories_end_after_a_day(simulated: Simulated) -> None:
    for number in range(3):
        simulated.foreign_post(world.IG_ACCOUNT, str(number))
    simulated.foreign_post(world.IG_ACCOUNT, "", "STORY")
    first = graph(simulated, "GET", f"{world.IG_ACCOUNT}/media?limit=2").json()
    after = first["paging"]["cursors"]["after"]
    second = graph(simulated, "GET", f"{world.IG_ACCOUNT}/media?limit=2&after={after}").json()
    assert len(first["data"]) == 2 and len(second["data"]) == 1 and "paging" not in second
    assert len(graph(simulated, "GET", f"{world.IG_ACCOUNT}/stories").json()["data"]) == 1
    simulated.advance(24 * 3600)
    assert not graph(simulated, "GET", f"{world.IG_ACCOUNT}/stories").json()["data"]


def test_a_fault_strikes_the_call_that_it_is_meant_for(simulated: Simulated) -> None:
    simulated.faults({"action": "html_502", "method": "GET", "path": "me$", "nth": 2, "times": 2})
    assert [graph(simulated, "GET", "me").status_code for _ in range(4)] == [200, 502, 502, 200]
    assert [call["fault"] for call in simulated.calls()] == ["", "html_502", "html_502", ""]


def test_reads_may_flap(simulated: Simulated) -> None:
    external_id = simulated.foreign_post(world.IG_ACCOUNT, "Her")
    simulated.options(flapping_reads=1)
    assert [graph(simulated, "GET", external_id).status_code for _ in range(2)] == [400, 200]


def test_the_ledger_holds_every_call_and_no_token(simulated: Simulated) -> None:
    graph(simulated, "GET", f"me?access_token={world.FACEBOOK_TOKEN}")
    (call,) = simulated.calls()
    assert call["has_token"] and call["status"] == 200 and world.FACEBOOK_TOKEN not in str(call)


def test_the_command_says_in_plain_words_how_to_use_it(tmp_path: Path) -> None:
    port = processes.free_port()
    log = tmp_path / "simulate.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            processes.command("simulate", "--port", str(port)),
            env=processes.environment(tmp_path, PYTHONUNBUFFERED="1"),
            stdout=file,
            stderr=file,
        )
    try:
        for _ in range(600):
            if "__sim__/state" in log.read_text() or process.poll() is not None:
                break
            time.sleep(0.05)
        told = log.read_text()
        file_named = re.search(r"STAFET_APIS=(\S+)", told)
        assert file_named and f"127.0.0.1:{port}/graph" in Path(file_named[1]).read_text()
        assert world.IG_ACCOUNT in told and world.FACEBOOK_TOKEN in told
        assert requests.get(f"http://127.0.0.1:{port}/__sim__/state", timeout=5).json()["posts"] == []
    finally:
        process.terminate()
        process.wait(10)
