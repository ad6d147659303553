"""Whether a word can be a Vietnamese syllable: by its letters, not by a dictionary."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ANY_TONE_BUT_TWO = re.compile("[\u0300\u0303\u0309]")  # huyền, ngã, hỏi: never before p, t, c, ch
_ONSET = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x|"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oong ooc
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyn uynh uyên uyêt uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ych yn ynh yt
"""
_SYLLABLE = re.compile(f"(?:{_ONSET})(?:{'|'.join(_RHYMES.split())})")
_STOPPED = re.compile("(?:[ptck]|ch)$")
AROUND = "“”‘’–—…•\ufeff\u200b"


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether the word, in NFC, is written as a Vietnamese syllable is: onset, rhyme, one tone the rhyme can take."""
    apart = normalize("NFD", word.strip(AROUND).lower())
    plain, tones = _TONES.subn("", apart)
    if tones > 1 or not _SYLLABLE.fullmatch(normalize("NFC", plain)):
        return False
    return not (_STOPPED.search(plain) and _ANY_TONE_BUT_TWO.search(apart))
