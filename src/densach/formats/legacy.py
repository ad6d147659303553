"""Vietnamese text of before Unicode, as it still stands in old registers: recognised over many texts, and decoded.

Such text is held as the Latin letters that Windows shows without the old font: `NguyÔn` is `Nguyễn` in TCVN3. Tables:
TCVN 5712:1993 (VN3, the ABC fonts), VNI for Windows, RFC 1456 (VISCII), code page 1258 read as 1252.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from unicodedata import normalize

from densach.formats.syllables import AROUND, is_syllable


class Encoding(Enum):
    """A way to write Vietnamese of before Unicode.

    In the capital fonts (.VnTimeH) the codes of small letters show capitals; only the name of the font tells them from
    TCVN3, so `recognise` never answers TCVN3_CAPITALS: whoever knows the font asks for it.
    """

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    VNI = "vni"
    VISCII = "viscii"
    WINDOWS_1258 = "windows-1258"


_TOLD_APART = (Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.WINDOWS_1258)
_FEWEST = 3  # different words that are Vietnamese only if decoded; fewer could be chance
_READABLE = 0.9  # of the words must be Vietnamese once decoded: names from elsewhere and slips are always there
_CONTRARY = 0.05  # of as many words may be Vietnamese only as they stand: more, and the texts are mixed
_CLEARLY = 0.8  # the second best encoding must explain fewer words than this part of the best

_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_WORD = re.compile(r"[^\x09-\x0d\x20-\x40\x5b-\x60\x7b-\x7f]+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_CONTROL = re.compile("[\x02\x05\x06\x14\x19\x1e]")  # letters of VISCII
_CODED = re.compile("[^\x20-\x7e]")
_SMALL = re.compile("[a-z]")
_OF_WINDOWS = "".join(_WINDOWS.values()) + "\u02bc\u2011\u2012\u2015\u2032\u2033\u20ab\u2116\u2212\u200b\ufeff\ufffd"
_UNICODE_ONLY = re.compile(f"[^\x00-\xff{re.escape(_OF_WINDOWS)}]")

_TCVN3_LETTERS = (  # from code 0xA1 on; a space where there is none
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
)
_VISCII_LETTERS = (  # from code 0x80 on
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # ngang, sắc, huyền, hỏi, ngã, nặng
_VNI_MARKS = {  # the second letter, tone by tone, and the mark that it puts on the first
    "": ("aeouyôö", ("", "ù", "ø", "û", "õ", "ï")),
    "\u0302": ("aeo", ("â", "á", "à", "å", "ã", "ä")),
    "\u0306": ("a", ("ê", "é", "è", "ú", "ü", "ë")),
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def recognise(texts: Iterable[str]) -> Encoding | None:
    """The encoding in which all these texts were typed, or None: they are Unicode, too few, or mixed.

    Give a whole column, or a sheet: one cell alone says too little. One letter that only Unicode has settles it.
    """
    words: set[str] = set()
    coded: set[str] = set()
    for text in texts:
        if text.isascii() and not _CONTROL.search(text):
            continue
        if _UNICODE_ONLY.search(text):
            return None
        found = {word for word in _WORD.findall(text) if _ASCII_LETTER.search(word) and _CODED.search(word)}
        words |= found
        if found and len(coded) < 2:
            coded.add(text)
    good = {word for word in words if is_syllable(normalize("NFC", word))}
    ranked = sorted(
        ((_explained(words, good, encoding), encoding) for encoding in _TOLD_APART), key=lambda pair: pair[0]
    )
    (second, _), (best, encoding) = ranked[-2:]
    is_clear = best >= _FEWEST and second < _CLEARLY * best and len(coded) > 1
    return encoding if is_clear else None


def _explained(words: set[str], good: set[str], encoding: Encoding) -> int:
    """How many words are Vietnamese only if decoded; 0 if too many others contradict."""
    decoded = {word for word in words if _is_typed_in(word, encoding) and is_syllable(to_unicode(word, encoding))}
    gained, lost = len(decoded - good), len(good - decoded)
    return gained if len(decoded) >= _READABLE * len(words) and lost <= _CONTRARY * gained else 0


def _is_typed_in(word: str, encoding: Encoding) -> bool:
    """Whether the encoding has every letter of the word."""
    if encoding is Encoding.VNI:
        return _VNI.sub("", word.strip(AROUND)).isascii()
    return all(letter.isascii() or ord(letter) in _TABLES[encoding] for letter in word.strip(AROUND))


def to_unicode(text: str, encoding: Encoding) -> str:
    """The text in Unicode NFC; what the encoding has no letter for stays as it is."""
    if encoding is Encoding.VNI:
        return normalize("NFC", _VNI.sub(_vni_letter, text))
    decoded = normalize("NFC", text.translate(_TABLES[encoding]))
    if encoding is Encoding.TCVN3_CAPITALS:
        return decoded.upper()
    return _in_one_case(text, decoded) if encoding is Encoding.TCVN3 else decoded


def windows_text(text: str) -> str:
    """Text decoded byte by byte (Latin-1) as Windows shows it: 0x93 is an opening quotation mark."""
    return text.translate(_WINDOWS)


def _in_one_case(typed: str, decoded: str) -> str:
    """TCVN3 has no capitals with a tone: `NGUYÔN` was typed for NGUYỄN, among capitals, and `Lª ¸nh` for Lê Ánh."""
    words = _WORD.findall(typed)
    shouted = not _SMALL.search(typed) and any(map(_is_capital, words))
    is_name = not any(_SMALL.match(word) for word in words) and any(word[0].isascii() for word in words)
    as_typed = iter(words)

    def cased(word: re.Match[str]) -> str:
        old = next(as_typed)
        if shouted or _is_capital(old):
            return word[0].upper()
        return word[0][0].upper() + word[0][1:] if is_name and not old[0].isascii() else word[0]

    return _WORD.sub(cased, decoded)


def _is_capital(word: str) -> bool:
    """Whether a word was typed in capitals: two of them at least, and no small letter."""
    capitals = sum(letter in _TCVN3_CAPITALS for letter in word)
    return capitals >= 2 and not _SMALL.search(word)


def _vni_letter(found: re.Match[str]) -> str:
    letter = _VNI_LETTERS[found[0].lower()]
    return letter.upper() if found[0][0].isupper() else letter


def _vni_letters() -> dict[str, str]:
    letters = dict(_VNI_ALONE)
    for mark, (bases, seconds) in _VNI_MARKS.items():
        for tone, second in zip(_TONES, seconds, strict=True):
            letters |= {base + second: _VNI_ALONE.get(base, base) + mark + tone for base in bases if second}
    return {typed: normalize("NFC", letter) for typed, letter in letters.items()}


_VNI_LETTERS = _vni_letters()
_VNI = re.compile("|".join(sorted(_VNI_LETTERS, key=len, reverse=True)), re.IGNORECASE)
_TCVN3 = {code: letter for code, letter in enumerate(_TCVN3_LETTERS, 0xA1) if letter != " "}
_TCVN3_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ¡¢£¤¥¦§")
_VISCII = _VISCII_CONTROLS | dict(enumerate(_VISCII_LETTERS, 0x80))
_TABLES = {
    Encoding.TCVN3: _TCVN3,
    Encoding.TCVN3_CAPITALS: _TCVN3,
    Encoding.VISCII: _VISCII | {ord(_WINDOWS[code]): _VISCII[code] for code in _WINDOWS},
    Encoding.WINDOWS_1258: {
        ord(_WINDOWS.get(code, chr(code))): bytes([code]).decode("cp1258", "ignore") or chr(code)
        for code in range(0x80, 0x100)
    },
}
