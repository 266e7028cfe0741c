"""Films by PyAV (extra ``video``): made anew without what they told of place and camera, and looked into.

Only the child calls it.  H.264 and HEVC are kept as they were coded; other kinds, and films wider than
channels take, are coded anew when that is quick enough to wait for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, BinaryIO

from PIL import Image

from branding.media.rules.limits import CODECS, MOST_FILM_WIDTH
from branding.media.rules.refused import MOST_PIXELS, refused

#: Pictures of the strip that people are looked for in.
FRAMES = 8
#: Coding costs about 0.17 s for a megapixel and a second: this much is 25 s of work.
_MOST_WORK = 150.0
_LONGEST_SIDE = 1920
_SOUND_RATE = 48_000
#: Room for the index at the front, by pictures and sounds; players and Meta want it before the film.
_INDEX_PER_FRAME, _INDEX = 48, 128 * 1024
#: A film of several hours has no larger index; one that says it is longer than all of them gets no more.
_MOST_INDEX = 64 * 1024 * 1024
_NOTHING_ELSE = {"enable_drefs": "0", "use_absolute_path": "0"}
_LOCATIONS = ("location", "gps", "xyz")
_TURNS = {90: "transpose=cclock", -90: "transpose=clock", 180: "hflip,vflip", -180: "hflip,vflip"}
_PICTURE_TURNS = {
    90: Image.Transpose.ROTATE_90,
    -90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    -180: Image.Transpose.ROTATE_180,
}


@dataclass(frozen=True, slots=True)
class Film:
    """A film in the form in which it is kept."""

    content: io.BytesIO
    width: int
    height: int
    seconds: float
    frame_rate: float
    codec: str
    has_sound: bool
    had_location: bool


def is_available() -> bool:
    """Whether the extra is installed."""
    return find_spec("av") is not None


def take_in(source: BinaryIO) -> Film:
    """The film, made anew; :class:`RuleBroken` says what is wrong with it."""
    import av

    try:
        # Only the reader of MP4 and MOV is let near it: no playlist, no file beside it.
        with av.open(source, "r", format="mov", options=_NOTHING_ELSE) as film:
            return _made_anew(film)
    except (av.FFmpegError, EOFError, MemoryError, OSError, ValueError, IndexError):
        raise refused("film_unreadable") from None


def frames(content: BinaryIO, count: int = FRAMES) -> Iterator[Image.Image]:
    """So many pictures, evenly over the film, upright."""
    import av

    with av.open(content, "r") as film:
        stream = film.streams.video[0]
        length = film.duration or 0
        for number in range(count):
            film.seek(int(length * (number + 0.5) / count), backward=True)
            frame = next(film.decode(stream), None)
            if frame is not None:
                yield _upright(frame)


def _made_anew(film: Any) -> Film:
    video = next((stream for stream in film.streams.video if not _is_cover(stream)), None)
    if video is None:
        raise refused("no_frames")
    first = next(film.decode(video), None)
    if first is None:
        raise refused("no_frames")
    if first.width * first.height > MOST_PIXELS:
        raise refused("too_many_pixels")
    sound = film.streams.audio[0] if film.streams.audio else None
    if sound is not None and not sound.codec_context.sample_rate:
        sound = None
    film.seek(0)
    turn = _turn(first)
    width, height = (first.height, first.width) if abs(turn) == 90 else (first.width, first.height)
    seconds = _seconds(film, video)
    rate = float(video.average_rate or video.guessed_rate or 0)
    is_kept = video.codec_context.name in CODECS
    work = seconds * first.width * first.height / 1e6
    codes = work <= _MOST_WORK and (not is_kept or width > MOST_FILM_WIDTH)
    if not is_kept and not codes:
        raise refused("film_kind")
    made = io.BytesIO()
    with _output(made, film) as output:
        picture: Any = _Coded(output, video, width, height, turn) if codes else _Copied(output, video)
        streams = {video.index: picture}
        if sound is not None:
            is_aac = sound.codec_context.name == "aac"
            streams[sound.index] = _Copied(output, sound) if is_aac else _Sound(output, sound)
        _pass_on(film, streams)
    if not picture.count:
        raise refused("no_frames")
    if codes:
        width, height = picture.size
    made.seek(0)
    codec = "h264" if codes else video.codec_context.name
    return Film(made, width, height, seconds, rate, codec, sound is not None, _had_location(film))


def _output(made: io.BytesIO, film: Any) -> Any:
    import av

    counted = sum(stream.frames for stream in film.streams if stream.type in ("video", "audio"))
    index = room_for_index(counted, _seconds(film, film.streams.video[0]))
    options = {"moov_size": str(index), "use_editlist": "0", "fflags": "+bitexact"}
    return av.open(made, "w", format="mp4", options=options)


def room_for_index(counted: int, seconds: float) -> int:
    """Bytes to keep free at the front; both numbers are what the film says of itself."""
    return min(_INDEX + _INDEX_PER_FRAME * max(counted, int(seconds * 120)), _MOST_INDEX)


def _pass_on(film: Any, streams: dict[int, Any]) -> None:
    for packet in film.demux([stream for stream in film.streams if stream.index in streams]):
        streams[packet.stream.index].take(packet)
    for one in streams.values():
        one.finish()


class _Copied:
    """A stream as it was coded."""

    def __init__(self, output: Any, stream: Any) -> None:
        self._output, self._made, self.count = output, output.add_stream_from_template(stream), 0
        if stream.codec_context.name == "hevc":
            self._made.codec_context.codec_tag = "hvc1"  # the only tag that Apple's players take

    def take(self, packet: Any) -> None:
        if packet.dts is None:  # the end: only those who code have something left
            return
        packet.stream = self._made
        self._output.mux(packet)
        self.count += 1

    def finish(self) -> None:
        """Nothing waits."""


class _Coded:
    """Pictures coded anew as H.264: upright, and no larger than channels take."""

    def __init__(self, output: Any, stream: Any, width: int, height: int, turn: int) -> None:
        scale = min(1.0, _LONGEST_SIDE / max(width, height))
        self.size = tuple(max(2, round(side * scale / 2) * 2) for side in (width, height))
        self._output, self.count = output, 0
        self._made = output.add_stream("libx264", rate=stream.average_rate or 30)
        self._made.width, self._made.height = self.size
        self._made.pix_fmt = "yuv420p"
        self._made.options = {"preset": "veryfast", "crf": "21", "profile": "high"}
        self._made.codec_context.time_base = stream.time_base
        self._graph = _turning(stream, _TURNS.get(turn, ""), self.size)

    def take(self, packet: Any) -> None:
        for frame in packet.decode():
            self._frame(frame)

    def finish(self) -> None:
        self._output.mux(self._made.encode())

    def _frame(self, frame: Any) -> None:
        self._graph.push(frame)
        turned = self._graph.pull()
        turned.pict_type = 0
        self._output.mux(self._made.encode(turned))
        self.count += 1


def _turning(stream: Any, turn: str, size: tuple[int, ...]) -> Any:
    from av.filter import Graph

    graph = Graph()
    steps = [graph.add_buffer(template=stream, time_base=stream.time_base)]
    for step in filter(None, turn.split(",")):
        name, _, value = step.partition("=")
        steps.append(graph.add(name, value))
    steps += [graph.add("scale", f"{size[0]}:{size[1]}"), graph.add("format", "yuv420p")]
    graph.link_nodes(*steps, graph.add("buffersink")).configure()
    return graph


class _Sound:
    """Sound coded anew as AAC."""

    def __init__(self, output: Any, stream: Any) -> None:
        from av import AudioResampler

        layout = "mono" if stream.codec_context.channels == 1 else "stereo"
        self._output, self._made = output, output.add_stream("aac", rate=_SOUND_RATE, layout=layout)
        self._resampler = AudioResampler("fltp", layout, _SOUND_RATE)

    def take(self, packet: Any) -> None:
        for frame in packet.decode():
            self._frames(self._resampler.resample(frame))

    def finish(self) -> None:
        self._frames(self._resampler.resample(None))
        self._output.mux(self._made.encode())

    def _frames(self, found: list[Any]) -> None:
        for frame in found:
            self._output.mux(self._made.encode(frame))


def _upright(frame: Any) -> Image.Image:
    picture: Image.Image = frame.to_image()
    turn = _PICTURE_TURNS.get(_turn(frame))
    return picture if turn is None else picture.transpose(turn)


def _turn(frame: Any) -> int:
    """How far it is turned against the clock to stand upright: 0, 90, 180 or -90."""
    return int(round(frame.rotation / 90) * 90)


def _is_cover(stream: Any) -> bool:
    """A picture that belongs to a sound file or film, and is none of its own."""
    from av.stream import Disposition

    return bool(stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails))


def _seconds(film: Any, video: Any) -> float:
    if film.duration:
        return float(film.duration) / 1_000_000
    return float(video.duration * video.time_base) if video.duration and video.time_base else 0.0


def _had_location(film: Any) -> bool:
    told = [*film.metadata, *(key for stream in film.streams for key in stream.metadata)]
    return any(word in key.casefold() for key in told for word in _LOCATIONS)
