"""The text step; alt texts and reasons are read by name, as there are as many as the post has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from branding.consent.values.names import CHANNELS
from branding.consent.values.records import Channel
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.values.words import Alt, Words
from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l
from branding.web.i18n import translate

#: Where a post can go besides Instagram.
ALSO = (Channel.FACEBOOK, Channel.LINKEDIN)
#: Far more than Instagram takes: nothing that somebody wrote is refused by its length.
_LONGEST = 10_000
_ALT, _DECORATIVE, _REASON, _MARK = "alt-", "decorative-", "reason-", "mark-"


def plain(value: object) -> object:
    """A filter: one kind of line break."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


class WordsForm(Form):
    FACEBOOK, LINKEDIN = ALSO

    caption = TextAreaField(_l("Text"), filters=[plain], validators=[longest(_LONGEST)])
    first_comment = TextAreaField(_l("First comment"), filters=[plain], validators=[longest(_LONGEST)])
    place = StringField(_l("Place"), filters=[strip], validators=[longest(120)])
    collaborators = StringField(_l("Co-authors"), filters=[strip], validators=[longest(300)])
    tagged = StringField(_l("Tagged accounts"), filters=[strip], validators=[longest(300)])
    channels = SelectMultipleField(_l("Also on"), validate_choice=False)
    text_facebook = TextAreaField(_l("Text on Facebook"), filters=[plain], validators=[longest(_LONGEST)])
    text_linkedin = TextAreaField(_l("Text on LinkedIn"), filters=[plain], validators=[longest(_LONGEST)])

    def also(self) -> list[SelectChoice]:
        return [SelectChoice(one.value, translate(CHANNELS[one])) for one in ALSO]

    def to_values(
        self, sent: Mapping[str, str], main: Channel, items: Iterable[str], keys: Iterable[str]
    ) -> Words:
        """``items`` and ``keys``: the pictures and findings of the page."""
        texts = {Channel.FACEBOOK: self.text_facebook.data, Channel.LINKEDIN: self.text_linkedin.data}
        chosen = [one for one in ALSO if one.value in (self.channels.data or []) and one is not main]
        alts = {one: Alt(_line(sent, _ALT + one), _line(sent, _DECORATIVE + one)) for one in items}
        for alt in alts.values():
            if max(len(alt.alt), len(alt.decorative_because)) > _LONGEST:
                raise RuleBroken("long_alt", say("Write at most %(max)s characters.", max=_LONGEST))
        return Words(
            caption=self.caption.data or "",
            first_comment=self.first_comment.data or "",
            place=self.place.data or "",
            collaborators=_handles(self.collaborators.data or ""),
            tags=_handles(self.tagged.data or ""),
            channels=(main, *chosen),
            texts={channel: text for channel, text in texts.items() if text},
            alts=alts,
            reasons={key: _line(sent, _REASON + key)[:300] for key in keys if _line(sent, _REASON + key)},
        )

    @staticmethod
    def marks(sent: Mapping[str, str]) -> dict[str, str]:
        """What the page was made from."""
        return {name.removeprefix(_MARK): mark for name, mark in sent.items() if name.startswith(_MARK)}

    @staticmethod
    def reason_keys(sent: Mapping[str, str]) -> list[str]:
        return [name.removeprefix(_REASON) for name in sent if name.startswith(_REASON)]


def _line(sent: Mapping[str, str], name: str) -> str:
    return str(plain(sent.get(name, "")))


def _handles(text: str) -> tuple[str, ...]:
    """Accounts as people write them: with @ or without, with commas or spaces between."""
    found = (one.strip().removeprefix("@") for one in text.replace(",", " ").split())
    return tuple(dict.fromkeys(one for one in found if one))
