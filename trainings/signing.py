"""Who signs a certificate, at the size at which everybody's post leaves the small print free."""

from typing import Any

from rtcm.text import script_tag
from trainings.composing import Words
from trainings.fitting import PLAIN, POINTS_PER_MM, TEXT, lines
from trainings.look import Look, Signatory

LARGEST = 8.5  # points
NAME = 1.18  # names beside posts
LEADING = 1.35
WIDE, NARROW = 84, 70  # millimetres under a signature line, for two and for three
# Millimetres below the line, alone and in a pair; a third signatory stands above the seal.
HEIGHT = {False: 15, True: 19}
ABOVE_SEAL = {False: 11, True: 18}


def signatories(look: Look, said: list[Words]) -> dict[str, Any]:
    """`size` in points, and per signatory the lines of names and posts with their languages."""
    pair, three = len(said) > 1, len(look.signatories) == 3
    room = NARROW if three else WIDE
    most = ABOVE_SEAL[pair] if three else HEIGHT[pair]
    for step in range(9):
        size = LARGEST - step / 2
        signed = [_signed(each, said, size, room) for each in look.signatories]
        if max((_height(each, size) for each in signed), default=0) <= most:
            break
    return {"size": size, "name_size": size * NAME, "all": signed}


def _signed(each: Signatory, said: list[Words], size: float, room: float) -> dict[str, Any]:
    """A name that is written alike in both languages is printed once."""
    names = [each.names.get(words.language, "") for words in said]
    posts = [(words.language, each.posts.get(words.language, "")) for words in said]
    return {
        "name": names[0],
        "signature": each.signature,
        "names": [
            (script_tag(name), lines(name, TEXT, size * NAME, room))
            for name in dict.fromkeys(names)
            if name
        ],
        "posts": [(code, lines(post, PLAIN, size, room)) for code, post in posts if post],
    }


def _height(signed: dict[str, Any], size: float) -> float:
    """In millimetres."""
    names = sum(len(each) for _tag, each in signed["names"]) * size * NAME
    posts = sum(len(each) for _code, each in signed["posts"]) * size
    return (names + posts) * LEADING / POINTS_PER_MM
