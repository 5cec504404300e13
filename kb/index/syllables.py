"""Which letters can be a Vietnamese syllable, whatever marks they have: such a word need be no slip
because no text here has it."""

from __future__ import annotations

import re

_ONSET = "ngh?|nh|n|gh|gi|g|kh?|ph?|th|tr|t|ch|c|qu|b|d|h|l|m|r|s|v|x"
# Every rime, folded; "oong" and "ooc" in words taken over ("xoong").
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay "
    "e ec ech em en eng enh eo ep et eu "
    "i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong "
    "op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uoc uoi uom uon uong uop uot uou up "
    "ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{'|'.join(_RIMES.split())})")


def is_syllable(folded: str) -> bool:
    """
    >>> is_syllable("nghieng"), is_syllable("khuyt"), is_syllable("tyhi")
    (True, True, False)
    """
    return _SYLLABLE.fullmatch(folded) is not None
