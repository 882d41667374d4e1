"""Folding, slugs and sorting of Azerbaijani, Russian, Turkish and Georgian words.

Pure functions. The database knows no Azerbaijani collation (the embedded server is
built without ICU), so what must be found or ordered is stored as a key made here.
"""

import functools
import re
import unicodedata
import zlib

AZERBAIJANI = "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz"
LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"

# What NFKD does not take apart, one Latin spelling for each letter.
LETTERS = str.maketrans(
    {
        "ə": "e", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d",
        "ð": "d", "þ": "th", "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e",
        "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u",
        "ә": "e", "ө": "o", "ү": "u", "ұ": "u", "ғ": "gh", "қ": "q", "ң": "ng", "һ": "h",
        "ҹ": "j", "ҷ": "j", "ҝ": "g", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ј": "y",
        "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t",
        "ი": "i", "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh",
        "რ": "r", "ს": "s", "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q",
        "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j",
        "ჰ": "h", "’": "'", "ʼ": "'", "‘": "'", "ʻ": "'",
    }
)  # fmt: skip

# Spellings of one sound in Azerbaijani, English and Russian passports, most special first.
SOUNDS = [
    (r"dzh|zh|ch|j", "c"),  # Cəfərov, Jafarov, Dzhafarov
    (r"sh", "s"),
    (r"kh|gh|[qxh]", "g"),  # Hüseyn, Khuseyn, Гусейн; Quliyev, Guliyev
    (r"ts", "s"),
    (r"ph", "f"),
    (r"w", "v"),
    (r"y", "i"),
    (r"(?<=[aeiou])i+(?=[aeou])", ""),  # Ağayev, Агаев
    (r"(?<=[bcdfgklmnprstvz])iu", "u"),  # Gülnarə, Гюльнара
    (r"e", "a"),  # Ələkbər, Alakbar, Elekber
    (r"(.)\1+", r"\1"),  # Məmmədov, Мамедов; -iyev, -iev
]


def fold(text: str) -> str:
    """One plain spelling: small Latin letters without accents, single spaces."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    # Twice: ligatures and composed letters only show their parts after NFKD.
    return " ".join(plain.translate(LETTERS).split())


def name_key(text: str) -> str:
    """The same key for every usual spelling of a name. It suggests, it never decides."""
    key = re.sub(r"[^\w\s]", "", fold(text).replace("-", " "))
    for pattern, sound in SOUNDS:
        key = re.sub(pattern, sound, key)
    return " ".join(key.split())


def slugify(text: str, max_length: int = 60) -> str:
    """An ASCII slug, cut between words where possible; never empty."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text).replace("'", "")).strip("-")
    if len(slug) > max_length:
        cut = slug[: max_length + 1].rpartition("-")[0]
        slug = cut or slug[:max_length]
    # A title in a script we cannot spell still needs an address that stays the same.
    return slug or f"{zlib.crc32(text.encode()):08x}"[:max_length]


def sort_key(text: str, alphabet: str = AZERBAIJANI) -> str:
    """Digits whose order is the order of that alphabet, under any collation.

    Spaces come first, then digits, the alphabet given, Russian letters, the rest.
    """
    order = _order(alphabet)
    if "ı" in alphabet:
        text = unicodedata.normalize("NFC", text).replace("I", "ı").replace("İ", "i")
    words = unicodedata.normalize("NFC", text.lower()).replace("-", " ").split()
    return "00".join("".join(_place(char, order) for char in word) for word in words)


@functools.cache
def _order(alphabet: str) -> dict[str, str]:
    order = {digit: f"1{digit}" for digit in "0123456789"}
    order |= {letter: f"{code:02d}" for code, letter in enumerate(alphabet, start=20)}
    return order | {letter: f"{code:02d}" for code, letter in enumerate(RUSSIAN, start=60)}


def _place(char: str, order: dict[str, str]) -> str:
    if char in order:
        return order[char]
    base = LETTERS.get(ord(char)) or unicodedata.normalize("NFKD", char)
    if base[:1] in order:
        return order[base[0]]
    return f"99{ord(char):07d}" if char.isalpha() else ""


SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "GEORGIAN": "Geor", "ARMENIAN": "Armn"}
SCRIPTS |= {"ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek"}


def script_tag(name: str) -> str:
    """A name has a script but no language: `und-Cyrl`, by its first letter (BCP 47)."""
    for char in name:
        script = unicodedata.name(char, "").partition(" ")[0]
        if script in SCRIPTS and char.isalpha():
            return f"und-{SCRIPTS[script]}"
    return "und"


def is_right_to_left(text: str) -> bool:
    """As its first letter with a direction says."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((way for way in strong if way in {"L", "R", "AL"}), "L") != "L"
