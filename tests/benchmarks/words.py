"""Invented texts and names whose words are as unevenly frequent as real ones."""

import random
from collections.abc import Iterator
from itertools import product

from rtcm.text import LATIN, fold, name_key, sort_key

COMMON = {
    "en": (
        "migration border asylum return labour policy data region training human rights"
        " protection visa family integration remittances detention health children women"
        " cooperation agreement statistics law trafficking smuggling diaspora skills city climate"
    ),
    "az": (
        "miqrasiya sərhəd sığınacaq qayıdış əmək siyasət məlumat bölgə təlim insan hüquqlar"
        " müdafiə viza ailə inteqrasiya pulköçürmə saxlanma sağlamlıq uşaqlar qadınlar"
        " əməkdaşlıq saziş statistika qanun alver qaçaqmalçılıq diaspor bacarıq şəhər iqlim"
    ),
    "ru": (
        "миграция граница убежище возвращение труд политика данные регион обучение человек права"
        " защита виза семья интеграция переводы содержание здоровье дети женщины"
        " сотрудничество соглашение статистика закон торговля контрабанда диаспора навыки"
        " город климат"
    ),
}
SYLLABLES = {
    "en": "ba re sti con du mel tor ing vis par gen lo ma ter ic",
    "az": "bə re çı qon dü məl tor lıq şis pər gün lo ma tər iç",
    "ru": "ба ре сти кон ду мел тор инг вис пар ген ло ма тер ич",
}
GIVEN = (
    "Aydın Leyla Elçin Günel Rəşad Nərmin Кирилл Анна Тимур Мадина Giorgi Nino Dmitri Oksana Azamat"
)
FAMILY = (
    "Əliyev Məmmədova Hüseynov Quliyeva Иванов Петрова Beridze Kapanadze Toktobek Rahimov"
    " Shevchenko Popescu Karimova Nazarov Demir Yılmaz"
)


def vocabulary(language: str) -> list[str]:
    """Real words first, then invented ones: the first are the most frequent."""
    syllables = SYLLABLES[language].split()
    return COMMON[language].split() + ["".join(three) for three in product(syllables, repeat=3)]


def texts(count: int) -> Iterator[tuple[str, ...]]:
    """Title and abstract in three languages, then folded title and text, then sort keys."""
    chance = random.Random(1)
    words = {language: vocabulary(language) for language in ("en", "az", "ru")}
    weights = {key: [1 / (place + 3) for place in range(len(all_))] for key, all_ in words.items()}
    for _ in range(count):
        titles, abstracts = [], []
        for language, known in words.items():
            drawn = chance.choices(known, weights[language], k=34)
            titles.append(" ".join(drawn[:4]).capitalize())
            abstracts.append(" ".join(drawn[4:]).capitalize() + ".")
        keys = [sort_key(titles[0], LATIN), sort_key(titles[1]), sort_key(titles[2], LATIN)]
        yield (*titles, *abstracts, fold(" ".join(titles)), fold(" ".join(abstracts)), *keys)


def names(count: int) -> Iterator[tuple[str, str, str]]:
    """A full name with the keys by which it is found and ordered."""
    chance = random.Random(2)
    given, family = GIVEN.split(), FAMILY.split()
    syllables = SYLLABLES["az"].split()
    for _ in range(count):
        middle = "".join(chance.choices(syllables, k=2)).capitalize()
        name = f"{chance.choice(given)} {middle}ov {chance.choice(family)}"
        yield name, name_key(name), sort_key(name)
