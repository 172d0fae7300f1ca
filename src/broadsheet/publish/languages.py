"""What languages call themselves, for links to other language editions."""

from __future__ import annotations

from collections.abc import Mapping

AUTONYMS: Mapping[str, str] = {
    "ar": "العربية", "bg": "Български", "bn": "বাংলা", "ca": "Català", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά",
    "en": "English", "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی", "fi": "Suomi", "fr": "Français", "ga": "Gaeilge",
    "gl": "Galego", "gu": "ગુજરાતી", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "hy": "Հայերեն", "id": "Indonesia",
    "is": "Íslenska", "it": "Italiano", "ja": "日本語", "ka": "ქართული", "kk": "Қазақ тілі", "km": "ខ្មែរ", "ko": "한국어", "lo": "ລາວ",
    "lt": "Lietuvių", "lv": "Latviešu", "mn": "Монгол", "mr": "मराठी", "ms": "Melayu", "my": "မြန်မာ", "ne": "नेपाली", "nl": "Nederlands",
    "no": "Norsk", "nb": "Norsk bokmål", "nn": "Nynorsk", "pa": "ਪੰਜਾਬੀ", "pl": "Polski", "ps": "پښتو", "pt": "Português", "ro": "Română",
    "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina", "sq": "Shqip", "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili",
    "ta": "தமிழ்", "te": "తెలుగు", "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "ur": "اردو", "uz": "Oʻzbekcha", "vi": "Tiếng Việt",
    "yue": "粵語", "zh": "中文", "zh-cn": "简体中文", "zh-hans": "简体中文", "zh-hant": "繁體中文", "zh-hk": "繁體中文（香港）",
    "zh-sg": "简体中文", "zh-tw": "繁體中文",
}  # fmt: skip


def language_name(tag: str) -> str:
    """The name of the language *tag* (BCP 47) in that language, or the tag itself: `language_name("zh-Hant") == "繁體中文"`.

    The longest known beginning decides, so `pt-BR` is Português and `zh-Hant-HK` 繁體中文.
    """
    parts = tag.replace("_", "-").casefold().split("-")
    known = (AUTONYMS.get("-".join(parts[:length])) for length in range(len(parts), 0, -1))
    return next((name for name in known if name), tag)
