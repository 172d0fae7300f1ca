"""One picture made of another: what comes out has the format, the size and the colours that were asked for."""

from __future__ import annotations

import io
import json

import pytest

pytest.importorskip("pyvips", reason="the extra `images` is not installed")

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from broadsheet.errors import ImageError
from broadsheet.images.limits import Limits
from broadsheet.images.magic import media_type_of
from broadsheet.images.making import Made, make
from broadsheet.images.probing import probe
from broadsheet.images.query import read_query

LIMITS = Limits()
BLUE, RED, WHITE = (20, 20, 220), (200, 30, 30), (255, 255, 255)
NEAR = 12  # what a lossy format may change of a colour


def drawn(width: int = 600, height: int = 400) -> Image.Image:
    """The left half blue, the right half red, something round in the middle."""
    image = Image.new("RGB", (width, height), RED)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2 - 1, height), fill=BLUE)
    pen.ellipse((width // 3, height // 4, 2 * width // 3, 3 * height // 4), fill=(240, 240, 10))
    return image


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def see_through() -> Image.Image:
    image = drawn().convert("RGBA")
    image.putalpha(128)
    return image


def turned() -> bytes:
    """Stored lying on its side, as telephones do."""
    exif = Image.Exif()
    exif[274] = 6
    return packed(drawn(), "JPEG", exif=exif)


def moving(frames: int = 4) -> bytes:
    return packed(drawn(60, 40), "GIF", save_all=True, append_images=[drawn(60, 40).rotate(9 * at) for at in range(1, frames)], duration=50, loop=0)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="100" height="50" fill="#c81e1e"/></svg>'
KINDS = {
    "jpeg": packed(drawn(), "JPEG"), "png": packed(drawn(), "PNG"), "webp": packed(drawn(), "WEBP"), "gif": packed(drawn(), "GIF"),
    "avif": packed(drawn(), "AVIF"), "tiff": packed(drawn(), "TIFF"), "cmyk": packed(drawn().convert("CMYK"), "JPEG"),
    "grey": packed(drawn().convert("L"), "JPEG"), "palette": packed(drawn().quantize(16), "PNG"),
    "progressive": packed(drawn(), "JPEG", progressive=True),
    "interlaced": packed(drawn(), "PNG", interlace=1),
}  # fmt: skip


def made(body: bytes, query: str = "", *, limits: Limits = LIMITS, accepts: frozenset[str] = frozenset()) -> Made:
    return make(body, read_query(f"url=paper.example/a.jpg&{query}").wish, limits=limits, accepts=accepts)


def opened(one: Made) -> Image.Image:
    return Image.open(io.BytesIO(one.body))


def is_near(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    seen = image.convert("RGB").getpixel(place)
    return all(abs(one - other) <= NEAR for one, other in zip(seen, colour, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_is_read(kind: str) -> None:
    assert opened(made(KINDS[kind], "w=300&output=png")).size == (300, 200)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "grey"])
def test_colours_stay_what_they_are(kind: str) -> None:
    image = opened(made(KINDS[kind], "output=png"))
    assert is_near(image, (5, 5), BLUE) or kind == "cmyk"
    assert is_near(image, (595, 5), RED) or kind == "cmyk"


@pytest.mark.parametrize(("output", "kind"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("avif", "AVIF"), ("gif", "GIF")])
def test_every_format_is_written(output: str, kind: str) -> None:
    one = made(KINDS["jpeg"], f"output={output}")
    assert (opened(one).format, one.media_type, opened(one).size) == (kind, media_type_of(one.body), (600, 400))


@pytest.mark.parametrize(("kind", "media_type"), [("jpeg", "image/jpeg"), ("png", "image/png"), ("gif", "image/gif"), ("tiff", "image/jpeg")])
def test_the_format_stays_where_none_is_asked_for(kind: str, media_type: str) -> None:
    assert made(KINDS[kind]).media_type == media_type


@pytest.mark.parametrize(("accepted", "media_type"), [("image/webp", "image/webp"), ("image/avif", "image/avif")])
def test_a_client_that_takes_a_modern_format_gets_it(accepted: str, media_type: str) -> None:
    assert made(KINDS["jpeg"], accepts=frozenset((accepted,))).media_type == media_type


def test_a_format_asked_for_outranks_what_the_client_takes() -> None:
    assert made(KINDS["png"], "output=jpg", accepts=frozenset(("image/avif",))).media_type == "image/jpeg"


def test_what_can_be_seen_through_stands_on_black_where_jpeg_is_asked_for() -> None:
    one = made(packed(see_through(), "PNG"), "output=jpg")
    assert one.media_type == "image/jpeg"
    assert is_near(opened(one), (5, 5), (10, 10, 110))


def test_before_a_background_it_stands_on_that() -> None:
    one = made(packed(see_through(), "PNG"), "output=jpg&bg=fff")
    assert one.media_type == "image/jpeg"
    assert is_near(opened(one), (5, 5), (137, 137, 237))


def test_a_picture_on_its_side_is_turned_upright_and_loses_its_metadata() -> None:
    image = opened(made(turned(), "w=200"))
    assert image.size == (200, 300)
    assert dict(image.getexif()) == {}


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("w=300", (300, 200)),
        ("h=100", (150, 100)),
        ("w=50%25", (300, 200)),
        ("w=100&dpr=2", (200, 133)),
        ("w=100&h=100", (100, 67)),
        ("w=100&h=100&fit=inside", (100, 67)),
        ("w=100&h=100&fit=outside", (150, 100)),
        ("w=100&h=100&fit=cover", (100, 100)),
        ("w=100&h=100&fit=fill", (100, 100)),
        ("w=100&h=100&fit=contain", (100, 100)),
        ("w=1200", (1200, 800)),
        ("w=1200&we", (600, 400)),
        ("w=1200&h=1200&fit=squaredown", (600, 400)),
        ("ro=90", (400, 600)),
        ("ro=90&w=200", (200, 300)),
        ("ro=45", (707, 707)),
    ],
)
def test_it_is_as_large_as_was_asked(query: str, size: tuple[int, int]) -> None:
    assert opened(made(KINDS["png"], query)).size == size


@pytest.mark.parametrize(
    ("query", "colour"),
    [("a=left", BLUE), ("a=right", RED), ("a=focal&fpx=0&fpy=0", BLUE), ("a=focal&fpx=1&fpy=0", RED), ("a=top-left", BLUE), ("a=bottom-right", RED)],
)
def test_the_part_kept_is_the_one_asked_for(query: str, colour: tuple[int, int, int]) -> None:
    assert is_near(opened(made(KINDS["png"], f"w=100&h=400&fit=cover&{query}")), (1, 1), colour)


@pytest.mark.parametrize("align", ["entropy", "attention"])
def test_a_clever_cut_is_as_large_as_any_other(align: str) -> None:
    assert opened(made(KINDS["jpeg"], f"w=100&h=100&fit=cover&a={align}")).size == (100, 100)


def test_what_is_left_of_a_frame_is_see_through_unless_coloured() -> None:
    assert opened(made(KINDS["png"], "w=100&h=100&fit=contain")).convert("RGBA").getpixel((1, 1))[3] == 0
    assert is_near(opened(made(KINDS["png"], "w=100&h=100&fit=contain&cbg=fff")), (1, 1), WHITE)


def test_mirrored_left_is_right_and_up_is_down() -> None:
    assert is_near(opened(made(KINDS["png"], "flop")), (5, 5), RED)
    assert is_near(opened(made(KINDS["png"], "flip")), (5, 5), BLUE)


def test_a_blurred_picture_has_softer_edges() -> None:
    edge = opened(made(KINDS["png"], "blur=8")).convert("RGB").getpixel((300, 5))
    assert not is_near(opened(made(KINDS["png"], "blur=8")), (300, 5), BLUE)
    assert RED[0] - NEAR > edge[0] > BLUE[0] + NEAR


def test_a_border_is_trimmed() -> None:
    framed = Image.new("RGB", (800, 600), WHITE)
    framed.paste(drawn(), (100, 100))
    assert opened(made(packed(framed, "PNG"), "trim=10")).size == (600, 400)


def test_information_tells_of_the_picture_without_making_one() -> None:
    said = json.loads(made(turned(), "output=json").body)
    assert (said["format"], said["width"], said["height"], said["orientation"]) == ("jpeg", 400, 600, 6)


def test_of_an_animation_the_first_frame_is_made_unless_all_are_asked_for() -> None:
    assert getattr(opened(made(moving())), "n_frames", 1) == 1
    assert opened(made(moving(), "n=-1&w=30")).n_frames == 4


@pytest.mark.parametrize("query", ["n=-1&output=webp", "n=-1&w=20&h=20&fit=cover"])
def test_an_animation_moves_on(query: str) -> None:
    assert opened(made(moving(), query)).n_frames == 4


def test_an_icon_is_drawn_from_its_largest_picture() -> None:
    icon = packed(drawn(64, 64), "ICO", sizes=[(16, 16), (64, 64)])
    assert opened(made(icon)).size == (64, 64)


def test_an_icon_of_the_old_kind_is_drawn_too() -> None:
    icon = packed(drawn(32, 32), "ICO", sizes=[(32, 32)], bitmap_format="bmp")
    assert is_near(opened(made(icon)), (2, 2), BLUE)


def test_a_drawing_becomes_pixels_at_the_size_asked_for() -> None:
    one = made(SVG, "w=400")
    assert (one.media_type, opened(one).size) == ("image/png", (400, 200))
    assert is_near(opened(one), (200, 100), RED)


def test_a_drawing_reaches_nothing_outside_of_itself(tmp_path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(packed(Image.new("RGB", (100, 50), (0, 255, 0)), "PNG"))
    svg = (
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="100" height="50"><script>alert(1)</script><text>&x;</text><image xlink:href="{secret.as_uri()}" width="100" height="50"/></svg>'
    )
    try:
        one = opened(made(svg.encode(), "output=png")).convert("RGBA")
    except ImageError:
        return  # refused as a whole: nothing was read either
    assert one.getpixel((50, 25))[1] == 0


def test_a_picture_of_a_hundred_thousand_pixels_a_side_is_refused_by_its_header() -> None:
    bomb = bytearray(packed(Image.new("1", (8, 8)), "PNG"))
    bomb[16:24] = (100_000).to_bytes(4, "big") * 2
    import zlib

    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    with pytest.raises(ImageError, match="too large for processing"):
        made(bytes(bomb))


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(ImageError, match="too large for processing"):
        made(packed(Image.new("1", (4000, 4000)), "PNG"), limits=Limits(max_pixels=10_000_000))


def test_what_is_asked_for_may_not_be_too_large_either() -> None:
    with pytest.raises(ImageError, match="too large for processing"):
        made(KINDS["png"], "w=9000&h=9000&fit=fill")


def test_an_animation_of_too_many_frames_is_refused() -> None:
    with pytest.raises(ImageError, match="too many pages"):
        made(moving(6), "n=-1", limits=Limits(max_pages=5))


@pytest.mark.parametrize("body", [b"", b"<html><img src=x></html>", b"GIF89a", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8 ", b"%PDF-1.7"])
def test_what_is_no_picture_is_told_so(body: bytes) -> None:
    with pytest.raises(ImageError) as told:
        made(body)
    assert told.value.status in (400, 404)


def test_a_file_of_two_natures_counts_as_what_it_begins_with() -> None:
    assert made(KINDS["jpeg"] + b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>").media_type == "image/jpeg"


def test_a_truncated_picture_is_made_as_far_as_it_goes() -> None:
    body = KINDS["jpeg"]
    assert opened(made(body[: len(body) * 3 // 4], "w=100")).size == (100, 67)


DAMAGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20),
    cut=st.floats(0.1, 1),
)
def test_a_damaged_picture_gives_a_picture_or_an_error_of_ours(kind: str, places: list[tuple[float, int]], cut: float) -> None:
    body = bytearray(KINDS[kind])
    for place, value in places:
        body[int(place * (len(body) - 1))] = value
    try:
        one = made(bytes(body[: int(len(body) * cut)]), "w=50&output=jpg")
    except ImageError:
        return
    assert media_type_of(one.body) in ("image/jpeg", "image/png")


def test_what_is_known_of_an_original() -> None:
    facts = probe(turned(), limits=LIMITS)
    assert (facts.media_type, facts.width_px, facts.height_px, facts.frames) == ("image/jpeg", 400, 600, 1)
    assert facts.placeholder is not None
    assert facts.placeholder.startswith("data:image/webp;base64,")
    assert len(facts.placeholder) <= 600


def test_what_can_be_seen_through_has_no_placeholder() -> None:
    assert probe(packed(see_through(), "PNG"), limits=LIMITS).placeholder is None


def busy(seed: int) -> Image.Image:
    """Something with light and shade all over, as photographs have."""
    import numpy as np

    return Image.fromarray((np.random.default_rng(seed).random((9, 12, 3)) * 255).astype("uint8")).resize((900, 600), Image.Resampling.BICUBIC)


def distance(one: bytes, other: bytes) -> int:
    first, second = probe(one, limits=LIMITS).fingerprint, probe(other, limits=LIMITS).fingerprint
    assert first is not None
    assert second is not None
    return (first ^ second).bit_count()


@pytest.mark.parametrize("seed", range(5))
def test_the_same_picture_in_another_size_and_format_has_nearly_the_same_fingerprint(seed: int) -> None:
    assert distance(packed(busy(seed), "JPEG", quality=90), packed(busy(seed).resize((300, 200)), "WEBP", quality=60)) <= 5


@pytest.mark.parametrize("seed", range(5))
def test_another_picture_has_another_fingerprint(seed: int) -> None:
    assert distance(packed(busy(seed), "JPEG"), packed(busy(seed + 100), "JPEG")) > 10
