"""A place as written → its id in the tree."""

from __future__ import annotations

from kb.citations import Pinpoint


def provision_id(pinpoint: Pinpoint) -> str:
    """The place as an id of ``kb.structure``; "" where it names none or only "này".

    >>> provision_id(Pinpoint(article="5", clause="2", point="đ"))
    'art_5__cl_2__point_dd'
    """
    parts = []
    annex = pinpoint.annex
    if annex and annex != "này":
        parts.append(f"att_{_label(annex)}")
    names = (("art", pinpoint.article), ("cl", pinpoint.clause), ("point", pinpoint.point))
    for name, value in names:
        if value == "này":
            return ""
        if value:
            parts.append(f"{name}_{_label(value)}")
    if not annex and parts and not pinpoint.article:
        return ""  # a clause without its article names no place
    if parts:
        return "__".join(parts)
    if pinpoint.chapter and pinpoint.chapter != "này":
        inner = f"__sec_{_label(pinpoint.section)}" if pinpoint.section else ""
        return f"chp_{_label(pinpoint.chapter)}{inner}"
    return ""


def _label(value: str) -> str:
    """A label as ids write it: đ is ``dd``, never folded to d."""
    return value.replace("đ", "dd").replace("Đ", "DD").replace(".", "_")
