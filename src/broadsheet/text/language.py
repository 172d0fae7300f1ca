"""Which language a text is in, and which way it is written.

Scripts that belong to one language decide at once; the rest is left to a statistical identifier, whose model is read on first use
(about a second), so that pages which state their language never pay for it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

SAMPLE = 3000  # characters looked at; more does not change the verdict on news texts
FEWEST_LETTERS = 20  # fewer say nothing reliable
SCRIPT_SHARE = 0.3  # of the letters: Latin names and brands stand in texts of every script
KANA_SHARE = 0.05  # kana beside Han characters make a text Japanese; Chinese ones quote a brand name at most

# Letters of a script that one language of the press owns.
_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("ml", re.compile("[\u0d00-\u0d7f]")),
    ("kn", re.compile("[\u0c80-\u0cff]")),
    ("gu", re.compile("[\u0a80-\u0aff]")),
    ("pa", re.compile("[\u0a00-\u0a7f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("si", re.compile("[\u0d80-\u0dff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("lo", re.compile("[\u0e80-\u0eff]")),
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa]")
# Characters of everyday use that one of the two forms of Chinese does not have.
_SIMPLIFIED = frozenset("们这来时说对会发国过后还问门见关长开车东书乐买亲华单卖卫厅压变员响园图场块声处备够头夺奋妇学实宝审宪导尽层")
_TRADITIONAL = frozenset("們這來時說對會發國過後還問門見關長開車東書樂買親華單賣衛廳壓變員響園圖場塊聲處備夠頭奪奮婦學實寶審憲導盡層")

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ji ks mzn pnb ps sd ug ur yi".split())
_RTL_SCRIPTS = frozenset("arab hebr syrc thaa nkoo".split())


def language_of(text: str) -> str | None:
    """The BCP 47 tag of the language *text* is in ("de", "zh-Hant"), or None if it holds too few letters to say."""
    letters = [char for char in text[:SAMPLE] if char.isalpha()]
    if len(letters) < FEWEST_LETTERS:
        return None
    return language_by_script(text) or _identified(text[:SAMPLE])


def language_by_script(text: str) -> str | None:
    """The language that the letters alone give away: Chinese, Japanese, Korean, Greek, Hebrew, Thai …; None for shared scripts."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < FEWEST_LETTERS or sample.isascii():
        return None
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    if han + kana > letters * SCRIPT_SHARE:
        return "ja" if kana > (han + kana) * KANA_SHARE else _chinese(sample)
    return next((language for language, script in _SCRIPTS if len(script.findall(sample)) > letters * SCRIPT_SHARE), None)


def direction_of(language: str | None, text: str) -> Literal["ltr", "rtl"]:
    """Which way a text in *language* runs; without a language, which way most of its letters do."""
    if language:
        primary, *rest = language.lower().split("-")
        if any(len(subtag) == 4 for subtag in rest):
            return "rtl" if not _RTL_SCRIPTS.isdisjoint(rest) else "ltr"
        return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"
    kinds = [unicodedata.bidirectional(char) for char in text[:SAMPLE]]
    return "rtl" if kinds.count("R") + kinds.count("AL") > kinds.count("L") else "ltr"


def language_tag(said: str | None) -> str | None:
    """*said* as a BCP 47 tag in its usual spelling (`ZH_hant` is `zh-Hant`), or None if it is none."""
    subtags = (said or "").strip().replace("_", "-").split("-")
    primary = subtags[0].lower()
    if not (primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3):
        return None
    spelt = [primary]
    for subtag in subtags[1:3]:
        if not subtag.isascii() or not subtag.isalnum() or not 2 <= len(subtag) <= 4:
            break
        spelt.append(subtag.title() if len(subtag) == 4 else subtag.upper())
    return "-".join(spelt)


def _chinese(sample: str) -> str:
    simplified = sum(1 for char in sample if char in _SIMPLIFIED)
    traditional = sum(1 for char in sample if char in _TRADITIONAL)
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


@lru_cache(maxsize=64)
def _identified(sample: str) -> str | None:
    import py3langid  # type: ignore[import-untyped]  # reads numpy: a fifth of a second that most programs never need

    language, _ = py3langid.classify(sample)
    return language_tag(str(language))
