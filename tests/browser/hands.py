"""Two ways of doing the same: a finger (or mouse), and nothing but the keyboard."""

from __future__ import annotations

from abc import ABC, abstractmethod

from playwright.sync_api import Locator, Page, expect

#: More than any page has to stop at.
_MOST_STOPS = 250
_IS_HERE = "e => e === document.activeElement"
_IS_SAME_GROUP = """e => e === document.activeElement || (e.type === 'radio'
    && document.activeElement.type === 'radio' && document.activeElement.name === e.name)"""
#: Our large Yes and No draw the focus on the label beside the radio.
_SHOWS_FOCUS = """e => [e, e.nextElementSibling].filter(Boolean).map(getComputedStyle).some(
    s => (s.outlineStyle !== 'none' && s.outlineWidth !== '0px') || s.boxShadow !== 'none')"""


class Hand(ABC):
    """Does what a person does, and counts it: ``acts`` are the presses that a page asks for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name))

    def link(self, name: str) -> None:
        self.press(self.page.get_by_role("main").get_by_role("link", name=name))

    def answer(self, line: str, word: str) -> None:
        """Yes or No in one line."""
        group = self.page.get_by_role("group", name=line)
        self.choose(group.get_by_role("radio", name=word, exact=True))

    def press(self, thing: Locator) -> None:
        self.acts += 1
        self._press(thing.first)

    def choose(self, thing: Locator) -> None:
        """A radio button or a box to tick."""
        self.acts += 1
        self._choose(thing.first)
        expect(thing.first).to_be_checked()

    def write(self, label: str, text: str) -> None:
        self.acts += 1
        self._write(self.page.get_by_label(label), text)

    @abstractmethod
    def sign(self, name: str) -> None:
        """Put a signature under it, in the way that this hand can."""

    @abstractmethod
    def _press(self, thing: Locator) -> None: ...

    @abstractmethod
    def _choose(self, thing: Locator) -> None: ...

    @abstractmethod
    def _write(self, thing: Locator, text: str) -> None: ...


class Finger(Hand):
    def sign(self, name: str) -> None:
        """Drawn on the screen; the name is not needed."""
        self.acts += 1
        canvas = self.page.locator("[data-pad] canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        assert box["width"] >= 200, "there is room for a signature"
        mouse = self.page.mouse
        mouse.move(box["x"] + 30, box["y"] + 90)
        mouse.down()
        for x, y in ((60, 30), (90, 110), (130, 50), (190, 90)):
            mouse.move(box["x"] + x, box["y"] + y, steps=4)
        mouse.up()
        expect(self.page.get_by_text("Underskrift tegnet")).to_be_visible()

    def _press(self, thing: Locator) -> None:
        thing.tap()

    def _choose(self, thing: Locator) -> None:
        thing.tap()

    def _write(self, thing: Locator, text: str) -> None:
        thing.tap()
        thing.fill(text)


class Keys(Hand):
    """Tab, arrows, Space and Enter; everything that gets the focus must show it."""

    def sign(self, name: str) -> None:
        self.write("Skriv dit navn", name)

    def _press(self, thing: Locator) -> None:
        self._go_to(thing)
        self.page.keyboard.press("Enter")

    def _choose(self, thing: Locator) -> None:
        self._go_to(thing, _IS_SAME_GROUP)
        for _ in range(20):
            if thing.evaluate(_IS_HERE):
                break
            self.page.keyboard.press("ArrowDown")
        if not thing.is_checked():
            self.page.keyboard.press("Space")

    def _write(self, thing: Locator, text: str) -> None:
        self._go_to(thing)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def _go_to(self, thing: Locator, test: str = _IS_HERE) -> None:
        expect(thing).to_be_visible()
        handle = thing.element_handle()
        for _ in range(_MOST_STOPS):
            if self.page.evaluate(test, handle):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"Tab never came to {thing}")
        assert self.page.evaluate(_SHOWS_FOCUS, self.page.evaluate_handle("document.activeElement"))


HANDS: dict[str, type[Hand]] = {"finger": Finger, "keys": Keys}
