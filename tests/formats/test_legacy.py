"""Vietnamese of before Unicode is recognised over a column and decoded; Unicode is never taken for it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.formats.legacy import Encoding, recognise, to_unicode, windows_text
from densach.formats.syllables import is_syllable
from densach.sample.names import draw_family, draw_name, groups

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"  # fmt: skip
# Typed from the printed tables, letter by letter, independent of the tables in the source.
TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢§£¤¥¦",
        strict=True,
    )
)
VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_TONES_ON_HAT = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_TONES_ON_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_I = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}
VISCII = bytes([*range(0x80, 0x100), 2, 5, 6, 0x14, 0x19, 0x1E])
VISCII_LETTERS = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻ"
    "ìíĩỉđựòóôõỏọụùúũủýợỮẲẴẪỶỸỴ"
)


def in_tcvn3(text: str) -> str:
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower()) or letter for letter in text)


def in_vni(text: str) -> str:
    return "".join(map(vni_letter, text))


def vni_letter(letter: str) -> str:
    if letter.isupper():
        return vni_letter(letter.lower()).upper()
    if letter in VNI_I:
        return VNI_I[letter]
    base, *marks = list(normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in VNI_TONES), "")
    if "\u0302" in marks:
        return base + VNI_TONES_ON_HAT[tone]
    if "\u0306" in marks:
        return base + VNI_TONES_ON_BREVE[tone]
    horned = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
    return horned + VNI_TONES.get(tone, "")


def in_viscii(text: str) -> str:
    codes = dict(zip(VISCII_LETTERS, VISCII, strict=True))
    return windows_text("".join(chr(codes[letter]) if letter in codes else letter for letter in text))


def in_windows_1258(text: str) -> str:
    return windows_text(b"".join(map(windows_1258_letter, text)).decode("latin-1"))


def windows_1258_letter(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        base, *marks = list(normalize("NFD", letter))
        own = [mark for mark in marks if mark not in VNI_TONES]
        return (normalize("NFC", base + "".join(own)) + "".join(set(marks) - set(own))).encode("cp1258")


ENCODERS: dict[Encoding, Callable[[str], str]] = {
    Encoding.TCVN3: in_tcvn3,
    Encoding.VNI: in_vni,
    Encoding.VISCII: in_viscii,
    Encoding.WINDOWS_1258: in_windows_1258,
}
each_encoding = pytest.mark.parametrize("encoding", ENCODERS, ids=lambda encoding: encoding.value)


def names(count: int, seed: int, group: str = "kinh") -> list[str]:
    chance = Random(seed)  # noqa: S311  - a test wants the same names each time
    drawn = (
        (draw_family(chance, group), chance.choice(["male", "female"]), chance.randint(1930, 2015))
        for _ in range(count)
    )
    return [draw_name(chance, family, sex, born, group) for family, sex, born in drawn]  # type: ignore[arg-type]


@each_encoding
def test_every_vietnamese_letter_comes_back(encoding: Encoding) -> None:
    for letter in SMALL:
        assert to_unicode(ENCODERS[encoding](letter), encoding) == letter
    if encoding is not Encoding.TCVN3:  # it has no capitals with a tone
        for letter in SMALL.upper():
            assert to_unicode(ENCODERS[encoding](letter), encoding) == letter


def test_texts_as_old_registers_show_them_are_read() -> None:
    assert to_unicode("NguyÔn V¨n §øc, TØnh B¾c K¹n", Encoding.TCVN3) == "Nguyễn Văn Đức, Tỉnh Bắc Kạn"
    assert to_unicode("Nguyeãn Vaên Ñöùc, Huyønh Thò Ñeïp", Encoding.VNI) == "Nguyễn Văn Đức, Huỳnh Thị Đẹp"
    assert to_unicode("NGUYEÃN THÒ ÖÙNG", Encoding.VNI) == "NGUYỄN THỊ ỨNG"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NGUYÔN V¡N §øC", "NGUYỄN VĂN ĐỨC"),
        ("Lª thÞ BÐ", "Lê thị Bé"),
        ("TRÇN thÞ hoa", "TRẦN thị hoa"),
        ("§Æng ThÞ ¸nh", "Đặng Thị Ánh"),
        ("chñ hé ë th«n 3", "chủ hộ ở thôn 3"),
        ("Hµ", "Hà"),
    ],
)
def test_capitals_of_tcvn3_follow_the_word_they_stand_in(typed: str, meant: str) -> None:
    assert to_unicode(typed, Encoding.TCVN3) == meant


def test_the_capital_fonts_mean_capitals() -> None:
    assert to_unicode("nguyÔn v¨n §øc", Encoding.TCVN3_CAPITALS) == "NGUYỄN VĂN ĐỨC"


@each_encoding
@pytest.mark.parametrize("count", [12, 60, 400])
def test_a_column_of_names_is_recognised_and_read(encoding: Encoding, count: int) -> None:
    for seed in range(20):
        written = names(count, seed)
        column = [ENCODERS[encoding](name) for name in written]
        assert recognise([*column, "001", "", "nam"]) is encoding
        assert [to_unicode(text, encoding) for text in column] == written


@each_encoding
def test_names_in_capitals_are_recognised(encoding: Encoding) -> None:
    column = [ENCODERS[encoding](name.upper()) for name in names(100, 7)]
    assert recognise(column) is encoding


@pytest.mark.parametrize("group", groups())
def test_unicode_names_are_never_taken_for_another_encoding(group: str) -> None:
    for seed in range(40):
        column = names(80, seed, group)
        latin = [name for name in column if all(ord(letter) < 256 for letter in name)]
        for texts in (column, latin, [normalize("NFD", name) for name in column], [name.upper() for name in latin]):
            assert recognise(texts) is None


def test_names_from_elsewhere_stay_as_they_are() -> None:
    assert (
        recognise(["Müller", "Gérard", "René", "François", "Jörg", "Zoë", "Åse", "João", "Núñez", "Gül", "Strauß"])
        is None
    )
    assert (
        recognise(["Ea H'Leo", "K'Brôi", "Y Thô Niê", "H'Hoan Mlô", "Ê Nuôl", "Bkrông", "Krông Nô", "Bù Đăng"]) is None
    )
    assert recognise(["25 °C", "½ ngày", "a·b", "© 2025", "§ 3", "±5 %", "µm", "Ø 20"]) is None


@each_encoding
def test_a_mixed_column_is_not_guessed_at(encoding: Encoding) -> None:
    written = names(200, 3)
    half = [ENCODERS[encoding](name) if place % 2 else name for place, name in enumerate(written)]
    assert recognise(half) is None


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI], ids=lambda encoding: encoding.value)
def test_unicode_of_latin_letters_alone_keeps_old_text_from_being_guessed_at(encoding: Encoding) -> None:
    column = [ENCODERS[encoding](name) for name in names(60, 3)]
    assert recognise([*column, *latin_names()]) is None


def test_latin_letters_are_the_same_in_viscii() -> None:
    assert [to_unicode(name, Encoding.VISCII) for name in latin_names()] == latin_names()


def latin_names() -> list[str]:
    return [name for name in names(3_000, 4) if all(ord(letter) < 256 for letter in name) and not name.isascii()]


@pytest.mark.parametrize("text", ["NguyÔn V¨n §øc", "Nguyeãn", "Müller"])
def test_one_cell_alone_decides_nothing(text: str) -> None:
    assert recognise([text]) is None


@given(st.lists(st.text(max_size=20), max_size=20))
def test_any_text_at_all_gets_an_answer_and_a_normal_form(texts: list[str]) -> None:
    recognise(texts)
    for encoding in Encoding:
        assert all(to_unicode(text, encoding) == normalize("NFC", to_unicode(text, encoding)) for text in texts)


@given(st.lists(st.text(SMALL + SMALL.upper() + " ", min_size=1, max_size=30), min_size=5, max_size=40))
def test_unicode_letters_beyond_latin_settle_it(texts: list[str]) -> None:
    assert recognise([*texts, "Nguyễn"]) is None


@pytest.mark.parametrize(
    "word", ["Nguyễn", "quyền", "giếng", "gì", "Đắk", "khuya", "ngoèo", "ượt", "Quý", "nghĩa", "ở"]
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(normalize("NFC", word))


@pytest.mark.parametrize("word", ["Brôi", "Niê", "Müller", "bàt", "hoàà", "Nguyeãn", "w", "", "đd"])
def test_what_is_no_syllable_is_known_too(word: str) -> None:
    assert not is_syllable(word)
