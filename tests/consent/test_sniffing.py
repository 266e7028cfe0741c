"""Files from outside: what is taken, in which form it is kept, and what is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from branding.consent import sniffing
from branding.consent.sniffing import accept
from branding.core.errors import RuleBroken

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "red").save(made, kind, **options)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as caught:
        accept(content)
    return caught.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_pictures_of_phones_and_scanners_become_jpeg(kind: str) -> None:
    found = accept(picture(kind, (64, 32)))
    assert found.mime == "image/jpeg"
    assert opened(found.content).format == "JPEG"
    assert opened(found.content).size == (64, 32)


def test_what_travels_with_a_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Vega"
    exif.get_ifd(0x8825)[1] = "N"
    sent = picture("JPEG", exif=exif, comment=b"secret place", icc_profile=b"x" * 200)
    found = accept(sent).content
    assert b"Vega" in sent
    for trace in (b"Vega", b"secret place", b"Exif", b"ICC_PROFILE"):
        assert trace not in found


def test_a_picture_is_turned_as_the_phone_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(accept(picture("JPEG", (60, 20), exif=exif)).content).size == (20, 60)


def test_a_large_picture_is_made_as_small_as_it_is_read() -> None:
    found = opened(accept(picture("JPEG", (5200, 2600))).content)
    assert max(found.size) <= sniffing.LONGEST_SIDE


def test_what_is_transparent_becomes_paper() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(made, "PNG")
    assert opened(accept(made.getvalue()).content).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04" + b"x" * 50])
def test_what_is_hidden_behind_a_picture_is_not_kept(tail: bytes) -> None:
    assert tail not in accept(picture("JPEG") + tail).content
    assert tail not in accept(picture("PNG") + tail).content


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + b"\0" * 40,
        b"PK\x03\x04" + b"\0" * 40,
        b"MZ" + b"\0" * 40,
        b"\n%PDF-1.7",
        b"just text",
        b"\0\0\0\x1cftypavif" + b"\0" * 40,
    ],
)
def test_other_files_are_refused_by_what_they_hold(content: bytes) -> None:
    assert refused(content) == "wrong_kind"


def test_an_empty_file_and_a_huge_one_are_refused() -> None:
    assert refused(b"") == "empty_file"
    assert refused(b"\xff\xd8\xff" + b"\0" * sniffing.MOST_BYTES) == "too_big"
    assert refused(b"%PDF-" + b"\0" * sniffing.MOST_PDF_BYTES) == "too_big"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10**6))
    assert refused(bomb + chunk(b"IEND", b"")) == "too_many_pixels"
    assert refused(picture("PNG", (8000, 7000), "1")) == "too_many_pixels"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_half_a_picture_is_refused_kindly(kind: str) -> None:
    whole = picture(kind, (300, 300))
    assert refused(whole[: len(whole) // 3]) == "unreadable"


def test_a_plain_pdf_is_kept_as_it_is() -> None:
    assert accept(PDF).content == PDF
    assert accept(PDF).mime == "application/pdf"


_HIDDEN = zlib.compress(b"9 0 <</S/JavaScript/JS(app.alert(1))>>")


@pytest.mark.parametrize(
    ("about", "packed"),
    [
        (b"/Type/ObjStm/Filter/FlateDecode", _HIDDEN),
        (b"/Type/ObjStm/Filt#65r/Flat#65Decode", _HIDDEN),
        (b"/Filter/FlateDecode/P(" + b"x" * 1500 + b")/Type/ObjStm", _HIDDEN),
        (b"/Type/ObjStm/Filter/FlateDecode/X(1 0 obj)", _HIDDEN),
        (b"/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]", _HIDDEN.hex().encode() + b">"),
        (b"/Type/Obj#53tm/Filter[/ASCIIHexDecode/FlateDecode]", _HIDDEN.hex().encode() + b">"),
        (b"/Type%c\n/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]", _HIDDEN.hex().encode() + b">"),
        (b"/Type/ObjStm/X( obj)/Filter[/ASCIIHexDecode/FlateDecode]", _HIDDEN.hex().encode() + b">"),
        (b"/Type/ObjStm/Filter/FlateDecode", zlib.compress(b"endstream", 0)[:-4] + _HIDDEN),
        (b"/Type/ObjStm/Filter/FlateDecode", zlib.compress(b"9 0 <</AA 3 0 R>>")),
    ],
)
@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_objects_that_are_packed_out_of_sight_are_refused(
    about: bytes, packed: bytes, line_end: bytes
) -> None:
    stream = b"5 0 obj\n<<" + about + b">>\nstream" + line_end + packed + b"\nendstream\nendobj\n"
    assert refused(PDF.replace(b"trailer", stream + b"trailer")) == "acting_pdf"


@pytest.mark.parametrize(
    "inside",
    [
        b"/OpenAction 3 0 R",
        b"<</S/JavaScript/JS(app.alert(1))>>",
        b"<</S /Java#53cript>>",
        b"/AA <</O 3 0 R>>",
        b"<</S/Launch/F(x.exe)>>",
        b"/Type/EmbeddedFile",
        b"/Names<</EmbeddedFiles 4 0 R>>",
        b"/XFA 3 0 R",
        b"/Encrypt 3 0 R",
        b"/S/SubmitForm",
        b"/RichMedia",
    ],
)
def test_a_pdf_that_can_act_is_refused(inside: bytes) -> None:
    assert refused(PDF.replace(b"/Type/Catalog", b"/Type/Catalog " + inside + b" ")) == "acting_pdf"


def test_what_a_pdf_hides_in_a_packed_part_is_found() -> None:
    packed = zlib.compress(b"1 0 <</S/JavaScript/JS(x)>>")
    part = b"5 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj\n"
    assert refused(PDF.replace(b"trailer", part + b"trailer")) == "acting_pdf"
    unknown = part.replace(b"/FlateDecode", b"[/ASCIIHexDecode/FlateDecode]")
    assert refused(PDF.replace(b"trailer", unknown + b"trailer")) == "acting_pdf"
    plain = zlib.compress(b"1 0 <</Type/Page>>")
    kept = PDF.replace(b"trailer", part.replace(packed, plain) + b"trailer")
    assert accept(kept).content == kept


def test_a_pdf_with_something_behind_its_end_is_refused() -> None:
    assert refused(PDF + b"PK\x03\x04zip") == "unreadable"
    assert refused(PDF.replace(b"%%EOF", b"")) == "unreadable"


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"RIFF0000WEBP"]),
)
def test_anything_is_taken_or_refused_and_never_breaks(content: bytes, head: bytes) -> None:
    try:
        found = accept(head + content)
    except RuleBroken:
        return
    assert found.mime in ("image/jpeg", "application/pdf")
