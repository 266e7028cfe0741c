"""What is printed: the proof of one answer, and the card that takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from flask_babel import gettext as _

from branding.consent.rules.proving import canonical
from branding.consent.values.names import CHANNELS
from branding.consent.values.proof import Proof
from branding.consent.values.records import Channel
from branding.core.pdf import pdf
from branding.web.filters import full_moment
from branding.web.i18n import language, translate


def proof(found: Proof) -> bytes:
    """The PDF, tagged; the record travels in it as an attachment.  The same proof gives the same bytes."""
    pictures = {one.file_name: one.content for one in found.pictures}
    data = {
        **_words(),
        "lang": language(),
        "code": found.code,
        "facts": _facts(found.record),
        "scopes": [_scope(one) for one in found.record["scopes"]],
        "signatures": [_signature(one) for one in found.record["signatures"]],
        "pictures": [{"name": one.file_name, "sha256": one.sha256} for one in found.pictures],
        "left_out": list(found.left_out),
        "text": found.record["form"]["words"],
        "form": found.record["form"],
        "files": [_file(one) for one in found.record["files"]],
        "events": [_event(one) for one in found.record["events"]],
    }
    attached = {"record.json": canonical(found.record)}
    return pdf("consent/proof.typ", data, pictures={**pictures, **attached}, at=found.made_at)


def card(address: str, *, at: datetime) -> bytes:
    """A card of the size of a bank card: a code, where it leads, and no name."""
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(
        drawn, kind="svg", dark="#000", light="#fff", border=2, xmldecl=False
    )
    data = {
        "title": _("Your card"),
        "lead": _("Do you no longer want to be shown?"),
        "how": _("Point a phone at the code. Or show the card to one of us."),
        "address": address,
        "alt": _("QR code to the page where you take your yes back"),
        "lang": language(),
    }
    return pdf("consent/withdraw_card.typ", data, pictures={"code.svg": drawn.getvalue()}, at=at)


def _words() -> dict[str, Any]:
    return {
        "title": _("Proof of an answer"),
        "scopes_heading": _("What it covers"),
        "scope_columns": [_("Where"), _("What"), _("Name"), _("Voice"), _("Advertisement")],
        "signed_heading": _("Signed by"),
        "pictures_heading": _("Signatures and pages"),
        "picture_alt": _("Signature or page, as it is kept"),
        "left_out_line": _("Kept beside this proof, and not shown in it (SHA-256):"),
        "text_heading": _("What was shown"),
        "no_text": _("The words are those of the form named above."),
        "files_heading": _("Files"),
        "events_heading": _("What has happened"),
        "code_label": _("Verification code"),
        "nothing": _("Nothing."),
        "yes": _("Yes"),
        "no": _("No"),
    }


def _facts(record: Mapping[str, Any]) -> list[list[str]]:
    verified = record["verified"]
    lines = [
        *_over(record),
        (_("Who"), f"{record['person']}, {record['unit']}"),
        (_("Answer"), _("Yes") if record["answer"] == "yes" else _("No")),
        (_("For"), record["for"]["label"]),
        (_("How"), _how(record["evidence"], by_mark=any(one["by_mark"] for one in record["signatures"]))),
        (_("Told that it goes on Instagram"), _("Yes") if record["told_instagram"] else _("No")),
        (_("Asked"), _by(record["asked"])),
        (_("Where"), record["asked"]["place"]),
        (_("Asked by somebody with a say"), record["asked"]["power_reason"]),
        (_("Answered"), _moment(record["signed_at"])),
        (_("Written down"), _by(record["recorded"])),
        (_("Checked"), _by(verified) if verified else _("not checked yet")),
        (_("Counts"), f"{_moment(record['valid']['from'])} – {_moment(record['valid']['until'])}"),
        (_("Legal basis"), " + ".join(filter(None, map(_article, record["basis"].values())))),
        (_("Form"), f"{record['form']['id']} (SHA-256 {record['form']['sha256'][:16]}…)"),
        (_("Consent number"), record["consent"]),
        (_("This proof was made"), _moment(record["made_at"])),
    ]
    return [[name, str(value)] for name, value in lines if value]


def _over(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What must be read before anything else: that the answer no longer counts, and since when."""
    invalidated = record["invalidated"]
    lines = [(_("Found not to count"), _moment(invalidated["at"]))] if invalidated else []
    for event in record["events"]:
        if event["step"] == "withdrawn":
            places = [str(translate(CHANNELS[Channel(one)])) for one in event["channels"]]
            lines.append((_("Taken back"), ", ".join([_moment(event["at"]), *places])))
        elif event["step"] == "expired":
            lines.append((_("Expired"), _moment(event["at"])))
    return lines


def _article(value: str) -> str:
    return f"GDPR {value}" if value else ""


def _by(part: Mapping[str, Any]) -> str:
    kinds = {
        "user": part["by"]["name"],
        "host": _("by the host"),
        "subject": _("by the person"),
        "system": "Stafet",
    }
    return ", ".join(filter(None, (_moment(part["at"]), kinds.get(part["by"]["kind"], ""))))


def _how(evidence: str, *, by_mark: bool = False) -> str:
    if by_mark:
        return str(_("by pointing, with a sign or with a word"))
    ways: Mapping[str, str] = {
        "oral": _("orally"),
        "drawn": _("with a drawn signature"),
        "typed": _("with a typed name"),
        "paper": _("on paper"),
        "click_authenticated": _("by personal link"),
    }
    return ways[evidence]


def _scope(one: Mapping[str, Any]) -> list[str]:
    media = {"photo": _("Photo"), "video": _("Film")}
    place = str(translate(CHANNELS[Channel(one["channel"])]))
    ticks = [_("Yes") if one[key] else _("No") for key in ("name", "voice", "paid")]
    return [place, ", ".join(media[kind] for kind in one["media"]), *ticks]


def _signature(one: Mapping[str, Any]) -> list[str]:
    roles = {
        "self": _("The person"),
        "guardian": _("Guardian"),
        "custody": _("Custody holder"),
        "assent": _("Was heard and did not say no"),
        "witness": _("Witness"),
    }
    name = _("cannot be read") if one["name"] is None else one["name"]
    return [roles[one["role"]], name, _how(one["method"], by_mark=one["by_mark"]), _moment(one["at"])]


def _file(one: Mapping[str, Any]) -> list[str]:
    kinds = {
        "signature": _("Signature"),
        "scan": _("Signed form"),
        "record": _("What was shown and answered"),
    }
    lines = [f"SHA-256 {one['sha256']}"]
    if one["source_sha256"] != one["sha256"]:
        lines.append(_("as it came: %(hash)s", hash=one["source_sha256"]))
    return [kinds[one["kind"]], _moment(one["stored_at"]), "\n".join(lines)]


def _event(one: Mapping[str, Any]) -> list[str]:
    steps = {
        "added": _("Put on the register"),
        "asked": _("Asked"),
        "lapsed": _("The question lapsed"),
        "yes": _("Said yes"),
        "no": _("Said no"),
        "verified": _("Proof checked"),
        "shown": _("Shown"),
        "taken_down": _("Taken down"),
        "withdrawn": _("Consent taken back"),
        "invalidated": _("Found not to count"),
        "expired": _("Expired"),
        "purged": _("Proof removed"),
    }
    what = " · ".join(filter(None, (steps[one["step"]], one["what"], ", ".join(one["channels"]))))
    return [_moment(one["at"]), what, one["by"]]


def _moment(text: str) -> str:
    return full_moment(datetime.fromisoformat(text))
