"""Make smaller pictures with every side, hand out cached ones, and print what it took, side by side.

make bench-images                     # eight photographs made for the purpose
make bench-images PHOTOS=FOLDER       # your JPEGs
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from images.cached import cached
from images.likeness import likeness
from images.nginx import filter_module
from images.photos import given_photos, made_photos
from images.turns import Making, make_in_turns
from sides import Side, started

CHILD = str(Path(__file__).parent / "child.py")
OURS = ("ours", "ours_pool", "bare")
PEERS = ("peer_pillow", "peer_pillow_plain")
FORMS = {"jpg": "JPEG", "webp": "WebP"}
PARTS = ("making", "memory", "avif", "cached")
EFFORTS = range(10)


def main() -> None:
    """The command."""
    arguments = argparse.ArgumentParser(prog="bench-images", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("photos", type=Path, nargs="?", help="folder of JPEGs; without it photographs made for the purpose")
    arguments.add_argument("--peer", default="", help="the Python of Pillow's environment; without it that column is missing")
    arguments.add_argument("--passes", type=int, default=3, help="how often each picture is made; its median time counts (default: 3)")
    arguments.add_argument("--count", type=int, default=8, help="photographs that are made (default: 8)")
    arguments.add_argument("--size", type=int, nargs=2, default=(3000, 2000), metavar=("WIDTH", "HEIGHT"), help="their size (default: 3000 2000)")
    arguments.add_argument("--width", type=int, default=800, help="how wide the pictures made of them are (default: 800)")
    arguments.add_argument("--seconds", type=float, default=5, help="how long each way of asking for cached pictures is kept up (default: 5)")
    arguments.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what is measured (default: all)")
    options = arguments.parse_args()
    if not options.peer:
        print("Pillow's environment is not there: its columns are missing.\n")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "photos").mkdir()
        width, height = options.size
        photos = given_photos(options.photos) if options.photos else made_photos(work / "photos", options.count, width=width, height=height)
        print("\n".join(_told(photos, options.width)), flush=True)
        parts = {
            "making": lambda: making(photos, work, options.peer, width=options.width, passes=options.passes),
            "memory": lambda: memory(photos, work, options.peer, width=options.width),
            "avif": lambda: avif(photos[0], work, width=options.width),
            "cached": lambda: cached(photos, work, seconds=options.seconds, width=options.width),
        }
        for part in options.parts:
            for line in parts[part]():
                print(line, flush=True)
            print()


def _told(photos: Sequence[Path], width: int) -> Iterator[str]:
    yield f"{len(photos)} photographs of {sum(photo.stat().st_size for photo in photos) / len(photos) / 1e6:.1f} MB, made {width} pixels wide\n"


def making(photos: Sequence[Path], work: Path, peer: str, *, width: int, passes: int) -> Iterator[str]:
    """The table of pictures a CPU second; likeness is SSIM to the original scaled without loss."""
    with ExitStack() as stack:
        sides = [stack.enter_context(side) for side in _sides(peer)]
        yield _line("", [side.name for side in sides])
        for form, label in FORMS.items():
            yield from _making_rows(label, make_in_turns(sides, photos, form, work, width=width, passes=passes))


def _making_rows(label: str, makings: Sequence[Making]) -> Iterator[str]:
    ours = makings[0]
    able = [made if made.cpu_s else None for made in makings]
    yield _line(f"{label}: pictures a CPU second", [f"{made.pictures_per_s:.1f}" if made else "–" for made in able])
    yield _line("  bytes of one", [f"{sum(made.size_bytes) / len(made.size_bytes):,.0f}" if made else "–" for made in able])
    yield _line("  likeness", [f"{sum(made.likeness) / len(made.likeness):.4f}" if made else "–" for made in able])
    yield _line(
        "  our speed is so many times theirs", ["", *(f"{ours.pictures_per_s / made.pictures_per_s:.2f}" if made else "–" for made in able[1:])]
    )


def memory(photos: Sequence[Path], work: Path, peer: str, *, width: int) -> Iterator[str]:
    """The table of memory: how much a fresh process grows beyond its modules while it makes one picture after another."""
    grown: dict[str, dict[str, float]] = {}
    for form, label in FORMS.items():
        for command in [(sys.executable, "bare"), (sys.executable, "ours"), *((peer, adapter) for adapter in PEERS if peer)]:
            with started(command[0], CHILD, command[1]) as side:
                answers = [side.ask(file=photo, form=form, width=width, out=work / f"memory.{form}") for photo in photos]
                grown.setdefault(side.name, {})[label] = answers[-1]["grown_bytes"] / 1e6
    yield _line("peak memory beyond the modules", list(grown))
    least = next(iter(grown.values()))
    for label in FORMS.values():
        yield _line(f"  {label}", [f"{took[label]:.1f} MB" for took in grown.values()])
        yield _line("    so many times libvips'", [f"{took[label] / max(least[label], 0.1):.2f}" for took in grown.values()])


def avif(photo: Path, work: Path, *, width: int) -> Iterator[str]:
    """The table of AVIF by effort, through the pool, which ends what takes longer than a picture may."""
    yield _line(f"AVIF, {width} pixels wide", ["CPU s", "s", "bytes", "likeness"])
    with started(sys.executable, CHILD, "ours_pool") as side:
        side.ask(file=photo, form="jpg", width=width, out=work / "warm.jpg")
        for effort in EFFORTS:
            yield _avif_row(side, photo, work, f"  effort {effort}", width=width, effort=effort)
        whole = _width_of(photo)
        yield from (_avif_row(side, photo, work, f"  the whole picture, effort {effort}", width=whole, effort=effort) for effort in (0, 2, 9))


def _avif_row(side: Side, photo: Path, work: Path, label: str, *, width: int, effort: int) -> str:
    out = work / "made.avif"
    took = side.ask(file=photo, form="avif", width=width, effort=effort, out=out)
    if took["size_bytes"] is None:
        return _line(label, ["–", f"{took['wall_s']:.1f}", "refused", "–"])
    return _line(label, [f"{took['cpu_s']:.2f}", f"{took['wall_s']:.2f}", f"{took['size_bytes']:,}", f"{likeness(photo, out):.4f}"])


def _width_of(photo: Path) -> int:
    import pyvips

    return int(pyvips.Image.new_from_file(str(photo)).width)


def _sides(peer: str) -> Iterator[object]:
    yield from (started(sys.executable, CHILD, adapter) for adapter in OURS)
    if peer:
        yield from (started(peer, CHILD, adapter) for adapter in PEERS)
    if filter_module() is not None:
        yield started(sys.executable, CHILD, "peer_nginx")


def _line(label: str, cells: Sequence[str]) -> str:
    return label.ljust(38) + "".join(cell.rjust(22) for cell in cells)


if __name__ == "__main__":
    main()
